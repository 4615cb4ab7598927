import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { diskFiles } from "./disk.ts";
import { diskAddresses } from "./disk-address.ts";
import { diskFolder } from "./disk-folder.ts";
import { type Files, newFileKey } from "./port.ts";

const SECRET = "a secret that is long enough to be one";
const root = mkdtempSync(join(tmpdir(), "sutong-door-"));
let origin = "";
let files: Files;
let close: () => void;
const thrown: unknown[] = [];
let addresses: ReturnType<typeof diskAddresses>;

beforeAll(async () => {
  const server = createServer((request, response) => {
    disk.door.handle(request, response).catch((error: unknown) => thrown.push(error));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const disk = diskFiles({ root, publicUrl: `${origin}/store`, secret: SECRET });
  files = disk.files;
  addresses = diskAddresses(SECRET, `${origin}/store`);
  close = () => [server.close(), server.closeAllConnections()];
});
afterAll(() => {
  close();
  rmSync(root, { recursive: true, force: true });
  expect(thrown).toEqual([]);
});

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
async function plan(body: Buffer, bytes = body.length) {
  const order = { key: newFileKey("quarantine"), bytes, sha256: sha256(body), contentType: "image/png", seconds: 60 };
  const made = await files.planUpload(order);
  if (made.kind !== "single") throw new Error("expected one address");
  return { ...made, key: order.key };
}
const inTemporary = () => readdirSync(join(root, "tmp")).length;

/** Speaks HTTP by hand; sends until the door hangs up or `limit` is reached. */
async function raw(url: string, headers: string[], bodyOf: () => Buffer | null, limit = Number.POSITIVE_INFINITY) {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  let sent = 0;
  const from = performance.now();
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(
    [`PUT ${pathname}${search} HTTP/1.1`, "host: store", "content-type: image/png", ...headers, "", ""].join("\r\n"),
  );
  while (!socket.destroyed && answer === "" && sent < limit) {
    const piece = bodyOf();
    if (!piece) break;
    sent += piece.length;
    if (!socket.write(piece)) await Promise.race([once(socket, "drain").catch(() => {}), closed]);
  }
  const answered = performance.now() - from;
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 12_000))]);
  return { status: Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 0), sent, answered, closed: socket.destroyed };
}

test("10 GB without a length are cut at the limit, and nothing is kept", async () => {
  const { url, key } = await plan(randomBytes(100_000));
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536), Buffer.from("\r\n")]);
  const { status, sent, closed } = await raw(url, ["transfer-encoding: chunked"], () => chunk, 10 * 1024 ** 3);
  expect(status).toBe(413);
  expect(closed).toBe(true);
  // What the kernel's buffers swallow on this side is not read over there.
  expect(sent).toBeLessThan(100_000 + 16 * 1024 ** 2);
  expect(await files.stat(key)).toBeNull();
  // It is taken away after the answer.
  await expect.poll(inTemporary, { timeout: 5_000 }).toBe(0);
});

test("10 GB with a length are refused before they come", async () => {
  const { url } = await plan(randomBytes(1000));
  const { status, answered } = await raw(
    url,
    [`content-length: ${10 * 1024 ** 3}`],
    () => Buffer.alloc(65_536),
    1024 ** 2,
  );
  expect(status).toBe(413);
  expect(answered).toBeLessThan(1000);
});

test("a sender slower than a thousand bytes a second is cut off", { timeout: 60_000 }, async () => {
  const { url, key } = await plan(randomBytes(100_000));
  const from = performance.now();
  const { closed } = await raw(
    url,
    ["content-length: 100000"],
    (() => {
      let once_ = false;
      return () => {
        if (once_) return null;
        once_ = true;
        return Buffer.alloc(10);
      };
    })(),
  );
  expect(closed).toBe(true);
  expect(performance.now() - from).toBeLessThan(40_000);
  expect(await files.stat(key)).toBeNull();
  await vi.waitFor(() => expect(inTemporary()).toBe(0));
});

test("sending the same again is fine", async () => {
  const body = randomBytes(1000);
  const { url, headers, key } = await plan(body);
  for (let time = 0; time < 2; time++) {
    expect((await fetch(url, { method: "PUT", headers, body })).status).toBe(200);
  }
  const stored = join(root, "objects", key);
  expect(readFileSync(stored)).toEqual(body);
  expect(readFileSync(`${stored}.sha256`, "utf8")).toBe(sha256(body));
});

test("two who send at once leave one whole file", async () => {
  const body = randomBytes(2_000_000);
  const { url, headers, key } = await plan(body);
  const answers = await Promise.all(Array.from({ length: 6 }, () => fetch(url, { method: "PUT", headers, body })));
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(await files.stat(key)).toEqual({ bytes: body.length, sha256: sha256(body) });
  expect(inTemporary()).toBe(0);
});

