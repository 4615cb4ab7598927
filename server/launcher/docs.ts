import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { SETTINGS } from "../src/config-settings.ts";
import { ROLE_LABELS, type Role } from "../src/core/actor.ts";
import type { WorkflowTable } from "../src/core/workflow.ts";
import { openHouse, VERSION } from "../src/house.ts";
import { printOpenApi } from "../src/http/openapi.ts";
import { alertRules, retentionPage } from "./docs-operations.ts";
import { say } from "./say.ts";
import { ROOT } from "./settings.ts";

/** `npm run docs` prints what can be printed from the code; with `--check` it only says which files are not fresh. */
const printed = new Map<string, string>();
const HEAD = "<!-- 由 npm run docs 印出，请勿手改 / printed by npm run docs, do not edit -->\n\n";

/** What each table of states is called on the page; one that is not named here is called by its export. */
const TITLES: Readonly<Record<string, string>> = {
  filingWorkflow: "立案申请",
  intakeWorkflow: "收案审查件",
  materialWorkflow: "材料",
  caseWorkflow: "案件",
  reviewWorkflow: "实名人工核验",
  practiceWorkflow: "律师执业",
  staffWorkflow: "工作人员账号",
  receptionWorkflow: "远程接访",
};

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
printed.set("docs/retention.md", `${HEAD}${retentionPage()}`);
printed.set("deploy/prometheus/alerts.yml", alertRules());
await house.close();

const stale = [...printed].filter(([path, text]) => !existsSync(at(path)) || readFileSync(at(path), "utf8") !== text);
if (process.argv.includes("--check")) {
  for (const [path] of stale) say(`${path} 不是最新，请运行 npm run docs / is not fresh, run npm run docs`);
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
  tags?: { name: string; description: string }[];
  paths?: Record<string, Record<string, Operation>>;
}
interface Operation {
  tags?: string[];
  summary?: string;
  "x-roles"?: string | string[];
  parameters?: { name: string; in: string; required?: boolean }[];
}

/** Every route on one page, by room, in the order in which the document names the rooms. */
function apiPage(document: OpenApi): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const rooms = (document.tags ?? []).flatMap(({ name, description }) => {
    const lines = operations
      .filter(({ operation }) => operation.tags?.[0] === name)
      .map(
        ({ path, method, operation }) =>
          `| \`${method}\` | \`${path.replace("/api/v1", "")}\` | ${operation.summary ?? ""} | ${whoMay(operation)} | ${asksFor(operation)} |`,
      );
    if (lines.length === 0) return [];
    return [
      `## ${description}\n\n| 方法 | 路径 | 用途 | 谁可以用 | 须带 |\n|---|---|---|---|---|\n${lines.join("\n")}\n`,
    ];
  });
  const head = [
    "# 接口一览",
    "",
    `共 ${operations.length} 个接口，路径都在 \`/api/v1\` 之下。请求与应答的完整定义见 [openapi.json](openapi.json)；服务运行时，网页版在 \`/docs\`，原文在 \`/openapi.json\`。`,
    "",
    "出错时应答为 `application/problem+json`（RFC 9457）；不是您的，或不存在的，一律为 404。凡新建或流转的 `POST` 都可带 `Idempotency-Key`，“须带”一栏写明的不带则为 428。",
    "",
    "",
  ].join("\n");
  return `${HEAD}${head}${rooms.join("\n")}`;
}

function whoMay({ "x-roles": roles }: Operation): string {
  if (roles === "public") return "任何人";
  if (roles === "signed-in") return "已登录";
  return labelled([roles ?? []].flat() as Role[]);
}

function labelled(roles: readonly Role[]): string {
  return roles.map((role) => ROLE_LABELS[role]).join("、");
}

function asksFor({ parameters = [] }: Operation): string {
  return parameters
    .filter((parameter) => parameter.in === "header" && parameter.required)
    .map(({ name }) => `\`${name}\``)
    .join("、");
}

/** The diagram and the moves of every table of states. */
async function workflowPage(): Promise<string> {
  const parts: string[] = [];
  const folder = join(ROOT, "server/src/modules");
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, "workflow.ts");
    if (!existsSync(file)) continue;
    const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    for (const [key, value] of Object.entries(exported).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (isTable(value)) parts.push(workflowPart(`${TITLES[key] ?? key}（\`modules/${name}/workflow.ts\`）`, value));
    }
  }
  const head =
    "# 状态与流转\n\n服务端按这些表放行，应答里的 `moves` 由它们算出，客户端的按钮由 `moves` 画出；谁能看到具体哪一件，另由各模块的 `store.ts` 限定。\n\n";
  return `${HEAD}${head}${parts.join("\n")}`;
}

type Table = WorkflowTable<string, string> & { mermaid(): string };

function workflowPart(title: string, table: Table): string {
  const lines = Object.entries(table.moves).map(
    ([action, { label, from, to, by }]) =>
      `| ${label} \`${action}\` | ${from.map((state) => table.states[state]).join("；")} | ${table.states[to]} | ${labelled(by)} |`,
  );
  const moves = lines.length > 0 ? `\n| 动作 | 从 | 到 | 由谁 |\n|---|---|---|---|\n${lines.join("\n")}\n` : "";
  return `## ${title}\n\n\`\`\`mermaid\n${table.mermaid()}\n\`\`\`\n${moves}`;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && "mermaid" in value && typeof value.mermaid === "function";
}

function settingsPage(): string {
  const lines = Object.entries(SETTINGS.shape).map(([name, kind]) => {
    const found = kind.safeParse(undefined);
    const usual = found.success
      ? found.data === undefined || found.data === ""
        ? "不填"
        : `\`${found.data}\``
      : "必填";
    return `| \`${name}\` | ${usual} | ${kind.description ?? ""} |`;
  });
  const head = [
    "# 运行设置",
    "",
    "一律取自环境变量，启动时核对；有一项不对就不启动，并把不对的全部列出。`production` 方式另有必填与不得填写的项目，见 [operations.md](operations.md)；演示方式下，必填的密钥由启动程序在数据目录中生成。",
    "",
    "",
  ].join("\n");
  return `${HEAD}${head}| 环境变量 | 缺省 | 含义 |\n|---|---|---|\n${lines.join("\n")}\n`;
}

function at(path: string): string {
  return join(ROOT, path);
}
