import { existsSync } from "node:fs";
import { join } from "node:path";
import { demonstrationIn, sayDemonstration } from "./demonstration.ts";
import { environmentOf, withoutOwner } from "./environment.ts";
import { House } from "./house.ts";
import { buildAll } from "./house-builds.ts";
import { openDatabase } from "./open-database.ts";
import { openNodes } from "./open-nodes.ts";
import { openSandbox } from "./open-sandbox.ts";
import { openVideo } from "./open-video.ts";
import { openVoice } from "./open-voice.ts";
import { freePort, isFree } from "./ports.ts";
import { runOnce } from "./run-once.ts";
import { Stop, say, seconds, step } from "./say.ts";
import { addressOf, readSettings, type Settings } from "./settings.ts";

/** `npm start`: builds what is stale, starts the database, the sandbox, the service and its worker, and says where they are. */
const began = performance.now();
const house = new House();

for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, () => void house.leave(0));
// npm that is killed tells nobody; its place is then taken by another parent.
const parent = process.ppid;
if (process.env["npm_lifecycle_event"] !== undefined) {
  setInterval(() => process.ppid !== parent && void house.leave(0), 1_000).unref();
}
try {
  await start(readSettings(process.env, process.argv.slice(2)));
} catch (error) {
  await house.leaveBecauseOf(error);
}

async function start(settings: Settings): Promise<void> {
  say(`诉通 Sutong  启动中 / starting  (${settings.dataDir})`);
  if (settings.port === 0) settings.port = await freePort(undefined, settings.host);
  else if (!(await isFree(settings.port, settings.host))) {
    throw new Stop(
      `端口 ${settings.port} 已被占用,请另设 PORT,例如 PORT=8081 npm start / port ${settings.port} is taken, choose another`,
    );
  }
  const demonstration = settings.demonstration ? demonstrationIn(settings.dataDir, process.env) : null;
  const voice = openVoice(settings);
  const [urls, video, sandbox] = await Promise.all([
    openDatabase(house, settings),
    openVideo(house, settings),
    settings.demonstration ? openSandbox(house, settings) : {},
    buildAll(settings),
  ]);
  const env = environmentOf(settings, urls, { ...video, ...voice, ...sandbox }, demonstration);
  await step("数据库结构 / migrations", () => runOnce(settings, "migrate", env));
  if (settings.demonstration && existsSync(join(settings.root, "server/src/seed.ts"))) {
    await step("演示数据 / demonstration data", () => runOnce(settings, "seed", env));
  }
  await openNodes(house, settings, withoutOwner(env));
  const url = addressOf(settings);
  say("");
  say(`诉通已就绪 / ready in ${seconds(began)}`);
  say(`  当事人端 / litigants   ${url}/`);
  say(`  工作台 / workbench     ${url}/workbench/`);
  say(`  接口文档 / API         ${url}/docs   ${url}/openapi.json`);
  if (settings.demonstration && env["SANDBOX_URL"]) say(`  沙箱手机 / phones      ${env["SANDBOX_URL"]}/phone`);
  say(`  日志 / logs            ${settings.logs}`);
  if (demonstration !== null) await sayDemonstration(demonstration);
}
