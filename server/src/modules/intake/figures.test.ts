import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { chance } from "#test/day/chance.ts";
import { accepting, COURT, claimed, key, seedCourtsAndRules, submitted, supervisor } from "#test/filings.ts";
import { type StaffPerson, staffMember } from "#test/people.ts";
import { compareShares, percentile } from "./consistency.ts";
import { safeText } from "./export-statistics.ts";

const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));

describe("consistency", () => {
  it("is the two-proportion test, and says nothing of small samples", () => {
    const [one, other] = compareShares([
      { staffId: "1", done: 60, of: 200 },
      { staffId: "2", done: 40, of: 200 },
    ]);
    expect(one?.z).toBeCloseTo(2.3094, 4);
    expect([one?.flagged, other?.flagged, other?.rate]).toEqual([true, true, 0.2]);
    const small = compareShares([
      { staffId: "1", done: 20, of: 29 },
      { staffId: "2", done: 40, of: 400 },
    ]);
    expect(small.map(({ z, flagged }) => [z, flagged])).toEqual([
      [null, false],
      [null, false],
    ]);
    const rare = compareShares([
      { staffId: "1", done: 3, of: 100 },
      { staffId: "2", done: 0, of: 100 },
    ]);
    expect(rare[0]?.z).toBeNull();
    expect(compareShares([{ staffId: "1", done: 40, of: 100 }])[0]).toMatchObject({ z: null, flagged: false });
  });

  it("flags a planted difference and, among the honest, about one in twenty", () => {
    const luck = chance(11);
    let flagged = 0;
    let found = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const honest = ids(5).map((staffId) => ({
        staffId,
        of: 300,
        done: ids(300).filter(() => luck.next() < 0.2).length,
      }));
      flagged += compareShares(honest).filter((one) => one.flagged).length;
      const strict = { staffId: "9", of: 300, done: ids(300).filter(() => luck.next() < 0.32).length };
      found += Number(compareShares([...honest.slice(1), strict]).find(({ staffId }) => staffId === "9")?.flagged);
    }
    expect(flagged / 1000).toBeLessThan(0.07);
    expect(flagged / 1000).toBeGreaterThan(0.02);
    expect(found / 200).toBeGreaterThan(0.95);
  });

  it("percentiles are of the nearest rank", () => {
    const counted = [
      [1, 5],
      [10, 4],
      [100, 1],
    ] as const;
    expect([percentile(counted, 0.5), percentile(counted, 0.9), percentile(counted, 1), percentile([], 0.5)]).toEqual([
      1,
      10,
      100,
      null,
    ]);
  });

  it("no cell is a formula", () => {
    for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"]) expect(safeText(text)).toBe(`'${text}`);
    expect([safeText("王芳"), safeText("3-1")]).toEqual(["王芳", "3-1"]);
  });
});

