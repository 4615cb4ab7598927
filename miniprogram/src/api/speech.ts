import { origin } from "./request";
import { readTokens } from "./tokens";

/** The court has set up no voice. */
export class NoSpeech extends Error {}

const TIMEOUT_MS = 20_000;
const TRIES = 3;

/** The court's voice saying a text, as MP3; null where the text holds nothing to be said. Waits where others are being served. */
export async function fetchSpeech(text: string): Promise<ArrayBuffer | null> {
  for (let tries = 1; ; tries += 1) {
    const { statusCode, data, header } = await ask(text);
    if (statusCode === 200) return data;
    if (statusCode === 422) return null;
    if (codeIn(data) === "speech.off") throw new NoSpeech();
    if (statusCode !== 503 || tries === TRIES) throw new Error(`speech answered ${statusCode}`);
    const seconds = Number(header["retry-after"] ?? header["Retry-After"] ?? 3);
    await new Promise((resolve) => setTimeout(resolve, Math.min(5, seconds) * 1000));
  }
}

interface Sound {
  statusCode: number;
  data: ArrayBuffer;
  header: Record<string, string>;
}

/** In the body of a POST: what is read holds names, and addresses of pages are written down on their way. */
function ask(text: string): Promise<Sound> {
  const token = readTokens()?.accessToken;
  return new Promise((resolve, reject) => {
    uni.request({
      url: `${origin}/api/v1/speech`,
      method: "POST",
      data: JSON.stringify({ text }),
      header: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      responseType: "arraybuffer",
      timeout: TIMEOUT_MS,
      success: (answer) => resolve(answer as unknown as Sound),
      fail: reject,
    });
  });
}

/** Codes are plain Latin: WeChat has no TextDecoder for the rest. */
function codeIn(problem: ArrayBuffer): string | undefined {
  return /"code":"([\w.]+)"/.exec(String.fromCharCode(...new Uint8Array(problem)))?.[1];
}
