import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import type { EventFacts, EventName } from "#core/outbox.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { atHour, withPhone } from "#test/notices.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { noticeSubscribers } from "./listen.ts";
import { sendNotices } from "./send.ts";

describe("what the people of a case are told", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let scribe: StaffPerson;
  let plaintiff: Person;
  let defendant: Person;
  let caseId: string;
  beforeAll(async () => {
    app = await startApp("case-notices");
    await seedCourtsAndRules(app);
    atHour(app, 12);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    scribe = await staffMember(app, { username: "scribe1", role: "court_clerk", courtCode: COURT });
    const filing = await submitted(app, "王芳");
    plaintiff = filing.owner;
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const accepted = (await plaintiff.ask("GET", filing.path)).json;
    caseId = accepted.caseId;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    defendant = await person(app, "李强", { verified: true });
    await withPhone(app, defendant, "13711112222");
    const joining = { number: accepted.caseNumber, accessCode: code };
    expect((await defendant.ask("POST", "/cases/join", joining)).status).toBe(200);
    const assigned = { action: "assign", judgeId: judge.accountId, clerkId: scribe.accountId };
    expect((await staff.ask("POST", `/cases/${caseId}/moves`, assigned, key())).status).toBe(200);
    await app.settle();
  }, 120_000);
  afterAll(() => app.stop());
  let before = 0;
  beforeEach(async () => {
    const [row] = await app.database.read<{ id: string }>("SELECT COALESCE(MAX(id), 0) AS id FROM message");
    before = Number(row?.id);
  });

  /** Who was told what since the test began, staff and public. */
  async function told(): Promise<Record<string, string[]>> {
    const rows = await app.database.read<{ accountId: string; template: string; caseId: string | null }>(
      "SELECT account_id AS accountId, template, case_id AS caseId FROM message WHERE id > ? ORDER BY id",
      [before],
    );
    const names = new Map(
      Object.entries({ plaintiff, defendant, judge, scribe }).map(([name, one]) => [one.accountId, name]),
    );
    const found: Record<string, string[]> = {};
    for (const row of rows) {
      expect(String(row.caseId)).toBe(caseId);
      const name = names.get(String(row.accountId)) ?? "somebody else";
      found[name] = [...(found[name] ?? []), row.template];
    }
    return found;
  }
  let events = 5_000_000;
  /** Told to this room alone, and twice, as after a crash between telling and marking. */
  async function happen(
    { name, ...event }: { readonly name: EventName } & Readonly<Record<string, unknown>>,
    by: { readonly accountId: string } = { accountId: "0" },
  ): Promise<void> {
    events += 1;
    const whole = { courtCode: COURT, about: `case:${caseId}`, caseId, ...event };
    const hear = noticeSubscribers(app)[name] as (event: object, facts: EventFacts) => Promise<void>;
    const facts = { eventId: String(events), actorId: by.accountId, role: "system", requestId: null } as const;
    for (const at of [app.clock.now(), app.clock.now()]) await hear(whole, { ...facts, at });
  }
  const evidence = { submissionId: "7", partyKey: "p1", kind: "evidence", application: null };
  const asking = { submissionId: "8", partyKey: "p1", kind: "application", application: "investigation" };

  it("tells both sides who tries it, whoever was let in, and nobody what they did themselves", async () => {
    const templates = async (who: Person) =>
      (
        await app.database.read<{ template: string }>("SELECT template FROM message WHERE account_id = ? ORDER BY id", [
          who.accountId,
        ])
      ).map(({ template }) => template);
    expect(await templates(plaintiff)).toContain("case.assigned");
    expect(await templates(defendant)).toEqual(["case.assigned"]);
  });

  it("tells the other side and the bench of what is handed in, when it is theirs to read", async () => {
    const accountId = plaintiff.accountId;
    await happen({ name: "submission.submitted", ...evidence, accountId, open: false }, plaintiff);
    expect(await told()).toEqual({ scribe: ["submission.waiting"], judge: ["submission.waiting"] });
    await happen({ name: "submission.received", ...evidence, accountId, opened: true }, scribe);
    expect(await told()).toEqual({
      scribe: ["submission.waiting"],
      judge: ["submission.waiting"],
      plaintiff: ["submission.received"],
      defendant: ["submission.opened"],
    });
  });

  it("tells whoever asked the answer, and the other side that there is one", async () => {
    const accountId = plaintiff.accountId;
    await happen({ name: "submission.submitted", ...asking, accountId, open: true }, plaintiff);
    await happen({ name: "submission.refused", ...asking, accountId, open: true }, judge);
    await happen({ name: "submission.withdrawn", ...asking, accountId, wasOpen: true }, plaintiff);
    expect(await told()).toEqual({
      scribe: ["submission.waiting"],
      judge: ["submission.waiting"],
      defendant: ["submission.filed", "submission.decided", "submission.withdrawn"],
      plaintiff: ["submission.refused"],
    });
  });

  it("does not warn the other side of a preservation, and tells them when the court does", async () => {
    const one = { ...asking, application: "preservation", accountId: plaintiff.accountId };
    await happen({ name: "submission.submitted", ...one, open: false }, plaintiff);
    await happen({ name: "submission.granted", ...one, open: false }, judge);
    expect((await told())["defendant"]).toBeUndefined();
    expect((await told())["plaintiff"]).toEqual(["submission.granted"]);
    await happen({ name: "submission.disclosed", ...one }, judge);
    expect((await told())["defendant"]).toEqual(["submission.opened"]);
  });

  it("tells whoever asked to read the dossier, and the bench that somebody waits, while they do", async () => {
    const request = { requestId: "1", accountId: defendant.accountId };
    // Nobody waits any more: there is no such request by now.
    await happen({ name: "dossier.requested", ...request }, defendant);
    expect(await told()).toEqual({});
    await app.transact(SYSTEM, (work) =>
      work.change(
        `INSERT INTO dossier_request (id, seal_ref, case_id, court_code, account_id, party_key, state, open_of, purpose, asked_at, due_at)
         VALUES (1, 'x', ?, ?, ?, 'd1', 'asked', 'x', '', ?, ?)`,
        [caseId, COURT, defendant.accountId, work.at, work.at],
      ),
    );
    await happen({ name: "dossier.requested", ...request, about: "dossier_request:1" }, defendant);
    await happen({ name: "dossier.request_granted", ...request, until: "2026-12-01T10:05:00.000Z" }, scribe);
    await happen({ name: "dossier.request_refused", ...request }, scribe);
    await happen({ name: "dossier.request_ended", ...request }, scribe);
    expect(await told()).toEqual({
      scribe: ["dossier.requested"],
      judge: ["dossier.requested"],
      defendant: ["dossier.request_granted", "dossier.request_refused", "dossier.request_ended"],
    });
    const { items } = (await defendant.ask("GET", "/messages?limit=3")).json;
    expect(items[2].body).toContain("2026-12-01 18:05 以前可以随时阅读");
    expect(items[2].link).toEqual({ kind: "dossier", id: caseId });
  });

  it("tells the client of an agent who asks, the bench where the client is not here, and the agent the answer", async () => {
    const agent = await person(app, "金代理", { verified: true });
    const waiting = { participantId: "99", accountId: agent.accountId };
    await happen({ name: "case.agency_asked", ...waiting, partyKey: "p1" }, agent);
    await happen({ name: "case.agency_asked", ...waiting, partyKey: "x9" }, agent);
    await happen({ name: "case.agency_refused", ...waiting, partyKey: "p1" }, plaintiff);
    expect(await told()).toEqual({
      plaintiff: ["case.agency_asked"],
      scribe: ["case.agency_waiting"],
      judge: ["case.agency_waiting"],
      "somebody else": ["case.agency_refused"],
    });
    const [message] = (await agent.ask("GET", "/messages")).json.items;
    expect(message.link).toBeNull();
  });

  it("shows the court who was told what and how it went, addresses masked; nobody else", async () => {
    await happen({ name: "case.limit_changed", lastDay: "2027-05-23" }, judge);
    await sendNotices(app);
    const { items } = (await scribe.ask("GET", `/notices?about=case:${caseId}&limit=100`)).json;
    const titles = items.map(({ title }: { title: string }) => title);
    expect(titles).toContain("审理期限有变更");
    expect(titles).toContain("法院确定了审判人员");
    // What waits for the court's own people is no reminder to a party.
    expect(titles).not.toContain("有当事人提交待处理");
    const sms = items
      .flatMap(({ deliveries }: { deliveries: object[] }) => deliveries)
      .filter(({ channel, state }: { channel: { code: string }; state: { code: string } }) => {
        return channel.code === "sms" && state.code === "sent";
      });
    expect(sms.length).toBeGreaterThan(0);
    for (const { to } of sms) expect(to).toMatch(/^137\*{4}2222$|^1\d{2}\*{4}\d{4}$/);
    expect(JSON.stringify(items)).not.toMatch(/1[3-9]\d{9}/);
    const far = await clerk(app, "clerk9", "鲁0103");
    expect((await far.ask("GET", `/notices?about=case:${caseId}`)).json.items).toEqual([]);
    expect((await plaintiff.ask("GET", `/notices?about=case:${caseId}`)).status).toBe(403);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
