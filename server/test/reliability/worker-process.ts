import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestApp } from "#test/app.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** One worker in a process of its own, on the database and with the keys of a test's application. */
export interface WorkerProcess {
  /** `kill -9`: no farewell. */
  kill(): Promise<void>;
  /** Tells it to stop; gives what it left with and what it said meanwhile. */
  stop(): Promise<{ readonly code: number | null; readonly said: readonly Said[] }>;
}
/** A line of its log. */
export interface Said {
  readonly level: number;
  readonly msg: string;
}

export async function startWorker(app: TestApp, environment: Record<string, string> = {}): Promise<WorkerProcess> {
  // Node itself, not a wrapper: what is killed must be what works.
  const child: ChildProcess = spawn(
    process.execPath,
    ["--conditions=source", "--import", "tsx", "server/src/worker.ts"],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        NODE_ENV: "test",
        SUTONG_MODE: "test",
        LOG_LEVEL: "info",
        DATABASE_URL: app.appUrl,
        ...(app.config.DATABASE_SPARES ? { DATABASE_SPARES: app.config.DATABASE_SPARES } : {}),
        DATA_DIR: app.config.DATA_DIR,
        SANDBOX_URL: app.sandbox.url,
        MAIL_URL: app.sandbox.smtp,
        ...environment,
      },
    },
  );
  const ended = once(child, "exit");
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  };
  const said: Said[] = [];
  await Promise.race([
    working(child, said),
    ended.then(() => Promise.reject(new Error("the worker ended before it worked"))),
  ]);
  const stop = async () => {
    // Its last lines may be read after it has gone.
    const silent = once(child, "close");
    child.kill("SIGTERM");
    const [code] = (await silent) as [number | null];
    return { code, said };
  };
  return { kill, stop };
}

/** Until it says that it works; what it says goes into `said`, also afterwards. */
async function working(child: ChildProcess, said: Said[]): Promise<void> {
  if (!child.stdout) throw new Error("no output to read");
  const lines = createInterface({ input: child.stdout });
  return new Promise((works) => {
    lines.on("line", (line) => {
      if (!line.startsWith("{")) return;
      const one = JSON.parse(line) as Said;
      said.push(one);
      if (one.msg === "working") works();
    });
  });
}
