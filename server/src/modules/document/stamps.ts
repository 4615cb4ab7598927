import type { Paper } from "./paper.ts";
import { printPdf } from "./print-pdf.ts";

/** One narrow page for every page of a bundle, to be laid over it: whose it is, and which page. */
export function printStamps(mark: string, pages: number, at: Date): Promise<Buffer> {
  const paper: Paper = {
    title: mark,
    author: mark,
    blocks: Array.from({ length: pages }, (_, index) => ({
      kind: "stamp",
      text: `${mark}　第 ${index + 1} 页 共 ${pages} 页`,
    })),
  };
  return printPdf(paper, at);
}
