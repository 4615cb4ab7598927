import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findOrInstallChromium } from "./chromium.ts";
import { buildClient, buildServer, CLIENTS, type Client, installClient } from "./house-builds.ts";
import { type Outcome, type Part, runPart } from "./parts.ts";
import { Stop, say } from "./say.ts";
import { ROOT } from "./settings.ts";

/** `npm test`: everything, in one go; the last line adds it up. With names as arguments, only the parts whose name holds one. */
const logs = join(process.env["DATA_DIR"] || join(ROOT, "var"), "logs");
const wanted = process.argv.slice(2);
const outcomes: Outcome[] = [];
mkdirSync(logs, { recursive: true });

const node = (path: string, ...options: string[]) => ({
  command: process.execPath,
  options: [join(ROOT, path), ...options],
});
const TSC = "node_modules/typescript/bin/tsc";
const VITEST = "node_modules/vitest/vitest.mjs";

await part({ name: "格式与规则 / format and lint", ...node("node_modules/@biomejs/biome/bin/biome", "ci") });
await part({ name: "类型 / types: server", ...node(TSC, "-p", "server/tsconfig.json") });
if (existsSync(join(ROOT, "e2e/tsconfig.json"))) {
  await part({ name: "类型 / types: e2e", ...node(TSC, "-p", "e2e/tsconfig.json") });
}
if (existsSync(join(ROOT, "server/launcher/docs.ts"))) {
  await part({
    name: "文档是否最新 / printed docs fresh",
    command: process.execPath,
    options: ["--conditions=source", "--import", "tsx", join(ROOT, "server/launcher/docs.ts"), "--check"],
  });
}
await part({ name: "服务端 / server", ...node(VITEST, "run"), counted: true });
for (const client of CLIENTS) await clientParts(client);
await endToEnd();
finish();

async function clientParts(client: Client): Promise<void> {
  const name = client.folder;
  if (!existsSync(join(ROOT, name, "package.json")) || !isWanted(name)) return;
  if (!(await prepare(name, () => installClient(ROOT, client, logs)))) return;
  const scripts = (
    JSON.parse(readFileSync(join(ROOT, name, "package.json"), "utf8")) as { scripts: Record<string, string> }
  ).scripts;
  const run = (script: string) => ({ command: "npm", options: ["--prefix", name, "run", script] });
  const types = ["types", "typecheck"].find((script) => scripts[script] !== undefined);
  // Some clients check their types as part of their tests.
  if (types && !scripts["test"]?.includes(`run ${types}`)) await part({ name: `类型 / types: ${name}`, ...run(types) });
  if (scripts["test"]) await part({ name: `${client.name} / ${name}`, ...run("test"), counted: true });
}

async function endToEnd(): Promise<void> {
  const tests = existsSync(join(ROOT, "e2e"))
    ? readdirSync(join(ROOT, "e2e"), { recursive: true, encoding: "utf8" })
    : [];
  if (!tests.some((name) => name.endsWith(".e2e.ts")) || !isWanted("e2e")) return;
  const name = "端到端 / e2e";
  heading(name);
  if (findOrInstallChromium() === null) {
    // In CI a missing browser must not look like success.
    if (process.env["CI"] === "true") outcomes.push({ name, passed: 0, failed: 1, skipped: 0, seconds: 0 });
    else outcomes.push({ name, passed: 0, failed: 0, skipped: 1, seconds: 0 });
    return;
  }
  const built = await prepare(name, async () => {
    // Two builds at a time: each keeps one processor busy.
    await Promise.all([buildServer(ROOT, logs), buildClients()]);
  });
  if (built) await part({ name, ...node(VITEST, "run", "--config", "vitest.e2e.config.ts"), counted: true });
}

async function buildClients(): Promise<void> {
  for (const client of CLIENTS)
    if (!(await buildClient(ROOT, client, logs))) throw new Stop(`${client.name} 未能构建 / was not built`);
}

async function prepare(name: string, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    say((error as Error).message);
    outcomes.push({ name, passed: 0, failed: 1, skipped: 0, seconds: 0 });
    return false;
  }
}

async function part(part: Part): Promise<void> {
  if (!isWanted(part.name)) return;
  heading(part.name);
  outcomes.push(await runPart(ROOT, part));
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((word) => name.includes(word));
}

function heading(name: string): void {
  say(`\n━━ ${name} ${"━".repeat(Math.max(4, 70 - name.length))}`);
}

function finish(): void {
  say(`\n━━ 合计 / sum ${"━".repeat(60)}`);
  for (const { name, passed, failed, skipped, seconds } of outcomes) {
    const more = skipped > 0 ? `, ${skipped} skipped` : "";
    say(`  ${failed > 0 ? "✗" : "✓"} ${name}: ${passed} passed, ${failed} failed${more}  (${seconds.toFixed(0)} s)`);
  }
  const sum = (what: "passed" | "failed") => outcomes.reduce((total, outcome) => total + outcome[what], 0);
  say(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exitCode = sum("failed") > 0 || outcomes.length === 0 ? 1 : 0;
}
