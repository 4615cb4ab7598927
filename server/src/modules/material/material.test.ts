import { readFileSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Problem } from "#core/problem.ts";
import { type ClamdPeer, startClamd } from "#sandbox/clamd.ts";
import { startApp, type TestApp } from "#test/app.ts";
import * as make from "#test/material-files.ts";
import { type Person, person, staffMember } from "#test/people.ts";
import { handIn, sendBytes } from "#test/send-material.ts";
import { materialFacts } from "./facts.ts";
import { materialSubscribers } from "./listen.ts";
import { registerOwner } from "./owner.ts";
import { listMaterials } from "./present.ts";
import { materialWorkflow } from "./workflow.ts";

let app: TestApp;
let clamd: ClamdPeer;
let fang: Person;
let qiang: Person;
let clerk: Person;
/** Filings of this test: whose, and whether still open. */
const filings = new Map<string, { accountId: string; editable: boolean; handedIn: boolean }>();
let next = 8000;
let filing = "";

beforeAll(async () => {
  clamd = await startClamd();
  app = await startApp("material", { environment: { CLAMD: `${clamd.host}:${clamd.port}` } });
  [fang, qiang] = [await person(app, "王芳"), await person(app, "李强")];
  clerk = await staffMember(app, { username: "clerk-material", role: "clerk", courtCode: "鲁0102" });
  registerOwner("filing", {
    async find(actor, ownerId) {
      const found = filings.get(ownerId);
      const isOwn = found?.accountId === actor.accountId;
      const isCourt = actor.courtCode === "鲁0102" && found?.handedIn;
      if (!found || !(isOwn || isCourt || actor.role === "system"))
        throw new Problem("filing.not_found", 404, "未找到该立案申请");
      return { editable: isOwn && found.editable, courtCode: "鲁0102", accountId: found.accountId, round: 1 };
    },
  });
});
afterAll(async () => {
  expect(app.unexpected).toEqual([]);
  await app.stop();
  await clamd.stop();
});
beforeEach(() => {
  filing = String(next++);
  filings.set(filing, { accountId: fang.accountId, editable: true, handedIn: false });
});

const events = async (name: string) =>
  (
    await app.database.read<{ payload: string; actorId: string }>(
      "SELECT payload, actor_id AS actorId FROM outbox WHERE name = ? ORDER BY id",
      [name],
    )
  ).map(({ payload, actorId }) => ({ ...(JSON.parse(payload) as { materialId: string }), actorId: String(actorId) }));
const rowsOf = (id: string) =>
  app.database.read<Record<string, unknown>>("SELECT * FROM material WHERE owner_id = ?", [id]);
const openContent = async (who: Person, id: string, variant = "original") => {
  const answer = await who.ask("GET", `/materials/${id}/content?variant=${variant}`);
  expect(answer.status).toBe(302);
  return fetch(new URL(answer.headers.get("location") as string, app.origin));
};

