import { existsSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import type { AppEvent } from "#core/outbox.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { computeDeadline } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { work as compute, isPeriod } from "./compute.ts";
import { type Inputs, RULES, type Rule, type RuleCode } from "./rules.ts";

interface Case {
  readonly caseId: string;
  readonly number: string;
  readonly names: readonly [string, string];
  plaintiff: Person;
  defendant: Person;
}
interface Duty {
  readonly id: string;
  readonly rule: { readonly code: string };
  readonly party: { readonly key: string; readonly name: string; readonly sideLabel: string };
  readonly dueOn: string;
  readonly state: { readonly code: string };
  readonly [more: string]: unknown;
}
interface Line {
  readonly id: string;
  readonly kind: { readonly code: string };
  readonly title: string;
  readonly acknowledged: boolean;
  readonly obligation: Duty | null;
}

describe("the lawyer's desk", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let signIns = 0;
  beforeAll(async () => {
    app = await startApp("desk");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
  });
  afterAll(() => app.stop());

  async function running(name: string, other: string): Promise<Case> {
    const filing = await submitted(app, name, { defendant: other });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    const defendant = await person(app, other, { verified: true });
    expect((await defendant.ask("POST", "/cases/join", { number, accessCode: code })).status).toBe(200);
    await app.settle();
    return { caseId, number, names: [name, other], plaintiff: filing.owner, defendant };
  }
  async function pass(days: number, one: Case): Promise<void> {
    app.pass(days);
    signIns += 1;
    staff = await clerk(app, `clerk1y${signIns}`);
    judge = await staffMember(app, { username: `judge1y${signIns}`, role: "judge", courtCode: COURT });
    one.plaintiff = await person(app, one.names[0]);
    one.defendant = await person(app, one.names[1]);
    await app.settle();
  }
  const today = (): string => courtDayOf(app.clock.now());
  async function serve({ caseId }: Case, documentKind: string, partyKey = "d1"): Promise<string> {
    const order = {
      documentKind,
      title: "文书",
      text: "请按时参加诉讼。",
      recipients: [partyKey],
      channel: "post",
    };
    const made = await staff.ask("POST", `/cases/${caseId}/services`, order, key());
    expect(made.status, made.text).toBe(201);
    await app.settle();
    return made.json.items[0].id;
  }
  const moveService = async (who: Person, id: string, body: object) => {
    const moved = await who.ask("POST", `/services/${id}/moves`, body, key());
    expect(moved.status, moved.text).toBe(200);
    await app.settle();
  };
  const signed = (id: string, signedOn: string) =>
    moveService(staff, id, { action: "record", channel: "post", facts: { signedOn, signedBy: "本人" } });
  const duties = async (who: Person, query = ""): Promise<Duty[]> => {
    const found = await who.ask("GET", `/obligations${query}`);
    expect(found.status, found.text).toBe(200);
    return found.json.items;
  };
  const dutyOf = async (who: Person, { caseId }: Case, rule: string, state = "open"): Promise<Duty | undefined> =>
    (await duties(who, `?caseId=${caseId}&state=${state}`)).find((one) => one.rule.code === rule);
  const inbox = async (who: Person, query = ""): Promise<Line[]> => {
    const found = await who.ask("GET", `/changes${query}`);
    expect(found.status, found.text).toBe(200);
    return found.json.items;
  };
  const emit = async (event: AppEvent): Promise<void> => {
    await app.transact(SYSTEM, (work) => work.emit(event));
    await app.settle();
  };

  it("names only periods that stand in the table of the law", () => {
    for (const [code, rule] of Object.entries(RULES) as [string, Rule][])
      for (const procedure of ["ordinary", "summary", "small", null] as const)
        for (const abroad of [true, false]) {
          const name = rule.period({ eventDate: "2026-03-02", procedure, abroad });
          if (name !== null) expect(isPeriod(name), `${code}: ${name}`).toBe(true);
        }
  });

  it("asks for the renewal of a preservation seven days before its end, day of rest or not (法释〔2016〕22号 §18)", () => {
    const due = (eventDate: string, years: number) => compute("preservation_renewal", { eventDate, years })?.dueOn;
    expect(due("2026-06-01", 1)).toBe("2027-05-25");
    // A Sunday, and the end of a month that is shorter three years later.
    expect(due("2026-10-17", 1)).toBe("2027-10-10");
    expect(due("2024-02-29", 3)).toBe("2027-02-21");
  });

  const file = new URL("../../../../../shared/vectors/periods.json", import.meta.url);
  it.runIf(existsSync(file))("gives the days of the shared vectors, wherever one of its rules has that period", () => {
    const { vectors } = JSON.parse(readFileSync(file, "utf8")) as {
      vectors: {
        id: string;
        rule: string;
        event_date?: string;
        amount: number;
        expected_last_day?: string;
        nominal_last_day?: string;
      }[];
    };
    const ways: (readonly [RuleCode, Partial<Inputs>])[] = (Object.keys(RULES) as RuleCode[]).flatMap((rule) =>
      [false, true].flatMap((abroad) =>
        (["ordinary", "summary", "small"] as const).map((procedure) => [rule, { abroad, procedure }] as const),
      ),
    );
    const met = new Set<string>();
    for (const {
      id,
      rule,
      event_date: eventDate,
      amount,
      expected_last_day: last,
      nominal_last_day: nominal,
    } of vectors) {
      if (!eventDate || !last) continue;
      const way = ways.find(([code, some]) => (RULES[code] as Rule).period({ eventDate, ...some }) === rule);
      if (!way) continue;
      const [code, some] = way;
      const days = code === "evidence" ? { days: amount } : {};
      expect(compute(code, { eventDate, ...some, ...days }), id).toMatchObject({
        dueOn: last,
        ...(nominal ? { nominalOn: nominal } : {}),
      });
      met.add(id);
    }
    console.log(
      `periods.json through the engine: ${met.size} of ${vectors.length} vectors (the others are the court's own periods)`,
    );
    expect(met.size).toBeGreaterThanOrEqual(10);
  });

  it("begins the periods with the day of service, and explains each; the other side hears of it and has none", async () => {
    const one = await running("王芳", "李强");
    expect(await dutyOf(one.defendant, one, "answer")).toBeUndefined();
    const id = await serve(one, "complaint");
    await pass(3, one);
    await signed(id, today());
    const due = computeDeadline({ rule: "答辩期", eventDate: today() });
    const answer = await dutyOf(one.defendant, one, "answer");
    expect(answer).toMatchObject({
      party: { key: "d1", sideLabel: "被告", name: "李强" },
      case: { id: one.caseId, number: one.number },
      dueOn: due.lastDay,
      nominalOn: due.nominalLastDay,
      state: { code: "open", label: "待办" },
      moves: [{ action: "done" }],
      source: { kind: "service", id },
      rulesVersion: "2026-01",
    });
    expect(answer?.["explanation"]).toBe(due.explanation);
    expect(answer?.["basis"]).toMatch(/民事诉讼法§128/);
    expect(answer?.["inputs"]).toContainEqual({ label: "起算之日", value: today() });
    expect(await dutyOf(one.defendant, one, "jurisdiction_objection")).toMatchObject({ dueOn: due.lastDay });
    const lines = await inbox(one.defendant);
    expect(lines[0]).toMatchObject({
      kind: { code: "service.effective" },
      acknowledged: false,
      obligation: { id: answer?.id, dueOn: due.lastDay },
    });
    // The plaintiff reads that it was served; the duty is not theirs.
    expect((await duties(one.plaintiff)).filter(({ rule }) => rule.code === "answer")).toEqual([]);
    const theirs = (await inbox(one.plaintiff)).find(({ kind }) => kind.code === "service.effective");
    expect(theirs?.title).toContain("送达被告");
    expect(theirs?.obligation).toBeNull();
  });

  it("works a last day out anew when the day of service is changed, and tells both sides", async () => {
    const one = await running("周敏", "吴刚");
    const id = await serve(one, "judgment");
    await pass(6, one);
    const [first, second] = [addDays(today(), -5), addDays(today(), -2)];
    await signed(id, first);
    const before = computeDeadline({ rule: "上诉期-判决", eventDate: first }).lastDay;
    expect(await dutyOf(one.defendant, one, "appeal")).toMatchObject({ dueOn: before });
    await moveService(one.defendant, id, { action: "contest", claimedOn: second, note: "当日不在家" });
    expect(await dutyOf(one.defendant, one, "appeal")).toMatchObject({ dueOn: before, provisional: true });
    const body = { action: "decide_contest", accept: true, effectiveOn: second, reason: "快递记录属实" };
    const asked = performance.now();
    await moveService(judge, id, body);
    const after = computeDeadline({ rule: "上诉期-判决", eventDate: second }).lastDay;
    expect(after).not.toBe(before);
    expect(await dutyOf(one.defendant, one, "appeal")).toMatchObject({ dueOn: after });
    console.log(`from the court's word to the new last day, read back: ${Math.round(performance.now() - asked)} ms`);
    for (const who of [one.plaintiff, one.defendant]) {
      const lines = await inbox(who, `?caseId=${one.caseId}`);
      expect(lines.map(({ kind }) => kind.code)).toEqual(
        expect.arrayContaining(["service.effect_changed", "obligation.changed", "service.contest_decided"]),
      );
      const moved = lines.find(({ kind }) => kind.code === "obligation.changed");
      expect(moved?.title).toBe(`被告的上诉期限由 ${before} 改为 ${after}`);
    }
    // The timer of the day that is no more finds another one, and ends nothing.
    await pass(computeDays(today(), before) + 1, one);
    expect(await dutyOf(one.defendant, one, "appeal")).toMatchObject({ state: { code: "open" } });
    await pass(computeDays(today(), after) + 1, one);
    expect(await dutyOf(one.defendant, one, "appeal", "expired")).toMatchObject({ dueOn: after });
    expect((await inbox(one.defendant))[0]).toMatchObject({ kind: { code: "obligation.expired" } });
    expect((await inbox(one.plaintiff)).some(({ title }) => title.startsWith("上诉期限已于"))).toBe(false);
  });

  it("hears each event once, however often it is told, and not an older one after a newer", async () => {
    const one = await running("郑爽", "冯军");
    const [first, second] = [await serve(one, "complaint"), await serve(one, "complaint")];
    const facts = { about: `service:${first}`, courtCode: COURT, caseId: one.caseId };
    const service = { serviceId: first, partyKey: "d1", documentKind: "complaint", presumed: false };
    await emit({ name: "service.effective", ...facts, ...service, effectiveOn: "2026-03-02" });
    await emit({ name: "service.effect_changed", ...facts, ...service, before: "2026-03-02", after: "2026-03-05" });
    const state = async () => [
      (await inbox(one.defendant, `?caseId=${one.caseId}&limit=100`)).map(({ title }) => title),
      (await duties(one.defendant, `?caseId=${one.caseId}&state=expired`)).map(({ rule, dueOn }) => [rule.code, dueOn]),
    ];
    const once = await state();
    expect(once[1]).toEqual([
      ["answer", "2026-03-20"],
      ["jurisdiction_objection", "2026-03-20"],
    ]);
    await app.database.read("UPDATE outbox SET done_at = NULL, due_at = UTC_TIMESTAMP(3) WHERE about = ?", [
      facts.about,
    ]);
    await app.settle();
    await app.database.read(
      "UPDATE outbox SET done_at = NULL, due_at = UTC_TIMESTAMP(3) WHERE about = ? AND name = 'service.effective'",
      [facts.about],
    );
    await app.settle();
    expect(await state()).toEqual(once);
    // Service that turned out not to have happened starts nothing.
    await emit({
      name: "service.effective",
      ...facts,
      ...service,
      about: `service:${second}`,
      serviceId: second,
      effectiveOn: today(),
    });
    expect(await dutyOf(one.defendant, one, "answer")).toBeDefined();
    await emit({
      name: "service.effect_changed",
      ...facts,
      ...service,
      about: `service:${second}`,
      serviceId: second,
      before: today(),
      after: null,
    });
    expect(await dutyOf(one.defendant, one, "answer")).toBeUndefined();
  });

  it("sees the fee paid, takes the court's own periods, and refuses what the law does not allow", async () => {
    const one = await running("孙丽", "钱进");
    const [due] = await duties(one.plaintiff, `?caseId=${one.caseId}`);
    const [notice] = (await one.plaintiff.ask("GET", "/fee-notices")).json.items;
    expect(due).toMatchObject({
      rule: { code: "fee" },
      dueOn: notice.dueOn,
      moves: [],
      source: { kind: "fee_notice" },
    });
    expect(await dutyOf(one.defendant, one, "fee")).toBeUndefined();
    await emit({
      name: "fee.paid",
      about: `fee_notice:${notice.id}`,
      courtCode: COURT,
      noticeId: notice.id,
      caseId: one.caseId,
      accountId: one.plaintiff.accountId,
      source: "acceptance",
      dueFen: 105_000,
    });
    expect(await dutyOf(one.plaintiff, one, "fee", "done")).toMatchObject({ state: { label: "已办" } });

    const id = await serve(one, "evidence_notice");
    await pass(1, one);
    await signed(id, today());
    const served = today();
    expect(await dutyOf(one.defendant, one, "evidence")).toMatchObject({ provisional: true });
    const empty = {
      evidenceDays: null,
      answerDays: null,
      abroad: [],
      effectiveOn: null,
      performBy: null,
      entitled: [],
      preservations: [],
    };
    const put = (who: Person, body: object, version: number) =>
      who.ask("PUT", `/cases/${one.caseId}/periods`, { ...empty, ...body }, { "if-match": `"${version}"` });
    const barred = await put(judge, { evidenceDays: 7 }, 0);
    expect([barred.status, barred.json.errors[0].pointer]).toEqual([422, "/evidenceDays"]);
    expect((await put(one.plaintiff, { evidenceDays: 20 }, 0)).status).toBe(403);
    const since = `${served.slice(0, 8)}01`;
    const preservations = [{ key: "k1", kind: "deposit", since, partyKey: "p1" }];
    const settled = await put(judge, { evidenceDays: 20, effectiveOn: served, performBy: served, preservations }, 0);
    expect(settled.status, settled.text).toBe(200);
    expect((await put(judge, {}, 0)).status).toBe(412);
    await app.settle();
    const { lastDay, provisional } = computeDeadline({ unit: "day", amount: 20, eventDate: served });
    expect(await dutyOf(one.defendant, one, "evidence")).toMatchObject({ dueOn: lastDay, provisional });
    expect(await dutyOf(one.defendant, one, "retrial")).toBeDefined();
    expect(await dutyOf(one.defendant, one, "enforcement")).toBeUndefined();
    expect(await dutyOf(one.plaintiff, one, "enforcement")).toBeDefined();
    // A year later, less seven days, and no day of rest moves it.
    const yearLater = `${Number(since.slice(0, 4)) + 1}${since.slice(4)}`;
    expect(await dutyOf(one.plaintiff, one, "preservation_renewal")).toMatchObject({ dueOn: addDays(yearLater, -7) });
    // What stands is changed with a reason, which everybody reads.
    const unfounded = await put(judge, { evidenceDays: 20 }, 1);
    expect([unfounded.status, unfounded.json.errors[0].pointer]).toEqual([422, "/reason"]);
    const changed = await put(judge, { evidenceDays: 25, reason: "当事人申请延长举证期限" }, 1);
    expect(changed.json.moves).toEqual([{ action: "settle", label: "变更" }]);
    const told = (await one.defendant.ask("GET", `/cases/${one.caseId}/timeline`)).json.items;
    expect(told).toContainEqual(
      expect.objectContaining({ title: "法院变更本案的期间事项", detail: "当事人申请延长举证期限" }),
    );
    expect((await one.defendant.ask("GET", `/cases/${one.caseId}/periods`)).json.moves).toEqual([]);
    await app.settle();
    expect(await dutyOf(one.plaintiff, one, "preservation_renewal", "cancelled")).toBeDefined();
    expect(await dutyOf(one.defendant, one, "evidence")).toMatchObject({ previousOn: lastDay });
  });

  it("lets those who act for a party mark what was done elsewhere, and nobody else", async () => {
    const one = await running("褚亮", "卫平");
    const id = await serve(one, "complaint");
    await pass(1, one);
    await signed(id, today());
    const answer = await dutyOf(one.defendant, one, "answer");
    const mark = (who: Person, action: string) =>
      who.ask("POST", `/obligations/${answer?.id}/moves`, { action }, key());
    expect((await mark(one.plaintiff, "done")).status).toBe(404);
    expect((await mark(one.defendant, "reopen")).status).toBe(409);
    expect((await mark(one.defendant, "done")).json).toMatchObject({
      state: { code: "done" },
      moves: [{ action: "reopen" }],
    });
    expect((await mark(one.defendant, "reopen")).json).toMatchObject({ state: { code: "open" } });
    // The court's people see what the parties of their cases have to do; other courts see nothing of it.
    expect((await duties(judge, `?caseId=${one.caseId}`)).some(({ rule }) => rule.code === "answer")).toBe(true);
    const far = await staffMember(app, { username: "far-judge", role: "judge", courtCode: "鲁0103" });
    expect(await duties(far, `?caseId=${one.caseId}`)).toEqual([]);
  });

  it("keeps one inbox for each, acknowledged in bulk; whoever has left a case finds nothing of it", async () => {
    const one = await running("蒋欣", "沈浩");
    const lawyer = await person(app, "韩律师", { verified: true });
    const practising = { licenseNumber: "13701202010112345", firm: "山东明德律师事务所" };
    expect((await lawyer.ask("PUT", "/me/practice", practising)).json.role).toBe("lawyer");
    const asking = {
      number: one.number,
      partyName: "沈浩",
      agent: { kind: "lawyer", powers: "special", specialPowers: ["settle"] },
    };
    const agency = await lawyer.ask("POST", "/cases/agents", asking);
    expect(agency.status, agency.text).toBe(201);
    const agentMove = (action: string) =>
      one.defendant.ask(
        "POST",
        `/cases/${one.caseId}/participants/${agency.json.id}/moves`,
        { action, ...(action === "end" ? { reason: "委托已经结束" } : {}) },
        key(),
      );
    expect((await agentMove("confirm")).status).toBe(200);
    await app.settle();
    const id = await serve(one, "complaint");
    await pass(1, one);
    const again = await person(app, "韩律师");
    await signed(id, today());
    const seen = await inbox(again);
    expect(seen.map(({ kind }) => kind.code)).toEqual(["service.effective", "service.sent"]);
    expect(await dutyOf(again, one, "answer")).toBeDefined();
    // The page after the first goes on where it ended, also across what is acknowledged.
    const [newest, older] = seen;
    expect((await again.ask("POST", "/changes/acknowledge", { ids: [newest?.id] }, key())).json).toEqual({
      acknowledged: 1,
    });
    expect(
      (await one.plaintiff.ask("POST", "/changes/acknowledge", { ids: [older?.id] }, key())).json.acknowledged,
    ).toBe(0);
    const first = (await again.ask("GET", "/changes?limit=1")).json;
    expect([first.items[0].id, first.waiting]).toEqual([older?.id, 1]);
    const next = (await again.ask("GET", `/changes?limit=1&cursor=${first.nextCursor}`)).json;
    expect([next.items[0].id, next.nextCursor, next.waiting]).toEqual([newest?.id, null, null]);
    expect((await again.ask("GET", "/changes?since=2026-01-01T00:00:00%2B08:00")).json.items).toHaveLength(2);
    const later = encodeURIComponent(app.clock.now().toISOString());
    expect((await again.ask("GET", `/changes?since=${later}`)).json.items).toEqual([]);
    expect((await again.ask("POST", "/changes/acknowledge", { through: newest?.id }, key())).json).toEqual({
      acknowledged: 1,
    });

    expect((await agentMove("end")).status).toBe(200);
    for (const path of ["/changes", "/changes?since=2026-01-01T00:00:00Z", "/obligations"])
      expect((await again.ask("GET", path)).json.items, path).toEqual([]);
    expect((await again.ask("GET", "/changes")).json.waiting).toBe(0);
    expect((await duties(one.defendant, `?caseId=${one.caseId}`)).length).toBeGreaterThan(0);
    // What was told here of services and payments that never were is missed by the rooms that look for their papers.
    const invented = ["service.no_certificate", "fee.no_receipt"];
    const faults = app.unexpected.filter((error) => !invented.includes((error as { code?: string }).code ?? ""));
    expect(faults).toEqual([]);
  });
});

const computeDays = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
