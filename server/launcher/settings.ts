import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Stop } from "./say.ts";

/** What `npm start` was asked for. */
export interface Settings {
  root: string;
  dataDir: string;
  logs: string;
  host: string;
  port: number;
  /** A demonstration has the sandbox as its outside world, seeded people and a sign-in that is printed. */
  demonstration: boolean;
  /** Sources as they are, started again at every edit. */
  dev: boolean;
  /** Two services and two workers behind nginx, over a Galera cluster of three. */
  cluster: boolean;
}

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export function readSettings(env: NodeJS.ProcessEnv, options: string[]): Settings {
  const port = Number(env["PORT"] || 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Stop(`PORT 应为 0–65535 的整数 / PORT must be a whole number from 0 to 65535: ${env["PORT"]}`);
  }
  const mode = env["SUTONG_MODE"] || "demonstration";
  if (mode !== "demonstration" && mode !== "production") {
    throw new Stop(`SUTONG_MODE 应为 demonstration 或 production / must be demonstration or production: ${mode}`);
  }
  const cluster = options.includes("--cluster");
  const dataDir = resolve(ROOT, env["DATA_DIR"] || (cluster ? "var/scale-out" : "var"));
  const logs = join(dataDir, "logs");
  mkdirSync(logs, { recursive: true });
  return {
    root: ROOT,
    dataDir,
    logs,
    host: env["HOST"] || "127.0.0.1",
    port,
    demonstration: mode === "demonstration",
    dev: options.includes("--dev"),
    cluster,
  };
}

/** How Node is told to run one of our programs: the compiled one, or the source itself. */
export function programOptions(settings: Settings, name: string, watch = false): string[] {
  if (!settings.dev) return [join(settings.root, `server/dist/${name}.js`)];
  return [...(watch ? ["--watch"] : []), ...sourceOptions(settings.root, `server/src/${name}.ts`)];
}

export function sourceOptions(root: string, path: string): string[] {
  return ["--conditions=source", "--import", "tsx", join(root, path)];
}

/** Where this machine reaches the service. */
export function addressOf({ host, port }: Settings): string {
  const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}
