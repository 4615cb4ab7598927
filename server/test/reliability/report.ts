import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { type Figure, isMet, toldOf } from "./figure.ts";
import { GOALS, type Goal, type GoalId, type Tier } from "./goals.ts";

/** What one run of a goal came to. */
export interface Outcome {
  readonly goal: GoalId;
  readonly tier: Tier;
  readonly seed: number;
  readonly figures: readonly Figure[];
  /** Tests that were red; a figure is no good beside one. */
  readonly red: readonly string[];
  /** What this machine lacks for tests that were skipped. */
  readonly untried: readonly string[];
  /** The machine had other work: its times say nothing. */
  readonly loaded: boolean;
  readonly seconds: number;
}

const FILE = new URL("../../../docs/reliability.md", import.meta.url);
const COLUMNS = ["goal", "tier", "figures", "met or missed", "command", "machine", "date"];

/** Where a figure is not good: `lost 3, at most 0`. */
export function missesOf({ figures, red, untried, loaded }: Outcome): string[] {
  const missed = figures.filter((one) => !isMet(one) && !(one.timed && loaded));
  return [
    ...missed.map((one) => `${toldOf(one)}, ${demandOf(one)}`),
    ...red.map((name) => `red: ${name}`),
    ...untried.map((what) => `not tried: ${what}`),
  ];
}

export function verdictOf(outcome: Outcome): string {
  const misses = missesOf(outcome);
  const slow = outcome.loaded ? outcome.figures.filter((one) => one.timed && !isMet(one)) : [];
  const parts = [misses.length > 0 ? `**missed** (${misses.join("; ")})` : "met"];
  if (slow.length > 0) parts.push(`loaded, not held against it: ${slow.map(toldOf).join(", ")}`);
  else if (outcome.loaded && outcome.figures.some(({ timed }) => timed)) parts.push("machine loaded");
  return parts.filter(Boolean).join("; ");
}

export const lineOf = (outcome: Outcome): string =>
  `${outcome.goal} ${outcome.figures.map(toldOf).join(" · ") || "no figure"} — ${verdictOf(outcome).replaceAll("**", "")}`;

/** Puts the rows of these outcomes into docs/reliability.md and leaves the others as they are. */
export function writeReport(outcomes: readonly Outcome[]): void {
  const rows = new Map<string, string>();
  for (const line of existsSync(FILE) ? readFileSync(FILE, "utf8").split("\n") : []) {
    const [, goal, tier] = /^\| (G\d+) \| (\w+) \|/.exec(line) ?? [];
    if (goal && tier) rows.set(`${goal} ${tier}`, line);
  }
  for (const outcome of outcomes) rows.set(`${outcome.goal} ${outcome.tier}`, rowOf(outcome));
  const table = Object.keys(GOALS).flatMap((goal) =>
    (["short", "long"] as const).flatMap((tier) => rows.get(`${goal} ${tier}`) ?? []),
  );
  const demands = Object.entries<Goal>(GOALS).map(([goal, { title, demand }]) => `| ${goal} | ${title} | ${demand} |`);
  const open = Object.entries<Goal>(GOALS).flatMap(([goal, { unmeasured = {}, short }]) => {
    const never = short.length > 0 && !rows.has(`${goal} short`) && !rows.has(`${goal} long`);
    const reasons = {
      ...(never ? { "all of it": `\`npm run rel -- ${goal}\` was not run since its tests were written` } : {}),
      ...unmeasured,
    };
    return Object.entries(reasons).map(([what, why]) => `| ${goal} | ${what} | ${why} |`);
  });
  writeFileSync(
    FILE,
    `${[
      "# Reliability: goals and figures",
      "Written by `npm run rel -- G1 [--long]` … `G27` (or `all`); each run replaces its own rows. A run prints its seed first, and",
      "`SEED=… npm run rel -- G1` repeats it. *Short* is the tier of every delivery, *long* the one before a release; CI runs the same",
      "tests at smaller sizes. Figures of time that were taken while the machine had other work are marked *loaded*: they count",
      "neither for nor against. `npm run rel -- G26` plants a fault for every checker and looks for the red.",
      "",
      "## Figures",
      `| ${COLUMNS.join(" | ")} |`,
      `|${COLUMNS.map(() => "---").join("|")}|`,
      ...table,
      "",
      "## Not measured",
      "| goal | what | why |",
      "|---|---|---|",
      ...open,
      "",
      "## Goals",
      "| goal | what is tried | what must come out |",
      "|---|---|---|",
      ...demands,
    ].join("\n")}\n`,
  );
}

const demandOf = ({ atMost, atLeast }: Figure): string =>
  [atMost === undefined ? "" : `at most ${atMost}`, atLeast === undefined ? "" : `at least ${atLeast}`]
    .filter(Boolean)
    .join(", ");

function rowOf(outcome: Outcome): string {
  const { goal, tier, seed, figures, seconds } = outcome;
  const command = `\`SEED=${seed} npm run rel -- ${goal}${tier === "long" ? " --long" : ""}\`, ${Math.round(seconds)} s`;
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release().split("-")[0]}, Node ${process.versions.node}`;
  const day = new Date().toISOString().slice(0, 16).replace("T", " ");
  return `| ${goal} | ${tier} | ${figures.map(toldOf).join(" · ")} | ${verdictOf(outcome)} | ${command} | ${machine} | ${day} |`;
}
