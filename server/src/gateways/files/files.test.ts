import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { diskFiles } from "./disk.ts";
import { ossFiles } from "./oss.ts";
import { type Files, newFileKey, type UploadOrder, type UploadPlan } from "./port.ts";

/** What every driver must do, tried on each over real HTTP: the folder behind its door, and the object store's peer. */
const PART = 128 * 1024;
let clockShift = 0;
const now = () => Date.now() + clockShift;
let sandbox: Sandbox;
const drivers: Record<string, Files> = {};
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now });
  drivers["oss"] = ossFiles({ ...sandbox.keys.oss, endpoint: sandbox.url, partBytes: PART }, now);

  const root = mkdtempSync(join(tmpdir(), "sutong-files-"));
  const server = createServer((request, response) => void disk.door.handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const disk = diskFiles({ root, publicUrl: `${origin}/store`, secret: "s".repeat(32), partBytes: PART }, now);
  drivers["disk"] = disk.files;
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
    () => rmSync(root, { recursive: true, force: true }),
  );
});
afterAll(async () => {
  for (const close of closing) close();
  await sandbox.stop();
});

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const orderOf = (bytes: Buffer, change: Partial<UploadOrder> = {}): UploadOrder => ({
  key: newFileKey("quarantine"),
  bytes: bytes.length,
  sha256: sha256(bytes),
  contentType: "application/pdf",
  seconds: 600,
  ...change,
});
async function whole(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}
const put = async (url: string, headers: Readonly<Record<string, string>>, body: Buffer) =>
  (await fetch(url, { method: "PUT", headers, body: new Uint8Array(body) })).status;
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "accepted",
    (error: { reason?: string; name: string }) => error.reason ?? error.name,
  );
function partsIn(plan: UploadPlan) {
  if (plan.kind !== "parts") throw new Error("expected parts");
  return plan;
}
function singleIn(plan: UploadPlan) {
  if (plan.kind !== "single") throw new Error("expected one address");
  return plan;
}

