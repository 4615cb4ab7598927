import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopBuilds } from "./builds.ts";
import { type Demonstration, demonstrationIn, keysIn, sayDemonstration } from "./demonstration.ts";
import { startGalera } from "./galera.ts";
import { buildClient, buildServer, CLIENTS } from "./house-builds.ts";
import { startJanus } from "./janus.ts";
import { missingForFilms } from "./janus-program.ts";
import { type MariaDb, startMariaDb } from "./mariadb.ts";
import { freePort, isFree } from "./ports.ts";
import { pause } from "./processes.ts";
import { startProxy } from "./proxy.ts";
import { Stop, say, seconds, step } from "./say.ts";
import { programOptions, readSettings, type Settings, sourceOptions } from "./settings.ts";
import { type Supervised, supervise } from "./supervisor.ts";
import { fetchVoice, findVoice, voiceSettings } from "./voice-program.ts";
import { untilAnswers, untilListens } from "./wait.ts";

/** `npm start`: builds what is stale, starts the database, the sandbox, the service and its worker, and says where they are. */
const began = performance.now();
/** What must be stopped, last started first; the database is stopped after all who use it. */
const running: Supervised[] = [];
let database: Pick<MariaDb, "stop"> | null = null;
let stopping = false;

for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, () => void leave(0));
// npm that is killed tells nobody; its place is then taken by another parent.
const parent = process.ppid;
if (process.env["npm_lifecycle_event"] !== undefined) {
  setInterval(() => process.ppid !== parent && void leave(0), 1_000).unref();
}
try {
  await start(readSettings(process.env, process.argv.slice(2)));
} catch (error) {
  if (!stopping) {
    say(error instanceof Stop ? `\n${error.message}` : `\n未能启动 / could not start: ${(error as Error).stack}`);
    await leave(1);
  }
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
    openDatabase(settings),
    openVideo(settings),
    settings.demonstration ? openSandbox(settings) : {},
    buildAll(settings),
  ]);
  const env = childEnvironment(settings, urls, { ...video, ...voice, ...sandbox }, demonstration);
  await step("数据库结构 / migrations", () => runOnce(settings, "migrate", env));
  if (settings.demonstration && existsSync(join(settings.root, "server/src/seed.ts"))) {
    await step("演示数据 / demonstration data", () => runOnce(settings, "seed", env));
  }
  await openService(settings, withoutOwner(env));
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

/** Two builds at a time: more only get in each other's way on a small machine. */
async function buildAll(settings: Settings): Promise<void> {
  const tasks: (() => Promise<unknown>)[] = [
    ...(settings.dev ? [] : [() => buildServer(settings.root, settings.logs)]),
    ...CLIENTS.map((client) => () => buildClient(settings.root, client, settings.logs)),
  ];
  const worker = async () => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task();
  };
  await Promise.all([worker(), worker()]);
}

interface DatabaseUrls {
  owner: string;
  app: string;
  spares?: string;
}

async function openDatabase(settings: Settings): Promise<DatabaseUrls> {
  const given = process.env["DATABASE_URL"];
  if (given) {
    say("  ✓ 使用给定的数据库 / using the database of DATABASE_URL");
    return { app: given, owner: process.env["DATABASE_OWNER_URL"] || given };
  }
  if (settings.cluster) {
    const cluster = await step(
      "数据库集群 / cluster",
      () => startGalera(join(settings.dataDir, "galera"), (line) => say(`  … ${line}`)),
      ({ addresses }) => `Galera, ${addresses.join(" ")}`,
    );
    database = cluster;
    return { owner: cluster.ownerUrl, app: cluster.appUrl, spares: cluster.addresses.slice(1).join(",") };
  }
  const folder = join(settings.dataDir, "mariadb");
  const options = {
    folder,
    programs: [join(folder, "program"), join(settings.root, "var/mariadb/program")],
    logFile: join(settings.logs, "mariadb.log"),
    tell: (line: string) => say(`  … ${line}`),
  };
  const opened = await step(
    "数据库 / database",
    () => startMariaDb(options),
    (db) => `MariaDB ${db.version.split("-")[0]}, 127.0.0.1:${db.port}`,
  );
  database = opened;
  void keepDatabase(opened, options);
  return { owner: opened.ownerUrl, app: opened.appUrl };
}

