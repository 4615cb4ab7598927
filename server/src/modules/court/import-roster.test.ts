import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { Clock } from "#core/clock.ts";
import { type Database, openDatabase } from "#core/database.ts";
import { transactor } from "#core/work.ts";
import { freshDatabase } from "#test/database.ts";
import { findCourt, forgetDirectory, openDirectory } from "./directory.ts";
import { importCourts } from "./import-roster.ts";
import { courtParameters } from "./parameters.ts";
import { readRoster } from "./read-roster.ts";
import { listCourts } from "./search.ts";
import { seedCourts } from "./seed.ts";

const clock = new Clock();
let database: Database;
let schema: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  schema = await freshDatabase("court_import");
  database = openDatabase({ url: schema.ownerUrl });
  openDirectory(database, clock);
  // A question before the seed must not hide what the seed lays down.
  await expect(findCourt("鲁0102")).rejects.toMatchObject({ code: "court.not_found" });
  await seedCourts(database);
  await database.read(
    "INSERT INTO court_parameter (court_code, name, value, valid_from, changed_by, changed_at) VALUES ('鲁0102', 'correction_days', '9', '2020-01-01', 1, UTC_TIMESTAMP(3))",
  );
});
afterAll(async () => {
  await database?.close();
  await schema?.drop();
});

