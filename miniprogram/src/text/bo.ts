import type { Catalogue } from "./zh-cn";

const human = (text: string, from: string) => ({ text, source: "human", from }) as const;

/** Tibetan. Only words that people have translated for software in public use; each says where it was found. */
export const bo: Catalogue = {
  "tab.messages": human("བརྡ་ཐོ།", "deepin Notification"),
  "common.cancel": human("འདོར་བ།", "deepin Cancel"),
  "common.confirm": human("གཏན་འཁེལ།", "deepin Confirm"),
  "common.continue": human("མུ་མཐུད།", "deepin Continue"),
  "common.help": human("རོགས་རམ།", "MediaWiki helppage-top-gethelp"),
  "common.today": human("དེ་རིང་", "CLDR 48 bo day-0"),
};
