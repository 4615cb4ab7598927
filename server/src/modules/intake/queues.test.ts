import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, claimed, clerk, type Filed, key, seedCourtsAndRules, submitted, supervisor } from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { laneOf, standingOf } from "./item.ts";
import { CATEGORIES, DEFAULT_RULES, fitsRule } from "./route-filing.ts";

const finding = (severity: "block" | "warn" | "hint") => ({
  code: "x",
  severity,
  basis: "",
  pointer: "",
  message: "",
  fix: "",
});

describe("the order of a queue", () => {
  it("goes by the day it is due; a complete filing comes up to two days earlier", () => {
    expect(standingOf("2026-11-23", 100)).toBeLessThan(standingOf("2026-11-24", 100));
    expect(standingOf("2026-11-23", 100)).toBeLessThan(standingOf("2026-11-23", 97));
    expect(standingOf("2026-11-24", 100)).toBeLessThan(standingOf("2026-11-23", 40));
    expect(standingOf("2026-11-26", 100)).toBeGreaterThan(standingOf("2026-11-23", 0));
  });

  it.each([
    [{ daysLeft: 2, round: 1, findings: [] }, "urgent"],
    [{ daysLeft: -1, round: 2, findings: [finding("block")] }, "urgent"],
    [{ daysLeft: 3, round: 1, findings: [finding("hint")] }, "green"],
    [{ daysLeft: 7, round: 1, findings: [finding("warn")] }, "normal"],
    [{ daysLeft: 7, round: 2, findings: [finding("warn")] }, "correction"],
  ])("%j goes to the lane %s", (facts, lane) => expect(laneOf(facts as Parameters<typeof laneOf>[0])).toBe(lane));
});

describe("routing rules", () => {
  it.each([
    ["离婚纠纷", "民事", "家事立案"],
    ["法定继承纠纷", "民事", "家事立案"],
    ["劳动合同纠纷", "民事", "劳动争议立案"],
    ["金融借款合同纠纷", "民事", "商事立案"],
    ["警告", "行政", "行政立案"],
    ["", "刑事(自诉)", "刑事自诉立案"],
    ["民间借贷纠纷", "民事", "民事立案"],
  ])("%s (%s) → %s", (causeName, formField, name) => {
    const rule = DEFAULT_RULES.find(({ fits }) =>
      fitsRule(fits, { courtCode: COURT, causeName, formField, amountFen: 0 }),
    );
    expect(CATEGORIES[rule?.category ?? "civil"]).toBe(name);
  });
  it("may look at the amount", () => {
    const of = (amountFen: number) => ({ courtCode: COURT, causeName: "", formField: "", amountFen });
    const fits = { atLeastFen: 100, belowFen: 200 };
    expect([99, 100, 199, 200].map((amount) => fitsRule(fits, of(amount)))).toEqual([false, true, true, false]);
  });
});

