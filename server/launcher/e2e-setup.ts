import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.ts";
import { killServices } from "./kill-services.ts";
import { freePort } from "./ports.ts";
import { guard } from "./processes.ts";
import { ROOT, sourceOptions } from "./settings.ts";
import { untilAnswers } from "./wait.ts";

declare module "vitest" {
  export interface ProvidedContext {
    baseUrl: string;
    demoPassword: string;
    demoTotpSecret: string;
    chromium: { executablePath: string; args: string[] };
    artifacts: string;
    /** A folder of this run, which all files share. */
    scratch: string;
  }
}

/** Starts the whole product as `npm start` would, on fresh data, once for all end-to-end tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("no chromium: apt-get install chromium fonts-noto-cjk");
  const dataDir = mkdtempSync(join(tmpdir(), "sutong-e2e-"));
  // The servers of a cluster run as nobody in particular, and must get through.
  chmodSync(dataDir, 0o711);
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir };
  for (const name of ["DATABASE_URL", "SANDBOX_URL", "NODE_ENV", "VITEST", "npm_lifecycle_event"]) {
    delete (env as NodeJS.ProcessEnv)[name];
  }
  const options = sourceOptions(ROOT, "server/launcher/start.ts");
  if (process.env["ON_CLUSTER"]) options.push("--cluster");
  const child = spawn(process.execPath, options, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const dismiss = guard(child.pid!);
  let told = "";
  child.stdout.on("data", (part: Buffer) => {
    told += part.toString("utf8");
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  if (!(await untilAnswers(`${baseUrl}/readyz`, 600_000, () => child.exitCode === null))) {
    dismiss();
    child.kill("SIGTERM");
    throw new Error(`npm start did not become ready:\n${told}`);
  }
  const demo = JSON.parse(readFileSync(join(dataDir, "demo.json"), "utf8")) as { password: string; totpSecret: string };
  const artifacts = process.env["CI_ARTIFACTS"] ?? join(ROOT, "artifacts");
  mkdirSync(artifacts, { recursive: true });
  project.provide("baseUrl", baseUrl);
  project.provide("demoPassword", demo.password);
  project.provide("demoTotpSecret", demo.totpSecret);
  project.provide("chromium", { executablePath, args: CHROMIUM_FLAGS });
  project.provide("artifacts", artifacts);
  project.provide("scratch", dataDir);
  let over = false;
  const kills = process.env["KILL_SERVICES"] ? killServices(child.pid!, dataDir, () => over) : undefined;
  return async () => {
    over = true;
    if (kills) console.log(`services killed meanwhile: ${await kills}`);
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
    dismiss();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
