/** One PDF, drawn page by page by the browser. pdf.js is fetched from our own address when the first one is opened. */
export interface OpenPdf {
  readonly pages: number;
  /** Draws a page so many CSS pixels wide into an element of the page in front. */
  draw(host: HTMLElement, page: number, width: number): Promise<void>;
  close(): void;
}

interface Viewport {
  readonly width: number;
  readonly height: number;
}
interface PdfPage {
  getViewport(options: { scale: number }): Viewport;
  render(options: { canvasContext: CanvasRenderingContext2D; viewport: Viewport }): { promise: Promise<void> };
}
interface PdfFile {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
  destroy(): Promise<void>;
}
interface PdfProgram {
  readonly GlobalWorkerOptions: { workerSrc: string };
  getDocument(options: object): { readonly promise: Promise<PdfFile> };
}

/** Sharper than this a phone's memory does not bear. */
const MOST_PIXELS = 2600;
const at = (name: string): string => new URL(`pdfjs/${name}`, document.baseURI.split("#")[0]).href;

let program: Promise<PdfProgram> | null = null;
function load(): Promise<PdfProgram> {
  // A file beside the page and no part of it: neither the first load nor the store for reading without a network holds it.
  program ??= (import(/* @vite-ignore */ at("pdf.min.mjs")) as Promise<PdfProgram>).then((made) => {
    made.GlobalWorkerOptions.workerSrc = at("pdf.worker.min.mjs");
    return made;
  });
  program.catch(() => {
    program = null;
  });
  return program;
}

export async function openPdf(bytes: ArrayBuffer): Promise<OpenPdf> {
  const { getDocument } = await load();
  const file = await getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: at("cmaps/"),
    cMapPacked: true,
    isEvalSupported: false,
  }).promise;
  return {
    pages: file.numPages,
    async draw(host, number, width) {
      const page = await file.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      const dense = Math.min(window.devicePixelRatio || 1, 3);
      const scale = Math.min((width * dense) / plain.width, MOST_PIXELS / Math.max(plain.width, plain.height));
      const viewport = page.getViewport({ scale });
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      canvas.style.cssText = `display:block;width:${width}px;height:${Math.round((width * plain.height) / plain.width)}px`;
      const canvasContext = canvas.getContext("2d");
      if (!canvasContext) throw new Error("this browser draws nothing");
      await page.render({ canvasContext, viewport }).promise;
      // Nothing is offered for keeping: a long press would save the picture.
      canvas.addEventListener("contextmenu", (event) => event.preventDefault());
      host.replaceChildren(canvas);
    },
    close: () => void file.destroy(),
  };
}

/** Two fingers make it larger; told by how much, once they let go. Gives what ends the watching. */
export function watchPinch(host: HTMLElement, pinched: (times: number) => void): () => void {
  let begun = 0;
  let times = 1;
  const apart = ({ touches: [a, b] }: TouchEvent): number =>
    a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
  const start = (event: TouchEvent) => {
    begun = event.touches.length === 2 ? apart(event) : 0;
    times = 1;
  };
  const move = (event: TouchEvent) => {
    if (begun === 0) return;
    event.preventDefault();
    times = apart(event) / begun;
    host.style.transform = `scale(${times})`;
    host.style.transformOrigin = "0 0";
  };
  const end = () => {
    if (begun === 0) return;
    begun = 0;
    host.style.transform = "";
    pinched(times);
  };
  host.addEventListener("touchstart", start, { passive: true });
  host.addEventListener("touchmove", move, { passive: false });
  host.addEventListener("touchend", end);
  return () => {
    host.removeEventListener("touchstart", start);
    host.removeEventListener("touchmove", move);
    host.removeEventListener("touchend", end);
  };
}