describe("queues", () => {
  let app: TestApp;
  let wang: StaffPerson;
  let li: StaffPerson;
  let chief: StaffPerson;
  beforeAll(async () => {
    app = await startApp("queues");
    await seedCourtsAndRules(app);
  });
  beforeEach(async () => {
    app.clock.shiftMs += 120_000;
    [wang, li, chief] = [await clerk(app), await clerk(app, "clerk2"), await supervisor(app)];
  });
  afterAll(() => app.stop());

  const queueNamed = async (name: string) => {
    const { items } = (await wang.ask("GET", "/intake/queues")).json;
    return items.find((queue: { name: string }) => queue.name === name);
  };
  const next = async (who: StaffPerson, queue: { id: string }) => who.ask("POST", `/intake/queues/${queue.id}/next`);
  const move = (who: StaffPerson, id: string, body: object) => who.ask("POST", `/intake/items/${id}/moves`, body);

  it("gets filings by their cause", async () => {
    const routed: [name: string, change: object, queue: string][] = [
      ["离一", { causeCode: "CIV2025:14", formId: "05" }, "家事立案"],
      ["劳一", { causeCode: "CIV2025:205", formId: "15" }, "劳动争议立案"],
      ["行一", { causeCode: "ADM2021:1", formId: "44" }, "行政立案"],
      ["民一", {}, "民事立案"],
    ];
    for (const [name, change, queue] of routed) {
      const filing = await submitted(app, name, { change: { ...change } });
      const { items } = (await wang.ask("GET", "/intake/items?limit=100")).json;
      expect(items.find(({ filingId }: { filingId: string }) => filingId === filing.id).queue.name).toBe(queue);
    }
    expect((await queueNamed("家事立案")).counts).toMatchObject({ waiting: 1, claimed: 0, mine: 0 });
    const taken = await next(wang, await queueNamed("家事立案"));
    expect(taken.json).toMatchObject({
      state: { code: "claimed" },
      lease: { holder: { name: "clerk1" } },
      title: "离一 诉 李强 离婚纠纷",
    });
    expect((await queueNamed("家事立案")).counts).toMatchObject({ waiting: 0, claimed: 1, mine: 1 });
    expect((await next(li, await queueNamed("家事立案"))).status).toBe(204);
  });

  it("hands out the complete one before the incomplete, and what is due earlier before both", async () => {
    const queue = await queueNamed("民事立案");
    for (;;) if ((await next(chief, queue)).status === 204) break;
    const vague = await submitted(app, "次序一", { change: { mediation: { understood: null, wish: null } } });
    const complete = await submitted(app, "次序二");
    const order: string[] = [];
    for (const who of [wang, li]) order.push((await next(who, queue)).json.filingId);
    expect(order).toEqual([complete.id, vague.id]);

    const early = await submitted(app, "次序三", { change: { mediation: { understood: null, wish: null } } });
    app.pass(3);
    wang = await clerk(app);
    const late = await submitted(app, "次序四");
    expect((await next(wang, queue)).json.filingId).not.toBe(late.id);
    const { items } = (await wang.ask("GET", "/intake/items?limit=100&state=waiting")).json;
    const at = (filing: Filed) => items.findIndex(({ filingId }: { filingId: string }) => filingId === filing.id);
    expect(at(early) < at(late)).toBe(true);
  });

  it("gives back what is released, and not at once to whoever skipped it", async () => {
    const queue = await queueNamed("民事立案");
    for (;;) if ((await next(chief, queue)).status === 204) break;
    const filing = await submitted(app, "跳过");
    const first = (await next(wang, queue)).json;
    expect(first.filingId).toBe(filing.id);
    const silent = await move(wang, first.id, { action: "skip", fence: first.lease.fence });
    expect(silent.status).toBe(422);
    const skipped = await move(wang, first.id, {
      action: "skip",
      fence: first.lease.fence,
      reason: "与原告相识，需要回避",
    });
    expect(skipped.json).toMatchObject({ state: { code: "waiting" }, lease: null });
    expect((await next(wang, queue)).status).toBe(204);
    const second = (await next(li, queue)).json;
    expect([second.id, second.lease.fence > first.lease.fence]).toEqual([first.id, true]);
    expect((await move(li, second.id, { action: "release", fence: second.lease.fence })).json.state.code).toBe(
      "waiting",
    );
    expect((await move(li, second.id, { action: "release", fence: second.lease.fence })).status).toBe(409);
    expect((await move(wang, second.id, { action: "claim" })).status).toBe(200);
  });

  it("is the supervisor's to assign: the holder loses the item, others may not take it", async () => {
    const filing = await submitted(app, "指派");
    const { itemId, fence } = await claimed(wang, filing);
    expect((await move(li, itemId, { action: "assign", assigneeId: li.accountId })).status).toBe(403);
    const unknown = await move(chief, itemId, { action: "assign", assigneeId: filing.owner.accountId });
    expect([unknown.status, unknown.json.code]).toEqual([422, "intake.unknown_staff"]);
    const given = await move(chief, itemId, { action: "assign", assigneeId: li.accountId });
    expect(given.json).toMatchObject({ state: { code: "waiting" }, assignee: { name: "clerk2" }, lease: null });
    expect((await move(wang, itemId, { action: "extend", fence })).json.code).toBe("intake.stale_fence");
    const refused = await move(wang, itemId, { action: "claim" });
    expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
      409,
      "intake.assigned",
      "该件已指派给clerk2。",
    ]);
    const movesOf = async (who: StaffPerson) =>
      (await who.ask("GET", `/intake/items/${itemId}`)).json.moves.map(({ action }: { action: string }) => action);
    expect([await movesOf(wang), await movesOf(li), await movesOf(chief)]).toEqual([
      [],
      ["claim"],
      ["claim", "assign"],
    ]);
    expect((await move(li, itemId, { action: "claim" })).status).toBe(200);
  });

  it("moves what nears its last day to the urgent lane and tells the supervisors", async () => {
    const filing = await submitted(app, "临期");
    app.pass(6);
    await app.settle();
    chief = await supervisor(app);
    const { items } = (await chief.ask("GET", "/intake/items?lane=urgent&limit=100")).json;
    expect(items.map(({ filingId }: { filingId: string }) => filingId)).toContain(filing.id);
    const messages = (await chief.ask("GET", "/messages?limit=100")).json.items;
    const own = messages.filter(({ body }: { body: string }) => body.includes("临期 诉 李强"));
    expect(own[0]).toMatchObject({ title: "有案件即将超过审查期限" });
    const { json } = await chief.ask("GET", "/intake/forecast?hours=72");
    expect(json.breaches.map(({ title }: { title: string }) => title)).toContain("临期 诉 李强 民间借贷纠纷");
    expect((await wang.ask("GET", "/intake/statistics")).status).not.toBe(200);
    expect(app.unexpected).toEqual([]);
  });

  it("is nobody's but its own court's", async () => {
    const queue = await queueNamed("民事立案");
    const foreign = await clerk(app, "clerk9", "鲁0103");
    expect((await next(foreign, queue)).status).toBe(404);
    const filing = await submitted(app, "外院");
    expect((await filing.owner.ask("POST", `/intake/queues/${queue.id}/next`, undefined, key())).status).toBe(403);
  });
});