describe.each(["disk", "oss"])("%s", (name) => {
  const files = () => drivers[name] as Files;

  test("a small file goes up by one address, is checked, moved and read back", async () => {
    const body = randomBytes(5000);
    const order = orderOf(body);
    const plan = singleIn(await files().planUpload(order));
    expect(await reasonOf(files().completeUpload({ ...order, uploadId: null }))).toBe("incomplete");
    expect(await put(plan.url, plan.headers, body)).toBe(200);
    expect(await files().completeUpload({ ...order, uploadId: null })).toEqual({ bytes: 5000, sha256: order.sha256 });
    const sealed = newFileKey("sealed");
    await files().move(order.key, sealed);
    await files().move(order.key, sealed);
    expect(await files().stat(order.key)).toBeNull();
    expect((await files().stat(sealed))?.bytes).toBe(5000);
    expect(await whole(await files().read(sealed))).toEqual(body);
    expect(await whole(await files().read(sealed, { start: 10, end: 19 }))).toEqual(body.subarray(10, 20));
    expect(await whole(await files().read(sealed, { start: 4990 }))).toEqual(body.subarray(4990));
  });

  test("a file that is not what was announced is not accepted, and may be sent again", async () => {
    const body = randomBytes(2000);
    const order = orderOf(body);
    const plan = singleIn(await files().planUpload(order));
    const other = randomBytes(2000);
    await put(plan.url, plan.headers, other);
    expect(["hash", "incomplete"]).toContain(await reasonOf(files().completeUpload({ ...order, uploadId: null })));
    expect(await put(plan.url, plan.headers, body)).toBe(200);
    expect(await reasonOf(files().completeUpload({ ...order, uploadId: null }))).toBe("accepted");
  });

  test("once complete, a living address changes nothing", async () => {
    const body = randomBytes(2000);
    const order = orderOf(body);
    const plan = singleIn(await files().planUpload(order));
    await put(plan.url, plan.headers, body);
    await files().completeUpload({ ...order, uploadId: null });
    expect(await put(plan.url, plan.headers, randomBytes(2000))).toBeGreaterThanOrEqual(400);
    expect(await whole(await files().read(order.key))).toEqual(body);
  });

  test("an address is good for its file, length, type, method and time only", async () => {
    const body = randomBytes(2000);
    const order = orderOf(body);
    const { url, headers } = singleIn(await files().planUpload(order));
    const other = newFileKey("quarantine");
    expect(await put(url.replace(order.key, other), headers, body)).toBe(403);
    expect(await put(url.replace(/(signature=)../, "$1AA"), headers, body)).toBe(403);
    expect(await put(url.replace(/(expires=)(\d)/, "$19$2"), headers, body)).toBe(403);
    expect(await put(url, headers, randomBytes(2001))).toBeGreaterThanOrEqual(400);
    expect(await put(url, headers, body.subarray(1))).toBeGreaterThanOrEqual(400);
    expect(await put(url, { ...headers, "content-type": "text/html" }, body)).toBeGreaterThanOrEqual(400);
    expect((await fetch(url, { headers })).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(url, { method: "DELETE", headers })).status).toBeGreaterThanOrEqual(400);
    clockShift = 601_000;
    expect(await put(url, headers, body)).toBe(403);
    clockShift = 0;
    expect(await files().stat(order.key)).toBeNull();
    expect(await files().stat(other)).toBeNull();
  });

  test("a large file goes up in parts, and goes on after the connection was cut", async () => {
    const body = randomBytes(PART * 2 + 1000);
    const order = orderOf(body);
    const plan = partsIn(await files().planUpload(order));
    expect(plan.parts.map((part) => [part.number, part.offset, part.bytes, part.received])).toEqual([
      [1, 0, PART, false],
      [2, PART, PART, false],
      [3, PART * 2, 1000, false],
    ]);
    const send = (current: typeof plan, number: number) => {
      const part = current.parts[number - 1] as (typeof plan.parts)[number];
      return put(part.url, part.headers, body.subarray(part.offset, part.offset + part.bytes));
    };
    expect(await send(plan, 1)).toBe(200);
    await cut(plan.parts[1]?.url ?? "", plan.parts[1]?.headers ?? {}, body.subarray(PART, PART + 5000), PART);
    expect(await reasonOf(files().completeUpload({ ...order, uploadId: plan.uploadId }))).toBe("incomplete");

    const again = partsIn(await files().resumeUpload({ ...order, uploadId: plan.uploadId }));
    expect(again.parts.map((part) => part.received)).toEqual([true, false, false]);
    expect(await send(again, 3)).toBe(200);
    expect(await send(again, 2)).toBe(200);
    expect(await send(again, 2)).toBe(200);
    const done = await files().completeUpload({ ...order, uploadId: plan.uploadId });
    expect(done).toEqual({ bytes: body.length, sha256: order.sha256 });
    expect(await files().completeUpload({ ...order, uploadId: plan.uploadId })).toEqual(done);
    expect(await whole(await files().read(order.key))).toEqual(body);
    expect(await send(again, 2)).toBeGreaterThanOrEqual(400);
    expect(await whole(await files().read(order.key))).toEqual(body);
  });

  test("an upload begun under another size of parts goes on: what does not fit is sent again", async () => {
    const body = randomBytes(PART * 2);
    const order = orderOf(body);
    const plan = partsIn(await files().planUpload(order));
    const second = plan.parts[1];
    expect(await put(second?.url ?? "", second?.headers ?? {}, body.subarray(PART))).toBe(200);
    const received = async (bytes: number) =>
      partsIn(await files().resumeUpload({ ...order, bytes, uploadId: plan.uploadId })).parts.map(
        (part) => part.received,
      );
    // A house that counts parts otherwise wants another length for the second one.
    expect(await received(PART + 1000)).toEqual([false, false]);
    expect(await received(PART * 2)).toEqual([false, true]);
  });

  test("parts that do not make the announced file are thrown away, and foreign uploads are unknown", async () => {
    const body = randomBytes(PART + 1);
    const order = orderOf(body, { sha256: sha256(randomBytes(1)) });
    const plan = partsIn(await files().planUpload(order));
    for (const part of plan.parts)
      await put(part.url, part.headers, body.subarray(part.offset, part.offset + part.bytes));
    expect(await reasonOf(files().completeUpload({ ...order, uploadId: plan.uploadId }))).toBe("hash");
    expect(await files().stat(order.key)).toBeNull();

    const mine = partsIn(await files().planUpload({ ...order, key: newFileKey("quarantine") }));
    expect(await reasonOf(files().resumeUpload({ ...order, uploadId: mine.uploadId }))).toBe("unknown");
    await files().abandonUpload(order.key, "0".repeat(40));
  });

  test("an abandoned upload frees what it held", async () => {
    const body = randomBytes(PART + 1);
    const order = orderOf(body);
    const plan = partsIn(await files().planUpload(order));
    const [part] = plan.parts;
    await put(part?.url ?? "", part?.headers ?? {}, body.subarray(0, PART));
    await files().abandonUpload(order.key, plan.uploadId);
    await files().abandonUpload(order.key, plan.uploadId);
    expect(await reasonOf(files().resumeUpload({ ...order, uploadId: plan.uploadId }))).toBe("unknown");
  });

  test("a download carries its name and type, is served in ranges, and ends with its time", async () => {
    const key = newFileKey("document");
    const body = Buffer.from("0123456789");
    await files().write(key, body, { contentType: "text/html" });
    const url = await files().signDownload(key, {
      seconds: 300,
      fileName: '王芳\r\n"诉状".pdf',
      contentType: "application/pdf",
    });
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="______.pdf"; filename*=UTF-8''%E7%8E%8B%E8%8A%B3_%E8%AF%89%E7%8A%B6_.pdf`,
    );
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(await answer.text()).toBe("0123456789");

    const part = await fetch(url, { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
    const rest = await fetch(url, { headers: { range: "bytes=8-" } });
    expect([rest.status, await rest.text()]).toEqual([206, "89"]);
    const several = await fetch(url, { headers: { range: "bytes=0-1,4-5" } });
    expect([several.status, await several.text()]).toEqual([200, "0123456789"]);

    const picture = await files().signDownload(key, {
      seconds: 60,
      fileName: "a.png",
      contentType: "image/png",
      inline: true,
    });
    expect((await fetch(picture)).headers.get("content-disposition")).toMatch(/^inline; /);
    const page = await files().signDownload(key, {
      seconds: 60,
      fileName: "a.html",
      contentType: "text/html",
      inline: true,
    });
    expect((await fetch(page)).headers.get("content-disposition")).toMatch(/^attachment; /);
    clockShift = 301_000;
    expect((await fetch(url)).status).toBe(403);
    clockShift = 0;
    await expect(
      files().signDownload(key, { seconds: 301, fileName: "a", contentType: "text/plain" }),
    ).rejects.toThrow();
  });

  test("what we write ourselves has its hash; copies are copies; what is gone is gone", async () => {
    const [one, two] = [newFileKey("document"), newFileKey("document")];
    const body = randomBytes(PART * 2);
    const written = await files().write(one, Readable.from([body.subarray(0, PART), body.subarray(PART)]));
    expect(written).toEqual({ bytes: body.length, sha256: sha256(body) });
    await files().copy(one, two);
    await files().remove(one);
    await files().remove(one);
    expect(await files().stat(one)).toBeNull();
    expect(await whole(await files().read(two))).toEqual(body);
    expect(await reasonOf(files().read(one))).toBe("FileMissing");
    expect(await reasonOf(files().move(one, newFileKey("document")))).toBe("FileMissing");
    expect(await reasonOf(files().copy(one, newFileKey("document")))).toBe("FileMissing");
    const small = Buffer.from("裁定书");
    await files().write(one, small);
    expect(await files().stat(one)).toEqual({ bytes: small.length, sha256: sha256(small) });
    await expect(files().write(newFileKey("document"), Readable.from([body]), { maxBytes: 100 })).rejects.toThrow();
  });

  test.each([
    "../etc/passwd",
    "a/../../b",
    "/etc/passwd",
    "a//b",
    "a/.b",
    "a/b\0c",
    "a/%2e%2e/b",
    "a\\..\\b",
    "A/b",
    "a",
    "a/b/",
    "a/b.sha256",
    "",
  ])("%j is no key", async (key) => {
    const order = orderOf(Buffer.from("a"), { key });
    const options = { seconds: 60, fileName: "a", contentType: "text/plain" };
    const good = newFileKey("document");
    const attempts: (() => Promise<unknown>)[] = [
      () => files().planUpload(order),
      () => files().stat(key),
      () => files().read(key),
      () => files().write(key, Buffer.from("a")),
      () => files().signDownload(key, options),
      () => files().move(good, key),
      () => files().copy(key, good),
      () => files().remove(key),
    ];
    for (const attempt of attempts) expect(await reasonOf(attempt())).toBe("RangeError");
  });

  test("orders no store should sign are refused", async () => {
    const body = Buffer.from("a");
    for (const change of [
      { bytes: 0 },
      { bytes: -1 },
      { bytes: 1.5 },
      { bytes: 3 * 1024 ** 3 },
      { sha256: "ABC" },
      { contentType: "a\r\nb" },
      { seconds: 0 },
      { seconds: 1e9 },
    ]) {
      await expect(files().planUpload(orderOf(body, change))).rejects.toThrow(RangeError);
    }
  });
});

/** Begins to send a part and hangs up in the middle. */
async function cut(
  url: string,
  headers: Readonly<Record<string, string>>,
  begun: Buffer,
  bytes: number,
): Promise<void> {
  const outgoing = httpRequest(url, { method: "PUT", headers: { ...headers, "content-length": bytes } });
  outgoing.on("error", () => {});
  outgoing.write(begun, () => setTimeout(() => outgoing.destroy(), 50));
  await new Promise((resolve) => outgoing.once("close", resolve));
}
