import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase, checkLedger, judge, receive } from "#test/fees.ts";
import { clerk, key, picture, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { person, type StaffPerson } from "#test/people.ts";

let made = 0;
const next = (): string => {
  made += 1;
  return String(made);
};
const dayAfter = (app: TestApp, days: number): string =>
  new Date(app.clock.now().getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

describe("relief", { timeout: 60_000 }, () => {
  let app: TestApp;
  let desk: StaffPerson;
  let head: StaffPerson;
  beforeAll(async () => {
    app = await startApp("feerelief");
    await seedCourtsAndRules(app);
    desk = await clerk(app);
    head = await supervisor(app);
  });
  afterAll(() => app.stop());

  const open = (change: Record<string, unknown> = {}, name = `申请人${next()}`) =>
    acceptedCase(app, name, { by: desk, change });
  const ask = (one: AcceptedCase, body: object) =>
    one.owner.ask("POST", `${one.notice}/relief`, { statement: "家庭困难，无力负担。", ...body }, key());
  const decide = (id: string, body: object, who = head) => who.ask("POST", `/fee-reliefs/${id}/moves`, body, key());
  const look = async (one: AcceptedCase) => (await head.ask("GET", one.notice)).json;

  it("is asked for with papers, stops the time, is granted in part, and the rest is paid", async () => {
    const name = `申请人${next()}`;
    const one = await open({}, name);
    const bytes = await picture(name);
    const announced = await one.owner.ask("POST", `${one.notice}/materials`, {
      name: "低保证.jpg",
      kind: "other",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      contentType: "image/jpeg",
    });
    expect(announced.status, announced.text).toBe(201);
    const { material, upload } = announced.json;
    expect(material).toMatchObject({ filingId: null, noticeId: one.noticeId });
    const early = await ask(one, { kind: "exempt", ground: "exempt_subsistence", materials: [material.id] });
    expect(early.json.code).toBe("relief.materials");
    await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    await one.owner.ask("POST", `/materials/${material.id}/complete`);
    await app.settle();

    const asked = await ask(one, { kind: "exempt", ground: "exempt_subsistence", materials: [material.id] });
    expect(asked.status, asked.text).toBe(201);
    expect(asked.json).toMatchObject({
      state: { code: "requested", label: "审查中" },
      kind: { code: "exempt", label: "免交" },
      ground: { basis: "诉讼费用交纳办法§45(三)" },
      moves: [{ action: "withdraw" }],
      notice: { dueFen: 105_000 },
    });
    expect((await look(one)).state.code).toBe("relief_pending");
    // The court's people see the paper, too.
    const [listed] = (await head.ask("GET", "/fee-reliefs?state=requested")).json.items;
    expect(listed).toMatchObject({ id: asked.json.id, materials: [{ id: material.id, kind: "other" }] });
    expect(listed.moves.map(({ action }: { action: string }) => action)).toEqual(["grant", "refuse"]);
    expect((await desk.ask("GET", `/materials/${material.id}`)).status).toBe(200);
    expect((await decide(asked.json.id, { action: "grant", reason: "困难属实" }, desk)).status).toBe(403);

    // However long it takes, nobody is late while the court decides.
    app.pass(30);
    await app.settle();
    desk = await clerk(app);
    head = await supervisor(app);
    expect((await look(one)).state.code).toBe("relief_pending");
    const granted = await decide(asked.json.id, { action: "grant", reduceBy: "0.50", reason: "有部分收入。" });
    expect(granted.status, granted.text).toBe(200);
    expect(granted.json).toMatchObject({
      state: { code: "granted_in_part", label: "部分准予" },
      reliefFen: 52_500,
      decidedBy: "supervisor1",
      reason: "有部分收入。",
      moves: [],
    });
    const notice = await look(one);
    expect(notice).toMatchObject({
      state: { code: "open" },
      reliefFen: 52_500,
      dueFen: 52_500,
      outstandingFen: 52_500,
    });
    expect(notice.daysLeft).toBeGreaterThanOrEqual(7);
    expect(notice.relief.state.code).toBe("granted_in_part");
    await checkLedger(app, one.noticeId);
    const owner = await person(app, name);
    const papers = (await owner.ask("GET", `${one.notice}/documents`)).json.items;
    expect(papers.at(-1)).toMatchObject({ kind: "relief_decision", title: "司法救助决定书" });
    expect(papers.at(-1).text).toContain("准予减交525.00元，还应交525.00元");
    expect(papers.at(-1).text).toContain("有部分收入。");
    await receive(app, one.noticeId, next(), 52_500);
    expect((await look(one)).state.code).toBe("paid");
    await checkLedger(app, one.noticeId);
    await app.settle();
    const titles = (await owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toContain("请交纳诉讼费");
    expect(titles).toContain("您的救助申请部分获得准许");
    const court = (await head.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(court).toContain("有救助申请待审查");
  });

  it("exempts people only, reduces by 30 per cent at least, and says why not in writing", async () => {
    const claim = await open();
    // A third person with a claim of its own, which is a company.
    const its = await desk.ask(
      "POST",
      `/cases/${claim.caseId}/fee-notices`,
      {
        source: "third_party",
        facts: { category: "property", amountFen: 5_000_000, halvings: [] },
        payerAccountId: claim.owner.accountId,
        payer: { name: "济南明德商贸有限公司", kind: "organisation" },
      },
      key(),
    );
    const one = { ...claim, noticeId: its.json.id, notice: `/fee-notices/${its.json.id}` };
    const exempt = await ask(one, { kind: "exempt", ground: "exempt_other" });
    expect([exempt.status, exempt.json.code]).toEqual([422, "relief.natural_only"]);
    const mixed = await ask(one, { kind: "reduce", ground: "defer_other" });
    expect(mixed.json.code).toBe("relief.ground");
    const { id } = (await ask(one, { kind: "reduce", ground: "reduce_welfare" })).json;
    for (const [body, code] of [
      [{ reduceBy: "0.29" }, "relief.too_little"],
      [{ reduceBy: "0.2999" }, "relief.too_little"],
      [{ reliefFen: 31_499 }, "relief.too_little"],
      [{ reliefFen: 105_000 }, "relief.too_much"],
      [{}, "relief.amount"],
      [{ reduceBy: "0.30", reliefFen: 31_500 }, "relief.amount"],
    ] as const) {
      const answer = await decide(id, { action: "grant", reason: "符合条件", ...body });
      expect([answer.status, answer.json.code], JSON.stringify(body)).toEqual([422, code]);
    }
    expect((await decide(id, { action: "refuse", reason: "" })).status).toBe(422);
    const refused = await decide(id, { action: "refuse", reason: "未提交足以证明经济困难的材料。" });
    expect(refused.json).toMatchObject({ state: { code: "refused" }, reliefFen: null });
    expect(await look(one)).toMatchObject({ state: { code: "open" }, dueFen: 105_000 });
    const papers = (await one.owner.ask("GET", `${one.notice}/documents`)).json.items;
    expect(papers.at(-1)).toMatchObject({ kind: "relief_refusal" });
    expect(papers.at(-1).text).toContain("未提交足以证明经济困难的材料。");
    const again = await ask(one, { kind: "reduce", ground: "reduce_other" });
    expect(again.json.code).toBe("relief.decided_before");
    await checkLedger(app, one.noticeId);
  });

  it("grants 30 per cent exactly, an exemption in full, and a deferral to the day that was set", async () => {
    const reduced = await open();
    const first = (await ask(reduced, { kind: "reduce", ground: "reduce_other" })).json.id;
    const granted = await decide(first, { action: "grant", reliefFen: 31_500, reason: "符合条件" });
    expect(granted.json).toMatchObject({ state: { code: "granted" }, reliefFen: 31_500 });
    // A change keeps the share that was granted.
    const change = { action: "change", reason: "withdrawn" };
    const facts = { category: "property", amountFen: 5_000_000, halvings: ["withdrawn"] };
    const halved = await desk.ask("POST", `${reduced.notice}/moves`, { ...change, facts }, key());
    expect(halved.json).toMatchObject({ assessedFen: 52_500, reliefFen: 15_750, dueFen: 36_750 });
    await checkLedger(app, reduced.noticeId);

    const exempted = await open();
    await receive(app, exempted.noticeId, next(), 5_000);
    const second = (await ask(exempted, { kind: "exempt", ground: "exempt_disabled" })).json.id;
    const free = await decide(second, { action: "grant", reason: "残疾人，无固定生活来源。" }, await judge(app));
    expect(free.json).toMatchObject({ state: { code: "granted" }, reliefFen: 105_000 });
    expect(await look(exempted)).toMatchObject({ state: { code: "exempted" }, dueFen: 0, outstandingFen: 0 });
    const due = await app.database.read("SELECT id FROM outbox WHERE name = 'fee.refund_due' AND about = ?", [
      `fee_notice:${exempted.noticeId}`,
    ]);
    expect(due).toHaveLength(1);
    await checkLedger(app, exempted.noticeId);

    const deferred = await open();
    const until = dayAfter(app, 60);
    expect((await ask(deferred, { kind: "defer", ground: "defer_injury" })).json.code).toBe("relief.defer_until");
    expect(
      (await ask(deferred, { kind: "defer", ground: "defer_injury", deferUntil: dayAfter(app, 400) })).status,
    ).toBe(422);
    const third = (await ask(deferred, { kind: "defer", ground: "defer_injury", deferUntil: until })).json.id;
    await decide(third, { action: "grant", reason: "工伤事故受害人。" });
    const notice = await look(deferred);
    expect(notice).toMatchObject({ state: { code: "open" }, deferredOn: until, nominalDueOn: until, dueFen: 105_000 });
    expect(notice.dueOn >= until).toBe(true);
  });

  it("is taken back by who asked: what was left of the time runs on; and it ends by itself when all is paid", async () => {
    const one = await open();
    const before = await look(one);
    const { id } = (await ask(one, { kind: "defer", ground: "defer_other", deferUntil: dayAfter(app, 30) })).json;
    expect((await decide(id, { action: "withdraw" }, head)).status).toBe(403);
    const back = await decide(id, { action: "withdraw" }, one.owner as StaffPerson);
    expect(back.json.state.code).toBe("withdrawn");
    expect(await look(one)).toMatchObject({ state: { code: "open" }, dueOn: before.dueOn });

    const two = await open();
    const asked = (await ask(two, { kind: "defer", ground: "defer_other", deferUntil: dayAfter(app, 30) })).json;
    await receive(app, two.noticeId, next(), 105_000);
    const after = await look(two);
    expect([after.state.code, after.relief.state.code]).toEqual(["paid", "withdrawn"]);
    expect((await decide(asked.id, { action: "refuse", reason: "不符合条件。" })).status).toBe(409);

    // Who asks to pay less and pays meanwhile keeps the request.
    const three = await open();
    const less = (await ask(three, { kind: "reduce", ground: "reduce_other" })).json;
    await receive(app, three.noticeId, next(), 105_000);
    expect((await look(three)).state.code).toBe("relief_pending");
    await decide(less.id, { action: "grant", reduceBy: "0.40", reason: "符合条件" });
    expect(await look(three)).toMatchObject({ state: { code: "paid" }, dueFen: 63_000, paidFen: 105_000 });
    await checkLedger(app, three.noticeId);
  });

  it("takes one decision of two that come at once, and one request of two", async () => {
    const one = await open();
    const both = await Promise.all([
      ask(one, { kind: "reduce", ground: "reduce_other" }),
      ask(one, { kind: "exempt", ground: "exempt_other" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [{ id }] = both.filter(({ status }) => status === 201).map(({ json }) => json) as [{ id: string }];
    const decisions = await Promise.all([
      decide(id, { action: "grant", reduceBy: "0.30", reason: "符合条件" }),
      decide(id, { action: "refuse", reason: "不符合条件。" }),
      decide(id, { action: "grant", reduceBy: "0.80", reason: "符合条件" }),
    ]);
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const kept = (await one.owner.ask("GET", `${one.notice}/documents`)).json.items;
    expect(kept.filter(({ kind }: { kind: string }) => kind.startsWith("relief_"))).toHaveLength(1);
    await checkLedger(app, one.noticeId);
    expect(app.unexpected).toEqual([]);
  });

  it("an organisation that files for itself is told plainly why it cannot be exempted, and what it may ask for", async () => {
    const one = await acceptedCase(app, "方正", { by: desk, organisation: "济南明德商贸有限公司" });
    const notice = await look(one);
    expect(notice.payer).toEqual({ name: "济南明德商贸有限公司", kind: "organisation" });
    const refused = await ask(one, { kind: "exempt", ground: "exempt_other" });
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({
      code: "relief.natural_only",
      title: "免交诉讼费用只适用于自然人；单位可以申请减交或者缓交",
      errors: [{ pointer: "/kind", message: "单位可以申请减交或者缓交" }],
    });
    expect(await look(one)).toMatchObject({ state: { code: "open" }, relief: null, version: notice.version });
    // The notice itself does not offer what it would be refused.
    const [sent] = (await one.owner.ask("GET", `${one.notice}/documents`)).json.items;
    expect(sent.text).toContain("申请缓交或者减交");
    expect(sent.text).not.toContain("免交，并");
    const { id } = (await ask(one, { kind: "reduce", ground: "reduce_other" })).json;
    // Also where an exemption was asked for before the payer was known to be an organisation, none is granted.
    await app.database.read("UPDATE fee_relief SET kind = 'exempt', ground = 'exempt_other' WHERE id = ?", [id]);
    const granted = await decide(id, { action: "grant", reason: "符合条件" });
    expect([granted.status, granted.json.code]).toEqual([422, "relief.natural_only"]);
    expect(await look(one)).toMatchObject({ state: { code: "relief_pending" }, dueFen: 105_000 });
    const half = await decide(id, { action: "grant", reduceBy: "0.50", reason: "符合条件" });
    expect(half.json, half.text).toMatchObject({ state: { code: "granted_in_part" }, reliefFen: 52_500 });
    await checkLedger(app, one.noticeId);
  });

  it("a withdrawn request is decided by nobody, also while another of the same notice is open", async () => {
    const one = await open();
    const first = (await ask(one, { kind: "reduce", ground: "reduce_other" })).json.id;
    await decide(first, { action: "withdraw" }, one.owner as StaffPerson);
    const second = (await ask(one, { kind: "exempt", ground: "exempt_other" })).json.id;
    for (const body of [
      { action: "grant", reduceBy: "0.80", reason: "符合条件" },
      { action: "refuse", reason: "不符合条件。" },
    ]) {
      const answer = await decide(first, body);
      expect([answer.status, answer.json.code]).toEqual([409, "workflow.wrong_state"]);
    }
    expect((await decide(first, { action: "withdraw" }, one.owner as StaffPerson)).status).toBe(409);
    expect(await look(one)).toMatchObject({ state: { code: "relief_pending" }, reliefFen: 0, relief: { id: second } });
    await checkLedger(app, one.noticeId);
  });

  it("names the grounds with their articles and papers, to everybody", async () => {
    const { json } = await app.ask("GET", "/relief-grounds");
    expect(json.items).toHaveLength(13);
    expect(json.items.filter(({ naturalOnly }: { naturalOnly: boolean }) => naturalOnly)).toHaveLength(5);
    for (const { basis, papers } of json.items) {
      expect(basis).toMatch(/^诉讼费用交纳办法§4[567]\([一二三四五]\)$/);
      expect(papers).not.toBe("");
    }
  });
});
