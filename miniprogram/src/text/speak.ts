import { bo } from "./bo";
import { mn } from "./mn";
import { ug } from "./ug";
import { type Catalogue, type TextKey, zhCN } from "./zh-cn";

/** Each in its own name, as CLDR has it. */
export const SCREEN_LANGUAGES = [
  { code: "zh-CN", label: "汉文", own: "中文" },
  { code: "bo", label: "藏文", own: "བོད་སྐད" },
  { code: "mn", label: "蒙古文", own: "ᠮᠣᠩᠭᠣᠯ" },
  { code: "ug", label: "维吾尔文", own: "ئۇيغۇرچە" },
] as const;
export type ScreenLanguage = (typeof SCREEN_LANGUAGES)[number]["code"];
export const CATALOGUES: Record<Exclude<ScreenLanguage, "zh-CN">, Catalogue> = { bo, mn, ug };

let chosen = (): ScreenLanguage => "zh-CN";
/** The screens say which language is chosen; what has no screen (the offline queue in its tests) speaks Chinese. */
export function speakAs(language: () => ScreenLanguage): void {
  chosen = language;
}

/** The text of a place in the chosen language; Chinese where there is none yet, never nothing. `{name}` stands for a value. */
export function say(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(wordOf(chosen(), key)?.text || zhCN[key], values);
}

export function hasMachine(code: ScreenLanguage): boolean {
  return code !== "zh-CN" && Object.values(CATALOGUES[code]).some(({ source }) => source === "machine");
}

export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

const wordOf = (code: ScreenLanguage, key: TextKey) => (code === "zh-CN" ? undefined : CATALOGUES[code][key]);
