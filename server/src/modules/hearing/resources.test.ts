import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { COURT, key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { layCases } from "#test/hearings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

const FAR = "鲁0202";

describe("rooms, people and their time", () => {
  let app: TestApp;
  let boss: StaffPerson;
  let judge: StaffPerson;
  let farJudge: StaffPerson;
  let counsel: Person;
  let owner: Person;
  const [first, second, far] = ["400001", "400002", "400003"] as const;
  let roomId: string;
  // A Monday and the days after it, so that no test meets a weekend.
  let monday: string;
  const at = (days: number, time: string): string => `${addDays(monday, days)}T${time}:00+08:00`;
  const instant = (days: number, time: string): string => new Date(at(days, time)).toISOString();

  beforeAll(async () => {
    app = await startApp("hearing-resources");
    await seedCourtsAndRules(app);
    app.clock.shiftMs = Date.parse("2026-03-02T08:30:00+08:00") - Date.now();
    monday = "2026-03-16";
    const template = await acceptedCase(app, "简宁", { defendant: "李强" });
    owner = template.owner;
    boss = await supervisor(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT, displayName: "宋法官" });
    farJudge = await staffMember(app, { username: "judge-far", role: "judge", courtCode: FAR });
    counsel = await person(app, "韩律师", { verified: true });
    const laid = (id: string, courtCode: string, judgeId: string) => ({
      id,
      courtCode,
      judgeId,
      clerkId: "710001",
      procedure: "summary" as const,
      acceptedOn: courtDayOf(app.clock.now()),
      plaintiff: owner.accountId,
      defendant: null,
      counsel: { d1: counsel.accountId },
      electronic: ["p1", "d1"] as const,
    });
    await layCases(app, template.caseId, [
      { ...laid(first, COURT, judge.accountId), plaintiff: null },
      { ...laid(second, COURT, judge.accountId), counsel: {} },
      { ...laid(far, FAR, farJudge.accountId), plaintiff: null, clerkId: "710002" },
    ]);
  }, 240_000);
  afterAll(() => app.stop());

  const schedule = (who: Person, caseId: string, body: object) =>
    who.ask("POST", `/cases/${caseId}/hearings`, body, key());
  const slots = async (caseId: string, query: string) => {
    const found = await judge.ask(
      "GET",
      `/hearings/slots?caseId=${caseId}&from=${monday}&to=${addDays(monday, 4)}&${query}`,
    );
    expect(found.status, found.text).toBe(200);
    return found.json;
  };

  it("are listed by the court, each name once, changed by version", async () => {
    const made = await boss.ask("POST", "/hearing-resources", { kind: "courtroom", name: "第一法庭" });
    expect(made.status, made.text).toBe(201);
    roomId = made.json.id;
    const again = await boss.ask("POST", "/hearing-resources", { kind: "courtroom", name: "第一法庭" });
    expect(again.json.code).toBe("resource.taken");
    const path = `/hearing-resources/${roomId}`;
    const body = { name: "第一法庭", working: "14:00-17:30" };
    expect((await boss.ask("PUT", path, { ...body, working: "14:00-13:00" }, { "if-match": '"1"' })).json.code).toBe(
      "resource.working",
    );
    expect((await boss.ask("PUT", path, body, { "if-match": '"1"' })).json).toMatchObject({
      version: 2,
      closed: false,
    });
    expect((await boss.ask("PUT", path, body, { "if-match": '"1"' })).status).toBe(412);
    expect(
      (await farJudge.ask("GET", "/hearing-resources")).json.items.map(({ id }: { id: string }) => id),
    ).not.toContain(roomId);
    const own = (await judge.ask("GET", "/hearing-resources?kind=judge")).json.items;
    expect(own).toMatchObject([{ name: "宋法官", mine: true }]);
    // The room's own hours, not the court's.
    const found = await slots(second, "mode=in_person&minutes=60");
    expect(found.items.length).toBeGreaterThan(0);
    for (const one of found.items) expect(one.timeText).toMatch(/ 1[4-6]:/);
  });

  it("who is away is not called: the bench never, the public as far as it can be", async () => {
    const stated = await counsel.ask("POST", "/hearing-absences", {
      from: at(0, "00:00"),
      to: at(2, "00:00"),
      reason: "出差",
    });
    expect(stated.json, stated.text).toMatchObject({ kind: { code: "stated" }, reason: "" });
    const days = (await slots(first, "mode=online")).refused;
    expect(days).toContainEqual({ code: "person_away", text: "诉讼参与人已说明不能到庭", count: 2 });
    expect((await counsel.ask("GET", `/hearing-absences?from=${monday}`)).json.items).toHaveLength(1);
    expect((await owner.ask("GET", `/hearing-absences?from=${monday}`)).json.items).toEqual([]);
    expect((await owner.ask("DELETE", `/hearing-absences/${stated.json.id}`)).status).toBe(404);

    const leave = await judge.ask("POST", "/hearing-absences", {
      from: at(2, "09:00"),
      to: at(2, "12:00"),
      reason: "培训",
    });
    expect(leave.status, leave.text).toBe(201);
    const order = { mode: "online", minutes: 60 };
    const refused = await schedule(judge, first, { ...order, startsAt: at(2, "10:00") });
    expect(refused.json).toMatchObject({ code: "hearing.away" });
    // What the public stated is the judge's to weigh.
    const fixed = await schedule(judge, first, { ...order, startsAt: at(1, "10:00") });
    expect(fixed.status, fixed.text).toBe(201);
    expect((await judge.ask("DELETE", `/hearing-absences/${leave.json.id}`)).status).toBe(204);
  });

  it("nobody is to be in two courts at once, or on the way", async () => {
    const order = { mode: "online", minutes: 60 };
    const taken = await schedule(farJudge, far, { ...order, startsAt: at(1, "10:30") });
    expect(taken.json).toMatchObject({ code: "hearing.taken", someone: true, taken: [] });
    expect(taken.json.detail).not.toMatch(/韩/);
    const late = await schedule(farJudge, far, { ...order, startsAt: at(1, "11:00") });
    expect(late.json.code).toBe("hearing.travel");
    expect((await schedule(farJudge, far, { ...order, startsAt: at(1, "11:15") })).status).toBe(201);
    expect((await slots(first, "mode=online&kind=pretrial&minutes=60")).items.length).toBeGreaterThan(0);
  });

  it("a calendar goes out and is read by another program at the right instant", async () => {
    const { items } = (await judge.ask("GET", "/hearing-resources?kind=judge")).json;
    const answer = await judge.ask("GET", `/hearing-resources/${items[0].id}/calendar.ics`);
    expect(answer.status, answer.text).toBe(200);
    const events = new ICAL.Component(ICAL.parse(answer.text)).getAllSubcomponents("vevent");
    expect(events).toHaveLength(1);
    const event = new ICAL.Event(events[0] as ICAL.Component);
    expect(event.startDate.toJSDate().toISOString()).toBe(instant(1, "10:00"));
    expect(event.endDate.toJSDate().toISOString()).toBe(instant(1, "11:00"));
    expect(answer.text).not.toMatch(/李强|简宁|韩律师/);
  });

  it("busy times come in from another calendar, the newest counts", async () => {
    const { items } = (await judge.ask("GET", "/hearing-resources?kind=judge")).json;
    const path = `/hearing-resources/${items[0].id}/calendar`;
    const ics = (...times: string[]) =>
      ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//ZH", ...times, "END:VCALENDAR", ""].join("\r\n");
    const event = (day: number) => {
      const compact = addDays(monday, day).replaceAll("-", "");
      return [
        "BEGIN:VEVENT",
        `UID:${day}@x`,
        `DTSTART:${compact}T080000`,
        `DTEND:${compact}T180000`,
        "SUMMARY:外出",
        "END:VEVENT",
      ];
    };
    const send = (text: string) => judge.ask("POST", path, { ics: text }, key());
    expect((await send(ics(...event(2), ...event(3)))).json).toEqual({ count: 2 });
    const away = async (): Promise<number> => {
      const { refused } = await slots(second, "mode=online");
      return refused.find(({ code }: { code: string }) => code === "judge_away")?.count ?? 0;
    };
    expect(await away()).toBe(2);
    expect((await send(ics(...event(2)))).json).toEqual({ count: 1 });
    expect((await send(ics(...event(2)))).json).toEqual({ count: 1 });
    expect(await away()).toBe(1);
    expect((await send("这不是一份日历，只是一段文字而已，请重新导出")).json.code).toBe("resource.calendar");
    expect((await judge.ask("GET", "/hearing-resources")).text).not.toMatch(/外出/);
    expect((await send(ics())).json).toEqual({ count: 0 });
  });

  it("an interpreter of the language sits with them, and no other", async () => {
    const order = { mode: "online", minutes: 60, interpreter: "维吾尔语" };
    for (const name of ["阿译员"]) {
      const made = await boss.ask("POST", "/hearing-resources", { kind: "interpreter", name, language: "维吾尔语" });
      expect(made.status, made.text).toBe(201);
    }
    const fixed = await schedule(judge, second, { ...order, startsAt: at(3, "09:00") });
    expect(fixed.status, fixed.text).toBe(201);
    expect(fixed.json.seats).toContainEqual(
      expect.objectContaining({ name: "阿译员", role: { code: "interpreter", label: "翻译" } }),
    );
    const none = await schedule(judge, first, { ...order, kind: "pretrial", startsAt: at(3, "09:30") });
    expect(none.json.code).toBe("hearing.no_interpreter");
    const { refused } = await slots(
      first,
      `mode=online&interpreter=${encodeURIComponent("维吾尔语")}&minutes=180&kind=pretrial`,
    );
    expect(JSON.stringify(refused)).not.toContain("阿译员");
  });

  it("a series is placed at once, and a closed room is left in order", async () => {
    const body = {
      caseIds: [first, second, "999999999"],
      kind: "mediation",
      mode: "in_person",
      minutes: 60,
      from: monday,
    };
    const planned = await judge.ask("POST", "/hearings/plan", body);
    expect(planned.status, planned.text).toBe(200);
    expect(planned.json.items).toMatchObject([
      { outcome: "placed", hearing: { room: { id: roomId } } },
      { outcome: "placed", hearing: { room: { id: roomId } } },
      { outcome: "refused", code: "case.not_found", hearing: null },
    ]);
    const spare = await boss.ask("POST", "/hearing-resources", { kind: "courtroom", name: "第二法庭" });
    const days = planned.json.items
      .slice(0, 2)
      .map(({ hearing }: { hearing: { startsAt: string } }) => courtDayOf(new Date(hearing.startsAt)));
    const [from = "", to = ""] = [...days].sort();
    const ahead = await boss.ask("GET", `/hearing-resources/${roomId}/sittings?from=${from}&to=${to}`);
    expect(ahead.json).toMatchObject({ items: [{ case: { id: first } }, { case: { id: second } }], left: [] });
    const moved = await boss.ask("POST", "/hearings/reschedule", { resourceId: roomId, from, to, reason: "法庭检修" });
    expect(moved.json.items.map((one: { case: { id: string } }) => one.case.id)).toEqual([first, second]);
    expect(moved.status, moved.text).toBe(200);
    expect(moved.json.items).toHaveLength(2);
    for (const { hearing, outcome } of moved.json.items) {
      expect(outcome).toBe("placed");
      expect(hearing.room.id).toBe(spare.json.id);
    }
    await app.settle();
    expect(app.unexpected).toEqual([]);
  });
});
