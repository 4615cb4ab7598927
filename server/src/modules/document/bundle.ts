import { bind, type Leaf } from "./bind.ts";
import { type ComplaintPaper, complaint } from "./complaint.ts";
import type { Paper } from "./paper.ts";
import { printPdf } from "./print-pdf.ts";
import { printStamps } from "./stamps.ts";

/** 卷宗材料合订本: a catalogue, the pleading, then every material, each page numbered and marked with the receipt number. */
export interface Bundle {
  readonly courtName: string;
  readonly title: string;
  readonly receiptNumber: string | null;
  readonly complaint: ComplaintPaper;
  readonly materials: readonly BundledMaterial[];
}
export interface BundledMaterial {
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  readonly family: "picture" | "pdf" | "document" | "media" | "archive";
  readonly sha256: string;
  readonly read: () => Promise<Buffer>;
}

/** Throws `document.unprintable`, `document.busy`. */
export async function printBundle(data: Bundle, at: Date): Promise<Buffer> {
  const { materials, receiptNumber } = data;
  // The stamps say whose it is.
  const { mark: _, ...pages } = complaint(data.complaint);
  const mark = data.complaint.masked ? { mark: "审查用，个人信息已部分遮盖" } : {};
  const pleading = await printPdf({ ...pages, ...mark, bound: true }, at);
  const leaves = async (): Promise<Leaf[]> => {
    const bound: Leaf[] = [{ kind: "pdf", bytes: pleading }];
    for (const { family, read } of materials)
      bound.push(
        family === "pdf" || family === "picture"
          ? { kind: family, bytes: await read() }
          : { kind: "none", bytes: Buffer.alloc(0) },
      );
    return bound;
  };
  return bind(leaves, async (pages) => {
    const counts = pages.map((count) => count ?? 1);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const [front, stamps, ...instead] = await Promise.all([
      printPdf(catalogue(data, counts), at),
      printStamps(receiptNumber ?? "草稿，尚未提交", all, at),
      ...materials.filter((_, index) => pages[index + 1] === null).map((material) => printPdf(absent(material), at)),
    ]);
    return { front: front as Buffer, stamps: stamps as Buffer, instead };
  });
}

function catalogue(
  { courtName, title, receiptNumber, complaint: pleading, materials }: Bundle,
  counts: readonly number[],
): Paper {
  const rows = [{ name: complaint(pleading).title, kind: "起诉状", purpose: "" }, ...materials];
  let next = 1;
  return {
    court: courtName,
    title: "材料目录",
    author: courtName,
    number: receiptNumber ?? "草稿，尚未提交",
    compact: true,
    bound: true,
    blocks: [
      { kind: "paragraph", flush: true, text: title },
      {
        kind: "table",
        widths: [0, 8, 4, 7, 3],
        align: ["center", "left", "left", "left", "center"],
        head: ["序号", "材料名称", "种类", "证明目的", "页码"],
        rows: rows.map(({ name, kind, purpose }, index) => {
          const [first, last] = [next, next + (counts[index] ?? 1) - 1];
          next = last + 1;
          return [`${index + 1}`, name, kind, purpose, first === last ? `${first}` : `${first}–${last}`];
        }),
        foot: [],
      },
      { kind: "note", text: `共 ${rows.length} 份，${next - 1} 页（目录不编页码）。` },
    ],
  };
}

function absent({ name, kind, family, sha256 }: BundledMaterial): Paper {
  const why =
    family === "pdf"
      ? "这份 PDF 设有密码或者结构特殊，不能并入合订本"
      : family === "media"
        ? "这是录音、录像，不能印在纸上"
        : "这是电子文档，没有并入合订本";
  return {
    title: "材料说明页",
    author: name,
    compact: true,
    bound: true,
    blocks: [
      {
        kind: "facts",
        strong: [],
        rows: [
          ["材料名称", name],
          ["种类", kind],
          ["说明", `${why}；请在平台中打开原件查看。`],
          ["SHA-256", sha256],
        ],
      },
    ],
  };
}
