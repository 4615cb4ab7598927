import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

describe("a sitting is fixed", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let owner: Person;
  let caseId: string;
  beforeAll(async () => {
    app = await startApp("hearing-book");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    const filing = await submitted(app, "苏晚", { defendant: "李强" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    owner = filing.owner;
    caseId = (await owner.ask("GET", filing.path)).json.caseId;
  });
  afterAll(() => app.stop());

  const on = (days: number, time: string): string =>
    new Date(`${addDays(courtDayOf(app.clock.now()), days)}T${time}:00+08:00`).toISOString();
  const schedule = (who: Person, body: object) => who.ask("POST", `/cases/${caseId}/hearings`, body, key());

  it("by those of the case only, once it has a judge, in time to tell everybody", async () => {
    const order = { mode: "online", minutes: 90, startsAt: on(5, "09:00") };
    expect((await schedule(judge, order)).json.code).toBe("hearing.not_bench");
    const assigned = await staff.ask(
      "POST",
      `/cases/${caseId}/moves`,
      { action: "assign", judgeId: judge.accountId },
      key(),
    );
    expect(assigned.status, assigned.text).toBe(200);
    expect((await schedule(judge, { ...order, startsAt: on(2, "09:00") })).json.code).toBe("hearing.notice");
    expect((await schedule(judge, { ...order, startsAt: on(-1, "09:00") })).json.code).toBe("hearing.time");
    expect((await schedule(judge, { ...order, startsAt: on(5, "09:10") })).json.code).toBe("hearing.time");
    expect((await schedule(judge, { ...order, startsAt: on(5, "23:00") })).json.code).toBe("hearing.time");
    expect((await schedule(judge, { ...order, mode: "in_person" })).json.code).toBe("hearing.no_room");
    expect((await schedule(judge, { ...order, isPublic: false })).json.code).toBe("hearing.closed_reason");

    const fixed = await schedule(judge, order);
    expect(fixed.status, fixed.text).toBe(201);
    expect(fixed.json).toMatchObject({
      case: { id: caseId },
      kind: { code: "trial" },
      state: { code: "fixed" },
      round: 1,
      startsAt: on(5, "09:00"),
      endsAt: on(5, "10:30"),
      seats: [{ role: { code: "presiding" } }, { role: { code: "plaintiff" }, name: "苏晚" }, { name: "李强" }],
    });
    expect((await schedule(judge, order)).json.code).toBe("hearing.open_already");
    const booked = await app.database.read("SELECT resource_id, quarter FROM hearing_booking");
    expect(booked.length).toBe(2 * 6);
    await app.settle();
    expect(app.unexpected).toEqual([]);
  });

  it("is seen by those who take part, and by the court", async () => {
    const seen = (await owner.ask("GET", "/hearings")).json.items;
    expect(seen).toMatchObject([{ case: { id: caseId }, moves: [] }]);
    const path = `/hearings/${seen[0].id}`;
    expect((await owner.ask("GET", path)).status).toBe(200);
    const stranger = await person(app, "路人甲", { verified: true });
    expect((await stranger.ask("GET", path)).status).toBe(404);
    expect((await stranger.ask("GET", "/hearings")).json.items).toEqual([]);
    const far = await staffMember(app, { username: "judge-far", role: "judge", courtCode: "鲁0103" });
    expect((await far.ask("GET", path)).status).toBe(404);
    const day = addDays(courtDayOf(app.clock.now()), 5);
    expect((await judge.ask("GET", `/hearings?from=${day}&to=${day}&mine=true`)).json.items).toHaveLength(1);
    expect((await judge.ask("GET", `/hearings?from=${addDays(day, 1)}`)).json.items).toHaveLength(0);
  });

  it("follows whoever joins the case, and another judge", async () => {
    const [{ id }] = (await owner.ask("GET", "/hearings")).json.items;
    const seats = async () =>
      (await judge.ask("GET", `/hearings/${id}`)).json.seats as { name: string; mine: boolean }[];
    const quarters = async (): Promise<number> =>
      (await app.database.read("SELECT quarter FROM hearing_booking WHERE hearing_id = ?", [id])).length;
    const before = await quarters();
    const { number } = (await owner.ask("GET", `/cases/${caseId}`)).json;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    const defendant = await person(app, "李强", { verified: true });
    const joined = await defendant.ask("POST", "/cases/join", { number, accessCode: code });
    expect(joined.status, joined.text).toBe(200);
    await app.settle();
    expect((await defendant.ask("GET", `/hearings/${id}`)).json.seats).toContainEqual(
      expect.objectContaining({ name: "李强", mine: true, booked: true }),
    );
    expect((await seats()).filter(({ name }) => name === "李强")).toHaveLength(1);
    expect(await quarters()).toBe(before + 6);

    const other = await staffMember(app, {
      username: "judge2",
      role: "judge",
      courtCode: COURT,
      displayName: "梁法官",
    });
    const body = { action: "assign", judgeId: other.accountId };
    expect((await staff.ask("POST", `/cases/${caseId}/moves`, body, key())).status).toBe(200);
    await app.settle();
    expect((await seats()).map(({ name }) => name)).toEqual(expect.arrayContaining(["梁法官"]));
    expect(await seats()).toHaveLength(3);
    expect(await quarters()).toBe(before + 6);
    // Told again, nothing changes; and the first judge is back for what follows.
    const back = { action: "assign", judgeId: judge.accountId };
    expect((await staff.ask("POST", `/cases/${caseId}/moves`, back, key())).status).toBe(200);
    await app.settle();
    expect(await quarters()).toBe(before + 6);
    expect(app.unexpected).toEqual([]);
  });

  it("with dates to strike, none of which is booked yet", async () => {
    const order = { kind: "pretrial", mode: "online", minutes: 60, expiresAt: on(3, "17:00") };
    const options = [{ startsAt: on(7, "14:30") }, { startsAt: on(6, "09:00") }];
    expect((await schedule(judge, { ...order, options: options.slice(1) })).json.code).toBe("hearing.options");
    expect((await schedule(judge, { ...order, options, expiresAt: on(8, "09:00") })).json.code).toBe("hearing.expiry");
    const made = await schedule(judge, { ...order, options });
    expect(made.status, made.text).toBe(201);
    expect(made.json).toMatchObject({
      state: { code: "proposed" },
      startsAt: null,
      options: [
        { ordinal: 1, startsAt: on(6, "09:00") },
        { ordinal: 2, startsAt: on(7, "14:30") },
      ],
    });
    await app.settle();
    expect(app.unexpected).toEqual([]);
  });
});
