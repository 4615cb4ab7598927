import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where each server leaves its processor profile, if wanted. */
const profiles = process.env["BENCH_PROFILES"];

/** A fresh server process of one kind (see node.ts). */
export interface Served {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function serve(
  kind: "ours" | "teller" | "floor" | "bare" | "usual",
  environment: Record<string, string>,
): Promise<Served> {
  const child = fork(fileURLToPath(new URL("node.ts", import.meta.url)), [kind], {
    execArgv: ["--import", "tsx", ...(profiles ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`] : [])],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...environment },
  });
  const ended = once(child, "exit");
  const [told] = (await Promise.race([
    once(child, "message"),
    ended.then(() => Promise.reject(new Error(`${kind} ended before it listened`))),
  ])) as [{ port: number }];
  return {
    origin: `http://127.0.0.1:${told.port}`,
    pid: child.pid as number,
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}

const TICKS_PER_SECOND = 100;

/** Processor time a process has used since it began, user and system, in ms (proc(5): utime and stime, in ticks). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
