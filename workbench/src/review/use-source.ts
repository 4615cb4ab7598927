import type { PDFDocumentProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { onUnmounted, shallowReactive } from "vue";
import { api } from "@/api/index.ts";
import { isImage, isPdf, type SourcePage } from "./pages.ts";

type Opened =
  | { kind: "image"; bitmap: ImageBitmap }
  | { kind: "pdf"; pdf: PDFDocumentProxy }
  | { kind: "other"; blob: Blob };
const longestSide = 2600;

/** The materials of one filing, opened once and drawn at any size. */
export function useSource() {
  const opened = new Map<string, Promise<Opened>>();
  const counted = shallowReactive(new Map<string, number>());
  let closed = false;

  function open(page: SourcePage): Promise<Opened> {
    let found = opened.get(page.materialId);
    if (!found) {
      found = openMaterial(page);
      opened.set(page.materialId, found);
      found.catch(() => opened.delete(page.materialId));
    }
    return found;
  }

  async function openMaterial(page: SourcePage): Promise<Opened> {
    const variant = isImage(page.contentType) ? "?variant=view" : "";
    const blob = await api.blob(`/materials/${page.materialId}/content${variant}`);
    const type = blob.type || page.contentType;
    if (isPdf(type)) {
      const pdf = await openPdf(await blob.arrayBuffer());
      if (!closed) counted.set(page.materialId, pdf.numPages);
      return { kind: "pdf", pdf };
    }
    if (isImage(type)) return { kind: "image", bitmap: await createImageBitmap(blob) };
    return { kind: "other", blob };
  }

  /** Draws a page `width` CSS pixels wide. False when it is a file browsers cannot show. */
  async function draw(canvas: HTMLCanvasElement, page: SourcePage, width: number, rotation: number): Promise<boolean> {
    const source = await open(page);
    const density = Math.min(window.devicePixelRatio || 1, 2);
    if (source.kind === "image") drawImage(canvas, source.bitmap, width, density, rotation);
    else if (source.kind === "pdf") await drawPdf(canvas, source.pdf, page.page, width, density, rotation);
    return source.kind !== "other";
  }

  async function download(page: SourcePage): Promise<void> {
    const blob = await api.blob(`/materials/${page.materialId}/content?variant=original`);
    const url = URL.createObjectURL(blob);
    const link = Object.assign(document.createElement("a"), { href: url, download: page.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 30_000);
  }

  function close(): void {
    for (const each of opened.values())
      void each.then(
        (source) => (source.kind === "pdf" ? source.pdf.destroy() : undefined),
        () => undefined,
      );
    opened.clear();
    counted.clear();
  }
  onUnmounted(() => {
    closed = true;
    close();
  });
  return { counted, draw, download, close };
}
export type Source = ReturnType<typeof useSource>;

/** Opens a PDF with what pdf.js needs beside it. */
export async function openPdf(data: ArrayBuffer): Promise<PDFDocumentProxy> {
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
  const files = `${import.meta.env.BASE_URL}pdfjs`;
  return pdfjs.getDocument({
    data,
    cMapUrl: `${files}/cmaps/`,
    standardFontDataUrl: `${files}/standard_fonts/`,
    wasmUrl: `${files}/wasm/`,
    isEvalSupported: false,
  }).promise;
}

function drawImage(
  canvas: HTMLCanvasElement,
  bitmap: ImageBitmap,
  width: number,
  density: number,
  rotation: number,
): void {
  const turned = rotation % 180 !== 0;
  const [wide, high] = turned ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
  const scale = Math.min((width * density) / wide, longestSide / Math.max(wide, high), 1.5);
  canvas.width = Math.max(1, Math.round(wide * scale));
  canvas.height = Math.max(1, Math.round(high * scale));
  canvas.style.width = `${width}px`;
  const pen = canvas.getContext("2d")!;
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((rotation * Math.PI) / 180);
  pen.drawImage(
    bitmap,
    (-bitmap.width * scale) / 2,
    (-bitmap.height * scale) / 2,
    bitmap.width * scale,
    bitmap.height * scale,
  );
}

const drawing = new WeakMap<HTMLCanvasElement, { cancel: () => void }>();

export async function drawPdf(
  canvas: HTMLCanvasElement,
  pdf: PDFDocumentProxy,
  number: number,
  width: number,
  density: number,
  rotation: number,
): Promise<void> {
  const page = await pdf.getPage(Math.min(number, pdf.numPages));
  const turn = (page.rotate + rotation) % 360;
  const plain = page.getViewport({ scale: 1, rotation: turn });
  const viewport = page.getViewport({ scale: (width * density) / plain.width, rotation: turn });
  drawing.get(canvas)?.cancel();
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  canvas.style.width = `${width}px`;
  const task = page.render({ canvas, viewport });
  drawing.set(canvas, task);
  await task.promise.catch((error: unknown) => {
    if (!(error instanceof Error && error.name === "RenderingCancelledException")) throw error;
  });
}
