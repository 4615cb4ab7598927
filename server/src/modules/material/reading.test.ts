import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, PRIVATE_LOAN, seedCourtsAndRules } from "#test/filings.ts";
import { inventedFront } from "#test/invented-papers.ts";
import { sha256 } from "#test/material-files.ts";
import { identityFront } from "#test/paper-pictures.ts";
import { type Person, person } from "#test/people.ts";
import { conditionsOf, dice, photograph } from "#test/photographs.ts";
import { handIn } from "#test/send-material.ts";
import { readNext } from "./reading-job.ts";

const seed = 11;
const random = dice(seed);
const card = inventedFront(random);
let app: TestApp;
let fang: Person;
let qiang: Person;
let filing = "";

beforeAll(async () => {
  app = await startApp("reading");
  await seedCourtsAndRules(app);
  [fang, qiang] = [await person(app, "王芳"), await person(app, "李强")];
  filing = (await fang.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN })).json.id;
});
afterAll(async () => {
  expect(app.unexpected).toEqual([]);
  await app.stop();
});

const photo = async () =>
  photograph(await identityFront(card), { ...conditionsOf(random), noise: 3, blur: 0.4 }, random);
const picture = async (bytes: Buffer): Promise<string> =>
  (await handIn(app, fang, filing, bytes, { name: "照片.jpg", kind: "identity", contentType: "image/jpeg" })).json.id;
/** What the worker does. */
const work = () => app.jobs.find(({ name }) => name === "read-pictures")?.run();

test(`a photographed card: queued, read by the worker, taken over with its place, seed ${seed}`, {
  timeout: 120_000,
}, async () => {
  const id = await picture(await photo());
  const none = await fang.ask("GET", `/materials/${id}/reading`);
  expect([none.json.state.code, none.json.moves]).toEqual(["none", [{ action: "ocr", label: "识别文字" }]]);
  expect((await fang.ask("GET", `/materials/${id}/reading/name/crop.png`)).json.code).toBe("material.nothing_read");

  const asked = await fang.ask("POST", `/materials/${id}/ocr`, {});
  expect([asked.status, asked.json.state.code, asked.json.fields]).toEqual([202, "queued", []]);
  // Telling events, which the process that answers does as well, reads nothing.
  while ((await app.deliver()) > 0);
  expect((await fang.ask("GET", `/materials/${id}/reading`)).json.state.code).toBe("queued");
  await work();
  const read = (await fang.ask("GET", `/materials/${id}/reading`)).json;
  expect([read.state.code, read.kind.code]).toEqual(["done", "identity_front"]);
  const values = Object.fromEntries(read.fields.map((one: { name: string; value: string }) => [one.name, one.value]));
  expect(values).toMatchObject({ number: card.number, birth: card.birth, sex: card.sex });
  // Nothing of it lies open in the database.
  const [row] = await app.database.read<{ result: Buffer }>(
    "SELECT result FROM material_reading WHERE material_id = ?",
    [id],
  );
  expect(row?.result.includes(Buffer.from(card.number))).toBe(false);

  const crop = await fetch(`${app.origin}/api/v1/materials/${id}/reading/number/crop.png`, {
    headers: { authorization: `Bearer ${fang.token}` },
  });
  expect([crop.status, crop.headers.get("content-type"), crop.headers.get("cache-control")]).toEqual([
    200,
    "image/png",
    "private, no-store",
  ]);
  const { width = 0, height = 0 } = await sharp(Buffer.from(await crop.arrayBuffer())).metadata();
  // A line of figures: long and low.
  expect(width / height).toBeGreaterThan(4);

  const sources = [
    { pointer: "/parties/p1/name", materialId: id, field: "name" },
    { pointer: "/parties/p1/idNumber", materialId: id, field: "number" },
  ];
  expect((await qiang.ask("POST", `/filings/${filing}/sources`, { sources })).status).toBe(404);
  expect((await fang.ask("POST", `/filings/${filing}/sources`, { sources })).json).toEqual({ noted: 2 });
  const party = {
    key: "p1",
    side: "plaintiff",
    kind: "natural",
    name: "别的名字",
    idType: "resident_id",
    idNumber: card.number,
  };
  const { version } = (await fang.ask("GET", `/filings/${filing}`)).json;
  const edits = [{ path: "/parties/p1", value: party, baseVersion: version }];
  expect((await fang.ask("POST", `/filings/${filing}/edits`, { edits })).status).toBe(200);
  const { items } = (await fang.ask("GET", `/filings/${filing}/sources`)).json;
  expect(items.map((one: { pointer: string; agrees: boolean }) => [one.pointer, one.agrees])).toEqual([
    ["/parties/p1/name", false],
    ["/parties/p1/idNumber", true],
  ]);
  for (const path of ["reading", "reading/number/crop.png"])
    expect((await qiang.ask("GET", `/materials/${id}/${path}`)).status).toBe(404);
});

