import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { problem } from "./problems.ts";

/**
 * Which characters our typefaces can draw. A paper with any other character is not made at all (never a box in the place
 * of a name); whoever asked is told which character it is.
 */
const require = createRequire(import.meta.url);
const google = (face: string): string => require.resolve(`@expo-google-fonts/${face}.ttf`);
const song = (face: string): string => google(`noto-serif-sc/${face}`);

/** Noto Serif SC (all of 通用规范汉字表 and Extension A), then what it lacks, drawn from Chiron Sung (server/data/fonts). */
export const FONT_FILES: readonly string[] = [
  song("400Regular/NotoSerifSC_400Regular"),
  song("700Bold/NotoSerifSC_700Bold"),
  fileURLToPath(new URL("../../../data/fonts/sutong-rare.ttf", import.meta.url)),
];

/** The letters of the other languages papers are printed in; what these lack is drawn from the Chinese typefaces. */
export const OTHER_FONTS = {
  bo: google("noto-serif-tibetan/400Regular/NotoSerifTibetan_400Regular"),
  mn: google("noto-sans-mongolian/400Regular/NotoSansMongolian_400Regular"),
  ug: google("noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular"),
} as const;
export type Translated = keyof typeof OTHER_FONTS;

/** The characters of `texts` that no typeface has, each once; of a translation, those of its language count too. */
export function missingGlyphs(texts: Iterable<string>, language: Translated | null = null): string[] {
  const drawn = drawable(language);
  const missing = new Set<string>();
  for (const text of texts)
    for (const character of text) if (!drawn.has(character.codePointAt(0) as number)) missing.add(character);
  missing.delete("\n");
  return [...missing];
}

/** Throws `document.unprintable`, naming the characters, where something cannot be drawn. */
export function mustBePrintable(texts: Iterable<string>, language: Translated | null = null): void {
  const missing = missingGlyphs(texts, language);
  if (missing.length === 0) return;
  const named = missing.slice(0, 10).map((character) => `“${character}”（${codeOf(character)}）`);
  const more = missing.length > 10 ? `等 ${missing.length} 个字` : "";
  throw problem("document.unprintable", {
    detail: `字库中暂时没有${named.join("、")}${more}，为避免印成方框，文书没有生成。请联系法院由人工制作；表情符号请改用文字。`,
    errors: missing.slice(0, 50).map((character) => ({
      pointer: "",
      code: "unprintable",
      message: `字库中暂时没有“${character}”（${codeOf(character)}）`,
    })),
    members: { characters: missing.slice(0, 50) },
  });
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`;

const known = new Map<Translated | null, ReadonlySet<number>>();

/** Read from the typefaces' own tables when the first paper is made. Bold lacks nothing that regular has. */
function drawable(language: Translated | null): ReadonlySet<number> {
  const before = known.get(language);
  if (before) return before;
  const files = [FONT_FILES[0] as string, FONT_FILES[2] as string, ...(language ? [OTHER_FONTS[language]] : [])];
  const characters = new Set(files.flatMap((file) => charactersOf(readFileSync(file))));
  known.set(language, characters);
  return characters;
}

/** The code points of a TrueType file's `cmap`: the full table (format 12) where there is one, else the basic (format 4). */
export function charactersOf(font: Buffer): number[] {
  const table = tableAt(font, "cmap");
  const subtables = Array.from(
    { length: font.readUInt16BE(table + 2) },
    (_, index) => table + font.readUInt32BE(table + 4 + index * 8 + 4),
  );
  const full = subtables.find((at) => font.readUInt16BE(at) === 12);
  if (full !== undefined) return segmented(font, full);
  const basic = subtables.find((at) => font.readUInt16BE(at) === 4);
  if (basic === undefined) throw new Error("a typeface without a Unicode character table");
  return delta(font, basic);
}

function tableAt(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const entry = 12 + index * 16;
    if (font.toString("latin1", entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`a typeface without ${tag}`);
}

function segmented(font: Buffer, at: number): number[] {
  const found: number[] = [];
  for (let group = 0; group < font.readUInt32BE(at + 12); group++) {
    const entry = at + 16 + group * 12;
    const first = font.readUInt32BE(entry);
    const glyph = font.readUInt32BE(entry + 8);
    for (let code = first; code <= font.readUInt32BE(entry + 4); code++) if (glyph + code - first > 0) found.push(code);
  }
  return found;
}

function delta(font: Buffer, at: number): number[] {
  const twice = font.readUInt16BE(at + 6);
  const found: number[] = [];
  for (let place = 0; place < twice; place += 2) {
    const last = font.readUInt16BE(at + 14 + place);
    const first = font.readUInt16BE(at + 16 + twice + place);
    for (let code = first; code <= last && code < 0xffff; code++) found.push(code);
  }
  return found;
}
