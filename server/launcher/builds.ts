import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Stop } from "./say.ts";

/** Something made from sources: `commands` run in order when `sources` changed since the last time, or `result` is gone. */
export interface Build {
  name: string;
  sources: string[];
  result: string;
  stamp: string;
  commands: { command: string; options: string[] }[];
  log: string;
}

const SKIPPED = new Set(["node_modules", "dist", "unpackage", "coverage", ".git", "var", "test"]);
const underWay = new Set<ChildProcess>();

export function isStale(root: string, build: Build): boolean {
  if (!existsSync(join(root, build.result))) return true;
  return readStamp(join(root, build.stamp)) !== stampOf(root, build.sources);
}

/** Runs the build's commands; the stamp is that of the sources as they were before, so an edit meanwhile counts. */
export async function runBuild(root: string, build: Build): Promise<void> {
  const stamp = stampOf(root, build.sources);
  rmSync(join(root, build.stamp), { force: true });
  mkdirSync(dirname(build.log), { recursive: true });
  writeFileSync(build.log, "");
  for (const { command, options } of build.commands) await runLogged(root, command, options, build.log);
  if (!existsSync(join(root, build.result)))
    throw new Stop(`${build.name}: ${build.result} was not made, see ${build.log}`);
  mkdirSync(dirname(join(root, build.stamp)), { recursive: true });
  writeFileSync(join(root, build.stamp), stamp);
}

/** Ends what is being built; for a launcher that was told to stop meanwhile. */
export function stopBuilds(): void {
  for (const child of underWay) if (child.pid !== undefined) killGroup(child.pid);
}

/** Names, sizes and moments of change of all files: cheap, and enough to see that something was edited or checked out. */
export function stampOf(root: string, sources: string[]): string {
  const hash = createHash("sha256");
  for (const source of sources) visit(join(root, source), (line) => hash.update(line));
  return hash.digest("hex");
}

function visit(path: string, add: (line: string) => void): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) {
    add(`${path} ${found.size} ${Math.floor(found.mtimeMs)}\n`);
    return;
  }
  const names = readdirSync(path).filter((name) => !SKIPPED.has(name) && !name.endsWith(".test.ts"));
  for (const name of names.sort()) visit(join(path, name), add);
}

function readStamp(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

async function runLogged(root: string, command: string, options: string[], log: string): Promise<void> {
  const out = openSync(log, "a");
  const child = spawn(command, options, {
    cwd: root,
    stdio: ["ignore", out, out],
    detached: true, // a group of its own, so that all of it can be ended
    env: { ...process.env, CI: "true", FORCE_COLOR: undefined, NO_COLOR: "1", npm_config_update_notifier: "false" },
  });
  underWay.add(child);
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  underWay.delete(child);
  if (code === 0) return;
  const lines = stripVTControlCharacters(readFileSync(log, "utf8")).trim().split("\n");
  const errors = lines.filter((line) => /error/i.test(line) && line.trim().length > 12).slice(0, 6);
  const told = (errors.length > 0 ? errors : lines.slice(-6)).join("\n    ");
  throw new Stop(`${command} ${options.join(" ")} 未成功 / failed (${code}), 详见 / see ${log}:\n    ${told}`);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // Already gone.
  }
}
