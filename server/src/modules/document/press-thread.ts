import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { Made, Numbered } from "./workshop.ts";

/** Runs in the thread of `press.ts`. Texts come as one JSON input: they are values, and never source. */
export interface PressOrder {
  readonly paper: string;
  readonly pictures: Readonly<Record<string, Uint8Array>>;
  /** Seconds since 1970, for the file's own date. */
  readonly at: number;
}
export interface PressSettings {
  readonly fonts: readonly string[];
  /** The folder of the templates, and all that the typesetter may read. */
  readonly templates: string;
}

const { fonts, templates } = workerData as PressSettings;
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [...fonts] }] });

parentPort?.on("message", ({ id, order }: Numbered<PressOrder>) => {
  const pictures = Object.entries(order.pictures).map(
    ([name, bytes]) => [join(templates, "pictures", name), Buffer.from(bytes)] as const,
  );
  try {
    for (const [path, bytes] of pictures) compiler.mapShadow(path, bytes);
    parentPort?.postMessage({ id, ...set(order) } satisfies Made);
  } catch (error) {
    parentPort?.postMessage({ id, file: null, error: String(error) } satisfies Made);
  } finally {
    for (const [path] of pictures) compiler.unmapShadow(path);
    compiler.evictCache(10);
  }
});

/** PDF/A-2b is what archives keep; it also refuses a character that no typeface has. */
function set({ paper, at }: PressOrder): Omit<Made, "id"> {
  const compiled = compiler.compile({ mainFilePath: join(templates, "paper.typ"), inputs: { paper }, resetRead: true });
  if (compiled.result !== null)
    return { file: compiler.pdf(compiled.result, { pdfStandard: "a-2b", creationTimestamp: at }), error: "" };
  return { file: null, error: JSON.stringify(compiled.takeError()?.shortDiagnostics ?? "nothing was set") };
}
