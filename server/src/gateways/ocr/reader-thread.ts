import { parentPort, workerData } from "node:worker_threads";
import sharp from "sharp";
import { createWorker, OEM, type Page, PSM, type Word, type Worker, type WorkerParams } from "tesseract.js";
import { type Glyph, type ReadLine, type ReadPage, type Turn, Unreadable } from "./port.ts";
import { openPicture, type Prepared } from "./prepare.ts";

/** Runs in the thread of `tesseract.ts`. */
export interface ReaderSettings {
  /** The folder with chi_sim.traineddata.gz. */
  readonly language: string;
}
export interface ReadOrder {
  readonly id: number;
  readonly image: Uint8Array;
}
export type ReadAnswer =
  | { readonly id: number; readonly page: ReadPage }
  | { readonly id: number; readonly error: string; readonly unreadable: boolean };

sharp.cache(false);
sharp.concurrency(1);

const { language } = workerData as ReaderSettings;
let reader: Promise<Worker> | null = null;

/** Read like this, a page stands upright (0.95 and more were measured); on its side or its head it is read with 0.90 at most. */
const UPRIGHT = 0.93;
const ENOUGH_GLYPHS = 8;
/** What the reader gives for a smudge is not worth showing. */
const LEAST_GLYPH = 0.2;
const FIGURES_AND_CAPITALS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

parentPort?.on("message", async ({ id, image }: ReadOrder) => {
  try {
    parentPort?.postMessage({ id, page: await readPicture(Buffer.from(image)) } satisfies ReadAnswer);
  } catch (error) {
    const unreadable = error instanceof Unreadable;
    parentPort?.postMessage({ id, error: String(error), unreadable } satisfies ReadAnswer);
  }
});

async function readPicture(image: Buffer): Promise<ReadPage> {
  const picture = await openPicture(image);
  let best: ReadPage | null = null;
  for (const turn of [0, 180, 90, 270] as const) {
    const page = await readUpright(await picture.turned(turn), turn);
    if (best === null || worthOf(page) > worthOf(best)) best = page;
    if (page.confidence >= UPRIGHT && glyphsOf(page) >= ENOUGH_GLYPHS) break;
  }
  return best as ReadPage;
}

const glyphsOf = ({ lines }: ReadPage): number => lines.reduce((sum, { glyphs }) => sum + glyphs.length, 0);
const worthOf = (page: ReadPage): number => page.confidence ** 12 * glyphsOf(page);

async function readUpright(prepared: Prepared, turn: Turn): Promise<ReadPage> {
  reader ??= createWorker("chi_sim", OEM.LSTM_ONLY, { langPath: language, cacheMethod: "none", errorHandler() {} });
  const worker = await reader;
  // One block of lines: a card and a page are that, and the search for columns loses half a card.
  await set(worker, { tessedit_pageseg_mode: PSM.SINGLE_BLOCK, tessedit_char_whitelist: "" });
  const { data } = await worker.recognize(prepared.png, {}, { blocks: true, text: false });
  const lines: ReadLine[] = [];
  for (const line of linesOf(data)) {
    const glyphs = glyphsIn(line.words, prepared);
    if (glyphs.length === 0) continue;
    lines.push({ glyphs, ...(await readNumberAgain(worker, prepared, line.words)) });
  }
  const glyphs = lines.flatMap((line) => line.glyphs);
  const confidence = glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / Math.max(1, glyphs.length);
  return { turn, confidence, lines };
}

const set = (worker: Worker, more: Partial<WorkerParams>) =>
  worker.setParameters({ user_defined_dpi: "300", debug_file: "/dev/null", ...more } as Partial<WorkerParams>);

/** Spaced figures are sometimes read double when a whole page is looked at: the number of a card is looked at once more. */
async function readNumberAgain(worker: Worker, prepared: Prepared, words: readonly Word[]) {
  const symbols = words.flatMap((word) => word.symbols);
  const run = longestRun(symbols.map(({ text }) => /^[0-9A-Za-z|\]]+$/.test(text)));
  if (run === null || run.length < 15) return {};
  const number = symbols.slice(run.from, run.from + run.length);
  const [x0, y0] = [Math.min(...number.map(({ bbox }) => bbox.x0)), Math.min(...number.map(({ bbox }) => bbox.y0))];
  const [x1, y1] = [Math.max(...number.map(({ bbox }) => bbox.x1)), Math.max(...number.map(({ bbox }) => bbox.y1))];
  const margin = Math.round((y1 - y0) * 0.25);
  const rectangle = {
    left: Math.max(0, x0 - margin),
    top: Math.max(0, y0 - margin),
    // One character more to the right: the X at the end of some numbers is taken for a Chinese one.
    width: Math.min(prepared.width - 1, x1 + 4 * margin) - Math.max(0, x0 - margin),
    height: Math.min(prepared.height - 1, y1 + margin) - Math.max(0, y0 - margin),
  };
  await set(worker, { tessedit_pageseg_mode: PSM.SINGLE_LINE, tessedit_char_whitelist: FIGURES_AND_CAPITALS });
  const { data } = await worker.recognize(prepared.png, { rectangle }, { blocks: true, text: false });
  return { again: linesOf(data).flatMap((line) => glyphsIn(line.words, prepared)) };
}

function longestRun(wanted: readonly boolean[]): { from: number; length: number } | null {
  let best: { from: number; length: number } | null = null;
  let from = 0;
  wanted.forEach((yes, index) => {
    if (!yes) from = index + 1;
    else if (best === null || index + 1 - from > best.length) best = { from, length: index + 1 - from };
  });
  return best;
}

const linesOf = ({ blocks }: Page) =>
  (blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.lines));

function glyphsIn(words: readonly Word[], { boxOf }: Prepared): Glyph[] {
  return words.flatMap(({ symbols }) =>
    symbols
      .map(({ text, confidence, bbox }): Glyph => ({ text, confidence: confidence / 100, box: boxOf(bbox) }))
      .filter(({ text, confidence }) => text.trim() !== "" && confidence >= LEAST_GLYPH),
  );
}
