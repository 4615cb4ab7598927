import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { COURT, key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { layCases, overlaps, sittingsByResource } from "#test/hearings.ts";
import type { StaffPerson } from "#test/people.ts";
import { seeded } from "#test/reliability/crowd.ts";

const BOOKINGS = 500;
const JUDGES = 20;
const CLERKS = 20;
const COUNSEL = 40;
const ROOMS = 10;

/** Five hundred at one moment, over HTTP, on a real MariaDB: the key of the table is all that keeps them apart. */
describe("500 bookings at once on 20 judges and 10 rooms", () => {
  let app: TestApp;
  let boss: StaffPerson;
  const rooms: string[] = [];
  const { random } = seeded("book-crowd");
  const pick = (count: number): number => Math.floor(random() * count);
  const caseIds = Array.from({ length: BOOKINGS }, (_, n) => String(200_001 + n));
  beforeAll(async () => {
    app = await startApp("hearing-crowd");
    await seedCourtsAndRules(app);
    const { caseId } = await acceptedCase(app, "王芳", { defendant: "李强" });
    boss = await supervisor(app);
    for (let n = 1; n <= ROOMS; n += 1) {
      const made = await boss.ask("POST", "/hearing-resources", { kind: "courtroom", name: `第${n}法庭` });
      expect(made.status, made.text).toBe(201);
      rooms.push(made.json.id);
    }
    const today = courtDayOf(app.clock.now());
    await layCases(
      app,
      caseId,
      caseIds.map((id) => ({
        id,
        courtCode: COURT,
        judgeId: String(700_001 + pick(JUDGES)),
        clerkId: String(710_001 + pick(CLERKS)),
        procedure: "summary" as const,
        acceptedOn: today,
        plaintiff: null,
        defendant: null,
        counsel: { p1: String(800_001 + pick(COUNSEL / 2)), d1: String(800_001 + COUNSEL / 2 + pick(COUNSEL / 2)) },
        electronic: ["p1", "d1"] as const,
      })),
    );
  }, 240_000);
  afterAll(() => app.stop());

  it("leaves nobody and no room with two of them, and tells the losers", async () => {
    const day = addDays(courtDayOf(app.clock.now()), 9);
    const answers = await Promise.all(
      caseIds.map(async (caseId) => {
        // Twenty-two half hours on two days, an hour each: most of them cross some other.
        const quarter = pick(22) * 2 + 32;
        const time = `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
        const body = {
          mode: "in_person",
          minutes: 60,
          startsAt: `${addDays(day, pick(2))}T${time}:00+08:00`,
          ...(random() < 0.5 ? { roomId: rooms[pick(ROOMS)] } : {}),
        };
        const once = key();
        for (let attempt = 0; ; attempt += 1) {
          // A crowd is sent away for a moment, or its line breaks: whoever asks again with the same key asks for the same.
          const answer = await boss.ask("POST", `/cases/${caseId}/hearings`, body, once).catch(() => null);
          if (answer && (answer.status !== 503 || attempt === 60)) return answer;
          if (attempt > 60) throw new Error("never answered");
          await sleep(1000 * (1 + attempt / 4));
        }
      }),
    );
    const codes = new Map<string, number>();
    for (const { status, json } of answers) {
      const code = status === 201 ? "booked" : `${status} ${json?.code}`;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    console.log(`of ${BOOKINGS}: ${[...codes].map(([code, count]) => `${code} ${count}`).join(", ")}`);
    const sittings = await sittingsByResource(app);
    expect(overlaps(sittings)).toEqual([]);

    const booked = answers.filter(({ status }) => status === 201);
    expect([...codes.keys()].filter((code) => !/^(booked|409 hearing\.(taken|no_room))$/.test(code))).toEqual([]);
    expect(booked.length).toBeGreaterThan(JUDGES);
    expect(booked.length).toBeLessThan(BOOKINGS);
    const [{ n = 0 } = {}] = await app.database.read<{ n: number }>("SELECT COUNT(*) AS n FROM hearing");
    expect(Number(n)).toBe(booked.length);
    const loser = answers.find(({ json }) => json?.code === "hearing.taken" && json.taken?.length > 0);
    expect(loser?.json.detail).toMatch(/已有安排/);
    // Being sent away for a moment is what a crowd must expect; anything else is ours.
    const ours = app.unexpected.filter((one) => (one as { code?: string }).code !== "service.unavailable");
    expect(ours).toEqual([]);
  }, 900_000);
});
