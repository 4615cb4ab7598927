import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Build, isStale, runBuild } from "./builds.ts";
import { say, step } from "./say.ts";
import type { Settings } from "./settings.ts";

/** What this house is built of. Installing a client's packages is a build too: stale when its lockfile changed. */
export function serverBuild(logs: string): Build {
  return {
    name: "服务端 / server",
    sources: ["server/src", "server/tsconfig.json", "server/tsconfig.build.json", "package-lock.json"],
    result: "server/dist/main.js",
    stamp: "server/dist/.stamp",
    commands: [
      { command: process.execPath, options: ["node_modules/typescript/bin/tsc", "-p", "server/tsconfig.build.json"] },
    ],
    log: join(logs, "build-server.log"),
  };
}

export interface Client {
  name: string;
  folder: string;
  script: string;
  result: string;
}

export const CLIENTS: Client[] = [
  {
    name: "当事人端网页 / litigants' web page",
    folder: "miniprogram",
    script: "build:h5",
    result: "dist/build/h5/index.html",
  },
  { name: "法院工作台 / court workbench", folder: "workbench", script: "build", result: "dist/index.html" },
];

export function installOf(client: Client, logs: string): Build {
  return {
    name: `${client.name} 依赖 / packages`,
    sources: [`${client.folder}/package.json`, `${client.folder}/package-lock.json`],
    result: `${client.folder}/node_modules/.package-lock.json`,
    stamp: `${client.folder}/node_modules/.sutong-stamp`,
    commands: [{ command: "/bin/sh", options: ["-c", installScript(client.folder)] }],
    log: join(logs, `install-${client.folder}.log`),
  };
}

/**
 * A registry that lacks the builds for other platforms makes npm 11 refuse `ci` although nothing of ours is missing;
 * `install --no-save` then puts in the locked versions and leaves the lockfile as it is.
 */
function installScript(folder: string): string {
  const npm = `npm --prefix ${folder} --no-audit --no-fund`;
  return `${npm} ci || ${npm} install --no-save`;
}

export function buildOf(client: Client, logs: string): Build {
  return {
    name: client.name,
    sources: [client.folder],
    result: `${client.folder}/${client.result}`,
    stamp: `${client.folder}/dist/.sutong-stamp-${client.script.replace(":", "-")}`,
    commands: [{ command: "npm", options: ["--prefix", client.folder, "run", client.script] }],
    log: join(logs, `build-${client.folder}.log`),
  };
}

/** Two builds at a time: more only get in each other's way on a small machine. */
export async function buildAll({ root, logs, dev }: Settings): Promise<void> {
  const tasks: (() => Promise<unknown>)[] = [
    ...(dev ? [] : [() => buildServer(root, logs)]),
    ...CLIENTS.map((client) => () => buildClient(root, client, logs)),
  ];
  const worker = async () => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task();
  };
  await Promise.all([worker(), worker()]);
}

/** Compiles the server when it is stale. Without a compiler (production packages only) what was built before must do. */
export async function buildServer(root: string, logs: string): Promise<void> {
  const build = serverBuild(logs);
  if (existsSync(join(root, build.result)) && !existsSync(join(root, "node_modules/typescript"))) return;
  if (!isStale(root, build)) return;
  await step(`编译${build.name}`, () => runBuild(root, build));
}

/** A client's pages; a failure is told and does not keep the service from starting. */
export async function buildClient(root: string, client: Client, logs: string): Promise<boolean> {
  if (!existsSync(join(root, client.folder, "package.json"))) {
    say(`  – ${client.name}: 尚无源码,跳过 / no sources, skipped`);
    return true;
  }
  const build = buildOf(client, logs);
  if (!isStale(root, build)) return true;
  try {
    await installClient(root, client, logs);
    await step(`构建${build.name}`, () => runBuild(root, build));
    return true;
  } catch (error) {
    say(`    ${(error as Error).message}`);
    if (existsSync(join(root, build.result))) say("    继续使用上一次的页面 / the pages of the last build are served");
    return false;
  }
}

export async function installClient(root: string, client: Client, logs: string): Promise<void> {
  const install = installOf(client, logs);
  if (isStale(root, install)) await step(`安装${install.name}`, () => runBuild(root, install));
}
