import { bind, type Leaf } from "./bind.ts";
import { printPdf } from "./print-pdf.ts";
import { printStamps } from "./stamps.ts";

/** 正卷 as one file: the catalogue in the court's order, then every item, the pages numbered through. */
export interface Catalogue {
  readonly courtName: string;
  readonly caseNumber: string;
  readonly title: string;
  readonly items: readonly {
    readonly name: string;
    readonly section: string;
    readonly formedOn: string;
    /** Null: it cannot stand on paper (录音、录像、电子文档). */
    readonly kind: "pdf" | "picture" | null;
    readonly sha256: string;
    read(): Promise<Buffer>;
  }[];
}

/** Cover, catalogue and the certificate at the end carry no page number (立卷归档办法§17). Throws `document.busy`. */
export async function printDossier(data: Catalogue, at: Date): Promise<Buffer> {
  const { courtName, caseNumber, items } = data;
  const leaves = async (): Promise<Leaf[]> => {
    const bound: Leaf[] = [];
    for (const { kind, read } of items)
      bound.push(kind === null ? { kind: "none", bytes: Buffer.alloc(0) } : { kind, bytes: await read() });
    return bound;
  };
  return bind(leaves, async (pages) => {
    const counts = pages.map((count) => count ?? 1);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const absent = items.filter((_, index) => pages[index] === null);
    const [front, stamps, ...instead] = await Promise.all([
      printPdf(contents(data, counts), at),
      printStamps(caseNumber, all, at),
      ...absent.map(({ name, section, sha256 }) =>
        printPdf(
          {
            title: "材料说明页",
            author: courtName,
            compact: true,
            bound: true,
            blocks: [
              {
                kind: "facts",
                strong: [],
                rows: [
                  ["材料名称", name],
                  ["类别", section],
                  ["说明", "这份材料不能印在纸上（录音、录像、电子文档，或者设有密码）；请到法院查看原件。"],
                  ["SHA-256", sha256],
                ],
              },
            ],
          },
          at,
        ),
      ),
    ]);
    return { front: front as Buffer, stamps: stamps as Buffer, instead };
  });
}

function contents({ courtName, caseNumber, title, items }: Catalogue, counts: readonly number[]) {
  let next = 1;
  return {
    court: courtName,
    title: "卷内目录",
    author: courtName,
    number: caseNumber,
    compact: true,
    bound: true,
    blocks: [
      { kind: "paragraph", flush: true, text: title },
      {
        kind: "table",
        widths: [0, 9, 6, 4, 3],
        align: ["center", "left", "left", "center", "center"],
        head: ["序号", "文书名称", "类别", "日期", "页码"],
        rows: items.map(({ name, section, formedOn }, index) => {
          const [first, last] = [next, next + (counts[index] ?? 1) - 1];
          next = last + 1;
          return [`${index + 1}`, name, section, formedOn, first === last ? `${first}` : `${first}–${last}`];
        }),
        foot: [],
      },
      { kind: "note", text: `共 ${items.length} 份，${next - 1} 页（目录不编页码）。` },
    ],
  } as const;
}