/** A database that ended by itself is started again on the same port, so nobody else has to know. */
async function keepDatabase(first: MariaDb, options: Parameters<typeof startMariaDb>[0]): Promise<void> {
  for (let current = first, wait = 200; ; wait = Math.min(10_000, wait * 2)) {
    await current.ended;
    if (stopping) return;
    say(`  ! 数据库已退出,正在重启 / the database ended, starting it again, 日志 / log ${options.logFile}`);
    await pause(wait);
    if (stopping) return;
    const next = await startMariaDb({ ...options, port: first.port }).catch((error: Error) =>
      say(`    ${error.message}`),
    );
    if (next) {
      current = next;
      database = next;
    }
  }
}

/** The media server of remote hearings: one given from outside, Tencent's, or a Janus of our own where it can be had. */
async function openVideo(settings: Settings): Promise<Record<string, string>> {
  const env = process.env;
  if (env["JANUS_URL"] || env["TRTC_SDK_APP_ID"] || env["JANUS"] === "off") return {};
  const folder = join(settings.dataDir, "janus");
  const start = performance.now();
  const janus = await startJanus({
    folder,
    programs: [join(folder, "program"), join(settings.root, "var/janus/program")],
    logFile: join(settings.logs, "janus.log"),
    publicAddress: env["JANUS_PUBLIC_ADDRESS"],
    tell: (line) => say(`  … ${line}`),
  });
  if (janus === null) {
    say("  – 没有视频服务,远程开庭暂不能用 / no Janus, no remote hearings: apt-get install janus");
    return {};
  }
  running.push(janus.supervised);
  say(`  ✓ 视频服务 / video: Janus, 127.0.0.1  (${seconds(start)})`);
  const missing = missingForFilms();
  if (missing.length > 0)
    say(`  – 录音录像不合成,只存原始文件 / recordings stay as raw files: apt-get install ${missing.join(" ")}`);
  return janus.settings;
}

/** The court's own voice. Nobody waits for its programs: where they must be fetched, it speaks as soon as they are here. */
function openVoice(settings: Settings): Record<string, string> {
  if (process.env["VOICE"]) return {};
  const folder = join(settings.dataDir, "voice/program");
  const found = findVoice([folder, join(settings.root, "var/voice/program")]);
  if (found === null) {
    say("  … 正在后台获取朗读程序 / fetching a voice in the background: espeak-ng, lame (about 8 MB)");
    fetchVoice(folder).then(
      () => say("  ✓ 朗读程序已取得 / the voice has been fetched"),
      (error: Error) => say(`  – 没有朗读程序,只用手机自带的声音 / no voice of our own: ${error.message}`),
    );
  }
  return voiceSettings(found ?? folder);
}