test("HEAD, If-Range and a range past the end", async () => {
  const key = newFileKey("document");
  await files.write(key, Buffer.from("0123456789"));
  const url = await files.signDownload(key, { seconds: 60, fileName: "a.txt", contentType: "text/plain" });
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
  expect(head.headers.get("x-content-type-options")).toBe("nosniff");
  expect(head.headers.get("content-security-policy")).toContain("sandbox");
  const etag = head.headers.get("etag") ?? "";
  const ask = async (range: string, condition?: string) => {
    const answer = await fetch(url, { headers: { range, ...(condition ? { "if-range": condition } : {}) } });
    return [answer.status, answer.headers.get("content-range"), await answer.text()];
  };
  expect(await ask("bytes=0-0", etag)).toEqual([206, "bytes 0-0/10", "0"]);
  expect(await ask("bytes=0-0", '"another"')).toEqual([200, null, "0123456789"]);
  expect(await ask("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
  expect(await ask("bytes=-30")).toEqual([206, "bytes 0-9/10", "0123456789"]);
  expect(await ask("bytes=10-")).toEqual([416, "bytes */10", ""]);
  expect(await ask("bytes=-0")).toEqual([416, "bytes */10", ""]);
  for (const odd of ["bytes=5-2", "bytes=", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=a-b"])
    expect(await ask(odd)).toEqual([200, null, "0123456789"]);
});

test("no address leads out of the folder, even one that is signed", async () => {
  const at = new Date(Date.now() + 60_000);
  for (const key of [
    "../../../etc/passwd",
    "..%2f..%2fetc/passwd",
    "%2e%2e/%2e%2e/etc/passwd",
    "a/b.sha256",
    "a%00/b",
    "a/../../../tmp/x",
    "",
  ]) {
    const signed = addresses.sign({ method: "GET", key, terms: {} }, at);
    const target = new URL(signed);
    const socket = connect(Number(target.port), target.hostname);
    // By hand: a client would tidy the path.
    socket.write(`GET ${signed.slice(origin.length)} HTTP/1.1\r\nhost: store\r\nconnection: close\r\n\r\n`);
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1.1 40[034]/);
    expect(answer).not.toContain("root:");
  }
});

test("a term that is added, repeated or taken away spoils the address", async () => {
  const key = newFileKey("document");
  await files.write(key, Buffer.from("a"));
  const url = await files.signDownload(key, { seconds: 60, fileName: "a.txt", contentType: "text/plain" });
  expect((await fetch(url)).status).toBe(200);
  for (const spoilt of [
    `${url}&x=1`,
    `${url}&expires=9999999999`,
    url.replace(/type=[^&]+&/, ""),
    url.replace("attachment", "inline"),
    url.replace(/&signature=.*/, ""),
    url.replace(/signature=.*/, "signature="),
    url.replace("/store/", "/store//"),
    url.replace("/store/", "/other/"),
  ]) {
    const answer = await fetch(spoilt);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(Object.keys((await answer.json()) as object)).toEqual([
      "type",
      "title",
      "status",
      "detail",
      "code",
      "errors",
    ]);
  }
  const other = diskAddresses("another secret that is long enough to be one", `${origin}/store`);
  expect((await fetch(other.sign({ method: "GET", key, terms: {} }, new Date(Date.now() + 60_000)))).status).toBe(403);
  expect((await fetch(url, { method: "POST" })).status).toBe(405);
  await files.remove(key);
  expect((await fetch(url)).status).toBe(404);
});

test("what was begun and forgotten is swept away after a while, and nothing else", async () => {
  const day = 24 * 3600_000;
  const folder = diskFolder(root);
  const body = randomBytes(100);
  await files.write("document/kept", body);
  const order = {
    key: newFileKey("quarantine"),
    bytes: 9 * 1024 ** 2,
    sha256: sha256(body),
    contentType: "image/png",
    seconds: 60,
  };
  await files.planUpload(order);
  writeFileSync(join(root, "tmp", "left"), "by a crash");
  await folder.sweep(Date.now() + 0.9 * day);
  expect([inTemporary(), readdirSync(join(root, "uploads")).length]).toEqual([1, 1]);
  await folder.sweep(Date.now() + 2 * day);
  expect([inTemporary(), readdirSync(join(root, "uploads")).length]).toEqual([0, 1]);
  await folder.sweep(Date.now() + 31 * day);
  expect(readdirSync(join(root, "uploads"))).toEqual([]);
  expect(await files.stat("document/kept")).toEqual({ bytes: 100, sha256: sha256(body) });
});

test("a folder whose secret is short does not open", () => {
  expect(() => diskFiles({ root, publicUrl: "/store", secret: "short" })).toThrow(RangeError);
});
