import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { endProcess, guard } from "./processes.ts";
import { say } from "./say.ts";

export interface Supervised {
  readonly pid: number | undefined;
  /** How often it had to be started again. */
  readonly restarts: number;
  /** Resolves when it has ended for good, after `stop` or because it never stayed up. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  name: string;
  /** What is run; Node where it is left out. */
  program?: string;
  runAs?: { uid?: number; gid?: number };
  options: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  log: string;
  graceMs?: number;
  /** Called with the exit code when the child dies this often without ever having stayed up for ten seconds. */
  onGivenUp?: (code: number | null) => void;
}

const STAYED_UP_MS = 10_000;
const TRIES = 5;

/** Keeps a process running: started again after 0.2 s, then twice that and so on up to 10 s, while it keeps dying. */
export function supervise(options: SuperviseOptions): Supervised {
  let child: ChildProcess | null = null;
  let stopping = false;
  let failures = 0;
  let restarts = 0;
  let stayedUp = false;
  let timer: NodeJS.Timeout | undefined;
  let finish = () => {};
  const ended = new Promise<void>((done) => {
    finish = done;
  });

  function start(): void {
    const log = openSync(options.log, "a");
    const born = performance.now();
    const started = spawn(options.program ?? process.execPath, options.options, {
      ...options.runAs,
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    child = started;
    const dismiss = started.pid === undefined ? () => {} : guard(started.pid);
    started.once("exit", (code, signal) => {
      dismiss();
      child = null;
      if (stopping) return finish();
      const lived = performance.now() - born;
      stayedUp ||= lived >= STAYED_UP_MS;
      failures = lived >= STAYED_UP_MS ? 1 : failures + 1;
      if (!stayedUp && failures >= TRIES) {
        options.onGivenUp?.(code);
        return finish();
      }
      const wait = Math.min(10_000, 100 * 2 ** failures);
      restarts += 1;
      say(
        `  ! ${options.name} 已退出 / ended (${signal ?? code}), ${wait} ms 后重启 / restarting, 日志 / log ${options.log}`,
      );
      timer = setTimeout(start, wait);
    });
  }

  start();
  return {
    get pid() {
      return child?.pid;
    },
    get restarts() {
      return restarts;
    },
    ended,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      if (child?.pid === undefined) return finish();
      await endProcess(child.pid, options.graceMs ?? 10_000);
      await ended;
    },
  };
}

/** The last lines of a log, for a message. */
export function endOf(log: string): string {
  if (!existsSync(log)) return "";
  return readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n");
}
