import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#core/database.ts";
import { seedCourts } from "#modules/court/index.ts";
import { freshDatabase } from "#test/database.ts";

const PROGRAM = fileURLToPath(new URL("import-courts.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sutong-import-"));
let schema: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;

beforeAll(async () => {
  schema = await freshDatabase("import_courts");
  database = openDatabase({ url: schema.ownerUrl });
  await seedCourts(database);
});
afterAll(async () => {
  await database?.close();
  await schema?.drop();
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const environment = { ...process.env, DATABASE_URL: schema.ownerUrl, NODE_OPTIONS: "" };
    execFile(
      process.execPath,
      ["--conditions=source", "--import", "tsx", PROGRAM, ...args],
      { env: environment },
      (error, out, err) => {
        resolve({ status: error ? Number(error.code) : 0, out, err });
      },
    );
  });
}
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const provisionalOf = async (code: string) =>
  (await database.read<{ provisional: number }>("SELECT provisional FROM court WHERE code = ?", [code]))[0]
    ?.provisional;

// The example format of the documentation.
const TABLE = `法院代字,法院名称,级别,上级法院代字,行政区划代码,地址,电话,网上立案
鲁0102,济南市历下区人民法院,基层,鲁01,370102,济南市历下区某路1号,0531-12368,是
鲁0199,济南市试验区人民法院,,,,,,否
`;

test("a dry run, then the import itself, then the same again", async () => {
  const path = file("courts.csv", TABLE);
  const tried = await run(path, "--dry-run");
  expect(tried).toMatchObject({ status: 0, err: "" });
  expect(tried.out).toContain("新增：1\n  鲁0199 济南市试验区人民法院");
  expect(tried.out).toContain("试运行，未写入任何内容");
  expect(await provisionalOf("鲁0102")).toBe(1);

  const done = await run(path, "--source", "法院代字表", "--edition", "2026-10");
  expect(done).toMatchObject({ status: 0, err: "" });
  expect(done.out).toContain(
    "变更：1\n  鲁0102 济南市历下区人民法院：地址由“”改为“济南市历下区某路1号”；电话由“”改为“0531-12368”",
  );
  expect(await provisionalOf("鲁0102")).toBe(0);
  expect((await run(path, "--source", "法院代字表", "--edition", "2026-10")).out).toContain("未变：2");
}, 60_000);

test("a table with a mistake is refused whole, by line", async () => {
  const refused = await run(
    file("wrong.csv", "法院代字,法院名称\n鲁0103,济南市市中区人民法院\n鲁01O4,济南市槐荫区人民法院\n"),
  );
  expect(refused.status).toBe(1);
  expect(refused.err).toContain("第 3 行：法院代字“鲁01O4”不正确");
  expect(await provisionalOf("鲁0103")).toBe(1);
}, 60_000);

test("wrong usage is explained", async () => {
  for (const args of [[], ["a.txt"], ["a.csv", "b.csv"], ["--unknown"]])
    expect(await run(...args)).toMatchObject({ status: 2, err: expect.stringContaining("用法") });
  expect((await run(join(folder, "none.csv"))).err).toContain("无法读取文件");
}, 60_000);
