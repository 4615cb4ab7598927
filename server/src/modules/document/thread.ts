import { Worker } from "node:worker_threads";

/** A thread of our own code: `name` is the file beside this one. From sources it must be told how they are read (Node 20). */
export function openThread(name: string, workerData: unknown): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData });
  const file = new URL(`./${name}.ts`, import.meta.url).href;
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import("${file}"); })`;
  return new Worker(code, { workerData, eval: true, execArgv: [] });
}
