import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { createApp } from "../src/app.ts";
import { readConfig, SETTINGS } from "../src/config.ts";
import { openHouse, VERSION } from "../src/house.ts";
import { printOpenApi } from "../src/http/openapi.ts";
import { say } from "./say.ts";
import { ROOT } from "./settings.ts";

/** `npm run docs` prints what can be printed from the code; with `--check` it only says which files are not fresh. */
const printed = new Map<string, string>();
const HEAD = "<!-- 由 npm run docs 印出,请勿手改 / printed by npm run docs, do not edit -->\n\n";

const config = readConfig({
  SUTONG_MODE: "test",
  DATABASE_URL: "mysql://nobody@127.0.0.1:1/none",
  DATA_DIR: "./var",
  LOG_LEVEL: "silent",
});
const house = openHouse(config, pino({ level: "silent" }));
const app = createApp(house.options);

const api = JSON.parse(JSON.stringify(printOpenApi(app.routes, app.access, VERSION))) as OpenApi;
printed.set("docs/openapi.json", `${JSON.stringify(api, null, 2)}\n`);
printed.set("docs/api.md", apiPage(api));
printed.set("docs/workflows.md", await workflowPage());
printed.set("docs/settings.md", settingsPage());
await house.close();

const stale = [...printed].filter(([path, text]) => !existsSync(at(path)) || readFileSync(at(path), "utf8") !== text);
if (process.argv.includes("--check")) {
  for (const [path] of stale) say(`${path} 不是最新,请运行 npm run docs / is not fresh, run npm run docs`);
  if (stale.length === 0) say("印出的文档都是最新的 / printed docs are fresh");
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
    say(`${path} 已更新 / printed`);
  }
}

interface OpenApi {
  paths?: Record<string, Record<string, { tags?: string[]; summary?: string; "x-roles"?: string | string[] }>>;
}

/** Every route on one page, by room. */
function apiPage(document: OpenApi): string {
  const rooms = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, { tags, summary, "x-roles": roles }] of Object.entries(methods)) {
      const lines = rooms.get(tags?.[0] ?? "") ?? [];
      lines.push(`| ${method.toUpperCase()} | \`${path}\` | ${summary ?? ""} | ${[roles ?? []].flat().join(", ")} |`);
      rooms.set(tags?.[0] ?? "", lines);
    }
  }
  const pages = [...rooms].map(
    ([room, lines]) => `## ${room}\n\n| | 路径 | 用途 | 谁可以用 |\n|---|---|---|---|\n${lines.join("\n")}\n`,
  );
  return `${HEAD}# 接口一览\n\n完整定义见 \`openapi.json\`,运行时在 \`/docs\`。\n\n${pages.join("\n")}`;
}

/** The diagram of every table of states and moves. */
async function workflowPage(): Promise<string> {
  const parts: string[] = [];
  const folder = join(ROOT, "server/src/modules");
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, "workflow.ts");
    if (!existsSync(file)) continue;
    const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    for (const [key, value] of Object.entries(exported)) {
      if (isTable(value)) parts.push(`## ${name}: ${key}\n\n\`\`\`mermaid\n${value.mermaid()}\n\`\`\`\n`);
    }
  }
  return `${HEAD}# 状态与流转\n\n${parts.join("\n")}`;
}

function isTable(value: unknown): value is { mermaid(): string } {
  return typeof value === "object" && value !== null && "mermaid" in value && typeof value.mermaid === "function";
}

function settingsPage(): string {
  const lines = Object.entries(SETTINGS.shape).map(([name, kind]) => {
    const found = kind.safeParse(undefined);
    const usual = found.success ? (found.data === undefined ? "" : `\`${String(found.data)}\``) : "必填";
    return `| \`${name}\` | ${usual} | ${kind.description ?? ""} |`;
  });
  return `${HEAD}# 运行设置\n\n| 环境变量 | 缺省 | 含义 |\n|---|---|---|\n${lines.join("\n")}\n`;
}

function at(path: string): string {
  return join(ROOT, path);
}
