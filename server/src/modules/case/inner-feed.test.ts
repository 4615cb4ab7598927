import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, addMonths, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { type StaffPerson, staffMember } from "#test/people.ts";
import { followInnerFeed } from "./inner-feed.ts";

describe("what the court's inner system tells of a case", () => {
  let app: TestApp;
  let desk: StaffPerson;
  let head: StaffPerson;
  beforeAll(async () => {
    app = await startApp("innerfeed");
    await seedCourtsAndRules(app);
    desk = await clerk(app);
    head = await supervisor(app);
  });
  afterAll(() => app.stop());

  const tell = (one: AcceptedCase, kind: string, facts: object, more: object = {}) =>
    app.sandbox.court.tell({ caseNumber: one.caseNumber, kind, facts: facts as Record<string, unknown>, ...more });
  const follow = () => followInnerFeed(app);
  const timeline = async (one: AcceptedCase): Promise<string[]> =>
    (await one.owner.ask("GET", `/cases/${one.caseId}/timeline`)).json.items.map(
      (line: { title: string }) => line.title,
    );
  const waiting = async () => (await head.ask("GET", "/inner-events?state=waiting")).json.items;

  it("is read in the course of the case, once, however often it is told", async () => {
    const one = await acceptedCase(app, "冯一", { by: desk });
    tell(one, "progress", { title: "移送审判庭", detail: "民事审判第一庭" });
    await follow();
    await follow();
    const admin = await staffMember(app, { username: "admin9", role: "admin", courtCode: "鲁0102" });
    expect((await admin.ask("POST", "/inner-events/replay", { after: null }, key())).status).toBe(200);
    await Promise.all([follow(), follow(), follow()]);
    expect((await timeline(one)).filter((title) => title === "移送审判庭")).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  it("is taken in its order: what comes too early waits", async () => {
    const one = await acceptedCase(app, "冯二", { by: desk });
    tell(one, "progress", { title: "第二步" }, { sequence: 2 });
    tell(one, "progress", { title: "第三步" }, { sequence: 3 });
    await follow();
    expect((await timeline(one)).filter((title) => title.startsWith("第"))).toEqual([]);
    expect((await waiting()).map(({ sequence }: { sequence: number }) => sequence)).toEqual([3, 2]);
    tell(one, "progress", { title: "第一步" }, { sequence: 1 });
    await follow();
    const rows = await app.database.read<{ sequence: number }>(
      "SELECT sequence FROM inner_event WHERE case_number = ? ORDER BY applied_at, sequence",
      [one.caseNumber],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect((await timeline(one)).filter((title) => title.startsWith("第"))).toHaveLength(3);
    expect(await waiting()).toEqual([]);
  });

  it("goes by the same roads as the court's people: procedure, days not counted, the end", async () => {
    const one = await acceptedCase(app, "冯三", { by: desk });
    const today = courtDayOf(app.clock.now());
    tell(one, "procedure", { procedure: "summary" });
    tell(one, "limit_deducted", { kind: "appraisal", from: today, to: today, note: "" });
    await follow();
    const limit = (await one.owner.ask("GET", `/cases/${one.caseId}/time-limit`)).json;
    expect(limit.lastDay).toBe(addDays(addMonths(today, 3), 1));
    tell(one, "closed", { outcome: "mediation", closedOn: today, note: "" });
    await follow();
    expect((await one.owner.ask("GET", `/cases/${one.caseId}`)).json).toMatchObject({
      state: { code: "closed" },
      outcome: { code: "mediation" },
    });
  });

  it("that cannot stand is refused with its reason, leaves nothing, and holds up nothing behind it", async () => {
    const one = await acceptedCase(app, "冯四", { by: desk });
    const today = courtDayOf(app.clock.now());
    tell(one, "closed", { outcome: "judgment", closedOn: addDays(today, 3), note: "" });
    tell(one, "limit_extended", { by: "higher_court", amount: 3, approvedOn: today, note: "" });
    tell(one, "appointment", { judge: "张三" });
    tell(one, "progress", { title: "庭前会议", private: "不该有的字段" });
    tell(one, "progress", { title: "照常进行" });
    await follow();
    const told = (await head.ask("GET", "/inner-events?state=refused")).json.items;
    expect(told.map(({ reason }: { reason: string }) => reason)).toEqual([
      expect.stringContaining("内容有误"),
      "不认识的事项",
      "依照法律规定不能这样延长审限，请核对批准机关和期限",
      "日期不能晚于今天",
    ]);
    expect(await timeline(one)).toContain("照常进行");
    const limit = (await one.owner.ask("GET", `/cases/${one.caseId}/time-limit`)).json;
    expect(limit).toMatchObject({ state: { code: "running" }, lastDay: addMonths(today, 6) });
    const kept = await app.database.read("SELECT id FROM case_limit_event WHERE case_id = ?", [one.caseId]);
    expect(kept).toEqual([]);
  });

  it("of a case that is not here yet waits for it; a silent inner system is asked again", async () => {
    app.sandbox.court.tell({ caseNumber: "（2031）鲁0102民初1号", kind: "progress", facts: { title: "未到" } });
    app.sandbox.faults.set("court", { status: 503, times: 9 });
    await expect(follow()).rejects.toThrow();
    app.sandbox.faults.clear();
    await follow();
    expect(await waiting()).toHaveLength(1);
    const far = await supervisor(app, "supervisor7", "鲁0103");
    expect((await far.ask("GET", "/inner-events")).json.items).toEqual([]);
    expect(app.unexpected).toEqual([]);
  });
});
