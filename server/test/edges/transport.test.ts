import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { createGzip, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Answered, startApp, type TestApp } from "../app.ts";
import { COURT, seedCourtsAndRules } from "../filings.ts";
import { type Person, person } from "../people.ts";
import { type BadInput, expectCivil, expectProblem, inputsOf } from "./bad-inputs.ts";
import { newDraft } from "./world.ts";

/** What goes wrong below the fields: broken JSON, bombs, headers, addresses and bytes no client would send. */
describe("broken and hostile requests", () => {
  let app: TestApp;
  let owner: Person;
  let draft: string;
  beforeAll(async () => {
    app = await startApp("transport");
    await seedCourtsAndRules(app);
    owner = await person(app, "林深", { verified: true });
    draft = `/filings/${await newDraft(owner)}`;
  });
  afterEach(() => expect(app.unexpected).toEqual([]));
  afterAll(() => app.stop());

  const count = async (): Promise<number> =>
    Number((await app.database.read<{ n: string }>("SELECT COUNT(*) AS n FROM filing"))[0]?.n);

  it("bodies that are no JSON object of ours", async () => {
    const before = await count();
    for (const input of inputsOf("json-structure")) {
      const body = String(input.gen?.["rawBody"]);
      for (const [method, path] of [
        ["POST", "/filings"],
        ["POST", `${draft}/edits`],
        ["PUT", draft],
        ["POST", `${draft}/materials`],
        ["POST", `${draft}/moves`],
        ["POST", "/sessions/wechat"],
        ["POST", "/fees/quote"],
      ] as const) {
        const answer = await owner.ask(method, path, body, { "if-match": '"1"', "content-type": "application/json" });
        expectCivil(answer, `${input.id} ${method} ${path}`);
        expect(answer.status, `${input.id} ${method} ${path}: none of these is a whole request`).toBeGreaterThanOrEqual(
          400,
        );
      }
    }
    expect(await count()).toBe(before);
  });

  it("bombs are put down before they grow", async () => {
    for (const input of inputsOf("json-bomb")) {
      const started = Date.now();
      const answer = await bomb(input);
      expectProblem(answer, input.id);
      expect([400, 413], input.id).toContain(answer.status);
      expect(Date.now() - started, `${input.id}: ms`).toBeLessThan(8_000);
    }
    expect((await owner.ask("GET", draft)).status).toBe(200);
  });

  async function bomb({ id, gen = {} }: BadInput): Promise<Answered> {
    const post = (body: string) => owner.ask("POST", "/filings", body);
    const token = gen["rawJsonToken"] as { repeat: string; times: number } | undefined;
    if (gen["stringBytes"]) return post(JSON.stringify({ courtCode: "x".repeat(Number(gen["stringBytes"])) }));
    if (token) return post(`{"courtCode":${token.repeat.repeat(token.times)}}`);
    if (gen["collidingKeys"])
      return post(
        JSON.stringify(
          Object.fromEntries(Array.from({ length: Number(gen["collidingKeys"]) }, (_, at) => [`k${at}`, 1])),
        ),
      );
    if (gen["depth"])
      return post(`{"courtCode":${"[".repeat(Number(gen["depth"]))}${"]".repeat(Number(gen["depth"]))}}`);
    if (gen["gzipZeros"]) return gzipped(Math.min(Number(gen["gzipZeros"]), 200_000_000));
    throw new Error(`${id}: no such bomb is known`);
  }

  /** Zeros by the megabyte, squeezed a thousandfold. */
  async function gzipped(bytes: number): Promise<Answered> {
    const block = Buffer.alloc(1_000_000);
    const squeezed = Readable.from(
      (function* () {
        for (let at = 0; at < bytes; at += block.length) yield block;
      })(),
    ).pipe(createGzip({ level: 1 }));
    const parts: Buffer[] = [];
    for await (const part of squeezed) parts.push(part as Buffer);
    const headers = {
      authorization: `Bearer ${owner.token}`,
      "content-type": "application/json",
      "content-encoding": "gzip",
    };
    const response = await fetch(`${app.origin}/api/v1/filings`, {
      method: "POST",
      headers,
      body: Buffer.concat(parts),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
  }

  it("media types, encodings and headers", async () => {
    const body = JSON.stringify({ courtCode: COURT });
    const before = await count();
    const refused: [string, number[], Record<string, string>, string?][] = [
      ["text", [415], { "content-type": "text/plain" }],
      ["utf-16", [415], { "content-type": "application/json; charset=utf-16le" }],
      ["charset foo", [415], { "content-type": "application/json; charset=foo" }],
      ["a form", [415], { "content-type": "application/x-www-form-urlencoded" }, "a[__proto__][x]=1"],
      ["no type", [415], { "content-type": "" }],
      ["evil encoding", [415], { "content-encoding": "evil" }],
      ["not gzip", [400], { "content-encoding": "gzip" }, "notgzip"],
      ["empty key", [400, 422], { "idempotency-key": "" }],
      ["long key", [400, 422], { "idempotency-key": "k".repeat(256) }],
      ["no utf-8", [400], {}, '{"courtCode":"\ufffd"'],
      ["a key path", [401], { authorization: `Bearer ${forged({ alg: "HS256", kid: "../../dev/null" })}` }],
      ["no algorithm", [401], { authorization: `Bearer ${forged({ alg: "none" })}` }],
      ["basic", [401], { authorization: "Basic YTpi" }],
    ];
    for (const [what, statuses, headers, text = body] of refused) {
      const answer = await owner.ask("POST", "/filings", text, headers);
      expectProblem(answer, what);
      expect(statuses, `${what}: ${answer.text}`).toContain(answer.status);
    }
    const truncated = gzipSync(body).subarray(0, -6);
    const response = await fetch(`${app.origin}/api/v1/filings`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${owner.token}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      body: truncated,
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(await count()).toBe(before);

    const harmless: Record<string, string>[] = [
      { "x-http-method-override": "DELETE" },
      { "x-forwarded-for": "127.0.0.1" },
      { traceparent: "garbage" },
      { "accept-encoding": "evil;q=9" },
      { range: `bytes=${"0-,".repeat(1000)}0-` },
      { "x-request-id": "../../etc/passwd\u00e9" },
      { accept: "text/evil" },
      { "if-none-match": "*" },
    ];
    for (const headers of harmless) {
      const answer = await owner.ask("GET", draft, undefined, headers);
      expectCivil(answer, JSON.stringify(headers).slice(0, 80));
      expect(answer.status, JSON.stringify(headers).slice(0, 80)).toBe(200);
    }
  });

  it("addresses", async () => {
    for (const input of inputsOf("transport").filter(({ gen }) => gen?.["path"])) {
      const answer = await app.ask("GET", `/${String(input.gen?.["path"])}`.replace("/v1", "/api/v1"), {
        token: owner.token,
      });
      expectCivil(answer, input.id);
      expect([400, 404], `${input.id}: ${answer.status}`).toContain(answer.status);
    }
    for (const path of [
      "/filings/%E0%A4%A",
      "/filings/%00",
      "/filings/%ff",
      "/Filings",
      "/filings/",
      "/filings/1;a=b",
      "/filings/1/../2/x",
      `/filings/${"9".repeat(4000)}`,
    ]) {
      expectProblem(await owner.ask("GET", path), path);
    }
    for (const query of [
      "state=draft&state=draft",
      "a[b][c][d][e][f][g]=1",
      "state=%00",
      "state=%E0%A4%A",
      "=",
      "state",
      "__proto__=1",
      "constructor=1",
    ]) {
      expectProblem(await owner.ask("GET", `/filings?${query}`), query);
    }
    for (const method of ["PATCH", "DELETE", "PROPFIND"]) {
      const answer = await owner.ask(method, "/filings");
      expectProblem(answer, method);
      expect([answer.status, answer.json.code], method).toEqual([405, "request.method"]);
      expect(answer.headers.get("allow"), method).toContain("GET");
    }
    expectCivil(await owner.ask("OPTIONS", "/filings"), "OPTIONS");
  });

  it("bytes that are no HTTP end the conversation, not the server", async () => {
    const host = new URL(app.origin).host;
    const head = (path: string, ...lines: string[]) =>
      [
        `POST /api/v1${path} HTTP/1.1`,
        `Host: ${host}`,
        `Authorization: Bearer ${owner.token}`,
        "Content-Type: application/json",
        ...lines,
        "",
        "",
      ].join("\r\n");
    const body = JSON.stringify({ courtCode: COURT });
    const before = await count();
    const hostile: Record<string, string> = {
      "negative length": head("/filings", "Content-Length: -1") + body,
      "length that is none": head("/filings", "Content-Length: ten") + body,
      "two lengths": head("/filings", "Content-Length: 5", `Content-Length: ${body.length}`) + body,
      "length and chunks": `${head("/filings", `Content-Length: ${body.length}`, "Transfer-Encoding: chunked")}0\r\n\r\n`,
      "obfuscated chunks": `${head("/filings", "Transfer-Encoding: xchunked")}0\r\n\r\n`,
      "chunks twice": `${head("/filings", "Transfer-Encoding: chunked", "Transfer-Encoding: identity")}0\r\n\r\n`,
      "a chunk of no size": `${head("/filings", "Transfer-Encoding: chunked")}zz\r\n${body}\r\n0\r\n\r\n`,
      "headers beyond measure": head("/filings", `X-Much: ${"x".repeat(20_000)}`, "Content-Length: 0"),
      "a bare line feed": `POST /api/v1/filings HTTP/1.1\nHost: ${host}\nX: a\nbad header\n\n`,
      "no HTTP at all": "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
      "an absolute address elsewhere": `GET http://169.254.169.254/latest HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      "a path of escapes": `GET /api/v1/filings/${"%25".repeat(3000)} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      "a broken escape": `GET /api/v1/filings/%E0%A4%A HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      "a path with a tab": `GET /api/v1/fil\tings HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      "no host": `GET /api/v1/filings HTTP/1.1\r\n\r\n`,
      "a body cut short": `${head("/filings", "Content-Length: 500", "Connection: close")}${body}`,
    };
    for (const [what, bytes] of Object.entries(hostile)) {
      const answer = await speak(bytes, what === "a body cut short");
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
      expect(status === 0 || (status >= 400 && status < 500), `${what}: ${answer.slice(0, 200)}`).toBe(true);
      expect(answer, what).not.toMatch(/node_modules|\bat .+:\d+|HTTP\/1\.1 2\d\d/);
    }
    expect(await count()).toBe(before);
    expect((await owner.ask("GET", draft)).status).toBe(200);
  });

  /** Says it and listens until the other side hangs up, or for a moment. */
  async function speak(bytes: string, hangUp: boolean): Promise<string> {
    const { hostname, port } = new URL(app.origin);
    const socket = connect(Number(port), hostname);
    let heard = "";
    socket.on("data", (part) => {
      heard += part.toString("latin1");
    });
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write(Buffer.from(bytes, "latin1"));
    if (hangUp) setTimeout(() => socket.destroy(), 100);
    await Promise.race([once(socket, "close"), new Promise((done) => setTimeout(done, 1500))]);
    socket.destroy();
    return heard;
  }
});

function forged(header: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part({ sub: "1", sid: "1", exp: 4_000_000_000 })}.${header && "alg" in header && header.alg === "none" ? "" : "AAAA"}`;
}
