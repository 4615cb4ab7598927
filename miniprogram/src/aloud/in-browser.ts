import { sayingsOnScreen } from "./page-texts";

const MARK = "being-read";
/** Browsers fall silent in the middle of what takes long to say. */
const BREATH_LETTERS = 80;
const VOICES_MS = 1500;

let stopNow: (() => void) | null = null;

/** Reads what stands on the screen; `ended` is called once, however it ends. "no-voice": nothing is said at all. */
export async function start(ended: () => void): Promise<"reading" | "no-voice"> {
  stop();
  const voice = await chineseVoice();
  if (!voice) return "no-voice";
  const sayings = sayingsOnScreen();
  let over = false;
  let marked: HTMLElement | null = null;
  const end = () => {
    if (over) return;
    over = true;
    stopNow = null;
    marked?.classList.remove(MARK);
    window.removeEventListener("hashchange", end);
    window.removeEventListener("pagehide", end);
    speechSynthesis.cancel();
    ended();
  };
  stopNow = end;
  window.addEventListener("hashchange", end);
  window.addEventListener("pagehide", end);
  void (async () => {
    for (const { element, text } of sayings) {
      if (over || !element.isConnected) continue;
      marked?.classList.remove(MARK);
      marked = element;
      element.classList.add(MARK);
      element.scrollIntoView({ block: "center" });
      for (const breath of breaths(text)) if (!over && !(await say(breath, voice))) return end();
    }
    end();
  })();
  return "reading";
}

export function stop(): void {
  stopNow?.();
}

/** Sentences, none longer than one breath. */
export function breaths(text: string): string[] {
  const sentences = text.match(/[^。！？；]+[。！？；]?/g) ?? [];
  return sentences.flatMap((sentence) =>
    Array.from({ length: Math.ceil(sentence.length / BREATH_LETTERS) }, (_, at) =>
      sentence.slice(at * BREATH_LETTERS, (at + 1) * BREATH_LETTERS),
    ),
  );
}

/** False when it could not be said to its end. */
function say(text: string, voice: SpeechSynthesisVoice): Promise<boolean> {
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = () => resolve(true);
    words.onerror = () => resolve(false);
    speechSynthesis.speak(words);
  });
}

/**
 * A voice that lives on this phone: others send what they read, here names and numbers of people, to somebody else's
 * machine. Browsers find theirs some time after they were asked.
 */
async function chineseVoice(): Promise<SpeechSynthesisVoice | null> {
  if (!("speechSynthesis" in window)) return null;
  const found = () => speechSynthesis.getVoices().find((voice) => voice.localService && isMandarin(voice.lang)) ?? null;
  if (found() || speechSynthesis.getVoices().length > 0) return found();
  await new Promise<void>((resolve) => {
    speechSynthesis.addEventListener("voiceschanged", () => resolve(), { once: true });
    setTimeout(resolve, VOICES_MS);
  });
  return found();
}

const isMandarin = (lang: string) => /^(?:zh|cmn)(?:[-_]|$)/i.test(lang) && !/HK|MO|yue/i.test(lang);
