import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "./say.ts";
import { programOptions, type Settings } from "./settings.ts";

/** Runs migrations or the seed to their end. */
export async function runOnce(settings: Settings, name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const exists = settings.dev ? `server/src/${name}.ts` : `server/dist/${name}.js`;
  if (!existsSync(join(settings.root, exists))) throw new Stop(`缺少 ${exists} / ${exists} is missing`);
  const child = spawn(process.execPath, programOptions(settings, name), {
    cwd: settings.root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  const listen = (part: Buffer) => {
    told = (told + part.toString("utf8")).slice(-4_000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0) throw new Stop(`${name} 未成功 / failed (${code}):\n${told.trim()}`);
}