describe("the road of a file", () => {
  test("announced, sent, examined, read; the store key that was signed holds nothing afterwards", async () => {
    const bytes = await make.jpeg();
    const order = make.orderOf(bytes, {
      name: "借条.jpg",
      kind: "evidence",
      contentType: "image/jpeg",
      purpose: "证明借款",
      source: "原告持有",
      originality: "original",
    });
    const added = await fang.ask("POST", `/filings/${filing}/materials`, order, { "idempotency-key": `k-${filing}` });
    expect(added.status).toBe(201);
    expect(added.json.material).toMatchObject({
      filingId: filing,
      name: "借条.jpg",
      kindLabel: "证据",
      state: { code: "pending" },
      position: 1,
      purpose: "证明借款",
      originality: "original",
    });
    expect(added.json.upload).toMatchObject({ method: "PUT", headers: { "content-type": "image/jpeg" } });
    const again = await fang.ask("POST", `/filings/${filing}/materials`, order, { "idempotency-key": `k-${filing}` });
    expect([again.text, again.headers.get("idempotent-replayed")]).toEqual([added.text, "true"]);

    const { id } = added.json.material;
    expect((await fang.ask("POST", `/materials/${id}/complete`, {})).json.code).toBe("material.incomplete");
    expect(await sendBytes(app, added.json.upload, bytes)).toBe(200);
    const done = await fang.ask("POST", `/materials/${id}/complete`, {});
    expect(done.json).toMatchObject({ id, state: { code: "ready" }, sha256: make.sha256(bytes) });
    expect((await fang.ask("POST", `/materials/${id}/complete`, {})).json).toEqual(done.json);
    expect((await fang.ask("GET", `/materials/${id}`)).json).toEqual(done.json);

    // Sent again to the old address: it does not reach what was examined.
    await sendBytes(app, added.json.upload, bytes);
    const [row] = await rowsOf(filing);
    expect(String(row?.["sealed_key"])).toMatch(/^sealed\//);
    const read = await openContent(fang, id);
    expect(make.sha256(Buffer.from(await read.arrayBuffer()))).toBe(make.sha256(bytes));
    expect((await events("material.ready")).filter(({ materialId }) => materialId === id)).toHaveLength(1);
    await app.settle();
    expect((await events("material.ready")).filter(({ materialId }) => materialId === id)).toHaveLength(1);
  });

  test("names and purposes do not stand in the table in the clear", async () => {
    await fang.ask(
      "POST",
      `/filings/${filing}/materials`,
      make.orderOf(make.noise(10), { name: "CANARY-王芳.jpg", purpose: "CANARY-purpose" }),
    );
    const [row] = await rowsOf(filing);
    expect(Buffer.from(row?.["label"] as Buffer).includes("CANARY")).toBe(false);
  });

  test("the same file is the same material, also when announced five times at once", async () => {
    const order = make.orderOf(await make.png());
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => fang.ask("POST", `/filings/${filing}/materials`, order)),
    );
    expect(new Set(answers.map(({ json }) => json.material.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await rowsOf(filing)).toHaveLength(1);
  });

  test("what is there needs no second sending", async () => {
    const bytes = await make.png();
    const first = await handIn(app, fang, filing, bytes);
    const again = await fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(bytes));
    expect(again.status).toBe(200);
    expect(again.json).toMatchObject({
      material: { id: first.json.id, state: { code: "ready" } },
      upload: { method: "PUT", parts: [] },
    });
  });

  test("a large file goes in parts, goes on after a cut connection, and is examined by the worker in little memory", async () => {
    const bytes = Buffer.concat([make.mp4(), make.box("free", make.noise(40 * 1024 ** 2))]);
    const added = await fang.ask(
      "POST",
      `/filings/${filing}/materials`,
      make.orderOf(bytes, { name: "录像.mp4", contentType: "video/mp4" }),
    );
    const { id } = added.json.material;
    const parts = Math.ceil(bytes.length / added.json.upload.partBytes);
    expect(added.json.upload.parts).toHaveLength(parts);
    expect(parts).toBeGreaterThan(5);
    await sendBytes(app, added.json.upload, bytes, (part) => part <= 2);
    await cut(added.json.upload.parts[2], bytes);
    expect((await fang.ask("POST", `/materials/${id}/complete`, {})).json.code).toBe("material.incomplete");

    const resumed = await fang.ask("POST", `/materials/${id}/upload`, {});
    expect(resumed.json.upload.parts.map(({ received }: { received: boolean }) => received)).toEqual(
      Array.from({ length: parts }, (_, at) => at < 2),
    );
    expect((await fang.ask("GET", `/materials/${id}`)).json.state.code).toBe("uploading");
    await sendBytes(app, resumed.json.upload, bytes);
    const before = memory();
    const done = await fang.ask("POST", `/materials/${id}/complete`, {});
    expect(done.json.state.code).toBe("scanning");
    expect((await fang.ask("GET", `/materials/${id}/content`)).json.code).toBe("material.not_ready");
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, memory() - before)), 20);
    await app.settle();
    clearInterval(watch);
    expect((await fang.ask("GET", `/materials/${id}`)).json.state.code).toBe("ready");
    expect(peak / 1024).toBeLessThan(64);
  });

  test("parts that do not make up the announced file are refused, and sent anew", async () => {
    const bytes = Buffer.concat([make.mp4(), make.box("free", make.noise(9 * 1024 ** 2))]);
    const other = Buffer.from(bytes);
    other[700] = (other[700] ?? 0) ^ 1;
    const added = await fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(bytes));
    const { id } = added.json.material;
    await sendBytes(app, added.json.upload, other);
    const wrong = await fang.ask("POST", `/materials/${id}/complete`, {});
    expect([wrong.status, wrong.json.code]).toEqual([422, "material.hash"]);
    const fresh = await fang.ask("POST", `/materials/${id}/upload`, {});
    expect(fresh.json.upload.parts.every(({ received }: { received: boolean }) => !received)).toBe(true);
    await sendBytes(app, fresh.json.upload, bytes);
    expect((await fang.ask("POST", `/materials/${id}/complete`, {})).json.state.code).toBe("ready");
  });

  test("the store takes neither another length nor another content", async () => {
    const bytes = await make.png();
    const { upload } = (await fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(bytes))).json;
    expect(await sendBytes(app, upload, Buffer.concat([bytes, bytes]))).toBe(413);
    expect(await sendBytes(app, upload, bytes.subarray(1))).toBe(400);
    const other = Buffer.from(bytes);
    other[50] = (other[50] ?? 0) ^ 1;
    expect(await sendBytes(app, upload, other)).toBe(422);
  });

  test("while the scanner is away nothing is released; when it is back, everything is", async () => {
    const port = clamd.port;
    await clamd.stop();
    const answer = await handIn(app, fang, filing, await make.pdf());
    expect(answer.json.state.code).toBe("scanning");
    app.clock.shiftMs += 20_000;
    await app.deliver();
    expect((await fang.ask("GET", `/materials/${answer.json.id}`)).json.state.code).toBe("scanning");
    expect((await fang.ask("GET", `/materials/${answer.json.id}/content`)).status).toBe(409);
    expect(app.unexpected.splice(0)).not.toEqual([]);
    clamd = await startClamd({ port });
    app.clock.shiftMs += 60_000;
    await app.settle();
    expect((await fang.ask("GET", `/materials/${answer.json.id}`)).json.state.code).toBe("ready");
  });

  test("an attempt that ended between moving the file and saying so is finished by the next", async () => {
    const answer = await handIn(app, fang, filing, await make.png());
    const [row] = await rowsOf(filing);
    await app.database.read("UPDATE material SET state = 'scanning' WHERE id = ?", [answer.json.id]);
    const { examineMaterial } = await import("./examine.ts");
    await Promise.all([examineMaterial(app, answer.json.id), examineMaterial(app, answer.json.id)]);
    expect((await fang.ask("GET", `/materials/${answer.json.id}`)).json.state.code).toBe("ready");
    expect(row?.["sealed_key"]).toBe((await rowsOf(filing))[0]?.["sealed_key"]);
  });
});

