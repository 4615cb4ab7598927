import type { Catalogue } from "./zh-cn";

const human = (text: string, from: string) => ({ text, source: "human", from }) as const;

/** Uyghur. Only words that people have translated for software in public use; each says where it was found. */
export const ug: Catalogue = {
  "tab.home": human("باش بەت", "MediaWiki mainpage"),
  "tab.messages": human("ئۇقتۇرۇش", "deepin Notification"),
  "common.cancel": human("بىكار قىلىش", "deepin Cancel; Element Plus"),
  "common.confirm": human("جەزملەش", "Element Plus confirm"),
  "common.continue": human("داۋاملاشتۇرۇش", "deepin Continue"),
  "common.help": human("ياردەم", "MediaWiki help"),
  "common.today": human("بۈگۈن", "CLDR 48 ug day-0"),
  "language.title": human("تىل", "CLDR 48 ug codePatterns"),
};
