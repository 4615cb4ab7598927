import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestApp } from "#test/app.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** One API node in a process of its own, on the database and with the keys of a test's application. */
export interface NodeProcess {
  readonly origin: string;
  /** `kill -9`: no farewell. */
  kill(): Promise<void>;
}

export async function startNode(app: TestApp, environment: Record<string, string> = {}): Promise<NodeProcess> {
  // Node itself, not a wrapper: what is killed must be what serves.
  const child: ChildProcess = spawn(
    process.execPath,
    ["--conditions=source", "--import", "tsx", "server/src/main.ts"],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        NODE_ENV: "test",
        SUTONG_MODE: "test",
        PORT: "0",
        LOG_LEVEL: "info",
        DATABASE_URL: app.appUrl,
        DATA_DIR: app.config.DATA_DIR,
        SANDBOX_URL: app.sandbox.url,
        ...environment,
      },
    },
  );
  const ended = once(child, "exit");
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  };
  const port = await Promise.race([
    portOf(child),
    ended.then(() => Promise.reject(new Error("the node ended before it listened"))),
  ]);
  return { origin: `http://127.0.0.1:${port}`, kill };
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error("no output to read");
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const said = line.startsWith("{") ? (JSON.parse(line) as { msg?: string; port?: number }) : {};
    if (said.msg !== "listening" || !said.port) continue;
    child.stdout.resume();
    return said.port;
  }
  throw new Error("the node said nothing");
}