describe("limits", () => {
  test("a file of 200 MB is the largest", async () => {
    const order = (bytes: number) => ({ ...make.orderOf(make.noise(9)), bytes });
    expect((await fang.ask("POST", `/filings/${filing}/materials`, order(200 * 1024 ** 2))).status).toBe(201);
    const over = await fang.ask("POST", `/filings/${filing}/materials`, order(200 * 1024 ** 2 + 1));
    expect([over.status, over.json.code]).toEqual([413, "material.too_large"]);
    expect((await fang.ask("POST", `/filings/${filing}/materials`, order(10 * 1024 ** 3))).status).toBe(413);
    expect((await fang.ask("POST", `/filings/${filing}/materials`, order(0))).status).toBe(422);
    expect(await rowsOf(filing)).toHaveLength(1);
  });

  test("a gigabyte in all, however many ask at once; removing makes room", async () => {
    const big = (at: number) => ({ ...make.orderOf(Buffer.from(`${filing} ${at}`)), bytes: 200 * 1024 ** 2 });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((at) => fang.ask("POST", `/filings/${filing}/materials`, big(at))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 422, 422, 422]);
    expect(answers.find(({ status }) => status === 422)?.json.code).toBe("material.no_room");
    const one = answers.find(({ status }) => status === 201)?.json.material.id;
    expect((await fang.ask("DELETE", `/materials/${one}`)).status).toBe(204);
    expect((await fang.ask("POST", `/filings/${filing}/materials`, big(9))).status).toBe(201);
  });

  test("a hundred files", async () => {
    await app.database.read(
      "INSERT INTO material_shelf (owner_kind, owner_id, files, bytes, taken) VALUES ('filing', ?, 99, 0, 99)",
      [filing],
    );
    const add = () => fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(make.noise(20)));
    const answers = await Promise.all([add(), add(), add()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    expect(answers.find(({ status }) => status === 422)?.json.code).toBe("material.too_many");
  });

  test.each([
    "application/zip",
    "image/svg+xml",
    "text/html",
    "image/heic",
    "application/x-msdownload",
    "video/quicktime",
  ])("%s is told at once", async (contentType) => {
    const answer = await fang.ask(
      "POST",
      `/filings/${filing}/materials`,
      make.orderOf(make.noise(10), { contentType }),
    );
    expect([answer.status, answer.json.code, answer.json.errors[0].pointer]).toEqual([
      422,
      "material.type",
      "/contentType",
    ]);
    expect(await rowsOf(filing)).toEqual([]);
  });

  test("unknown fields and foreign words are refused", async () => {
    const order = make.orderOf(make.noise(10));
    for (const wrong of [
      { state: "ready" },
      { sealedKey: "x" },
      { kind: "virus" },
      { sha256: "X" },
      { bytes: 1.5 },
      { originality: "maybe" },
    ]) {
      expect((await fang.ask("POST", `/filings/${filing}/materials`, { ...order, ...wrong })).status).toBe(422);
    }
  });
});