/** The outside world on loopback; a SANDBOX_URL from outside is somebody else's sandbox. */
async function openSandbox(settings: Settings): Promise<Record<string, string>> {
  if (process.env["SANDBOX_URL"]) return {};
  const path = "server/sandbox/main.ts";
  if (!existsSync(join(settings.root, path))) {
    say("  – 沙箱尚无源码,跳过 / the sandbox has no sources, skipped");
    return {};
  }
  const receiptToken = randomBytes(24).toString("hex");
  const [port, clamdPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
  return await step("沙箱:微信、实名核验、法院内网等 / sandbox peers", async () => {
    let gone = false;
    const log = join(settings.logs, "sandbox.log");
    running.push(
      supervise({
        name: "沙箱 / sandbox",
        options: sourceOptions(settings.root, path),
        env: {
          ...process.env,
          SANDBOX_PORT: String(port),
          SANDBOX_CLAMD_PORT: String(clamdPort),
          SANDBOX_SMTP_PORT: String(smtpPort),
          SANDBOX_RECEIPTS_TO: `${addressOf(settings)}/api/v1/notices/receipts/{provider}?token=${receiptToken}`,
          DATA_DIR: settings.dataDir,
        },
        cwd: settings.root,
        log,
        onGivenUp: () => {
          gone = true;
        },
      }),
    );
    if (!(await untilListens(port, 30_000, () => !gone && !stopping)))
      throw new Stop(`沙箱未能启动 / sandbox: ${tail(log)}`);
    return {
      SANDBOX_URL: `http://127.0.0.1:${port}`,
      CLAMD: `127.0.0.1:${clamdPort}`,
      MAIL_URL: `smtp://127.0.0.1:${smtpPort}`,
      RECEIPT_TOKEN: receiptToken,
    };
  });
}

async function openService(settings: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  let gone = false;
  const child = (name: string, program: string, file: string, onGivenUp: () => void, more: NodeJS.ProcessEnv = {}) =>
    running.push(
      supervise({
        name,
        options: programOptions(settings, program, true),
        env: { ...env, ...more },
        cwd: settings.root,
        log: file,
        onGivenUp,
      }),
    );
  const log = join(settings.logs, "server.log");
  const workerLog = join(settings.logs, "worker.log");
  const giveUp = () => {
    gone = true;
  };
  await step("服务 / service", async () => {
    if (settings.cluster) {
      const ports = [await freePort(), await freePort()];
      for (const port of ports) {
        const more = { PORT: String(port), HOST: "127.0.0.1", TRUST_PROXY: "1" };
        child(`服务 / service ${port}`, "main", log, giveUp, more);
      }
      running.push(await startProxy(settings, ports));
    } else child("服务 / service", "main", log, giveUp);
    const url = `${addressOf(settings)}/readyz`;
    if (await untilAnswers(url, 60_000, () => !gone && !stopping)) return;
    throw new Stop(`服务未能就绪 / the service did not become ready, 日志 / log ${log}:\n${tail(log)}`);
  });
  for (const name of settings.cluster ? ["后台任务 / worker 1", "后台任务 / worker 2"] : ["后台任务 / worker"])
    child(name, "worker", workerLog, () => {
      say(`  ! 后台任务未能启动 / the worker does not stay up, 日志 / log ${workerLog}`);
    });
}

function childEnvironment(
  settings: Settings,
  urls: DatabaseUrls,
  sandbox: Record<string, string>,
  demonstration: Demonstration | null,
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: settings.dev ? "development" : "production",
    ...sandbox,
    ...(settings.demonstration ? keysIn(settings.dataDir) : {}),
    ...process.env,
    SUTONG_MODE: settings.demonstration ? "demonstration" : "production",
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
    ...(urls.spares ? { DATABASE_SPARES: urls.spares } : {}),
    DATA_DIR: settings.dataDir,
    // Papers are looked into on local copies: those lie under the data folder too.
    TMPDIR: temporaryIn(settings.dataDir),
    HOST: settings.host,
    PORT: String(settings.port),
    // The sandbox is on this machine: it brings its notices here, whatever address people use.
    ...(settings.demonstration ? { WECHATPAY_NOTIFY_URL: `${addressOf(settings)}/api/v1/payments/wechat/notify` } : {}),
    ...(demonstration === null
      ? {}
      : { DEMO_PASSWORD: demonstration.password, DEMO_TOTP_SECRET: demonstration.totpSecret }),
  };
}

function temporaryIn(dataDir: string): string {
  const folder = join(dataDir, "tmp");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The running service never learns the password of the user who may change tables. */
function withoutOwner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DATABASE_OWNER_URL: _, ...rest } = env;
  return rest;
}

/** Runs migrations or the seed to their end. */
async function runOnce(settings: Settings, name: string, env: NodeJS.ProcessEnv): Promise<void> {
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

async function leave(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const start = performance.now();
  stopBuilds();
  if (running.length > 0 || database !== null) say("\n正在停止 / stopping …");
  await Promise.all(running.map((child) => child.stop()));
  await database?.stop();
  if (code === 0) say(`已停止 / stopped  (${seconds(start)})`);
  process.exit(code);
}

function addressOf(settings: Settings): string {
  const host = settings.host === "0.0.0.0" || settings.host === "::" ? "127.0.0.1" : settings.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${settings.port}`;
}

function tail(log: string): string {
  if (!existsSync(log)) return "";
  return readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n");
}
