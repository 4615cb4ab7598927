import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import compose from "koa-compose";
import mount from "koa-mount";
import serveFolder from "koa-static";
import { knownProblems } from "#core/problem.ts";
import type { Ctx, Next } from "#http/context.ts";
import { printOpenApi } from "#http/openapi.ts";
import { OPENING } from "#http/opening.ts";
import type { Access, AnyRoute } from "#http/route.ts";

export interface SiteOptions {
  readonly routes: readonly AnyRoute[];
  readonly access: ReadonlyMap<string, Access>;
  readonly version: string;
}

// server/src/http and server/dist/http are equally deep.
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const WEB_PAGE = join(ROOT, "miniprogram/dist/build/h5");
const WORKBENCH = join(ROOT, "workbench/dist");
const YEAR_MS = 365 * 86_400_000;
/** What an SMS carries: the number of a message, short. The page asks who reads it. */
const SHORT_LINK = /^\/n\/([0-9a-z]{1,13})$/;
const numberIn36 = (text: string): string =>
  String([...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n));

/** The web page at /, the workbench below /workbench, the API's document and its page. */
export function sitePages({ routes, access, version }: SiteOptions) {
  const document = JSON.stringify(printOpenApi(routes, access, version));
  const docsScript = readFileSync(createRequire(import.meta.url).resolve("rapidoc/dist/rapidoc-min.js"));
  const pages: Record<string, [type: string, body: string | Buffer]> = {
    "/openapi.json": ["application/json; charset=utf-8", document],
    "/docs": ["text/html; charset=utf-8", DOCS_PAGE],
    "/docs/problems": ["text/html; charset=utf-8", problemsPage()],
    "/opening.js": ["text/javascript; charset=utf-8", OPENING],
    "/docs/rapidoc.js": ["text/javascript; charset=utf-8", docsScript],
  };
  const fixed = async (ctx: Ctx, next: Next): Promise<void> => {
    const message = ctx.method === "GET" || ctx.method === "HEAD" ? SHORT_LINK.exec(ctx.path)?.[1] : undefined;
    if (message) {
      ctx.state.route = "GET /n/*";
      ctx.redirect(`/#/pages/messages/index?open=${numberIn36(message)}`);
      return;
    }
    const page = ctx.method === "GET" || ctx.method === "HEAD" ? pages[ctx.path] : undefined;
    if (!page) return void (await next());
    ctx.state.route = `GET ${ctx.path}`;
    [ctx.type, ctx.body] = page;
    ctx.set("cache-control", "no-cache");
  };
  return compose([fixed, folder("/workbench", WORKBENCH), folder("/", WEB_PAGE)] as Parameters<typeof compose>[0]);
}

/** Built files; what has a hash in its name never changes, a page's own address is always asked again. */
export function folder(at: string, path: string) {
  let served: ReturnType<typeof open> | undefined;
  return async (ctx: Ctx, next: Next): Promise<void> => {
    if (ctx.path.startsWith("/api/") || ctx.path.startsWith("/store/")) return void (await next());
    // Where a build was not ready at the start, it is looked for again.
    served ??= existsSync(join(path, "index.html")) ? open(at, path) : undefined;
    if (!served) return void (await next());
    ctx.state.route = `GET ${at}*`;
    await served(ctx, next);
  };
}

function open(at: string, path: string): (ctx: Ctx, next: Next) => Promise<unknown> {
  const files = serveFolder(path, {
    setHeaders(response, file) {
      const lasting = /[/\\]assets[/\\]/.test(file);
      response.setHeader("cache-control", lasting ? `public, max-age=${YEAR_MS / 1000}, immutable` : "no-cache");
    },
  });
  const index = readFileSync(join(path, "index.html"));
  const served = mount(at, async (ctx, next) => {
    await files(ctx, async () => undefined);
    if (ctx.body != null) return;
    // Pages inside the workbench are drawn by the browser: any address below it is the same document.
    if (at !== "/" && ctx.method === "GET" && !/\.[^/]*$/.test(ctx.path)) {
      ctx.type = "html";
      ctx.set("cache-control", "no-cache");
      ctx.body = index;
      return;
    }
    await next();
  });
  return served as unknown as ReturnType<typeof open>;
}

/** What each `type` of a problem points to. */
function problemsPage(): string {
  const rows = [...knownProblems]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, [status, title]]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
    );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>诉通 API · 问题代码</title>
<style>body{font:16px/1.7 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1d2733}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #dde3ea;padding:.4rem .6rem;text-align:left}:target{background:#eaf1fa}</style></head>
<body><h1>问题代码</h1><p>错误以 application/problem+json 返回（RFC 9457），code 与下表一致。</p><table><thead><tr><th>code</th><th>状态</th><th>含义</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table></body></html>`;
}

const DOCS_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/workbench/mark.svg" type="image/svg+xml">
<title>诉通 API 文档</title>
<script type="module" src="/docs/rapidoc.js"></script>
</head>
<body>
<rapi-doc spec-url="/openapi.json" render-style="focused" theme="light" primary-color="#1f4e8c" show-header="false" schema-style="table" nav-bg-color="#f4f6f9" nav-text-color="#33404d" nav-hover-bg-color="#e3ebf5"
  allow-authentication="true" allow-server-selection="false" load-fonts="false" regular-font="system-ui, sans-serif"></rapi-doc>
</body>
</html>`;