test("asking again reads nothing twice; a source that was never read is refused", { timeout: 60_000 }, async () => {
  const blank = await sharp({ create: { width: 700, height: 500, channels: 3, background: "#ddd" } })
    .jpeg()
    .toBuffer();
  const id = await picture(blank);
  const again = await Promise.all([1, 2, 3].map(() => fang.ask("POST", `/materials/${id}/ocr`, {})));
  expect(again.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect(await readNext(app.means)).toBe(true);
  expect(await readNext(app.means)).toBe(false);
  const read = (await fang.ask("GET", `/materials/${id}/reading`)).json;
  expect([read.kind.code, read.fields, read.advice]).toEqual(["other", [], expect.stringContaining("手动填写")]);
  const sources = [{ pointer: "/parties/p1/name", materialId: id, field: "name" }];
  const refused = await fang.ask("POST", `/filings/${filing}/sources`, { sources });
  expect([refused.status, refused.json.code]).toEqual([422, "filing.source_unknown"]);
});

test("a worker that died gives its picture back; what it brings late is not written", { timeout: 60_000 }, async () => {
  const id = await picture(
    await sharp({ create: { width: 640, height: 480, channels: 3, background: "#eee" } })
      .jpeg()
      .toBuffer(),
  );
  await fang.ask("POST", `/materials/${id}/ocr`, {});
  const far = "UTC_TIMESTAMP(3) + INTERVAL 1 HOUR";
  const set = (lease: string) =>
    app.database.read(
      `UPDATE material_reading SET state = 'reading', attempts = 1, lease_until = ${lease} WHERE material_id = ?`,
      [id],
    );
  await set(far);
  expect(await readNext(app.means)).toBe(false);
  await set("UTC_TIMESTAMP(3) - INTERVAL 1 SECOND");
  expect(await readNext(app.means)).toBe(true);
  expect((await fang.ask("GET", `/materials/${id}/reading`)).json.state.code).toBe("done");
});

test("a removed picture takes what was read of it along; papers that are no pictures are not read", {
  timeout: 60_000,
}, async () => {
  const id = await picture(
    await sharp({ create: { width: 650, height: 480, channels: 3, background: "#eee" } })
      .jpeg()
      .toBuffer(),
  );
  await fang.ask("POST", `/materials/${id}/ocr`, {});
  expect((await fang.ask("DELETE", `/materials/${id}`)).status).toBe(204);
  await readNext(app.means);
  expect(await app.database.read("SELECT 1 FROM material_reading WHERE material_id = ?", [id])).toEqual([]);

  const sheet = Buffer.from("%PDF-1.4 not one");
  const order = {
    name: "x.pdf",
    kind: "evidence",
    contentType: "application/pdf",
    bytes: sheet.length,
    sha256: sha256(sheet),
  };
  const added = (await fang.ask("POST", `/filings/${filing}/materials`, order)).json;
  expect((await fang.ask("POST", `/materials/${added.material.id}/ocr`, {})).json.code).toBe("material.not_ready");
});

test("switched off, it says so plainly", { timeout: 60_000 }, async () => {
  const off = await startApp("reading-off", { environment: { OCR: "off" } });
  await seedCourtsAndRules(off);
  const one = await person(off, "王芳");
  const draft = (await one.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN })).json.id;
  const blank = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#eee" } })
    .jpeg()
    .toBuffer();
  const id = (await handIn(off, one, draft, blank, { contentType: "image/jpeg" })).json.id;
  const read = (await one.ask("GET", `/materials/${id}/reading`)).json;
  expect([read.moves, read.advice]).toEqual([[], expect.stringContaining("手动填写")]);
  const asked = await one.ask("POST", `/materials/${id}/ocr`, {});
  expect([asked.status, asked.json.code]).toEqual([503, "material.ocr_off"]);
  expect(Number(asked.headers.get("retry-after"))).toBeGreaterThan(0);
  off.unexpected.splice(0);
  await off.stop();
});
