import { z } from "zod";

/**
 * 民族语言文字. Whoever goes to court may do so in the language of their people; the court interprets, and takes nothing for it
 * (民诉法§11, 诉讼费用交纳办法§12).
 */
export const LANGUAGES = {
  "zh-CN": "汉语",
  bo: "藏语",
  mn: "蒙古语",
  ug: "维吾尔语",
  kk: "哈萨克语",
  ko: "朝鲜语",
  ii: "彝语",
  za: "壮语",
} as const;
export type Language = keyof typeof LANGUAGES;
/** In which the litigants' screens have words, and papers can be printed beside the Chinese text. */
export const WRITTEN = ["zh-CN", "bo", "mn", "ug"] as const satisfies Language[];
export type Written = (typeof WRITTEN)[number];

export const languageField = z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]], "请选择语言");
export const writtenField = z.enum(WRITTEN, "请选择语言");
/** A language with its name, for answers. */
export const languageView = z.object({ code: z.string(), label: z.string() });
export const showLanguage = (code: Language): z.infer<typeof languageView> => ({ code, label: LANGUAGES[code] });

/** Said wherever an interpreter is asked for. */
export const FREE_OF_CHARGE = "法院提供翻译，不收费（民事诉讼法第十一条、诉讼费用交纳办法第十二条）";
/** Said wherever a text was translated by a machine. */
export const MACHINE_MADE = "机器翻译，仅供参考，以汉文为准";
