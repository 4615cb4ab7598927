import { inflateRawSync } from "node:zlib";
import type ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answered, startApp, type TestApp } from "#test/app.ts";
import { picture, seedCourtsAndRules } from "#test/filings.ts";
import type { Person } from "#test/people.ts";
import {
  columnOf,
  FIRST_ROW,
  jobOf,
  lawyer,
  loan,
  move,
  openBook,
  type Packed,
  pageOf,
  phase,
  rowsOf,
  SHEET,
  sheetOf,
  templateOf,
  uploadJob,
  zip,
} from "#test/sheets.ts";

const AGENT = "孙律师";
const LONG = { timeout: 120_000 };

describe("sheets and archives as they should not be", () => {
  let app: TestApp;
  let who: Person;
  let template: Buffer;
  let files: Packed[];
  let number = 0;
  const one = (change = {}) => {
    number += 1;
    return loan(number, AGENT, { "files.evidence": "借条.jpg", ...change });
  };

  beforeAll(async () => {
    app = await startApp("bulk-hostile");
    await seedCourtsAndRules(app);
    who = await lawyer(app, AGENT);
    template = await templateOf(app);
    files = await Promise.all(
      ["身份证.jpg", "授权委托书.jpg", "律师证.jpg", "所函.jpg", "借条.jpg"].map(async (name) => ({
        name,
        bytes: await picture(name),
      })),
    );
  }, 120_000);
  afterAll(async () => {
    expect(app.unexpected).toEqual([]);
    await app.stop();
  });

  /** Uploads and looks at a sheet; gives the rows, or the reason why there are none. */
  async function looked(
    sheet: Buffer,
    archive: Buffer | null = zip(files),
  ): Promise<{ rows: Answered["json"][]; job: Answered["json"] }> {
    const id = await uploadJob(app, who, sheet, archive);
    const uploaded = await jobOf(who, id);
    if (uploaded.state.code !== "uploaded") return { rows: [], job: uploaded };
    const job = await phase(app, who, id, "validate");
    return { rows: await rowsOf(who, id), job };
  }
  const errorsOf = (row: Answered["json"]) =>
    row.findings.filter((finding: { severity: string }) => finding.severity === "error");
  const isGood = (row: Answered["json"]) =>
    expect(row.state.code, JSON.stringify(row.findings)).toMatch(/^(ok|warnings)$/);

  it(
    "formulas are read by their stored value and say so; without one, or reaching outside, they are refused",
    LONG,
    async () => {
      const { rows } = await looked(
        await sheetOf(template, [
          one({ amount: { formula: "50000+1", result: 50_001 } }),
          one({ amount: { formula: "1+1" } as ExcelJS.CellValue }),
          one({ "d1.name": { formula: "[1]别的表!A1", result: "李强" } as ExcelJS.CellValue }),
          one({ facts: { formula: 'HYPERLINK("http://example.com","x")', result: "点我" } as ExcelJS.CellValue }),
          one({ amount: { error: "#REF!" } as ExcelJS.CellValue }),
        ]),
      );
      isGood(rows[0]);
      expect(rows[0].findings).toContainEqual(expect.objectContaining({ code: "cell.formula", severity: "warn" }));
      expect(errorsOf(rows[1])[0].message).toContain("没有保存结果");
      expect(errorsOf(rows[2])[0].message).toContain("引用了其他文件");
      expect(errorsOf(rows[3])[0].message).toContain("引用了其他文件");
      expect(errorsOf(rows[4])[0].message).toContain("#REF!");
    },
  );

  it("amounts, dates and numbers are read exactly as they are stored", LONG, async () => {
    const { rows, job } = await looked(
      await sheetOf(
        template,
        [
          one({ amount: 4.35, "answers.claims.1.1": new Date(Date.UTC(2026, 2, 5)) }),
          one({ amount: "１２３４５．６７", "answers.claims.1.1": "2026年3月5日" }),
          one({ amount: "1,234,567.80元", "answers.claims.1.1": "２０２６／３／５" }),
          one({ amount: 0.1 + 0.2, "answers.claims.1.1": "20260305" }),
          one({ amount: 12.345 }),
          one({ amount: "5万" }),
          one({ "answers.claims.1.1": "2026-02-30" }),
          one({ "answers.claims.1.1": "26.3.5" }),
          one({ "p1.idNumber": 370199199001011200 }),
          one({ "p1.phone": 13800138000, "p1.idNumber": "１１０１０５１９４９１２３１００２ｘ" }),
        ],
        (page) => {
          // Typed by somebody into cells that were set back to general.
          for (const row of [6, 10]) page.getCell(row, columnOf(page, "amount")).numFmt = "General";
          page.getCell(6, columnOf(page, "answers.claims.1.1")).numFmt = "yyyy/m/d";
          page.getCell(14, columnOf(page, "p1.idNumber")).numFmt = "General";
        },
      ),
    );
    for (const at of [0, 1, 2, 3, 9]) isGood(rows[at]);
    await phase(app, who, job.id, "create");
    const made = await rowsOf(who, job.id, "created");
    const contents = await Promise.all(
      made.map(async ({ filing }) => (await who.ask("GET", `/filings/${filing.id}`)).json.content),
    );
    expect(contents.slice(0, 4).map(({ amountFen }) => amountFen)).toEqual([435, 1_234_567, 123_456_780, 30]);
    for (const { answers } of contents.slice(0, 4)) expect(answers["claims.1.1"]).toBe("2026-03-05");
    expect(contents[4].parties[0]).toMatchObject({ phone: "13800138000", idNumber: "11010519491231002X" });
    expect(errorsOf(rows[4])[0].message).toContain("超过两位小数");
    expect(errorsOf(rows[5])[0].message).toContain("万");
    expect(errorsOf(rows[6])[0].message).toContain("没有“2026-02-30”这一天");
    expect(errorsOf(rows[7])[0].message).toContain("不是完整的日期");
    expect(errorsOf(rows[8])[0].message).toContain("末几位已经变成 0");
  });

  it("merged cells are named in every row they cover", LONG, async () => {
    const { rows } = await looked(
      await sheetOf(template, [one(), one(), one()], (page) => {
        const column = columnOf(page, "d1.name");
        page.mergeCells(FIRST_ROW, column, FIRST_ROW + 1, column);
      }),
    );
    for (const at of [0, 1])
      expect(errorsOf(rows[at]).map(({ code }: { code: string }) => code)).toContain("cell.merged");
    isGood(rows[2]);
  });

  it("a million blank rows do no harm; more than five hundred cases are refused", LONG, async () => {
    const sheet = await sheetOf(template, [one()]);
    const blank = Array.from({ length: 1_000_000 }, (_, at) => `<row r="${at + 1000}" spans="1:40"/>`).join("");
    const began = performance.now();
    const { rows } = await looked(changed(sheet, (xml) => xml.replace("</sheetData>", `${blank}</sheetData>`)));
    console.log(`one case among a million blank rows: ${Math.round(performance.now() - began)} ms`);
    expect(rows).toHaveLength(1);
    isGood(rows[0]);

    const many = Array.from({ length: 501 }, () => ({ reference: "x" }));
    const { job } = await looked(await sheetOf(template, many), null);
    expect(job).toMatchObject({ state: { code: "refused" }, fault: expect.stringContaining("500 行") });
  });

  it(
    "a bomb in a sheet, one that declares entities, no sheet, another form, no keys: each is refused with its reason",
    LONG,
    async () => {
      const sheet = await sheetOf(template, [one()]);
      const bomb = changed(sheet, (xml) => xml.replace("</sheetData>", `${" ".repeat(60 * 1024 ** 2)}</sheetData>`));
      expect((await looked(bomb)).job).toMatchObject({
        state: { code: "refused" },
        fault: expect.stringContaining("解压后过大"),
      });

      const entities = changed(sheet, (xml) =>
        xml.replace(/<worksheet/, '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'),
      );
      expect((await looked(entities)).job.fault).toContain("内部结构异常");

      expect((await looked(Buffer.from("这不是表格"))).job.state.code).toBe("refused");
      const other = await sheetOf(await templateOf(app, "06"), [{ reference: "1" }]);
      expect((await looked(other)).job.fault).toContain("另一种案件");
      const renamed = await sheetOf(template, [one()], (page) => {
        page.name = "表1";
      });
      expect((await looked(renamed)).job.fault).toContain("填写");
      const headless = await sheetOf(template, [one()], (page) => {
        page.spliceRows(1, 1);
      });
      expect((await looked(headless)).job.fault).toContain("隐藏行");
      expect((await looked(template)).job.fault).toContain("没有读到案件");
    },
  );

  it("archives that climb out, are locked, explode or are none are refused; names in GBK are read", LONG, async () => {
    const sheet = await sheetOf(template, [one()]);
    const archiveOf = async (more: Packed[]) => (await looked(sheet, zip([...files, ...more]))).job;
    const bytes = Buffer.from("x");
    for (const name of ["../../etc/passwd", "/etc/passwd", "C:\\a.jpg", "a/../../b.jpg"]) {
      const job = await archiveOf([{ name, bytes }]);
      expect([name, job.state.code], job.fault).toEqual([name, "refused"]);
    }
    expect((await archiveOf([{ name: "a.jpg", bytes, encrypted: true }])).fault).toContain("密码");
    expect((await archiveOf([{ name: "big.jpg", bytes: Buffer.alloc(30 * 1024 ** 2) }])).fault).toContain("解压后过大");
    const many = Array.from({ length: 2001 }, (_, at) => ({ name: `${at}.jpg`, bytes }));
    expect((await archiveOf(many)).fault).toContain("2000");
    expect((await looked(sheet, Buffer.from("no zip at all"))).job.state.code).toBe("refused");

    const gbk = Buffer.concat([Buffer.from([0xbd, 0xe8, 0xcc, 0xf5]), Buffer.from(".jpg")]);
    const named = zip(files.map((file) => (file.name === "借条.jpg" ? { ...file, rawName: gbk } : file)));
    isGood((await looked(sheet, named)).rows[0]);
  });

  it(
    "a file that is not what it says stays out of the draft that is handed in, and the row says why",
    LONG,
    async () => {
      const fake = files.map((file) =>
        file.name === "借条.jpg" ? { ...file, bytes: Buffer.from("MZ this is a program") } : file,
      );
      const { job } = await looked(await sheetOf(template, [one()]), zip(fake));
      await phase(app, who, job.id, "create");
      const [row] = await rowsOf(who, job.id, "created");
      const { materials } = (await who.ask("GET", `/filings/${row.filing.id}`)).json;
      expect(materials.find(({ name }: { name: string }) => name === "借条.jpg").state.code).toBe("refused");
    },
  );

  it(
    "nothing begins before the files are there; stopping keeps what was done, and one goes on from there",
    LONG,
    async () => {
      const sheet = await sheetOf(
        template,
        Array.from({ length: 30 }, () => one()),
      );
      const id = await uploadJob(app, who, sheet, zip(files));
      expect((await move(who, id, "create")).status).toBe(409);
      await phase(app, who, id, "validate");
      expect((await move(who, id, "create")).status).toBe(200);
      await app.deliver();
      await app.deliver();
      expect((await move(who, id, "cancel")).json.state.code).toBe("cancelled");
      const made = async () => (await rowsOf(who, id)).filter(({ filing }) => filing).length;
      const before = await made();
      await app.settle();
      expect(await made()).toBe(before);
      expect(before).toBeLessThan(30);
      const stopped = await jobOf(who, id);
      expect(stopped.moves.map(({ action }: { action: string }) => action)).toContain("create");
      expect((await phase(app, who, id, "create")).state.code).toBe("created");
      expect(await rowsOf(who, id, "created")).toHaveLength(30);
      console.log(`stopped after ${before} of 30 drafts`);
    },
  );

  it("the template opens with frozen heads, hidden keys, lists and an example that is not read", LONG, async () => {
    const book = await openBook(template);
    const page = pageOf(book);
    expect(page.views[0]).toMatchObject({ state: "frozen", ySplit: 4 });
    expect(page.getRow(1).hidden).toBe(true);
    expect(page.getCell(5, 1).value).toBe("示例");
    expect(book.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ["说明", "visible"],
      [SHEET, "visible"],
      ["选项", "hidden"],
    ]);
    const keys = (page.getRow(1).values as string[]).slice(2);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

/** The same workbook with the XML of the page that is filled in changed. */
function changed(workbook: Buffer, change: (xml: string) => string): Buffer {
  const found: Packed[] = [];
  const end = workbook.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = workbook.readUInt32LE(end + 16);
  for (let count = workbook.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, packed] = [workbook.readUInt16LE(at + 10), workbook.readUInt32LE(at + 20)];
    const [nameLength, rest] = [
      workbook.readUInt16LE(at + 28),
      workbook.readUInt16LE(at + 30) + workbook.readUInt16LE(at + 32),
    ];
    const header = workbook.readUInt32LE(at + 42);
    const name = workbook.subarray(at + 46, at + 46 + nameLength).toString();
    const start = header + 30 + workbook.readUInt16LE(header + 26) + workbook.readUInt16LE(header + 28);
    const raw = workbook.subarray(start, start + packed);
    const bytes = method === 8 ? inflateRawSync(raw) : Buffer.from(raw);
    found.push({ name, bytes: name === "xl/worksheets/sheet2.xml" ? Buffer.from(change(bytes.toString())) : bytes });
    at += 46 + nameLength + rest;
  }
  return zip(found);
}
