import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "../../src/backup-programs.ts";
import { startApp, type TestApp } from "../app.ts";
import { makeWorld } from "../edges/world.ts";
import { figure } from "./figure.ts";
import { type Gate, openGate } from "./scan-gate.ts";
import { type ScanResult, writeScans } from "./scan-report.ts";
import { type Asked, asHttp, placesOf, requestsOf } from "./scan-requests.ts";

/**
 * G10: what sqlmap and wapiti say, on loopback. Each first has to find what is planted for it. SCAN_ONLY limits the routes by
 * a piece of their name; sqlmap takes at most SCAN_SECONDS for one of them and SCAN_MINUTES for all.
 */
const ONLY = process.env["SCAN_ONLY"] ?? "";
const SECONDS = Number(process.env["SCAN_SECONDS"] ?? 90);
const MINUTES = Number(process.env["SCAN_MINUTES"] ?? 50);
const LONGEST = (MINUTES + 30) * 60_000;
/** What a program says and we know better, with the reason; printed with the rest. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /X-XSS-Protection is not set/,
    "browsers have dropped it; helmet sets 0, as OWASP advises, and the pages have a policy",
  ],
  [
    /Strict-Transport-Security is not set/,
    "sent in production only (`server/test/security/headers.test.ts`); loopback has no TLS",
  ],
];
/** What needs a machine outside is left out: nothing leaves loopback. */
const WAPITI_MODULES =
  "backup,blindsql,buster,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss";
const run = promisify(execFile);
const [sqlmap, wapiti] = await Promise.all(["sqlmap", "wapiti"].map(findProgram));
const folder = mkdtempSync(join(tmpdir(), "sutong-scan-"));

