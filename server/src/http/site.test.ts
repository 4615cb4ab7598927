import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Koa from "koa";
import { expect, it, onTestFinished } from "vitest";
import { folder } from "./site.ts";

it.each(["/", "/workbench"])("a page at %s that was built after the start is served", async (at) => {
  const path = mkdtempSync(join(tmpdir(), "sutong-site-"));
  const app = new Koa();
  app.use(folder(at, path) as unknown as Koa.Middleware);
  const server = createServer(app.callback()).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    rmSync(path, { recursive: true });
  });
  const page = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${at}`);
  expect((await page()).status).toBe(404);
  writeFileSync(join(path, "index.html"), "诉通");
  expect(await (await page()).text()).toBe("诉通");
});
