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
  await Promise.race([
    working(child),
    ended.then(() => Promise.reject(new Error("the worker ended before it worked"))),
  ]);
  return { kill };
}

async function working(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error("no output to read");
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const said = line.startsWith("{") ? (JSON.parse(line) as { msg?: string }) : {};
    if (said.msg !== "working") continue;
    child.stdout.resume();
    return;
  }
}
