import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestApp } from "#test/app.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** One API node in a process of its own, on the database and with the keys of a test's application. */
export interface NodeProcess {
  readonly origin: string;
  /** `kill -9`: no farewell. */
  kill(): Promise<void>;
  /** Asked to end, as for a new version; resolves when it has. */
  stop(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** What a node needs of a test's application. */
type House = Pick<TestApp, "appUrl" | "config" | "sandbox">;

export async function startNode(
  app: House,
  environment: Record<string, string> = {},
  { logTo = undefined as string | undefined, wrapper = [] as readonly string[], root = ROOT } = {},
): Promise<NodeProcess> {
  // Node itself, not a wrapper: what is killed must be what serves.
  const [program = "", ...options] = [...wrapper, process.execPath];
  const child: ChildProcess = spawn(
    program,
    [...options, "--conditions=source", "--import", "tsx", "server/src/main.ts"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        NODE_ENV: "test",
        SUTONG_MODE: "test",
        PORT: "0",
        LOG_LEVEL: "info",
        DATABASE_URL: app.appUrl,
        ...(app.config.DATABASE_SPARES ? { DATABASE_SPARES: app.config.DATABASE_SPARES } : {}),
        DATA_DIR: app.config.DATA_DIR,
        SANDBOX_URL: app.sandbox.url,
        ...environment,
      },
    },
  );
  const ended = once(child, "exit");
  const signal = (name: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
  };
  const end = (name: NodeJS.Signals) => async (): Promise<void> => {
    signal(name);
    await ended;
  };
  if (logTo) child.stdout?.pipe(createWriteStream(logTo, { flags: "a" }));
  const port = await Promise.race([
    portOf(child),
    ended.then(() => Promise.reject(new Error("the node ended before it listened"))),
  ]);
  return { origin: `http://127.0.0.1:${port}`, kill: end("SIGKILL"), stop: end("SIGTERM"), signal };
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
