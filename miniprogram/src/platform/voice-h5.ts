import { keepBlob } from "./kept-files";
import type { Recording, VoiceOutcome } from "./port";

/** What the court takes and a phone's browser makes: AAC or Opus in an MP4. */
const TAKEN = ["audio/mp4;codecs=mp4a.40.2", "audio/mp4;codecs=opus", "audio/mp4"];

/** The microphone of a browser, held only while it records. */
export async function recordInBrowser(
  ended: (outcome: VoiceOutcome) => void,
  seconds: number,
): Promise<Recording | null> {
  const kind =
    typeof MediaRecorder === "undefined" ? undefined : TAKEN.find((each) => MediaRecorder.isTypeSupported(each));
  if (!kind || !navigator.mediaDevices) {
    ended({ kind: "not-here" });
    return null;
  }
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
  if (!stream) {
    ended({ kind: "refused" });
    return null;
  }
  const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32_000 });
  const pieces: Blob[] = [];
  const begun = Date.now();
  let kept = true;
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = async () => {
    clearTimeout(limit);
    for (const track of stream.getTracks()) track.stop();
    if (!kept) return ended({ kind: "dropped" });
    const blob = new Blob(pieces, { type: "audio/mp4" });
    const lasted = Math.max(1, Math.min(seconds, Math.round((Date.now() - begun) / 1000)));
    const file = {
      ref: await keepBlob(blob),
      name: `语音留言 ${lasted} 秒.m4a`,
      contentType: "audio/mp4",
      bytes: blob.size,
    };
    ended({ kind: "recorded", file });
  };
  const stop = (keep: boolean) => {
    kept = keep;
    if (recorder.state !== "inactive") recorder.stop();
  };
  const limit = setTimeout(() => stop(true), seconds * 1000);
  recorder.start();
  return { stop: () => stop(true), drop: () => stop(false) };
}

let playing: HTMLAudioElement | null = null;
/** Plays a file that needs our sign-in; what played before falls silent. */
export async function playInBrowser(url: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`file answered ${answer.status}`);
  playing?.pause();
  playing = new Audio(URL.createObjectURL(await answer.blob()));
  await playing.play();
}