describe("who may", () => {
  test("a stranger finds nothing: a foreign material answers exactly like one that is not there", async () => {
    const { id } = (await handIn(app, fang, filing, await make.png())).json;
    const bare = (text: string) => text.replace(/"requestId":"[^"]*"/, "");
    const tries: [string, string, unknown?][] = [
      ["GET", ""],
      ["GET", "/content"],
      ["POST", "/upload", {}],
      ["POST", "/complete", {}],
      ["POST", "/ocr", {}],
      ["PUT", "", { name: "x" }],
      ["DELETE", ""],
    ];
    for (const [method, path, body] of tries) {
      const foreign = await qiang.ask(method, `/materials/${id}${path}`, body);
      const absent = await qiang.ask(method, `/materials/99999999${path}`, body);
      expect([method, path, foreign.status]).toEqual([method, path, 404]);
      expect(bare(foreign.text)).toBe(bare(absent.text));
    }
    expect((await qiang.ask("POST", `/filings/${filing}/materials`, make.orderOf(make.noise(10)))).status).toBe(404);
    expect((await qiang.ask("PUT", `/filings/${filing}/materials/order`, { ids: [id] })).status).toBe(404);
    expect((await app.ask("GET", `/materials/${id}`)).status).toBe(401);
    expect((await fang.ask("GET", "/materials/abc")).status).toBe(404);
    expect((await fang.ask("GET", `/materials/${id}`)).json.state.code).toBe("ready");
  });

  test("the court reads what was handed in, and nothing before; each reading is written down with its reader", async () => {
    const { id } = (await handIn(app, fang, filing, await make.pdf())).json;
    expect((await clerk.ask("GET", `/materials/${id}/content`)).status).toBe(404);
    filings.set(filing, { accountId: fang.accountId, editable: false, handedIn: true });
    const read = await clerk.ask("GET", `/materials/${id}/content`);
    expect(read.status).toBe(302);
    expect(await events("material.read")).toContainEqual({
      materialId: id,
      ownerKind: "filing",
      ownerId: filing,
      variant: "view",
      actorId: clerk.accountId,
    });
    expect((await clerk.ask("GET", `/materials/${id}`)).json.moves).toEqual([{ action: "read", label: "查看" }]);
    expect((await clerk.ask("DELETE", `/materials/${id}`)).status).toBe(403);
    const location = new URL(read.headers.get("location") as string, app.origin);
    expect(Number(location.searchParams.get("expires")) - Date.now() / 1000).toBeLessThanOrEqual(300);
    const altered = new URL(location);
    altered.searchParams.set("expires", String(Number(location.searchParams.get("expires")) + 1));
    expect((await fetch(altered)).status).toBe(403);
  });

  test("nothing changes once it was handed in", async () => {
    const pending = (await fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(make.noise(30)))).json.material
      .id;
    const { id } = (await handIn(app, fang, filing, await make.png())).json;
    filings.set(filing, { accountId: fang.accountId, editable: false, handedIn: true });
    const answers = await Promise.all([
      fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(make.noise(10))),
      fang.ask("PUT", `/materials/${id}`, { name: "x" }),
      fang.ask("DELETE", `/materials/${id}`),
      fang.ask("PUT", `/filings/${filing}/materials/order`, { ids: [id, pending] }),
      fang.ask("POST", `/materials/${pending}/upload`, {}),
      fang.ask("POST", `/materials/${pending}/complete`, {}),
    ]);
    expect(answers.map(({ json }) => json.code)).toEqual(answers.map(() => "material.not_editable"));
    // The answer that got lost may still be asked for.
    expect((await fang.ask("POST", `/materials/${id}/complete`, {})).json.state.code).toBe("ready");
  });
});