describe("a second opinion", () => {
  let app: TestApp;
  let gate: Gate;
  let asked: Asked[];
  const results: ScanResult[] = [];
  beforeAll(async () => {
    if (!sqlmap || !wapiti) throw new Error("apt-get install sqlmap wapiti");
    app = await startApp("second_opinion");
    const world = await makeWorld(app);
    asked = (await requestsOf(app, world)).filter(({ route }) => route.includes(ONLY));
    gate = await openGate(app, world);
  }, 600_000);
  afterAll(async () => {
    await gate?.close();
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
    if (ONLY === "" && results.length === 2) writeScans(results);
  });

  it("sqlmap finds what is planted, in an address and in a body", async () => {
    const host = new URL(gate.origin).host;
    const planted = [
      `GET /planted?word=x* HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `POST /planted HTTP/1.1\r\nHost: ${host}\r\ncontent-type: application/json\r\n\r\n{"word":"x*"}`,
    ];
    for (const text of planted)
      expect((await askSqlmap(text)).findings, text).toContainEqual(expect.stringContaining("Parameter: "));
  }, 300_000);

  it(`sqlmap finds nothing in any route`, { timeout: LONGEST }, async () => {
    const begun = { ...gate.passed };
    const end = Date.now() + MINUTES * 60_000;
    const findings: string[] = [];
    const untold: string[] = [];
    const cut: string[] = [];
    const queue = [...asked];
    let [tried, places] = [0, 0];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (placesOf(next) === 0 || Date.now() > end) continue;
        tried += 1;
        places += placesOf(next);
        const { findings: found, ended, tested, told } = await askSqlmap(asHttp(next, new URL(gate.origin).host));
        findings.push(...found.map((line) => `${next?.route}: ${line}`));
        if (!ended) cut.push(next.route);
        else if (!tested) untold.push(`${next.route}: ${told.slice(-400)}`);
      }
    };
    await Promise.all([work(), work()]);
    const open = asked.filter((one) => placesOf(one) > 0).length;
    results.push({
      program: "sqlmap",
      version: (await run(sqlmap as string, ["--version"])).stdout.split("\n")[0] ?? "",
      what: `${tried} of the ${open} routes that take anything, ${places} places in addresses, queries and bodies; ${cut.length} cut off after ${SECONDS} s`,
      requests: gate.passed.requests - begun.requests,
      understood: gate.passed.understood - begun.understood,
      findings: [...findings, ...gate.passed.failures],
      known: [],
    });
    process.stdout.write(`${JSON.stringify({ ...results.at(-1), cut, untold }, null, 1)}\n`);
    figure("G10", "findings of sqlmap", findings.length, { atMost: 0 });
    expect([...findings, ...gate.passed.failures]).toEqual([]);
    expect(untold).toEqual([]);
  });

  it("wapiti finds what is planted", async () => {
    const found = await askWapiti(`${gate.origin}/planted`, ["-m", "sql,xss,http_headers"]);
    const kinds = found.map((line) => line.split(":")[0]);
    expect(kinds).toEqual(expect.arrayContaining(["SQL Injection", "Cross Site Scripting"]));
  }, 300_000);

  it("wapiti finds nothing in the two web pages or the API", { timeout: LONGEST }, async () => {
    const begun = { ...gate.passed };
    const starts = (persona: string) =>
      asked
        .filter((one) => one.method === "GET" && one.persona === persona)
        .flatMap(({ path, query }) => {
          const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
          return ["-s", `${gate.origin}${path.replaceAll("*", "")}${search && `?${search}`}`];
        });
    const personas = [...new Set(asked.map(({ persona }) => persona))];
    const targets: [string, string[]][] = [
      [`${gate.origin}/`, ["-m", WAPITI_MODULES]],
      [`${gate.origin}/workbench/`, ["-m", WAPITI_MODULES]],
      ...personas.map((persona): [string, string[]] => [
        `${gate.origin}/api/v1/`,
        [
          "-m",
          "crlf,exec,file,redirect,sql,blindsql,xss",
          "-H",
          `x-scan-as: ${persona}`,
          "-d",
          "1",
          ...starts(persona),
        ],
      ]),
    ];
    const findings: string[] = [];
    for (const [address, options] of targets) findings.push(...(await askWapiti(address, options)));
    const open = findings.filter((line) => !KNOWN.some(([saying]) => saying.test(line)));
    results.push({
      program: "wapiti",
      version: (await run(wapiti as string, ["--version"])).stdout.trim().split("\n").at(-1) ?? "",
      what: `the litigants' page, the workbench, and all reading routes as ${personas.length} personas`,
      requests: gate.passed.requests - begun.requests,
      understood: gate.passed.understood - begun.understood,
      findings: [...new Set(findings)],
      known: KNOWN.filter(([saying]) => findings.some((line) => saying.test(line))).map(
        ([{ source }, why]) => `${source}: ${why}`,
      ),
    });
    process.stdout.write(`wapiti: ${JSON.stringify(results.at(-1))}\n`);
    figure("G10", "findings of wapiti", open.length, { atMost: 0 });
    expect(open).toEqual([]);
  });

  /** What sqlmap takes for a way in, in its own words; whether it came to an end within its time. */
  async function askSqlmap(
    text: string,
  ): Promise<{ findings: string[]; ended: boolean; tested: boolean; told: string }> {
    const own = mkdtempSync(join(folder, "sqlmap-"));
    const file = join(own, "request.txt");
    writeFileSync(file, text);
    const options = ["-r", file, "--batch", "--level=1", "--risk=1", "--technique=BEUT", "--dbms=MySQL"];
    const manner = [
      "--time-sec=3",
      "--timeout=15",
      "--retries=0",
      "--disable-coloring",
      "--flush-session",
      "--ignore-stdin",
    ];
    const { told, ended } = await carryOut(sqlmap as string, [...options, ...manner, `--output-dir=${own}`], SECONDS);
    const findings = told
      .split("\n")
      .filter((line) => /^Parameter: |is vulnerable/.test(line.replace(/^\[[^\]]+\] \[\w+\] /, "")));
    return { findings, ended, tested: /do not appear to be injectable|injection point/.test(told), told };
  }

  async function askWapiti(address: string, options: readonly string[]): Promise<string[]> {
    const own = mkdtempSync(join(folder, "wapiti-"));
    const file = join(own, "report.json");
    const manner = ["--no-bugreport", "--flush-session", "--store-session", own, "--store-config", own, "-v", "0"];
    const limits = ["--max-scan-time", "120", "--max-attack-time", "240", "-t", "10", "-f", "json", "-o", file];
    mkdirSync(join(own, "config"), { recursive: true });
    const { told } = await carryOut(wapiti as string, ["-u", address, ...options, ...manner, ...limits], 1800);
    const report = JSON.parse(readFileSync(file, "utf8")) as WapitiReport;
    if (told.includes("Traceback")) throw new Error(told.slice(-2000));
    return Object.entries({ ...report.vulnerabilities, ...report.anomalies }).flatMap(([kind, each]) =>
      each.map(({ method, path, parameter, info }) => `${kind}: ${method} ${path} ${parameter ?? ""} ${info}`),
    );
  }
});

interface WapitiReport {
  readonly vulnerabilities: Readonly<Record<string, readonly WapitiFinding[]>>;
  readonly anomalies: Readonly<Record<string, readonly WapitiFinding[]>>;
}
interface WapitiFinding {
  readonly method: string;
  readonly path: string;
  readonly parameter: string | null;
  readonly info: string;
}

function carryOut(
  program: string,
  options: readonly string[],
  seconds: number,
): Promise<{ told: string; ended: boolean }> {
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (told += part.toString("utf8")));
  let ended = true;
  const timer = setTimeout(() => {
    ended = false;
    child.kill("SIGKILL");
  }, seconds * 1000);
  return new Promise((done) =>
    child.once("close", () => {
      clearTimeout(timer);
      done({ told, ended });
    }),
  );
}
