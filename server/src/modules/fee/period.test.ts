import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase, receive } from "#test/fees.ts";
import { clerk, key, privateLoan, seedCourtsAndRules } from "#test/filings.ts";
import { person } from "#test/people.ts";
import { payPeriod, setDay } from "./period.ts";

describe("the seven days", () => {
  it.each([
    // The notice's day is not counted; a last day of rest moves to the first working day (2026 放假安排).
    ["2026-09-14", "2026-09-21", "2026-09-21"],
    ["2026-09-17", "2026-09-24", "2026-09-24"],
    ["2026-09-18", "2026-09-28", "2026-09-25"],
    // 2026-09-20 is a Sunday that is worked: it ends there and is not moved.
    ["2026-09-13", "2026-09-20", "2026-09-20"],
    ["2026-09-24", "2026-10-08", "2026-10-01"],
    ["2026-09-30", "2026-10-08", "2026-10-07"],
    ["2026-10-03", "2026-10-10", "2026-10-10"],
    ["2026-02-08", "2026-02-24", "2026-02-15"],
    ["2026-11-22", "2026-11-30", "2026-11-29"],
  ])("served on %s they end on %s (counted: %s)", (served, dueOn, nominalDueOn) => {
    expect(payPeriod(served)).toEqual({ dueOn, nominalDueOn, provisional: false });
  });

  it("says so where the year's holidays are not published", () => {
    expect(payPeriod("2026-12-28")).toEqual({ dueOn: "2027-01-04", nominalDueOn: "2027-01-04", provisional: true });
    expect(setDay("2026-10-02")).toEqual({ dueOn: "2026-10-08", nominalDueOn: "2026-10-02", provisional: false });
  });
});

describe("service and what follows of it", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("feeperiod");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());
  const unconfirmed = (name: string) => ({
    service: { ...privateLoan(name).service, electronic: false, channels: [] },
  });

  it("without a confirmed address nothing runs until service is recorded; then it is due, soon due and overdue in turn", async () => {
    const one = await acceptedCase(app, "陈晨", { change: unconfirmed("陈晨") });
    let desk = one.clerk;
    expect((await one.owner.ask("GET", one.notice)).json).toMatchObject({
      servedOn: null,
      dueOn: null,
      daysLeft: null,
    });
    app.pass(30);
    await app.settle();
    desk = await clerk(app);
    expect((await desk.ask("GET", one.notice)).json.state.code).toBe("open");

    const serve = (input: object) => desk.ask("POST", `${one.notice}/moves`, { action: "serve", input }, key());
    const today = new Date(app.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect((await serve({ mode: "postal" })).json.code).toBe("fee.not_served");
    expect((await serve({ mode: "postal", signed_at: "2026-01-05" })).json.code).toBe("fee.not_served");
    expect((await serve({ mode: "public_notice", last_published: today })).json.code).toBe("fee.not_served");
    expect((await serve({ mode: "postal", read_receipt_at: today })).status).toBe(422);
    const served = await serve({ mode: "electronic_unconfirmed_address", read_receipt_at: today });
    expect(served.json).toMatchObject({ servedOn: today, presumed: true, dueOn: payPeriod(today).dueOn });
    expect((await serve({ mode: "direct", signed_at: today })).json.code).toBe("fee.already_served");

    const { dueOn } = served.json;
    const at = (moment: string) => app.pass((Date.parse(moment) - app.clock.now().getTime()) / 86_400_000);
    const soon = new Date(Date.parse(`${dueOn}T09:00:05+08:00`) - 2 * 86_400_000).toISOString();
    at(soon);
    await app.settle();
    at(`${dueOn}T23:59:30+08:00`);
    await app.settle();
    desk = await clerk(app);
    expect((await desk.ask("GET", one.notice)).json.state.code).toBe("open");
    expect((await desk.ask("GET", "/fee-notices?due=soon")).json.items.map(({ id }: { id: string }) => id)).toEqual([
      one.noticeId,
    ]);
    at(new Date(Date.parse(`${dueOn}T23:59:59+08:00`) + 2_000).toISOString());
    await app.settle();
    const late = (await desk.ask("GET", one.notice)).json;
    expect(late.state).toEqual({ code: "overdue", label: "逾期未交" });
    expect(late.moves.map(({ action }: { action: string }) => action)).toEqual(["pay", "change", "deem_withdrawn"]);
    expect((await desk.ask("GET", "/fee-notices?due=overdue")).json.items).toHaveLength(1);

    const owner = await person(app, "陈晨");
    const titles = (await owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles.slice(0, 3)).toEqual(["交费期限已过，请尽快交纳", "交费期限快到了", "交费期限已开始计算"]);
    // Paying late still counts.
    expect(await receive(app, one.noticeId, "9001", 105_000)).toEqual({ appliedFen: 105_000, surplusFen: 0 });
    expect((await owner.ask("GET", one.notice)).json).toMatchObject({ state: { code: "paid" }, outstandingFen: 0 });
    expect(app.unexpected).toEqual([]);
  });

  it("waits for a payment that began in time, and knows a notice by its pay code", async () => {
    const one = await acceptedCase(app, "何青", { by: await clerk(app) });
    const { dueOn, payCode } = (await one.owner.ask("GET", one.notice)).json;
    const until = new Date(Date.parse(`${dueOn}T23:59:59+08:00`) + 10 * 60_000);
    await app.database.read("UPDATE fee_notice SET paying_until = ? WHERE id = ?", [until, one.noticeId]);
    app.pass((Date.parse(`${dueOn}T23:59:59+08:00`) + 60_000 - app.clock.now().getTime()) / 86_400_000);
    await app.settle();
    const desk = await clerk(app);
    expect((await desk.ask("GET", one.notice)).json.state).toEqual({ code: "paying", label: "支付中" });
    app.pass(12 / 1440);
    await app.settle();
    const later = await clerk(app);
    expect((await later.ask("GET", one.notice)).json.state.code).toBe("overdue");

    const stranger = await person(app, "路人");
    const found = await stranger.ask("POST", "/fee-notices/lookup", { payCode: payCode.replace(/(.{4})/g, "$1 ") });
    expect(found.json).toMatchObject({ id: one.noticeId, payer: { name: "何*" }, outstandingFen: 105_000 });
    expect((await stranger.ask("GET", one.notice)).status).toBe(404);
    expect((await stranger.ask("POST", "/fee-notices/lookup", { payCode: "0000000000000000" })).status).toBe(404);
  });

  it("free kinds and what is paid later get no notice, and say so", async () => {
    const desk = await clerk(app);
    const free = await acceptedCase(app, "孙立", { by: desk, caseTypeCode: "0311" });
    expect(free.noticeId).toBe("");
    const lines = (await free.owner.ask("GET", `/cases/${free.caseId}/timeline`)).json.items;
    expect(lines.at(-1)).toMatchObject({ kind: "fee_free", detail: "依法不交案件受理费（诉讼费用交纳办法§8(一)）" });
    const none = await acceptedCase(app, "周正", { by: desk, change: { amountFen: null } });
    expect((await none.owner.ask("GET", none.notice)).json).toMatchObject({ assessedFen: 5_000 });
    const labour = await acceptedCase(app, "吴昊", { by: desk, causeCode: "CIV2025:205(5)" });
    const notice = (await labour.owner.ask("GET", labour.notice)).json;
    expect(notice.assessedFen).toBe(1_000);
    expect(notice.next).toContain("追索劳动报酬的，可以不预交");
    expect(app.unexpected).toEqual([]);
  });
});
