import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { remindersOf } from "./remind.ts";

const HOUR = 3_600_000;

describe("reminders of a sitting", () => {
  const at = (text: string): Date => new Date(`${text}+08:00`);
  const shown = (startsAt: Date, now: Date): string[] =>
    remindersOf(startsAt, now).map(
      ({ before, at: due }) => `${before} ${new Date(due.getTime() + 8 * HOUR).toISOString().slice(0, 16)}`,
    );

  it("come 7, 3 and 1 days before at nine, or at its hour where that is earlier, and an hour before; none that is past", () => {
    expect(shown(at("2026-03-16T14:30:00"), at("2026-03-01T00:00:00"))).toEqual([
      "7d 2026-03-09T09:00",
      "3d 2026-03-13T09:00",
      "1d 2026-03-15T09:00",
      "1h 2026-03-16T13:30",
    ]);
    expect(shown(at("2026-03-16T08:30:00"), at("2026-03-13T08:31:00"))).toEqual([
      "1d 2026-03-15T08:30",
      "1h 2026-03-16T07:30",
    ]);
  });
});

describe("who is told of a sitting", () => {
  let app: TestApp;
  let judge: StaffPerson;
  let owner: Person;
  let stranger: Person;
  let caseId: string;
  let hearingId: string;
  let day: string;
  beforeAll(async () => {
    app = await startApp("hearing-told");
    await seedCourtsAndRules(app);
    const staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT, displayName: "周明" });
    const filing = await submitted(app, "钟晓", { defendant: "李强" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    owner = filing.owner;
    stranger = await person(app, "过客", { verified: true });
    caseId = (await owner.ask("GET", filing.path)).json.caseId;
    const assigned = { action: "assign", judgeId: judge.accountId };
    expect((await staff.ask("POST", `/cases/${caseId}/moves`, assigned, key())).status).toBe(200);
    await app.database.read(
      "INSERT INTO booking_resource (kind, ref, court_code, name) VALUES ('courtroom', 'room-one', ?, '第一审判庭')",
      [COURT],
    );
    day = addDays(courtDayOf(app.clock.now()), 9);
    const order = { mode: "online", minutes: 60, startsAt: `${day}T09:00:00+08:00` };
    const made = await judge.ask("POST", `/cases/${caseId}/hearings`, order, key());
    expect(made.status, made.text).toBe(201);
    hearingId = made.json.id;
    await app.settle();
  }, 300_000);
  afterAll(() => app.stop());

  const move = (body: object) => judge.ask("POST", `/hearings/${hearingId}/moves`, body, key());
  const announced = async () =>
    (await app.ask("GET", `/announcements/hearings?court=${encodeURIComponent(COURT)}&date=${day}`)).json;
  const templates = async (name: string): Promise<number> => {
    const rows = await app.database.read("SELECT id FROM message WHERE account_id = ? AND template = ?", [
      owner.accountId,
      name,
    ]);
    return rows.length;
  };
  const attends = async (state: string) =>
    (await owner.ask("GET", `/obligations?caseId=${caseId}&state=${state}&limit=100`)).json.items.filter(
      ({ rule }: { rule: { code: string } }) => rule.code === "attend",
    );

  it("a calendar without names, the same instant, dead at once when a new secret is asked for or it is ended", async () => {
    expect((await owner.ask("GET", "/me/calendar")).json).toEqual({ icsUrl: null, since: null });
    const { icsUrl } = (await owner.ask("POST", "/me/calendar", undefined, key())).json;
    const path = (url: string): string => new URL(url).pathname.replace("/api/v1", "");
    const read = await app.ask("GET", path(icsUrl));
    expect(read.headers.get("content-type")).toContain("text/calendar");
    expect(read.headers.get("cache-control")).toBe("private, no-store");
    const [event] = new ICAL.Component(ICAL.parse(read.text))
      .getAllSubcomponents("vevent")
      .map((one) => new ICAL.Event(one));
    expect(event?.startDate.toJSDate().getTime()).toBe(Date.parse(`${day}T09:00:00+08:00`));
    expect(event?.summary).toContain("民初");
    for (const name of ["钟晓", "李强", "周明", "民间借贷"]) expect(read.text).not.toContain(name);
    const stored = JSON.stringify(await app.database.read("SELECT * FROM calendar_feed"));
    expect(stored).not.toContain(icsUrl.split("/").at(-1).replace(".ics", ""));
    const other = (await stranger.ask("POST", "/me/calendar", undefined, key())).json.icsUrl;
    expect((await app.ask("GET", path(other))).text).not.toContain("BEGIN:VEVENT");
    const second = (await owner.ask("POST", "/me/calendar", undefined, key())).json.icsUrl;
    expect((await app.ask("GET", path(icsUrl))).json.code).toBe("calendar.not_found");
    expect((await app.ask("GET", path(second))).status).toBe(200);
    expect((await owner.ask("DELETE", "/me/calendar")).status).toBe(204);
    expect((await app.ask("GET", path(second))).status).toBe(404);
    const bench = (await judge.ask("POST", "/me/calendar", undefined, key())).json.icsUrl;
    expect((await app.ask("GET", path(bench))).text).toContain("BEGIN:VEVENT");
  });

  it("the public, once the parties were told; of what is not public no name and no cause; the desk: a duty to attend", async () => {
    expect((await announced()).items).toEqual([]);
    expect(await attends("open")).toEqual([]);
    const notified = await move({ action: "notify" });
    expect(notified.status, notified.text).toBe(200);
    await app.settle();
    expect(await announced()).toMatchObject({
      date: day,
      items: [{ cause: "民间借贷纠纷", parties: "原告钟晓；被告李强", judge: "周明", state: { code: "notified" } }],
    });
    const [duty] = await attends("open");
    expect(duty).toMatchObject({ dueOn: day, basis: expect.stringContaining("139") });
    expect(duty.explanation).toContain("不因休假日顺延");
    await app.database.read("UPDATE hearing SET is_public = 0, closed_reason = 'privacy' WHERE id = ?", [hearingId]);
    const [closed] = (await announced()).items;
    expect(closed).toMatchObject({ cause: null, parties: null, isPublic: false });
    expect(JSON.stringify(closed)).not.toMatch(/钟晓|李强|借贷/);
    await app.database.read("UPDATE hearing SET closed_reason = 'state_secret' WHERE id = ?", [hearingId]);
    expect((await announced()).items).toEqual([]);
    await app.database.read("UPDATE hearing SET is_public = 1, closed_reason = NULL WHERE id = ?", [hearingId]);
    expect((await app.ask("GET", `/announcements/hearings?court=${encodeURIComponent(COURT)}`)).status).toBe(422);
    expect(app.unexpected).toEqual([]);
  });

  it("everybody before it, in good time, and nobody of one that was called off", async () => {
    const due = (before: string) =>
      app.database.read(
        `UPDATE outbox SET due_at = UTC_TIMESTAMP(3) WHERE name = 'hearing.reminder' AND done_at IS NULL AND payload LIKE ?`,
        [`%"before":"${before}"%`],
      );
    expect(await templates("hearing.reminder")).toBe(0);
    await due("7d");
    await app.settle();
    expect(await templates("hearing.reminder")).toBe(1);
    await due("1h");
    await app.settle();
    expect(await templates("hearing.reminder_now")).toBe(1);
    const bench = await app.database.read(
      "SELECT id FROM message WHERE account_id = ? AND template = 'hearing.reminder_bench'",
      [judge.accountId],
    );
    expect(bench).toHaveLength(1);
    expect((await move({ action: "cancel", reason: "原告申请撤诉" })).status).toBe(200);
    await app.settle();
    expect(await templates("hearing.cancelled")).toBe(1);
    expect(await attends("open")).toEqual([]);
    expect((await announced()).items).toMatchObject([{ state: { code: "cancelled" } }]);
    await due("3d");
    await due("1d");
    await app.settle();
    expect(await templates("hearing.reminder")).toBe(1);
    expect(app.unexpected).toEqual([]);
  });
});
