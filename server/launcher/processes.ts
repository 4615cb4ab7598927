import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What tells this process from a later one with the same number: its start, as the system counts it. */
export function markOf(pid: number): string | null {
  if (process.platform === "linux") {
    const stat = readText(`/proc/${pid}/stat`);
    return stat === null ? null : (stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null);
  }
  const asked = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : null;
}

/** The command line of a process, or "" when it cannot be read. */
export function commandOf(pid: number): string {
  if (process.platform === "linux") return (readText(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ");
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** Asks a process to stop, waits, and ends it by force when it will not. */
export async function endProcess(pid: number, waitMs: number): Promise<void> {
  if (!isAlive(pid)) return;
  signal(pid, "SIGTERM");
  const until = performance.now() + waitMs;
  while (isAlive(pid) && performance.now() < until) await pause(20);
  if (!isAlive(pid)) return;
  signal(pid, "SIGKILL");
  while (isAlive(pid) && performance.now() < until + 5_000) await pause(20);
}

/**
 * Stands by a child so that it does not outlive us, however we die: a shell holds a pipe from us and ends the child
 * (and removes `folder`, for tests) when the pipe closes. The answer calls the guard off.
 */
export function guard(pid: number, folder = ""): () => void {
  const script = `IFS= read -r word
[ "$word" = done ] && exit 0
kill -TERM "$1" 2>/dev/null
i=0; while kill -0 "$1" 2>/dev/null && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
kill -KILL "$1" 2>/dev/null
[ -n "$2" ] && rm -rf "$2"
exit 0`;
  const watch = spawn("/bin/sh", ["-c", script, "guard", String(pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watch.on("error", () => {});
  watch.stdin.on("error", () => {});
  watch.unref();
  // The pipe must not keep our own event loop alive.
  (watch.stdin as unknown as { unref?: () => void }).unref?.();
  return () => watch.stdin.end("done\n");
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went by itself in between.
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).startsWith("Z") ?? false;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
