import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/** Runs in the thread that `press.ts` starts. Texts come as one JSON input: they are values, and never source. */
export interface PressOrder {
  readonly id: number;
  readonly paper: string;
  readonly pictures: Readonly<Record<string, Uint8Array>>;
  /** Seconds since 1970, for the file's own date. */
  readonly at: number;
}
export interface PressAnswer {
  readonly id: number;
  readonly pdf: Uint8Array | null;
  readonly error: string;
}

export interface PressSettings {
  readonly fonts: readonly string[];
  /** The folder of the templates, and all that the typesetter may read. */
  readonly templates: string;
}

const { fonts, templates } = workerData as PressSettings;
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [...fonts] }] });

parentPort?.on("message", ({ id, paper, pictures, at }: PressOrder) => {
  const paths = Object.keys(pictures).map((name) => join(templates, "pictures", name));
  try {
    Object.values(pictures).forEach((bytes, index) => {
      compiler.mapShadow(paths[index] as string, Buffer.from(bytes));
    });
    const { result, error } = compile(paper);
    // PDF/A-2b is what archives keep; it also refuses a character that no typeface has.
    const pdf = result === null ? null : compiler.pdf(result, { pdfStandard: "a-2b", creationTimestamp: at });
    parentPort?.postMessage({ id, pdf, error } satisfies PressAnswer);
  } catch (error) {
    parentPort?.postMessage({ id, pdf: null, error: String(error) } satisfies PressAnswer);
  } finally {
    for (const path of paths) compiler.unmapShadow(path);
    compiler.evictCache(10);
  }
});

function compile(paper: string) {
  const compiled = compiler.compile({ mainFilePath: join(templates, "paper.typ"), inputs: { paper }, resetRead: true });
  const failure = compiled.hasError() ? compiled.takeError() : null;
  return { result: compiled.result, error: failure ? JSON.stringify(failure.shortDiagnostics) : "" };
}
