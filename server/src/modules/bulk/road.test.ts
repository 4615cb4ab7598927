import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { picture, seedCourtsAndRules } from "#test/filings.ts";
import type { Person } from "#test/people.ts";
import {
  type Cells,
  FIRST_ROW,
  jobOf,
  lawyer,
  loan,
  move,
  openBook,
  pageOf,
  phase,
  rowsOf,
  sheetOf,
  signJob,
  templateOf,
  uploadJob,
  zip,
} from "#test/sheets.ts";

const AGENT = "王律师";
const LONG = { timeout: 120_000 };

describe("a sheet of twenty cases, three of them bad", () => {
  let app: TestApp;
  let who: Person;
  let template: Buffer;
  let archive: Buffer;
  let jobId: string;
  let firstSheet: Buffer;
  const bad: Record<number, Cells> = {
    3: { amount: "五万元" },
    8: { "p1.idNumber": "370199199001011234" },
    15: { "files.evidence": "证据/15/没有这个.jpg" },
  };
  const numbers = Array.from({ length: 20 }, (_, at) => at);

  beforeAll(async () => {
    app = await startApp("bulk-road");
    await seedCourtsAndRules(app);
    who = await lawyer(app, AGENT);
    template = await templateOf(app);
    archive = zip(
      await Promise.all(
        ["身份证.jpg", "授权委托书.jpg", "律师证.jpg", "所函.jpg", ...numbers.map((n) => `证据/${n}/借条.jpg`)].map(
          async (name) => ({ name, bytes: await picture(name) }),
        ),
      ),
    );
  }, 120_000);
  afterAll(() => app.stop());

  it("is uploaded past us, checked, and found ready to be looked at", LONG, async () => {
    firstSheet = await sheetOf(
      template,
      numbers.map((n) => loan(n, AGENT, bad[n])),
    );
    jobId = await uploadJob(app, who, firstSheet, archive);
    const job = await jobOf(who, jobId);
    expect(job.state.code, JSON.stringify(job)).toBe("uploaded");
    expect(job.moves.map(({ action }: { action: string }) => action)).toEqual(["validate", "cancel"]);
    expect(job.archive.state.code).toBe("ready");
  });

  it("names each fault by its cell, with what to do, and leaves the others alone", LONG, async () => {
    const job = await phase(app, who, jobId, "validate");
    expect(job.state.code).toBe("validated");
    const rows = await rowsOf(who, jobId);
    expect(rows.map(({ row }) => row)).toEqual(numbers.map((n) => n + FIRST_ROW));
    const wrong = rows.filter(({ state }) => state.code === "errors");
    expect(wrong.map(({ row }) => row - FIRST_ROW)).toEqual([3, 8, 15]);
    const faults = wrong.map(({ findings }) =>
      findings.filter((one: { severity: string }) => one.severity === "error"),
    );
    const page = pageOf(await openBook(firstSheet));
    const keys = page.getRow(1).values as string[];
    const at = (key: string, n: number) => page.getCell(FIRST_ROW + n, keys.indexOf(key)).address;
    expect(faults[0]).toContainEqual(
      expect.objectContaining({
        cell: at("amount", 3),
        message: expect.stringContaining("万"),
        fix: expect.stringMatching(/50000/),
      }),
    );
    expect(faults[1]).toContainEqual(
      expect.objectContaining({ cell: at("p1.idNumber", 8), column: "原告1 证件号码", code: "content.invalid" }),
    );
    expect(faults[2]).toContainEqual(
      expect.objectContaining({ cell: at("files.evidence", 15), message: expect.stringContaining("没有这个.jpg") }),
    );
    const good = rows.filter(({ state }) => ["ok", "warnings"].includes(state.code));
    expect(good).toHaveLength(17);
    for (const { findings, title } of good) {
      expect(findings.filter(({ severity }: { severity: string }) => ["error", "block"].includes(severity))).toEqual(
        [],
      );
      expect(title).toContain("诉 李强 民间借贷纠纷");
    }
  });

  it("makes the drafts with their papers, by the road of every material", LONG, async () => {
    const job = await phase(app, who, jobId, "create");
    expect(job.state.code).toBe("created");
    const rows = await rowsOf(who, jobId, "created");
    expect(rows).toHaveLength(17);
    const filing = (await who.ask("GET", `/filings/${rows[0].filing.id}`)).json;
    expect(filing.content.amountFen).toBe(5_000_000);
    expect(filing.content.answers).toMatchObject({ "claims.1.2": "50000.00", "claims.8": "50000.00" });
    expect(filing.content.parties[0]).toMatchObject({
      key: "p1",
      side: "plaintiff",
      kind: "natural",
      phone: "13800138000",
    });
    expect(filing.content.parties[0].agents[0]).toMatchObject({
      name: AGENT,
      powers: "special",
      specialPowers: ["admit", "settle"],
    });
    expect(
      filing.materials.map(({ kind, state, purpose, name }: Record<string, { code: string }>) => [
        kind,
        state?.code,
        purpose,
        name,
      ]),
    ).toEqual([
      ["identity", "ready", "", "身份证.jpg"],
      ["power_of_attorney", "ready", "", "授权委托书.jpg"],
      ["license", "ready", "", "律师证.jpg"],
      ["firm_letter", "ready", "", "所函.jpg"],
      ["evidence", "ready", "证明借款事实", "借条.jpg"],
    ]);
  });

  it("without a signature hands nothing in, and says so; signed once, hands all of them in", LONG, async () => {
    await phase(app, who, jobId, "submit");
    const held = await rowsOf(who, jobId, "held");
    expect(held).toHaveLength(17);
    expect(held[0].findings[0]).toMatchObject({ code: "signature.missing", severity: "block" });
    await signJob(app, who, jobId, await picture("signature"));
    const job = await phase(app, who, jobId, "submit");
    expect(job.state.code).toBe("submitted");
    const rows = await rowsOf(who, jobId, "submitted");
    expect(rows).toHaveLength(17);
    for (const { filing } of rows) expect(filing.receiptNumber).toMatch(/^收鲁0102-\d{8}-\d{5}$/);
    expect(new Set(rows.map(({ filing }) => filing.receiptNumber)).size).toBe(17);
    const { content, state } = (await who.ask("GET", `/filings/${rows[3].filing.id}`)).json;
    expect(state.code).toBe("submitted");
    expect(content.signature.materialId).toMatch(/^\d+$/);
  });

  it("gives the sheet back with what became of each row, and the bad rows alone to be mended", LONG, async () => {
    const fetched = async (path: string) => {
      const response = await fetch(`${app.origin}/api/v1/jobs/${jobId}/result.xlsx${path}`, {
        headers: { authorization: `Bearer ${who.token}` },
      });
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    };
    const whole = pageOf(await openBook(await fetched("")));
    expect(whole.getCell(5, 3).value).toBe("已提交");
    expect(String(whole.getCell(5 + 3, 4).value)).toContain("须改正");

    const mending = await openBook(await fetched("?only=bad"));
    const page = pageOf(mending);
    const keys = page.getRow(1).values as string[];
    const column = (name: string) => keys.indexOf(name);
    expect([5, 6, 7].map((row) => page.getCell(row, 2).value)).toEqual(["9", "14", "21"]);
    expect(page.getCell(8, column("p1.name")).value).toBeNull();
    page.getCell(5, column("amount")).value = 50003;
    page.getCell(6, column("p1.idNumber")).value = loan(8, AGENT)["p1.idNumber"] as string;
    page.getCell(7, column("files.evidence")).value = "证据/15/借条.jpg";
    const again = await uploadJob(app, who, Buffer.from(await mending.xlsx.writeBuffer()), archive);
    await phase(app, who, again, "validate");
    expect((await rowsOf(who, again)).map(({ state, findings }) => [state.code, findings])).toEqual(
      Array.from({ length: 3 }, () => [expect.stringMatching(/ok|warnings/), expect.anything()]),
    );
    await phase(app, who, again, "create");
    expect(await rowsOf(who, again, "created")).toHaveLength(3);
  });

  it("makes nothing twice: the same sheet again is told where it was made", LONG, async () => {
    const before = (await app.database.read("SELECT id FROM filing")).length;
    const again = await uploadJob(app, who, firstSheet, archive);
    expect((await jobOf(who, again)).earlier).toMatchObject({ id: jobId });
    const job = await phase(app, who, again, "validate");
    const rows = await rowsOf(who, again, "duplicate");
    expect(rows).toHaveLength(17);
    expect(rows[0].duplicateOf).toEqual({
      jobId,
      row: FIRST_ROW,
      filingId: (await rowsOf(who, jobId))[0].filing.id,
      message: `已在任务 ${jobId} 第 ${FIRST_ROW} 行建立`,
    });
    expect(job.moves.map(({ action }: { action: string }) => action)).toEqual(["cancel"]);
    expect((await move(who, again, "create")).json.code).toBe("bulk.nothing_to_do");
    expect(await app.database.read("SELECT id FROM filing")).toHaveLength(before);
  });

  it("two jobs of one sheet at the same time make each row once", LONG, async () => {
    const sheet = await sheetOf(
      template,
      [100, 101, 102].map((n) => loan(n, AGENT, { "files.evidence": "证据/1/借条.jpg" })),
    );
    const jobs = [await uploadJob(app, who, sheet, archive), await uploadJob(app, who, sheet, archive)];
    for (const id of jobs) await phase(app, who, id, "validate");
    await Promise.all(jobs.map((id) => move(who, id, "create")));
    await Promise.all(jobs.map((id) => phaseEnd(id)));
    const all = (await Promise.all(jobs.map((id) => rowsOf(who, id)))).flat();
    expect(all.filter(({ filing }) => filing)).toHaveLength(3);
    expect(all.filter(({ state }) => state.code === "duplicate")).toHaveLength(3);
  });

  it("what was withdrawn may be made anew", LONG, async () => {
    const [row] = await rowsOf(who, jobId, "submitted");
    const withdrawn = await who.ask("POST", `/filings/${row.filing.id}/moves`, {
      action: "withdraw",
      note: "重新提交",
    });
    expect(withdrawn.status).toBe(200);
    await app.settle();
    expect((await rowsOf(who, jobId, "withdrawn")).map(({ row: number }) => number)).toEqual([row.row]);
    const sheet = await sheetOf(template, [loan(row.row - FIRST_ROW, AGENT)]);
    const again = await uploadJob(app, who, sheet, archive);
    await phase(app, who, again, "validate");
    expect((await rowsOf(who, again))[0].state.code).not.toBe("duplicate");
  });

  it("the same line twice in one sheet is made once", LONG, async () => {
    const twice = [loan(200, AGENT), loan(200, AGENT)].map((cells) => ({
      ...cells,
      "files.evidence": "证据/1/借条.jpg",
    }));
    const id = await uploadJob(app, who, await sheetOf(template, twice), archive);
    await phase(app, who, id, "validate");
    const [first, second] = await rowsOf(who, id);
    expect(["ok", "warnings"]).toContain(first.state.code);
    expect(second).toMatchObject({
      state: { code: "duplicate" },
      duplicateOf: { row: FIRST_ROW, message: `与本表第 ${FIRST_ROW} 行是同一件` },
    });
  });

  it("nobody without the power signs for others: the row stays a draft and says why", LONG, async () => {
    const other = await lawyer(app, "钱律师");
    const id = await uploadJob(
      app,
      other,
      await sheetOf(template, [loan(300, AGENT, { "files.evidence": "证据/1/借条.jpg" })]),
      archive,
    );
    await phase(app, other, id, "validate");
    expect((await rowsOf(other, id))[0].findings).toContainEqual(
      expect.objectContaining({ code: "signature.no_power", severity: "block" }),
    );
    await phase(app, other, id, "create");
    await signJob(app, other, id, await picture("another signature"));
    await phase(app, other, id, "submit");
    const [row] = await rowsOf(other, id);
    expect(row).toMatchObject({ state: { code: "held" }, findings: [{ code: "signature.no_power" }] });
    expect((await who.ask("GET", `/jobs/${id}`)).status).toBe(404);
  });

  it("no personal data stands in the events, nor in the clear in the tables", LONG, async () => {
    expect(app.unexpected).toEqual([]);
    const events = JSON.stringify(
      await app.database.read("SELECT name, about, payload FROM outbox WHERE name LIKE 'bulk%'"),
    );
    const rows = await app.database.read<{ all: string }>(
      "SELECT CONCAT_WS(' ', HEX(cells), HEX(content), HEX(findings), HEX(title), business_key) AS `all` FROM bulk_row",
    );
    const stored = rows.map(({ all }) => all).join("\n");
    for (const word of ["李强", loan(1, AGENT)["p1.name"] as string, "13800138000"]) {
      expect(events).not.toContain(word);
      expect(stored).not.toContain(Buffer.from(word).toString("hex").toUpperCase());
    }
  });

  async function phaseEnd(id: string): Promise<void> {
    const { untilRests } = await import("#test/sheets.ts");
    await untilRests(app, who, id);
  }
});
