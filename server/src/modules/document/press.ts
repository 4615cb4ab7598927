import { fileURLToPath } from "node:url";
import { FONT_FILES, OTHER_FONTS } from "./glyphs.ts";
import type { PressOrder, PressSettings } from "./press-thread.ts";
import { openWorkshop } from "./workshop.ts";

/** The typesetter. Its thread takes about 0.4 s to begin, then some milliseconds for a paper. */
export const press = openWorkshop<PressOrder>("press-thread", {
  fonts: [...FONT_FILES, ...Object.values(OTHER_FONTS)],
  templates: fileURLToPath(new URL("../../../data/templates/", import.meta.url)),
} satisfies PressSettings);
