import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Made, Numbered } from "./workshop.ts";

/** Runs in the thread of `page-text.ts`: a file made to hurt hurts nobody else. */
/** How Chinese files without typefaces of their own name their characters (GBK-EUC-H …). */
const CHARACTER_MAPS = `${join(dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json")), "cmaps")}/`;
const { most } = workerData as { readonly most: number };

parentPort?.on("message", async ({ id, order }: Numbered<{ readonly bytes: Uint8Array }>) => {
  try {
    const pages = await textOf(order.bytes);
    parentPort?.postMessage({ id, file: Buffer.from(JSON.stringify(pages), "utf8"), error: "" } satisfies Made);
  } catch (error) {
    parentPort?.postMessage({ id, file: null, error: String(error) } satisfies Made);
  }
});

async function textOf(bytes: Uint8Array): Promise<string[]> {
  const reader = getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    cMapUrl: CHARACTER_MAPS,
    cMapPacked: true,
  });
  try {
    const file = await reader.promise;
    const pages: string[] = [];
    let left = most;
    for (let number = 1; number <= file.numPages && left > 0; number += 1) {
      const { items } = await (await file.getPage(number)).getTextContent();
      const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
      pages.push(text.slice(0, left));
      left -= text.length;
    }
    return pages;
  } finally {
    await reader.destroy();
  }
}