describe("on the list", () => {
  test("labels change, bytes do not; the order is exactly the set", async () => {
    const ids: string[] = [];
    for (const kind of ["identity", "evidence", "evidence"])
      ids.push((await handIn(app, fang, filing, await make.png(), { kind })).json.id);
    const changed = await fang.ask("PUT", `/materials/${ids[0]}`, { name: "身份证正面.png", purpose: "身份" });
    expect(changed.json).toMatchObject({ name: "身份证正面.png", purpose: "身份", source: "", kind: "identity" });
    const reversed = [...ids].reverse();
    const ordered = await fang.ask("PUT", `/filings/${filing}/materials/order`, { ids: reversed });
    expect(ordered.json.items.map(({ id }: { id: string }) => id)).toEqual(reversed);
    for (const wrong of [ids.slice(1), [...ids, ids[0]], [ids[0], ids[0], ids[1]], [...ids.slice(1), "999"]]) {
      expect((await fang.ask("PUT", `/filings/${filing}/materials/order`, { ids: wrong })).json.code).toBe(
        "material.order",
      );
    }
    const listed = await listMaterials(app, "filing", filing, { editable: true, role: "litigant" });
    expect(listed.map(({ id }) => id)).toEqual(reversed);
    const { readyIds, byKind, total, pages } = await materialFacts(app.database, "filing", filing);
    expect({ readyIds, byKind, total, pages }).toEqual({
      readyIds: reversed,
      byKind: { identity: 1, evidence: 2 },
      total: 3,
      pages: 3,
    });
  });

  test("photographs become one document, a page each, and leave the list", async () => {
    const ids: string[] = [];
    for (let page = 0; page < 3; page += 1) {
      const sent = await handIn(app, fang, filing, await make.png(), { kind: "evidence" });
      expect(sent.status, sent.text).toBe(200);
      ids.push(sent.json.id);
    }
    await app.settle();
    const path = `/filings/${filing}/materials/combine`;
    const body = { ids: [ids[2], ids[0], ids[1]], name: "聊天记录.pdf", kind: "evidence", purpose: "证明催要过" };
    const foreign = await qiang.ask("POST", path, body, { "idempotency-key": "one" });
    expect([foreign.status, foreign.text]).toEqual([404, expect.any(String)]);
    const combined = await fang.ask("POST", path, body, { "idempotency-key": "one" });
    expect([combined.status, combined.json.purpose]).toEqual([201, "证明催要过"]);
    await app.settle();
    const again = await fang.ask("POST", path, body, { "idempotency-key": "one" });
    expect([again.status, again.json.id, again.headers.get("idempotent-replayed")]).toEqual([
      201,
      combined.json.id,
      "true",
    ]);
    const listed = await listMaterials(app, "filing", filing, { editable: true, role: "litigant" });
    expect(listed.map(({ id, pages, state, contentType }) => ({ id, pages, state: state.code, contentType }))).toEqual([
      { id: combined.json.id, pages: 3, state: "ready", contentType: "application/pdf" },
    ]);
    const late = await fang.ask("POST", path, { ...body, name: "又一份" }, { "idempotency-key": "two" });
    expect([late.status, late.json.code]).toEqual([404, "material.not_found"]);
    const paper = (await handIn(app, fang, filing, await make.pdf(), { kind: "evidence" })).json.id;
    const one = (await handIn(app, fang, filing, await make.png(), { kind: "evidence" })).json.id;
    await app.settle();
    const mixed = await fang.ask("POST", path, { ...body, ids: [one, paper] }, { "idempotency-key": "three" });
    expect([mixed.status, mixed.json.code]).toEqual([422, "material.not_pictures"]);
  });

  test("what the court never saw is erased a day after it was taken off; what it saw stays", async () => {
    const seen = (await handIn(app, fang, filing, await make.png())).json.id;
    const [now] = await app.database.read<{ at: Date }>("SELECT UTC_TIMESTAMP(3) AS at");
    const at = app.clock.shifted(now?.at as Date);
    const unseen = (await handIn(app, fang, filing, await make.png())).json.id;
    for (const id of [seen, unseen]) expect((await fang.ask("DELETE", `/materials/${id}`)).status).toBe(204);
    // The filing was handed in between the two; the news of it comes late.
    const { accountId } = fang;
    await materialSubscribers(app)["filing.moved"]?.(
      {
        about: `filing:${filing}`,
        courtCode: "鲁0102",
        filingId: filing,
        accountId,
        action: "submit",
        from: "draft",
        to: "submitted",
        round: 1,
      },
      { eventId: "1", actorId: accountId, role: "litigant", at, requestId: null },
    );
    expect((await fang.ask("GET", `/materials/${seen}`)).status).toBe(404);
    await app.settle();
    const keys = await app.database.read<{ id: string; key: string }>(
      "SELECT id, sealed_key AS `key` FROM material WHERE owner_id = ? ORDER BY id",
      [filing],
    );
    const kept = async () => Promise.all(keys.map(async ({ key }) => (await app.gateways.files.stat(key)) !== null));
    expect(await kept()).toEqual([true, true]);
    app.pass(1.1);
    await app.settle();
    expect(await kept()).toEqual([true, false]);
    [fang, qiang] = [await person(app, "王芳"), await person(app, "李强")];
  });

  test("uploads that never came are given up after two days, and what was sent to dead addresses is swept", async () => {
    const job = (name: string) => app.jobs.find((each) => each.name === name)?.run();
    const bytes = await make.png();
    const added = await fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(make.noise(12 * 1024 ** 2)));
    await sendBytes(app, added.json.upload, make.noise(12 * 1024 ** 2), (part) => part === 1);
    const { upload, material } = (await fang.ask("POST", `/filings/${filing}/materials`, make.orderOf(bytes))).json;
    await sendBytes(app, upload, bytes);
    await fang.ask("POST", `/materials/${material.id}/complete`, {});
    await sendBytes(app, upload, bytes);
    const keys = (await rowsOf(filing)).map((row) => String(row["upload_key"]));
    app.pass(1.9);
    await job("abandon-uploads");
    expect((await rowsOf(filing)).filter((row) => row["live"] === 1)).toHaveLength(2);
    app.pass(0.2);
    await job("abandon-uploads");
    await job("sweep-uploads");
    const rows = await rowsOf(filing);
    expect(rows.filter((row) => row["live"] === 1).map((row) => row["state"])).toEqual(["ready"]);
    expect(rows.every((row) => row["upload_key"] === null)).toBe(true);
    for (const key of keys) expect(await app.gateways.files.stat(key)).toBeNull();
    [fang, qiang] = [await person(app, "王芳"), await person(app, "李强")];
  });
});

