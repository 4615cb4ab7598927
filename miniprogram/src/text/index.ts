import { computed, ref } from "vue";
import { storage } from "@/platform/storage";
import { hasMachine, SCREEN_LANGUAGES, type ScreenLanguage, speakAs } from "./speak";

export { CATALOGUES, fill, hasMachine, SCREEN_LANGUAGES, type ScreenLanguage, say } from "./speak";
export type { TextKey } from "./zh-cn";

const KEY = "language";
const isKnown = (code: unknown): code is ScreenLanguage => SCREEN_LANGUAGES.some((each) => each.code === code);
/** In which the screens speak. */
export const language = ref<ScreenLanguage>("zh-CN");
speakAs(() => language.value);
export const direction = computed<"rtl" | "ltr">(() => (language.value === "ug" ? "rtl" : "ltr"));

export function useLanguage(code: string): void {
  if (!isKnown(code)) return;
  language.value = code;
  storage.write(KEY, code);
}

/** The language last chosen on this phone. */
export function recallLanguage(): void {
  useLanguage(storage.read<string>(KEY) ?? "zh-CN");
}

/** Whether a machine made any text of the chosen language: then the page says so. */
export const hasMachineTexts = computed(() => hasMachine(language.value));
