import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What a reader finds in a PDF, page by page; spaces and line ends are left out, since pages break lines where they like. */
export async function pdfText(pdf: Buffer): Promise<string[]> {
  const reader = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const file = await reader.promise;
  const pages: string[] = [];
  for (let number = 1; number <= file.numPages; number++) {
    const { items } = await (await file.getPage(number)).getTextContent();
    pages.push(plain(items.map((item) => ("str" in item ? item.str : "")).join("")));
  }
  await reader.destroy();
  return pages;
}

/** Without spaces and what cannot be seen. */
export const plain = (text: string): string => text.replace(/[\s\u3000\u200b\u00ad]/g, "");