describe("names are labels", () => {
  type Vector = { id: string; category: string; value: string };
  const vectors = JSON.parse(
    readFileSync(new URL("../../../../../shared/vectors/bad-inputs.json", import.meta.url), "utf8"),
  ) as { inputs: Vector[] };
  const names = vectors.inputs.filter(({ category }) => category === "filename");

  test.each(names)("$id", async ({ value }) => {
    const answer = await handIn(app, fang, filing, await make.pdf({ pages: 1 }), { name: value });
    expect(answer.status).toBe(200);
    const { id, name } = answer.json;
    expect(name).toBe(name.normalize("NFC"));
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(name.length).toBeGreaterThan(0);
    const [row] = await rowsOf(filing);
    for (const key of ["upload_key", "quarantine_key", "sealed_key"])
      expect(row?.[key]).toMatch(/^[a-z]+\/[0-9a-f]{2}\/[0-9a-f]{38}$/);
    const read = await openContent(fang, id);
    const disposition = read.headers.get("content-disposition") ?? "";
    expect(read.headers.get("x")).toBeNull();
    expect(disposition).toMatch(/^attachment; filename="[^"]*"; filename\*=UTF-8''[^;"]*\.pdf$/);
    await read.arrayBuffer();
  });
});

test("every state is reached, and only the system lets a file through", () => {
  const reached = new Set<string>([materialWorkflow.start]);
  for (const { from, to } of [...Object.values(materialWorkflow.moves), ...Object.values(materialWorkflow.moves)])
    if (from.some((state) => reached.has(state))) reached.add(to);
  expect([...reached].sort()).toEqual(Object.keys(materialWorkflow.states).sort());
  expect(materialWorkflow.moves.release.by).toEqual(["system"]);
});

const memory = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);

/** Sends half a part and hangs up. */
function cut(
  part: { url: string; headers: Record<string, string>; offset: number; bytes: number },
  bytes: Buffer,
): Promise<void> {
  return new Promise((done) => {
    const sending = request(new URL(part.url, app.origin), {
      method: "PUT",
      headers: { ...part.headers, "content-length": part.bytes },
    });
    sending.on("error", () => done());
    sending.on("close", () => done());
    sending.write(bytes.subarray(part.offset, part.offset + part.bytes / 2), () =>
      setTimeout(() => sending.destroy(), 50),
    );
  });
}