describe("figures, texts and routing of a court", () => {
  let app: TestApp;
  let wang: StaffPerson;
  let chief: StaffPerson;
  let admin: StaffPerson;
  beforeAll(async () => {
    app = await startApp("figures");
    await seedCourtsAndRules(app);
    wang = await staffMember(app, {
      username: "clerk1",
      role: "clerk",
      courtCode: COURT,
      displayName: "=cmd|' /C calc'!A0",
    });
    chief = await supervisor(app);
    admin = await staffMember(app, { username: "admin1", role: "admin", courtCode: COURT });
  });
  afterAll(() => app.stop());

  it("come from what was really decided", { timeout: 60_000 }, async () => {
    const returned = await submitted(app, "数一");
    const first = await claimed(wang, returned);
    await wang.ask(
      "POST",
      `${first.item}/moves`,
      { action: "return", fence: first.fence, defects: [{ code: "facts_unclear" }] },
      key(),
    );
    await app.settle();
    await returned.owner.ask("POST", `${returned.path}/moves`, { action: "submit" }, key());
    for (const filing of [await submitted(app, "数二"), await submitted(app, "数三"), returned]) {
      await app.settle();
      const { item, fence } = await claimed(wang, filing);
      await wang.ask("POST", `${item}/moves`, accepting(fence), key());
    }
    const refused = await claimed(wang, await submitted(app, "数四"));
    await wang.ask(
      "POST",
      `${refused.item}/moves`,
      { action: "refuse", fence: refused.fence, groundCode: "arbitration", note: "有仲裁协议" },
      key(),
    );
    const { json } = await chief.ask("GET", "/intake/statistics/court?by=month");
    expect(json.totals).toMatchObject({
      received: 4,
      decided: 4,
      accepted: 3,
      returned: 1,
      refused: 1,
      late: 0,
      firstPass: 0.5,
      meanRounds: 1.33,
      medianHours: 0,
      p90Hours: 0,
    });
    expect(json.causes[0]).toMatchObject({ cause: { name: "民间借贷纠纷" }, received: 4, accepted: 3 });
    expect(json.periods.at(-1).begins).toBe(`${courtDayOf(app.clock.now()).slice(0, 7)}-01`);
    const { json: consistency } = await chief.ask("GET", "/intake/statistics/consistency");
    expect(consistency.measures.map(({ code }: { code: string }) => code)).toEqual([
      "return",
      "refuse",
      "refuse:arbitration",
      "return:facts_unclear",
    ]);
    expect(consistency.measures[0].clerks[0]).toMatchObject({ done: 1, of: 5, rate: 0.2, z: null, flagged: false });
    expect((await chief.ask("GET", "/intake/statistics/court?from=2026-12-01&until=2026-11-01")).status).toBe(422);

    const answer = await fetch(`${app.origin}/api/v1/intake/statistics/export.xlsx`, {
      headers: { authorization: `Bearer ${chief.token}` },
    });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("spreadsheetml"),
    ]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await answer.arrayBuffer()) as never);
    expect(book.worksheets.map(({ name }) => name)).toEqual(["概况", "分期", "案由", "一致性"]);
    const cells: unknown[] = [];
    for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => void cells.push(cell.value)));
    expect(cells).toContain("'=cmd|' /C calc'!A0");
    expect(cells.filter((value) => typeof value === "object" && value !== null && "formula" in value)).toEqual([]);
  });

  it("templates: placeholders are known, one title once, filled with the facts of a filing", async () => {
    const body = {
      kind: "defect",
      code: "evidence_missing",
      title: "借款交付凭证",
      body: "{原告}应补交向{被告}交付{标的额}的转账凭证。",
    };
    expect((await wang.ask("POST", "/intake/templates", body)).status).toBe(403);
    const made = await chief.ask("POST", "/intake/templates", body);
    expect(made.status, made.text).toBe(201);
    expect((await chief.ask("POST", "/intake/templates", body)).json.code).toBe("intake.template_taken");
    const wrong = await chief.ask("POST", "/intake/templates", { ...body, title: "另一个", body: "{密码}" });
    expect([wrong.json.code, wrong.json.errors[0].pointer]).toEqual(["intake.template_placeholder", "/body"]);
    expect((await chief.ask("POST", "/intake/templates", { ...body, code: "no_such" })).json.code).toBe(
      "intake.template_code",
    );
    const { itemId } = await claimed(wang, await submitted(app, "模板甲"));
    const { items } = (await wang.ask("GET", `/intake/templates?kind=defect&code=evidence_missing&item=${itemId}`))
      .json;
    expect(items[0].filled).toBe("模板甲应补交向李强交付50,000.00元的转账凭证。");
    const path = `/intake/templates/${made.json.id}`;
    expect((await chief.ask("PUT", path, body, { "if-match": '"9"' })).status).toBe(412);
    expect((await chief.ask("PUT", path, { ...body, body: "请补交凭证" }, { "if-match": '"1"' })).json.version).toBe(2);
    const far = await supervisor(app, "farchief", "鲁0103");
    expect((await far.ask("DELETE", path)).status).toBe(404);
    expect((await chief.ask("DELETE", path)).status).toBe(204);
  });

  it("routing: a court's own rule comes first and sends filings to its own queue", async () => {
    const rule = { priority: 10, category: "big", fits: { causeWords: ["借贷"], atLeastFen: 4_000_000 } };
    expect((await admin.ask("POST", "/intake/rules", rule)).json.code).toBe("intake.unknown_category");
    const queue = await admin.ask("POST", "/intake/queues", { category: "big", name: "大额立案" });
    expect(queue.status, queue.text).toBe(201);
    const made = await admin.ask("POST", "/intake/rules", rule);
    expect(made.status, made.text).toBe(201);
    const filing = await submitted(app, "大额");
    const { items } = (await wang.ask("GET", "/intake/items?limit=100")).json;
    expect(items.find(({ filingId }: { filingId: string }) => filingId === filing.id).queue.name).toBe("大额立案");
    const listed = (await admin.ask("GET", "/intake/rules")).json.items;
    expect([listed[0].own, listed[0].id, listed[1].own]).toEqual([true, made.json.id, false]);
    expect((await admin.ask("DELETE", `/intake/rules/${listed[1].id}`)).json.code).toBe("intake.rule_of_all");
    expect((await admin.ask("DELETE", `/intake/queues/${queue.json.id}`)).json.code).toBe("intake.queue_used");
    const changed = await admin.ask(
      "PUT",
      `/intake/rules/${made.json.id}`,
      { ...rule, priority: 20 },
      { "if-match": '"1"' },
    );
    expect(changed.json).toMatchObject({ priority: 20, version: 2 });
    expect((await admin.ask("PUT", `/intake/queues/${queue.json.id}`, { name: "大额案件立案" })).json.name).toBe(
      "大额案件立案",
    );
    expect((await admin.ask("DELETE", `/intake/rules/${made.json.id}`)).status).toBe(204);
    expect(app.unexpected).toEqual([]);
  });
});
