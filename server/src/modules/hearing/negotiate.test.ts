import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

interface Tried {
  readonly caseId: string;
  readonly plaintiff: Person;
  readonly defendant: Person;
}

describe("a date is settled among the parties", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let scribe: StaffPerson;
  let room: string;
  beforeAll(async () => {
    app = await startApp("hearing-negotiate");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT, displayName: "周明" });
    scribe = await staffMember(app, {
      username: "scribe1",
      role: "court_clerk",
      courtCode: COURT,
      displayName: "何静",
    });
    for (const [ref, name] of [
      ["room-one", "第一审判庭"],
      ["room-two", "第二审判庭"],
    ] as const)
      await app.database.read(
        "INSERT INTO booking_resource (kind, ref, court_code, name) VALUES ('courtroom', ?, ?, ?)",
        [ref, COURT, name],
      );
    const [row] = await app.database.read<{ id: string }>("SELECT id FROM booking_resource WHERE ref = 'room-one'");
    room = String(row?.id);
  }, 120_000);
  afterAll(() => app.stop());

  /** A case of two people who both have come in. */
  async function tried(plaintiffName: string, defendantName: string, procedure = "ordinary"): Promise<Tried> {
    const filing = await submitted(app, plaintiffName, { defendant: defendantName });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId } = (await filing.owner.ask("GET", filing.path)).json;
    const assigned = { action: "assign", judgeId: judge.accountId, clerkId: scribe.accountId, procedure };
    const moved = await staff.ask("POST", `/cases/${caseId}/moves`, assigned, key());
    expect(moved.status, moved.text).toBe(200);
    const defendant = await person(app, defendantName, { verified: true });
    const sealRef = `${caseId}`.padStart(32, "0");
    await app.database.read(
      `INSERT INTO case_participant (seal_ref, case_id, account_id, party_key, capacity, powers, special_powers, firm, via, state, live, asked_at, since)
       VALUES (?, ?, ?, 'd1', 'party', 'own', '', '', 'court', 'active', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
      [sealRef, caseId, defendant.accountId],
    );
    await app.settle();
    return { caseId, plaintiff: filing.owner, defendant };
  }
  const today = (): string => courtDayOf(app.clock.now());
  /** The n-th working day from `days` days on, as a moment. */
  const on = (days: number, time: string): string => {
    let day = addDays(today(), days);
    while (!courtCalendar.statusOf(day).working) day = addDays(day, 1);
    return new Date(`${day}T${time}:00+08:00`).toISOString();
  };
  const propose = async ({ caseId }: Tried, change: object = {}) => {
    const made = await judge.ask(
      "POST",
      `/cases/${caseId}/hearings`,
      {
        mode: "online",
        minutes: 60,
        options: [{ startsAt: on(9, "09:00") }, { startsAt: on(12, "14:30") }, { startsAt: on(15, "10:00") }],
        expiresAt: new Date(app.clock.now().getTime() + 2 * 86_400_000).toISOString(),
        ...change,
      },
      key(),
    );
    expect(made.status, made.text).toBe(201);
    await app.settle();
    return made.json;
  };
  /** The time for answers is over; moving the clock by days would end everybody's session. */
  async function expire(id: string): Promise<void> {
    await app.database.read("UPDATE hearing_negotiation SET expires_at = UTC_TIMESTAMP(3) WHERE hearing_id = ?", [id]);
    await app.database.read(
      "UPDATE outbox SET due_at = UTC_TIMESTAMP(3) WHERE name = 'hearing.answers_due' AND about = ?",
      [`hearing:${id}`],
    );
  }
  type Joining = { capacity: string; delegation: string | null; through: string | null };
  /** Somebody who acts for the defendant from now on. */
  async function joined(caseId: string, who: Person, { capacity, delegation, through }: Joining): Promise<string> {
    await app.database.read(
      `INSERT INTO case_participant (seal_ref, case_id, account_id, party_key, capacity, powers, via, state, live, asked_at, since, delegation_id, through_id)
       VALUES (MD5(RAND()), ?, ?, 'd1', ?, 'general', 'court', 'active', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ?, ?)`,
      [caseId, who.accountId, capacity, delegation, through],
    );
    const [row] = await app.database.read<{ id: string }>("SELECT MAX(id) AS id FROM case_participant");
    return String(row?.id);
  }
  async function delegated(
    caseId: string,
    lawyer: Person,
    name: string,
    kind: string,
    rights: string,
    through: string,
  ) {
    const who = await person(app, name, { verified: true });
    await app.database.read(
      `INSERT INTO case_delegation (kind, state, account_id, delegate_id, all_cases, case_ids, rights, offered_at, expires_at)
       VALUES (?, 'active', ?, ?, 0, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
      [kind, lawyer.accountId, who.accountId, caseId, rights],
    );
    const [row] = await app.database.read<{ id: string }>("SELECT MAX(id) AS id FROM case_delegation");
    await joined(caseId, who, { capacity: kind, delegation: String(row?.id), through });
    // Laid down beside the acceptance, which would have had the session asked anew.
    return person(app, name);
  }
  const answer = (who: Person, id: string, body: object) => who.ask("POST", `/hearings/${id}/responses`, body, key());
  const move = (who: Person, id: string, body: object) => who.ask("POST", `/hearings/${id}/moves`, body, key());
  const see = async (who: Person, id: string) => (await who.ask("GET", `/hearings/${id}`)).json;

  it("is answered by a stand-in as far as the dates go, for the lawyer's party; by an assistant not at all", async () => {
    const one = await tried("罗晴", "蒋明");
    const lawyer = await person(app, "董律师", { verified: true });
    const principal = await joined(one.caseId, lawyer, { capacity: "agent", delegation: null, through: null });
    const standIn = await delegated(
      one.caseId,
      lawyer,
      "于代管",
      "stand_in",
      "read,mark,draft,threads,dates",
      principal,
    );
    const assistant = await delegated(
      one.caseId,
      lawyer,
      "宋助理",
      "assistant",
      "read,acknowledge,mark,draft",
      principal,
    );
    const { id } = await propose(one);
    expect((await see(standIn, id)).moves.map(({ action }: { action: string }) => action)).toEqual(["strike"]);
    expect((await see(assistant, id)).moves).toEqual([]);
    const span = { from: on(9, "09:00"), to: on(9, "12:00") };
    for (const [who, body] of [
      [standIn, { strike: [1], consentOnline: "no" }],
      [standIn, { unavailable: [span], reason: "另有庭审" }],
      [assistant, { strike: [1] }],
    ] as const)
      expect(await answer(who, id, body)).toMatchObject({ status: 403, json: { code: "hearing.not_party" } });
    const answered = await answer(standIn, id, { strike: [1] });
    expect(answered.status, answered.text).toBe(200);
    expect(answered.json.negotiation).toMatchObject({ answered: ["d1"] });
  });

  it("is booked by itself once all have answered: the first date nobody struck; who refuses the screen comes in person", async () => {
    const one = await tried("苏晚", "陆川");
    const { id } = await propose(one);
    expect((await see(one.plaintiff, id)).moves.map(({ action }: { action: string }) => action)).toEqual([
      "strike",
      "consent",
    ]);
    expect((await see(judge, id)).negotiation).toMatchObject({ state: "open", purpose: "first", answered: [] });
    expect((await answer(one.plaintiff, id, {})).json.code).toBe("hearing.nothing");
    expect((await answer(one.plaintiff, id, { strike: [7] })).json.code).toBe("hearing.option");
    const first = await answer(one.plaintiff, id, { strike: [1] });
    expect(first.status, first.text).toBe(200);
    expect(first.json).toMatchObject({ state: { code: "proposed" }, negotiation: { answered: ["p1"] } });
    const last = await answer(one.defendant, id, { strike: [], consentOnline: "no" });
    expect(last.status, last.text).toBe(200);
    expect(last.json).toMatchObject({
      state: { code: "fixed" },
      startsAt: on(12, "14:30"),
      // The plaintiff chose the trial online when filing.
      mode: { code: "mixed" },
      room: { name: expect.stringContaining("审判庭") },
      negotiation: { state: "agreed" },
    });
    const seats = last.json.seats.map((seat: { party: { key: string } | null; mode: { code: string } | null }) => [
      seat.party?.key,
      seat.mode?.code,
    ]);
    expect(seats).toContainEqual(["p1", "online"]);
    expect(seats).toContainEqual(["d1", "in_person"]);
    expect((await answer(one.plaintiff, id, { strike: [] })).json.code).toBe("hearing.not_negotiated");
    await app.settle();
    expect(app.unexpected).toEqual([]);
  });

  it("is booked by the rule when the time is over: who said nothing has nothing against it, and has not agreed to the screen", async () => {
    const one = await tried("顾言", "沈青");
    const { id } = await propose(one);
    await answer(one.plaintiff, id, { strike: [1, 2] });
    await expire(id);
    await app.settle();
    expect(await see(judge, id)).toMatchObject({
      state: { code: "fixed" },
      mode: { code: "mixed" },
      consents: [{ answer: "yes" }, { answer: "silent" }],
    });
    // Late answers find it settled; the timer told again changes nothing.
    expect((await answer(one.defendant, id, { strike: [3] })).json.code).toBe("hearing.not_negotiated");
    const [{ version } = { version: 0 }] = await app.database.read<{ version: number }>(
      "SELECT version FROM hearing WHERE id = ?",
      [id],
    );
    await app.database.read("UPDATE outbox SET done_at = NULL, due_at = at WHERE name = 'hearing.answers_due'");
    await app.settle();
    expect((await see(judge, id)).version).toBe(Number(version));
    expect(app.unexpected).toEqual([]);
  });

  it("answers and the end of the time race, and the hearing is fixed once, with everybody's time kept once", async () => {
    const one = await tried("方远", "何夕");
    const { id } = await propose(one);
    await answer(one.plaintiff, id, { strike: [] });
    await expire(id);
    await Promise.all([
      app.deliver(),
      answer(one.defendant, id, { strike: [1] }),
      answer(one.defendant, id, { strike: [2] }),
      app.deliver(),
    ]);
    await app.settle();
    const found = await see(judge, id);
    expect(found.state.code).toBe("fixed");
    const rows = await app.database.read<{ n: number }>(
      "SELECT COUNT(DISTINCT resource_id) AS people, COUNT(*) AS n FROM hearing_booking WHERE hearing_id = ?",
      [id],
    );
    expect(rows[0]).toMatchObject({ n: expect.anything() });
    const told = await app.database.read("SELECT id FROM outbox WHERE name = 'hearing.fixed' AND about = ?", [
      `hearing:${id}`,
    ]);
    expect(told).toHaveLength(1);
    const closed = await app.database.read<{ state: string }>(
      "SELECT state FROM hearing_negotiation WHERE hearing_id = ?",
      [id],
    );
    expect(closed).toEqual([{ state: "agreed" }]);
    expect(app.unexpected).toEqual([]);
  });

  it("proposes other dates once where every one is struck, then leaves it to the court", async () => {
    const one = await tried("林深", "江雪");
    const { id } = await propose(one);
    await answer(one.plaintiff, id, { strike: [1, 2] });
    const renewed = await answer(one.defendant, id, { strike: [3] });
    expect(renewed.json, renewed.text).toMatchObject({
      state: { code: "proposed" },
      negotiation: { state: "open", turn: 2, answered: [], strikes: [] },
    });
    expect(renewed.json.options.length).toBeGreaterThan(1);
    const ordinals = renewed.json.options.map(({ ordinal }: { ordinal: number }) => ordinal);
    await answer(one.plaintiff, id, { strike: ordinals });
    expect((await answer(one.defendant, id, { strike: [] })).json.negotiation.state).toBe("court");
    await app.settle();
    const told = await app.database.read("SELECT id FROM outbox WHERE name = 'hearing.undecided' AND about = ?", [
      `hearing:${id}`,
    ]);
    expect(told).toHaveLength(1);
    const fixed = await move(judge, id, { action: "fix", startsAt: on(20, "09:00"), roomId: room });
    expect(fixed.json, fixed.text).toMatchObject({ state: { code: "fixed" }, startsAt: on(20, "09:00") });
    await app.settle();
    expect(app.unexpected).toEqual([]);
  });

  it("is notified by a summons for each party, moved, put off within the law, and called off", async () => {
    const one = await tried("许知", "白露", "summary");
    const made = await judge.ask(
      "POST",
      `/cases/${one.caseId}/hearings`,
      { mode: "in_person", minutes: 90, startsAt: on(6, "09:00"), roomId: room },
      key(),
    );
    expect(made.status, made.text).toBe(201);
    const { id } = made.json;
    expect((await move(one.plaintiff, id, { action: "notify" })).status).toBe(403);
    const told = await move(scribe, id, { action: "notify" });
    expect(told.json, told.text).toMatchObject({ state: { code: "notified" } });
    await app.settle();
    const mine = await see(one.defendant, id);
    expect(mine.summons?.serviceId, JSON.stringify(mine.summons)).toBeTruthy();
    expect(mine.summonses).toEqual([]);
    expect((await see(judge, id)).summonses).toHaveLength(2);
    const paper = await fetch(`${app.origin}/api/v1/services/${mine.summons.serviceId}/document.pdf`, {
      headers: { authorization: `Bearer ${one.defendant.token}` },
    });
    const text = (await pdfText(Buffer.from(await paper.arrayBuffer()))).join("");
    for (const said of ["传票", "白露（被告）", "第一审判庭", "9时00分", "审判员周明", "书记员何静"])
      expect(text).toContain(said);
    // Told twice, served once.
    await app.database.read("UPDATE outbox SET done_at = NULL, due_at = at WHERE name = 'hearing.notified'");
    await app.settle();
    expect((await see(judge, id)).summonses).toHaveLength(2);
    expect((await move(judge, id, { action: "hold" })).json.code).toBe("hearing.not_yet");

    const moved = await move(judge, id, {
      action: "reschedule",
      startsAt: on(8, "14:30"),
      roomId: room,
      reason: "合议庭成员另有公务",
    });
    expect(moved.json, moved.text).toMatchObject({ state: { code: "fixed" }, startsAt: on(8, "14:30") });
    await move(judge, id, { action: "notify" });
    await app.settle();
    const again = (await see(one.defendant, id)).summons.serviceId;
    const second = await fetch(`${app.origin}/api/v1/services/${again}/document.pdf`, {
      headers: { authorization: `Bearer ${one.defendant.token}` },
    });
    expect((await pdfText(Buffer.from(await second.arrayBuffer()))).join("")).toContain("此前的传票作废");

    const far = await move(judge, id, { action: "adjourn", reasonCode: "evidence", startsAt: on(60, "09:00") });
    expect(far.json.code).toBe("hearing.too_far");
    const late = await move(judge, id, {
      action: "adjourn",
      reasonCode: "evidence",
      note: "重新鉴定",
      startsAt: on(22, "14:00"),
    });
    expect(late.json, late.text).toMatchObject({
      state: { code: "adjourned" },
      reason: expect.stringContaining("重新鉴定"),
    });
    const next = (await judge.ask("GET", `/hearings?caseId=${one.caseId}&state=fixed`)).json.items[0];
    expect(next).toMatchObject({ round: 1, postponed: 1, previousId: id, startsAt: on(22, "14:00") });
    // Simple procedure: once.
    expect((await move(judge, next.id, { action: "adjourn", reasonCode: "absent" })).json.code).toBe(
      "hearing.postponed_enough",
    );
    const off = await move(judge, next.id, { action: "cancel", reason: "双方已经和解" });
    expect(off.json, off.text).toMatchObject({ state: { code: "cancelled" }, moves: [] });
    const kept = await app.database.read("SELECT 1 FROM hearing_booking WHERE hearing_id IN (?, ?)", [id, next.id]);
    expect(kept).toEqual([]);
    await app.settle();
    expect(app.unexpected).toEqual([]);
  });
});
