import QRCode from "qrcode";
import { mustBePrintable } from "./glyphs.ts";
import { type Block, cleaned, type Paper, textsOf, translationsOf } from "./paper.ts";
import { press } from "./press.ts";

/** The paper as PDF/A-2b, A4, pages numbered. Throws `document.unprintable` for a character no typeface has. */
export async function printPdf(paper: Paper, at: Date): Promise<Buffer> {
  const clean = cleaned(paper);
  mustBePrintable(textsOf(clean));
  for (const { language, texts } of translationsOf(clean)) mustBePrintable(texts, language);
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
  return press({ paper: json, pictures: paper.pictures ?? {}, at: Math.floor(at.getTime() / 1000) });
}

async function drawn(block: Block): Promise<unknown> {
  if (block.kind !== "code") return block;
  return { ...block, svg: await QRCode.toString(block.content, { type: "svg", errorCorrectionLevel: "M", margin: 1 }) };
}
