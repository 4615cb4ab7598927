import type { Translated } from "./glyphs.ts";

/**
 * What a paper says, before anybody decides how it looks: PDF (`print-pdf.ts`) and DOCX (`print-docx.ts`) are made of the
 * same blocks, so both hold the same text. All texts are data; nothing in them is read as a command of the typesetter.
 */
export interface Paper {
  readonly title: string;
  /** Below the title, as `（民间借贷纠纷）` of a pleading. */
  readonly subtitle?: string;
  /** The court, above the title. */
  readonly court?: string;
  /** 案号 or 编号, right under the title. */
  readonly number?: string;
  /** Small, at the head of every page. */
  readonly mark?: string;
  /** Who made it, for the file's own properties. */
  readonly author: string;
  /** Small type and narrow margins, for forms and lists. */
  readonly compact?: boolean;
  /** Part of a bundle, whose pages are numbered by stamps. */
  readonly bound?: boolean;
  readonly blocks: readonly Block[];
  /** What `picture` names stand for: PNG or JPEG. */
  readonly pictures?: Readonly<Record<string, Buffer>>;
}

export type Line = string | { readonly label?: string; readonly text: string; readonly strong?: boolean };
export type Align = "left" | "center" | "right";

export type FormRow =
  | { readonly band: string; readonly hint?: string }
  | { readonly wide: readonly Line[] }
  | { readonly label: string; readonly lines: readonly Line[] };

export type Block =
  | { readonly kind: "salutation"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly flush?: boolean; readonly strong?: boolean }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "note"; readonly text: string }
  | TableBlock
  | {
      readonly kind: "facts";
      readonly rows: readonly (readonly [label: string, value: string])[];
      /** Labels whose value is printed bold. */
      readonly strong: readonly string[];
    }
  /** A QR code of `content`, with words beside it. */
  | { readonly kind: "code"; readonly content: string; readonly caption: string; readonly lines: readonly Line[] }
  /** The two-column table of the model pleadings. */
  | { readonly kind: "form"; readonly rows: readonly FormRow[] }
  | { readonly kind: "signature"; readonly label: string; readonly picture: string | null; readonly date: string }
  /** A narrow page of its own (`stamps.ts`). */
  | { readonly kind: "stamp"; readonly text: string }
  /** A sheet to be laid over pages (`watermark.ts`). */
  | { readonly kind: "watermark"; readonly lines: readonly string[] }
  /** Paragraphs side by side: Chinese at the left, the other language at the right; Mongolian in columns from top to bottom. */
  | {
      readonly kind: "bilingual";
      readonly language: Translated;
      readonly head: { readonly text: string; readonly translated: string };
      readonly rows: readonly { readonly text: string; readonly translated: string }[];
    }
  /** The court's name and the day, at the right. */
  | { readonly kind: "closing"; readonly lines: readonly string[] };

export interface TableBlock {
  readonly kind: "table";
  /** Shares of the width; 0: narrow, for a running number. */
  readonly widths: readonly number[];
  readonly align: readonly Align[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The last row; its cells may span several columns. */
  readonly foot: readonly { readonly span: number; readonly text: string; readonly align: "left" | "right" }[];
}

/** Every text of a paper, in the order of reading. */
export function textsOf(paper: Paper): string[] {
  const found: string[] = [];
  const walk = (value: unknown, name: string): void => {
    if (typeof value === "string") {
      if (!NOT_PRINTED.has(name)) found.push(value);
    } else if (Array.isArray(value)) for (const item of value) walk(item, name);
    else if (value !== null && typeof value === "object" && !Buffer.isBuffer(value))
      for (const [key, item] of Object.entries(value)) walk(item, key);
  };
  const { mark, court, title, subtitle, number, blocks } = paper;
  walk([mark, court, title, subtitle, number, blocks], "");
  return found;
}

/** The texts of a paper in another language than Chinese. */
export function translationsOf({ blocks }: Paper): { language: Translated; texts: string[] }[] {
  return blocks.flatMap((block) =>
    block.kind === "bilingual"
      ? [{ language: block.language, texts: [block.head, ...block.rows].map(({ translated }) => translated) }]
      : [],
  );
}

const NOT_PRINTED = new Set(["translated", "language", "kind", "align", "content", "picture", "pictures", "strong"]);

/** Texts without what cannot be seen. */
export function cleaned(paper: Paper): Paper {
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return printable(value);
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        if (key === "pictures") return [key, item];
        return [key, key === "translated" ? printableLetters(String(item)) : clean(item)];
      }),
    );
  };
  return clean(paper) as Paper;
}

/** What prints nothing anyway (joiners, direction marks, byte order marks) is left out; a tab is a wide space. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", "\u3000")
    .replace(/\p{Cf}|\p{Cc}|\p{Variation_Selector}/gu, (character) => (character === "\n" ? "\n" : ""));
}

/** The same for writing whose letters take their shape from signs that cannot be seen: these stay (U+180B–180F, U+200C, U+200D). */
export function printableLetters(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replace(/\p{Cf}|\p{Cc}|\p{Variation_Selector}/gu, (sign) => (SHAPING.has(sign) ? sign : ""));
}
const SHAPING = new Set(["\n", "\u180b", "\u180c", "\u180d", "\u180e", "\u180f", "\u200c", "\u200d"]);
