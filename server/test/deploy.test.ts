import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectionOptions, connect } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUNBOOK_ANCHORS } from "../launcher/docs-operations.ts";
import { freePort } from "../launcher/ports.ts";
import { untilListens } from "../launcher/wait.ts";
import { findProgram } from "../src/backup-programs.ts";
import { beat } from "../src/modules/operations/nodes.ts";
import { startApp, type TestApp } from "./app.ts";

/** What is handed to whoever runs the house is read by the programs it is meant for, as far as they are here. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DEPLOY = join(ROOT, "deploy");
const text = (path: string): string => readFileSync(join(DEPLOY, path), "utf8");
const [nginx, promtool, systemd, openssl] = await Promise.all(
  ["nginx", "promtool", "systemd-analyze", "openssl"].map(findProgram),
);
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "sutong-deploy-"));

describe("deploy/", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("deploy");
    const health = () => [
      { name: "court", lastSuccessAt: new Date(), lastFailureAt: null, failingSince: null, open: false },
    ];
    await beat({ ...app.means, gateways: { ...app.means.gateways, health } });
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("asks of Prometheus only what /metrics gives", async () => {
    await app.ask("GET", "//healthz");
    const { text: metrics } = await app.ask("GET", "//metrics");
    const given = new Set([...metrics.matchAll(/^([a-z_:][a-z0-9_:]*)[ {]/gm)].map(([, name]) => name));
    const asked = [text("prometheus/alerts.yml"), text("grafana/sutong.json")].flatMap((each) => [
      ...each.matchAll(/\b(sutong_\w+|http_\w+|nodejs_\w+|process_\w+)\b/g),
    ]);
    const names = new Set(asked.map(([, name]) => name));
    expect(names.size).toBeGreaterThan(12);
    expect([...names].filter((name) => !given.has(name))).toEqual([]);
  });

  it("has for every alarm a heading of the runbook", () => {
    const runbook = readFileSync(join(ROOT, "docs/runbook.md"), "utf8");
    const anchors = [...runbook.matchAll(/^## .*?<a id="([a-z-]+)"><\/a>/gm)].map(([, id]) => id);
    expect(anchors.filter((id) => id && RUNBOOK_ANCHORS.includes(id)).sort()).toEqual([...RUNBOOK_ANCHORS].sort());
  });

  it("has a dashboard whose panels all ask something", () => {
    const { panels } = JSON.parse(text("grafana/sutong.json")) as {
      panels: { id: number; targets: { expr: string }[] }[];
    };
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ targets }) => targets.length === 0 || targets.some(({ expr }) => !expr))).toEqual([]);
  });

  it("builds an image of what is there, and runs it as nobody in particular", () => {
    const dockerfile = text("Dockerfile");
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = ""]) =>
      paths.split(" "),
    );
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(dockerfile.indexOf("USER sutong")).toBeLessThan(dockerfile.indexOf('CMD ["node", "server/dist/main.js"]'));
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    const programs = [...`${dockerfile}${text("compose.yaml")}`.matchAll(/server\/dist\/([a-z-]+)\.js/g)].map(
      ([, name]) => name,
    );
    expect(programs.filter((name) => !existsSync(join(ROOT, `server/src/${name}.ts`)))).toEqual([]);
  });

  it.skipIf(!promtool)("has rules that promtool takes", async () => {
    await run(promtool as string, ["check", "rules", join(DEPLOY, "prometheus/alerts.yml")]);
  });

  it.skipIf(!nginx || !openssl)(
    "has a proxy that keeps to TLS 1.2 and 1.3, and refuses programs that come without",
    async () => {
      const tls = join(folder, "tls");
      mkdirSync(tls);
      await run(openssl as string, [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"],
        ...["-keyout", join(tls, "privkey.pem"), "-out", join(tls, "fullchain.pem")],
      ]);
      const [plain, secure] = [await freePort(), await freePort()];
      const config = text("nginx.conf")
        .replaceAll("/etc/nginx/tls", tls)
        .replaceAll(/server api\d:8080/g, `server ${new URL(app.origin).host}`)
        .replace("listen 80;", `listen 127.0.0.1:${plain};`)
        .replace("listen 443", `listen 127.0.0.1:${secure}`)
        .replace("events {", `error_log ${join(folder, "error.log")};\nevents {`)
        .replace("http {", `http {\n${TEMPORARY.map((name) => `${name}_temp_path ${join(folder, name)};`).join("\n")}`)
        .replace("/run/nginx.pid", join(folder, "nginx.pid"))
        .replace(/^user .*$/m, "");
      writeFileSync(join(folder, "nginx.conf"), config);
      const own = ["-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")];
      await run(nginx as string, ["-t", "-q", ...own]);
      const proxy = spawn(nginx as string, [...own, "-g", "daemon off;"], { stdio: "ignore" });
      try {
        expect(await untilListens(plain, 20_000, () => proxy.exitCode === null)).toBe(true);
        const bare = (path: string) => fetch(`http://127.0.0.1:${plain}${path}`, { redirect: "manual" });
        const page = await bare("/workbench/");
        expect([page.status, page.headers.get("location")]).toEqual([301, "https://127.0.0.1/workbench/"]);
        for (const path of ["/api/v1/client-config", "/store/x", "/video/events"])
          expect((await bare(path)).status, path).toBe(403);
        expect(await shake(secure, { minVersion: "TLSv1.3" })).toBe("TLSv1.3");
        expect(await shake(secure, { maxVersion: "TLSv1.2" })).toBe("TLSv1.2");
        expect(
          await shake(secure, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
        ).toBeNull();
        expect(await shake(secure, { maxVersion: "TLSv1.2", ciphers: "AES128-SHA:AES256-GCM-SHA384" })).toBeNull();
        const [config, metrics] = await Promise.all(
          ["/api/v1/client-config", "/metrics"].map((path) => get(secure, path)),
        );
        expect([config, metrics]).toEqual([200, 404]);
      } finally {
        proxy.kill("SIGQUIT");
        await once(proxy, "exit");
      }
    },
  );

  it.skipIf(!systemd)("has units that systemd takes", async () => {
    const units = join(folder, "units");
    cpSync(join(DEPLOY, "systemd"), units, { recursive: true });
    // The program they start is looked for.
    for (const name of readdirSync(units)) {
      writeFileSync(join(units, name), text(`systemd/${name}`).replaceAll("/usr/bin/node", process.execPath));
      chmodSync(join(units, name), 0o644);
    }
    const files = readdirSync(units).map((name) => join(units, name.replace("@.", "@8080.")));
    cpSync(join(units, "sutong-api@.service"), join(units, "sutong-api@8080.service"));
    const { stdout, stderr } = await run(systemd as string, ["verify", "--man=no", ...files]).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    expect(`${stdout}${stderr}`.split("\n").filter((line) => line.includes("sutong"))).toEqual([]);
  });
});

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
/** The certificate is the test's own. */
const OURS = { host: "127.0.0.1", rejectUnauthorized: false };

/** The version that was agreed upon, or null. */
function shake(port: number, options: ConnectionOptions): Promise<string | null> {
  return new Promise((done) => {
    const socket = connect({ ...OURS, port, ...options }, () => {
      done(socket.getProtocol());
      socket.destroy();
    });
    socket.on("error", () => done(null));
  });
}

function get(port: number, path: string): Promise<number | undefined> {
  return new Promise((done, failed) => {
    request({ ...OURS, port, path }, (answer) => done(answer.resume().statusCode))
      .on("error", failed)
      .end();
  });
}
