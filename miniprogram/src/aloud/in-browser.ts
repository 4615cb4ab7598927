import { browserPlayer } from "./browser-player";
import { courtVoice } from "./court-voice";
import { sayingsOnScreen } from "./page-texts";
import { breaths, type Mouth, readOut, stop } from "./read-out";

export { stop };

const MARK = "being-read";
const VOICES_MS = 1500;

/** Reads what stands on the screen, with a voice of this phone, else with the court's. */
export async function start(ended: (broken: boolean) => void): Promise<"reading" | "no-voice"> {
  const said = sayingsOnScreen().flatMap(({ element, text }) =>
    breaths(text).map((breath) => ({ text: breath, show: () => mark(element) })),
  );
  window.addEventListener("hashchange", stop);
  window.addEventListener("pagehide", stop);
  const findMouth = async () => {
    const voice = await chineseVoice();
    return voice ? phoneVoice(voice) : courtVoice(browserPlayer(), said[0]?.text ?? "");
  };
  return readOut(said, findMouth, (broken) => {
    unmark();
    window.removeEventListener("hashchange", stop);
    window.removeEventListener("pagehide", stop);
    ended(broken);
  });
}

/** Marks what is being said; false where it has left the screen. */
function mark(element: HTMLElement): boolean {
  if (!element.isConnected) return false;
  if (element.classList.contains(MARK)) return true;
  unmark();
  element.classList.add(MARK);
  element.scrollIntoView({ block: "center" });
  return true;
}

function unmark(): void {
  for (const marked of document.querySelectorAll(`.${MARK}`)) marked.classList.remove(MARK);
}

function phoneVoice(voice: SpeechSynthesisVoice): Mouth {
  return {
    say: (breath) =>
      new Promise((resolve) => {
        const words = new SpeechSynthesisUtterance(breath);
        words.voice = voice;
        words.lang = voice.lang;
        words.rate = 0.9;
        words.onend = () => resolve(true);
        words.onerror = () => resolve(false);
        speechSynthesis.speak(words);
      }),
    hush: () => speechSynthesis.cancel(),
  };
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
