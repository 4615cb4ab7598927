import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { openHouse } from "../../src/house.ts";

/** What every answer carries, as production sends it: nothing here needs a database. */
describe("headers of every answer", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-headers-"));
  const closing: (() => unknown)[] = [];
  let disk: Server;
  let oss: Server;
  let trtc: Server;

  async function serve(environment: Record<string, string>): Promise<Server> {
    const config = readConfig({
      SUTONG_MODE: "test",
      DATABASE_URL: "mysql://nobody@127.0.0.1:1/none",
      DATA_DIR: folder,
      LOG_LEVEL: "silent",
      PUBLIC_URL: "https://sutong.example.gov.cn",
      ...environment,
    });
    const { options, close } = openHouse(config, pino({ level: "silent" }));
    const settings = { ...options.settings, demonstration: false };
    const video = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200).end("{}");
    // A hundredth of the allowances: thirty a minute from one address.
    const { app } = createApp({ ...options, settings, video, limitFactor: 0.01 });
    const server = createServer(app.callback()).listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(() => server.close(), close);
    return server;
  }
  beforeAll(async () => {
    disk = await serve({});
    oss = await serve({
      FILES_DRIVER: "oss",
      OSS_ENDPOINT: "oss-cn-hangzhou.aliyuncs.com",
      OSS_REGION: "oss-cn-hangzhou",
      OSS_BUCKET: "court-files",
      OSS_ACCESS_KEY_ID: "id",
      OSS_ACCESS_KEY_SECRET: "secret",
    });
    trtc = await serve({ TRTC_SDK_APP_ID: "1400000001", TRTC_SECRET_KEY: "x".repeat(64) });
  });
  afterAll(async () => {
    for (const close of closing) await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = (server: Server, path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { redirect: "manual", ...init });
  const policyOf = (response: Response): Map<string, string> =>
    new Map(
      (response.headers.get("content-security-policy") ?? "")
        .split(";")
        .map((directive) => directive.trim().split(/ (.*)/s) as [string, string]),
    );

  const PLACES = [
    "/healthz",
    "/docs",
    "/docs/problems",
    "/openapi.json",
    "/api/v1/nothing",
    "/n/1a",
    "/store/none",
    "/%ff",
  ];

  it.each(PLACES)(
    "%s is for TLS only, is what it says, tells nobody where it came from, and stands in no foreign frame",
    async (path) => {
      const { headers } = await ask(disk, path);
      const [, age = "0"] =
        /^max-age=(\d+); includeSubDomains/.exec(headers.get("strict-transport-security") ?? "") ?? [];
      expect(Number(age)).toBeGreaterThanOrEqual(31_536_000);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("x-powered-by") ?? headers.get("server")).toBeNull();
    },
  );

  it("a page loads from us and from the store of materials, and from nowhere else", async () => {
    for (const [server, store] of [
      [disk, ["https://sutong.example.gov.cn"]],
      [oss, ["https://sutong.example.gov.cn", "https://court-files.oss-cn-hangzhou.aliyuncs.com"]],
    ] as const) {
      const policy = policyOf(await ask(server, "/docs"));
      expect(policy.get("default-src")).toBe("'self'");
      expect(policy.get("base-uri")).toBe("'none'");
      expect(policy.get("object-src")).toBe("'none'");
      expect(policy.get("frame-src")).toBe("'none'");
      expect(policy.get("form-action")).toBe("'self'");
      expect(policy.get("script-src")).toBe("'self' 'wasm-unsafe-eval'");
      expect(policy.get("script-src-attr")).toBe("'none'");
      expect(policy.get("connect-src")).toBe(["'self'", ...store].join(" "));
      expect(policy.get("img-src")).toBe(["'self'", "data:", "blob:", ...store].join(" "));
      for (const [directive, sources] of policy) expect(sources, directive).not.toMatch(/(^| )(https?:|\*)( |$)/);
    }
  });

  it("where hearings are held at Tencent's cloud a page speaks to that too, but not to where it only reports", async () => {
    const [ours, ...cloud] =
      policyOf(await ask(trtc, "/docs"))
        .get("connect-src")
        ?.split(" ")
        .slice(1) ?? [];
    expect(ours).toBe("https://sutong.example.gov.cn");
    expect(cloud).toContain("wss://*.rtc.qq.com");
    expect(cloud).toContain("https://*.cloud-rtc.com");
    for (const origin of cloud)
      expect(origin).toMatch(/^(https|wss):\/\/\*\.(rtc\.(qq|qcloud)|cloud-rtc|rtc-web)\.(com|net|io)$/);
    for (const directive of ["default-src", "script-src", "img-src"])
      expect(policyOf(await ask(trtc, "/docs")).get(directive)).toBe(policyOf(await ask(disk, "/docs")).get(directive));
  });

  it("whoever floods the way to the media server is held up, and told how long", async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 31; time++) statuses.push((await ask(disk, "/video/events")).status);
    expect([statuses.slice(0, 30).every((status) => status === 200), statuses[30]]).toEqual([true, 429]);
    const refused = await ask(disk, "/video/events");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("TRACE is no method here, and no folder is listed", async () => {
    const { port } = disk.address() as AddressInfo;
    const { connect } = await import("node:net");
    const socket = connect(port, "127.0.0.1");
    socket.write(`TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: echo-me\r\nConnection: close\r\n\r\n`);
    let heard = "";
    for await (const part of socket) heard += String(part);
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(heard).not.toContain("echo-me");
    for (const path of ["/store/", "/workbench/assets/", "/assets/", "/static/", "/.git/config", "/docs/"]) {
      const text = await (await ask(disk, path)).text();
      expect(text, path).not.toMatch(/Index of|<a href="[^"]+\.(js|css|png)"|\[core\]/);
    }
    // A file that is not there is not the workbench's first page, whatever its ending.
    for (const path of ["/workbench/assets/index.js~", "/workbench/index.html.bak", "/workbench/.env"])
      expect((await ask(disk, path)).status, path).toBe(404);
  });
});
