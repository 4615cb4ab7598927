import QRCode from "qrcode";
import { mustBePrintable, printable } from "./glyphs.ts";
import { type Block, type Paper, textsOf } from "./paper.ts";
import { press } from "./press.ts";

/** The paper as PDF/A-2b, A4, pages numbered. Throws `document.unprintable` for a character no typeface has. */
export async function printPdf(paper: Paper, at: Date): Promise<Buffer> {
  const clean = cleaned(paper);
  mustBePrintable(textsOf(clean));
  const {
    title,
    author,
    court = null,
    subtitle = null,
    number = null,
    mark = null,
    compact = false,
    bound = false,
  } = clean;
  const blocks = await Promise.all(clean.blocks.map(drawn));
  const json = JSON.stringify({ title, author, court, subtitle, number, mark, compact, bound, blocks });
  return press(json, paper.pictures ?? {}, at);
}

/** Texts without what cannot be seen. */
export function cleaned(paper: Paper): Paper {
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return printable(value);
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, key === "pictures" ? item : clean(item)]),
    );
  };
  return clean(paper) as Paper;
}

async function drawn(block: Block): Promise<unknown> {
  if (block.kind !== "code") return block;
  return { ...block, svg: await QRCode.toString(block.content, { type: "svg", errorCorrectionLevel: "M", margin: 1 }) };
}
