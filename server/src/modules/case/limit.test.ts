import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, addMonths, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase, judge } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { person, type StaffPerson } from "#test/people.ts";

type Named = { readonly action: string };

describe("the time a court may take", () => {
  let app: TestApp;
  let desk: StaffPerson;
  let trial: StaffPerson;
  let head: StaffPerson;
  beforeAll(async () => {
    app = await startApp("caselimit");
    await seedCourtsAndRules(app);
    desk = await clerk(app);
    trial = await judge(app);
    head = await supervisor(app);
  });
  afterAll(() => app.stop());

  const today = () => courtDayOf(app.clock.now());
  const open = (name: string) => acceptedCase(app, name, { by: desk });
  const look = async (one: AcceptedCase, who = one.owner) =>
    (await who.ask("GET", `/cases/${one.caseId}/time-limit`)).json;
  const move = (one: AcceptedCase, body: object, who: StaffPerson = trial) =>
    who.ask("POST", `/cases/${one.caseId}/time-limit/moves`, body, key());
  const set = (one: AcceptedCase, body: object) => trial.ask("POST", `/cases/${one.caseId}/moves`, body, key());

  it("runs six months from acceptance, three in summary procedure, six again when that became ordinary", async () => {
    const one = await open("甲一");
    const accepted = today();
    expect(await look(one)).toMatchObject({ state: { code: "running" }, lastDay: addMonths(accepted, 6) });
    await set(one, { action: "assign", procedure: "summary" });
    expect((await look(one)).lastDay).toBe(addMonths(accepted, 3));
    await set(one, { action: "assign", procedure: "ordinary" });
    expect((await look(one)).lastDay).toBe(addMonths(accepted, 6));
    const other = await person(app, "旁人");
    expect((await other.ask("GET", `/cases/${one.caseId}/time-limit`)).status).toBe(404);
  });

  it("stands while days are not counted, and both sides read why in the course of the case", async () => {
    const one = await open("甲二");
    const from = today();
    const stopped = await move(one, { action: "deduct", kind: "appraisal", from, note: "委托笔迹鉴定" });
    expect(stopped.status, stopped.text).toBe(200);
    expect(stopped.json).toMatchObject({ state: { code: "stopped" }, excludedDays: 1 });
    expect((await move(one, { action: "deduct", kind: "settlement", from })).json.code).toBe("case.limit_open");
    expect(await look(one, trial)).toMatchObject({ stoppedSince: from, moves: [{ action: "resume" }], deductions: [] });
    expect((await look(one)).moves, "a party records nothing").toEqual([]);
    app.pass(10);
    [desk, trial, head] = [await clerk(app), await judge(app), await supervisor(app)];
    const back = await move(one, { action: "resume", to: addDays(from, 9) });
    expect(back.json).toMatchObject({ excludedDays: 10, lastDay: addDays(addMonths(from, 6), 10) });
    expect((await move(one, { action: "resume", to: addDays(from, 9) })).json.code).toBe("case.limit_not_open");
    const { items } = (await desk.ask("GET", `/cases/${one.caseId}/timeline`)).json;
    const lines = items.filter((line: { kind: string }) => line.kind === "limit");
    expect(lines).toMatchObject([
      { title: "扣除审理期限：鉴定期间" },
      { title: "扣除审理期限的情形消除，继续计算", detail: `审理期限至 ${addDays(addMonths(from, 6), 10)}` },
    ]);
  });

  it("is lengthened as the law allows and no further; a refused step leaves nothing", async () => {
    const one = await open("甲三");
    const day = today();
    await set(one, { action: "assign", procedure: "summary" });
    const actions = async (who: StaffPerson) => (await look(one, who)).moves.map((each: Named) => each.action);
    expect(await actions(trial)).toEqual(["deduct"]);
    expect(await actions(head)).toEqual(["extend", "deduct"]);
    const month = { action: "extend", by: "president", amount: 1, approvedOn: day };
    expect((await move(one, month)).status, "a judge does not lengthen their own time").toBe(403);
    expect((await move(one, { ...month, amount: 2 }, head)).json.code).toBe("trial.extension_refused");
    expect((await move(one, month, head)).json).toMatchObject({
      lastDay: addMonths(addMonths(day, 3), 1),
      mayExtend: null,
    });
    expect((await move(one, month, head)).json.code).toBe("trial.extension_refused");
    expect((await look(one)).steps).toHaveLength(2);
    expect(await actions(head), "nothing more to lengthen").toEqual(["deduct"]);
    const tomorrow = { action: "deduct", kind: "audit", from: addDays(day, 1) };
    expect((await move(one, tomorrow)).json.code).toBe("case.limit_future");
    const before = { action: "deduct", kind: "audit", from: addDays(day, -1), to: day };
    expect((await move(one, before)).json.code).toBe("case.limit_before");
  });

  it("ends with the case; who tries it closes it once", async () => {
    const one = await open("甲四");
    const done = { action: "close", outcome: "judgment", closedOn: today(), note: "" };
    expect((await desk.ask("POST", `/cases/${one.caseId}/moves`, done, key())).status).toBe(403);
    const closed = await set(one, done);
    expect(closed.json).toMatchObject({ state: { code: "closed" }, outcome: { label: "判决" }, closedOn: today() });
    expect(await look(one, trial)).toMatchObject({ state: { code: "closed" }, daysLeft: null, moves: [] });
    expect((await set(one, done)).status).toBe(409);
    expect((await move(one, { action: "deduct", kind: "audit", from: today() })).json.code).toBe("case.closed");
    expect(app.unexpected).toEqual([]);
  });
});
