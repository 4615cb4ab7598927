import uyghur from "@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2?url";
import mongolian from "@fontsource/noto-sans-mongolian/files/noto-sans-mongolian-mongolian-400-normal.woff2?url";
import tibetan from "@fontsource/noto-serif-tibetan/files/noto-serif-tibetan-tibetan-400-normal.woff2?url";

const FILES = { bo: tibetan, mn: mongolian, ug: uyghur } as const;
const asked = new Set<string>();

/** Fetches the letters of a language, once; without them the phone's own are used. */
export async function loadLetters(language: keyof typeof FILES): Promise<void> {
  if (asked.has(language)) return;
  asked.add(language);
  const face = new FontFace(`Sutong ${language}`, `url("${FILES[language]}") format("woff2")`, { display: "swap" });
  document.fonts.add(face);
  await face.load().catch(() => asked.delete(language));
}