describe("importing the official table", () => {
  const options = { source: "法院代字表", sourceVersion: "2026-10", complete: false, dryRun: false };
  const bring = (csv: string, more: Partial<typeof options> = {}) => {
    const { rows, errors } = readRoster(Buffer.from(csv), "csv");
    expect(errors).toEqual([]);
    return transactor(database, clock)(SYSTEM, (work) => importCourts(work, rows, { ...options, ...more }));
  };
  const court0 = async (code: string) =>
    (await database.read<Record<string, unknown>>("SELECT * FROM court WHERE code = ?", [code]))[0];

  test("what is found wrong is said by line, in Chinese, and nothing is read on trust", () => {
    const { rows, errors } = readRoster(
      Buffer.from(
        "\uFEFF法院代字,法院名称,级别,行政区划代码,网上立案\r\n鲁0102,济南市历下区人民法院,基层,370102,是\r\nX01,某法院,,,\r\n鲁0102,济南市历下区人民法院,,,\r\n鲁0103,市中,中级,37010,也许\r\n",
      ),
      "csv",
    );
    expect(rows.map(({ code }) => code)).toEqual(["鲁0102"]);
    expect(errors).toEqual([
      expect.stringMatching(/^第 3 行：法院代字“X01”不正确/),
      expect.stringMatching(/^第 3 行：法院名称/),
      expect.stringMatching(/^第 4 行：法院代字 鲁0102 与第 2 行重复/),
      expect.stringMatching(/^第 5 行：法院名称“市中”不正确/),
      expect.stringMatching(/^第 5 行：级别“中级”与法院代字 鲁0103 不符/),
      expect.stringMatching(/^第 5 行：行政区划代码“37010”不正确/),
      expect.stringMatching(/^第 5 行：网上立案“也许”不正确/),
    ]);
    expect(readRoster(Buffer.from("代字,颜色\n"), "csv").errors).toEqual([
      "第 1 行：不认识的列“颜色”",
      "第 1 行：缺少“法院名称”一列",
    ]);
    expect(readRoster(Buffer.from("{}"), "json").errors).toHaveLength(1);
    expect(readRoster(Buffer.from(""), "csv").errors.length).toBeGreaterThan(0);
  });

  test("JSON and CSV say the same; quotes, commas and GB18030 are read", () => {
    const csv = readRoster(
      Buffer.from('代字,名称,地址\n"鲁0102",济南市历下区人民法院,"某路1号,""东门"""\n'),
      "csv",
    ).rows;
    const json = readRoster(
      Buffer.from(JSON.stringify([{ code: "鲁0102", name: "济南市历下区人民法院", address: '某路1号,"东门"' }])),
      "json",
    ).rows;
    expect(csv.map(({ line: _, ...row }) => row)).toEqual(json.map(({ line: _, ...row }) => row));
    expect(csv[0]?.address).toBe('某路1号,"东门"');
    // 代字,名称 / 鲁01,济南市中级人民法院 as Excel in China saves it.
    const gb = Buffer.from("b4fad7d62cc3fbb3c60ac2b330312cbcc3c4cfcad0d6d0bcb6c8cbc3f1b7a8d4ba0a", "hex");
    expect(readRoster(gb, "csv").rows).toMatchObject([
      { code: "鲁01", name: "济南市中级人民法院", level: "中级", parentCode: "鲁" },
    ]);
  });

  test("a dry run tells and writes nothing", async () => {
    const before = await database.read("SELECT * FROM court ORDER BY code");
    const outcome = await bring("代字,名称\n鲁0102,济南市历下区第一人民法院\n鲁0199,济南市试验区人民法院\n", {
      dryRun: true,
      complete: true,
    });
    expect(outcome.added).toEqual(["鲁0199 济南市试验区人民法院"]);
    expect(outcome.changed).toEqual([
      "鲁0102 济南市历下区第一人民法院：名称由“济南市历下区人民法院”改为“济南市历下区第一人民法院”",
    ]);
    expect(outcome.missing.length).toBeGreaterThan(100);
    expect(await database.read("SELECT * FROM court ORDER BY code")).toEqual(before);
  });

  test("provisional rows become official, absent columns and the court's settings stay", async () => {
    const settled = await courtParameters("鲁0102");
    expect(settled.correctionDays).toBe(9);
    const outcome = await bring("代字,名称,地址\n鲁0102,济南市历下区人民法院,某路1号\n鲁0103,济南市市中区人民法院,\n");
    expect([outcome.added.length, outcome.changed.length, outcome.confirmed.length, outcome.retired.length]).toEqual([
      0, 1, 1, 0,
    ]);
    expect(await court0("鲁0102")).toMatchObject({
      provisional: 0,
      address: "某路1号",
      division_code: "370102",
      city: "济南市",
      source: "法院代字表",
      source_version: "2026-10",
    });
    expect(await court0("鲁0104")).toMatchObject({ provisional: 1 });
    forgetDirectory();
    expect(await courtParameters("鲁0102")).toEqual(settled);
    const again = await bring("代字,名称,地址\n鲁0102,济南市历下区人民法院,某路1号\n鲁0103,济南市市中区人民法院,\n");
    expect([again.changed, again.confirmed.length, again.kept.length]).toEqual([[], 0, 2]);
  });

  test("a parent nobody knows stops everything", async () => {
    const outcome = await bring("代字,名称,上级法院\n青2801,格尔木市法院,\n青9901,某某人民法院,青99\n");
    expect(outcome.errors).toEqual(["第 3 行：上级法院 青99 不在文件中，名录里也没有"]);
    expect(await court0("青2801")).toMatchObject({ name: "格尔木市人民法院", provisional: 1 });
  });

  test("a complete table retires what it leaves out, deletes nothing, touches no other province; seeding again respects it", async () => {
    const [before] = await database.read<{ n: string }>("SELECT CAST(COUNT(*) AS CHAR) AS n FROM court");
    const outcome = await bring(
      "代字,名称\n青,青海省高级人民法院\n青28,海西蒙古族藏族自治州中级人民法院\n青2801,格尔木市人民法院\n青2891,大柴旦矿区人民法院\n",
      { complete: true },
    );
    expect(outcome.added).toEqual(["青2891 大柴旦矿区人民法院"]);
    expect(outcome.retired).toContain("青2822");
    await seedCourts(database);
    const [after] = await database.read<{ n: string }>("SELECT CAST(COUNT(*) AS CHAR) AS n FROM court");
    expect(Number(after?.n)).toBe(Number(before?.n) + 1);
    expect(await court0("青2822")).toMatchObject({ name: "都兰县人民法院", open: 0 });
    expect(await court0("鲁0102")).toMatchObject({ provisional: 0, address: "某路1号" });
    expect(await court0("粤0118")).toMatchObject({ retired_at: null, open: 1 });

    forgetDirectory();
    const listed = await listCourts({ parent: "青28", limit: 100 });
    expect(listed.map(({ court }) => court.code)).toEqual(["青2801", "青2891"]);
    expect(await findCourt("青2822")).toMatchObject({
      name: "都兰县人民法院",
      open: false,
      retiredAt: expect.any(Date),
    });
    const [event] = await database.read<{ payload: string }>(
      "SELECT payload FROM outbox WHERE name = 'court.directory_imported' ORDER BY id DESC LIMIT 1",
    );
    expect(JSON.parse(event?.payload ?? "{}")).toMatchObject({ added: 1, retired: outcome.retired.length });
  });
});
