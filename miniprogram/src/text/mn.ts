import type { Catalogue } from "./zh-cn";

/** Mongolian in its own script. Public sources that are surely right have hardly any words of ours yet. */
export const mn: Catalogue = {
  "common.today": { text: "ᠥᠨᠥᠳᠥᠷ", source: "human", from: "CLDR 48 mn-Mong-MN day-0" },
};
