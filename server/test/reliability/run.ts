import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figure.ts";
import { GOALS, type GoalId, goalOf, isGoal, type Run, type Tier } from "./goals.ts";
import { lineOf, missesOf, type Outcome, writeReport } from "./report.ts";

/**
 * `npm run rel -- G1 G5 [--long]`, or `all`: runs the tests of these goals at their full sizes, prints one line for each
 * goal and writes docs/reliability.md. The figures come from the tests themselves.
 */
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const words = process.argv.slice(2);
const tier: Tier = words.includes("--long") ? "long" : "short";
const named = words.filter((word) => !word.startsWith("--"));
const wanted = named.includes("all") ? (Object.keys(GOALS) as GoalId[]) : named.filter(isGoal);
if (wanted.length === 0 || (wanted.length < named.length && !named.includes("all"))) {
  console.error(`npm run rel -- ${Object.keys(GOALS).join("|")}|all [--long]`);
  process.exit(2);
}
const seed = Number(process.env["SEED"] ?? randomInt(2 ** 31));
console.log(`SEED=${seed}`);
const folder = mkdtempSync(join(tmpdir(), "sutong-rel-"));
const logs = join(ROOT, "var/logs");
mkdirSync(logs, { recursive: true });

let missed = 0;
for (const goal of wanted) {
  const outcome = await measure(goal);
  console.log(lineOf(outcome));
  for (const [what, why] of Object.entries(goalOf(goal).unmeasured ?? {}))
    console.log(`${goal} ${what}: not measured, ${why}`);
  if (outcome.figures.length > 0 || outcome.red.length > 0) writeReport([outcome]);
  if (missesOf(outcome).length > 0) missed += 1;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;

async function measure(goal: GoalId): Promise<Outcome> {
  const runs = (tier === "long" ? goalOf(goal).long : undefined) ?? goalOf(goal).short;
  const told = join(folder, `${goal}.jsonl`);
  const before = await busy();
  const begun = performance.now();
  const red: string[] = [];
  const untried: string[] = [];
  for (const [at, run] of runs.entries()) {
    const ran = await carryOut(run, told, join(folder, `${goal}-${at}.json`), goal);
    red.push(...ran.red);
    untried.push(...ran.untried);
  }
  const seconds = (performance.now() - begun) / 1000;
  const loaded = Math.max(before, await busy()) > 0.25;
  return { goal, tier, seed, figures: figuresIn(told, goal), red, untried, loaded, seconds };
}

interface Ran {
  readonly red: readonly string[];
  readonly untried: readonly string[];
}

/** Runs the tests with their sizes; gives the names of those that were red, and what was lacking for those that were skipped. */
async function carryOut({ tests, only, env = {} }: Run, told: string, results: string, goal: GoalId): Promise<Ran> {
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const options = ["run", ...tests, "--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const log = openSync(join(logs, `rel-${goal}.log`), "w");
  const child = spawn(process.execPath, [vitest, ...options, "--maxWorkers=1", ...(only ? ["-t", only] : [])], {
    cwd: ROOT,
    stdio: ["ignore", log, log],
    env: { ...process.env, SEED: String(seed), REL_FIGURES: told, REL: "1", ...env },
  });
  closeSync(log);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  const said = `rel-${goal}.log`;
  if (!existsSync(results)) return { red: [`${tests.join(" ")} did not run, see var/logs/${said}`], untried: [] };
  const { testResults } = JSON.parse(readFileSync(results, "utf8")) as VitestResults;
  // Where only some tests are wanted, the others are skipped as well.
  const skipped = only
    ? []
    : testResults.filter((one) => one.assertionResults.every(({ status }) => status === "skipped"));
  const lacking = readFileSync(join(logs, said), "utf8").match(/^.* is missing \(.*\)/gm) ?? [];
  const untried =
    skipped.length === 0
      ? []
      : lacking.length > 0
        ? [...new Set(lacking)]
        : skipped.map(({ name }) => name.slice(ROOT.length));
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const names = assertionResults.filter((one) => one.status === "failed").map(({ fullName }) => fullName);
    return names.length > 0 || status !== "failed" ? names : [name.slice(ROOT.length)];
  });
  return { red: failed.length > 0 || code === 0 ? failed : [`${tests.join(" ")} ended with ${code}`], untried };
}

interface VitestResults {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** The last of each name: a test that was tried again counts once. */
function figuresIn(file: string, goal: GoalId): Figure[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").filter(Boolean) : [];
  const all = lines.map((line) => JSON.parse(line) as Figure).filter((one) => one.goal === goal);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** The part of the machine that works while we do nothing. */
async function busy(): Promise<number> {
  const look = (): number[] =>
    (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").split(/\s+/).slice(1).map(Number);
  if (!existsSync("/proc/stat")) return 0;
  const first = look();
  await sleep(2000);
  const passed = look().map((count, at) => count - (first[at] ?? 0));
  const all = passed.reduce((sum, one) => sum + one, 0);
  const idle = (passed[3] ?? 0) + (passed[4] ?? 0);
  return all === 0 ? 0 : 1 - idle / all;
}
