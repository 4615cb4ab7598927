import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** One part of the tests: a command, and whether its output tells how many tests ran. */
export interface Part {
  name: string;
  command: string;
  options: string[];
  /** Counted by what its runner prints; a part without counts is one test by itself. */
  counted?: boolean;
}

export interface Outcome {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
}

/** Runs a part with its output shown, and counts. */
export async function runPart(
  root: string,
  part: Part,
  show: (bytes: Buffer | string) => void = (bytes) => process.stdout.write(bytes),
): Promise<Outcome> {
  const start = performance.now();
  const child = spawn(part.command, part.options, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: process.env });
  let told = "";
  child.stdout.on("data", (bytes: Buffer) => {
    show(bytes);
    told += bytes.toString("utf8");
  });
  child.stderr.on("data", (bytes: Buffer) => {
    show(bytes);
    told += bytes.toString("utf8");
  });
  const code = await new Promise<number | null>((done) => {
    child.once("error", (error) => {
      show(`${error.message}\n`);
      done(1);
    });
    child.once("close", done);
  });
  const counts = part.counted === true ? countTests(told) : { passed: 0, failed: 0, skipped: 0 };
  const none = counts.passed + counts.failed === 0;
  if (code === 0 && none) counts.passed = 1;
  // It failed, but not by a test: a broken import, a crash, an error outside of tests.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { name: part.name, ...counts, seconds: (performance.now() - start) / 1000 };
}

/** Adds up Vitest's lines `Tests  1 failed | 2 passed | 3 skipped (6)` and those of ours, `2 passed, 1 failed`. */
export function countTests(output: string): { passed: number; failed: number; skipped: number } {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of stripVTControlCharacters(output).split("\n")) {
    if (!/^\s*Tests\s{2,}\d/.test(line) && !/^\d+ passed, \d+ failed/.test(line)) continue;
    for (const [, number, what] of line.matchAll(/(\d+) (passed|failed|skipped|todo)/g)) {
      counts[what === "todo" ? "skipped" : (what as keyof typeof counts)] += Number(number);
    }
  }
  return counts;
}
