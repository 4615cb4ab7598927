import type { RowDataPacket } from "mysql2/promise";
import { courtDayOf } from "#core/period.ts";
import type { TestApp } from "./app.ts";
import { COURT } from "./filings.ts";
import { type LaidCase, layCases } from "./hearings.ts";
import { withOwner } from "./reliability/crowd.ts";

const COURTS = 50;
const JUDGES = 20;
const ROOMS = 10;
const COUNSEL = 2000;
const DAYS = 120;
/** Cases that look for a time; sittings that are stored. */
const FIRST_CASE = 500_001;
const FIRST_SITTING = 10_000_000;

/** Cases like the template, of judges, clerks and counsel who sit in what `fillSittings` lays down. */
export async function casesToPlan(app: TestApp, templateId: string, count: number): Promise<LaidCase[]> {
  const cases = Array.from({ length: count }, (_, n) => ({
    id: String(FIRST_CASE + n),
    courtCode: COURT,
    judgeId: String(700_001 + (n % JUDGES)),
    clerkId: String(750_001 + (n % JUDGES)),
    procedure: "ordinary" as const,
    acceptedOn: courtDayOf(app.clock.now()),
    plaintiff: null,
    defendant: null,
    counsel: { p1: String(800_001 + n), d1: String(800_001 + n + count) },
    electronic: ["p1", "d1"] as const,
  }));
  await layCases(app, templateId, cases);
  return cases;
}

/**
 * Each sitting has its court, judge, clerk, room and two counsel who go from court to court; four a day in each room. Rows of
 * people come from their numbers, so that nobody sits twice: a sitting's number says when and where it is. Of fifty courts over
 * half a year from `firstDay`, until there are `count`; goes on where it stopped.
 */
export async function fillSittings(app: TestApp, firstDay: string, count: number): Promise<void> {
  await withOwner(app, async (owner) => {
    const [courts] = await owner.query<RowDataPacket[]>(
      "SELECT code FROM court WHERE code <> ? AND level = '基层' AND retired_at IS NULL ORDER BY code LIMIT ?",
      [COURT, COURTS - 1],
    );
    await owner.query("CREATE TABLE IF NOT EXISTS number (n INT PRIMARY KEY)");
    await owner.query("SET SESSION max_recursive_iterations = 1000000");
    await owner.query(
      "INSERT IGNORE INTO number WITH RECURSIVE s AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM s WHERE n < ?) SELECT n FROM s",
      [Math.max(count, COUNSEL) - 1],
    );
    await owner.query(
      "CREATE TABLE IF NOT EXISTS place (n INT PRIMARY KEY, code VARCHAR(16) COLLATE utf8mb4_bin NOT NULL)",
    );
    await owner.query("INSERT IGNORE INTO place VALUES ?", [
      [COURT, ...courts.map(({ code }) => code as string)].map((code, n) => [n, code]),
    ]);
    // Ids of the people are their kind's base and their place: judges from 1000000, clerks 2000000, rooms 3000000, counsel 4000000.
    const people = (base: number, kind: string, count: number, ref: string) =>
      owner.query(
        `INSERT IGNORE INTO booking_resource (id, kind, ref, court_code, name)
         SELECT ${base} + p.n * 100 + n.n, '${kind}', ${ref}, p.code, IF('${kind}' = 'courtroom', CONCAT('第', n.n + 1, '法庭'), '')
         FROM place p JOIN number n WHERE n.n < ${count}`,
      );
    await people(1_000_000, "judge", JUDGES, "700001 + p.n * 100 + n.n");
    await people(2_000_000, "clerk", JUDGES, "750001 + p.n * 100 + n.n");
    await people(3_000_000, "courtroom", ROOMS, "CONCAT('r', p.n, '-', n.n)");
    await owner.query(
      `INSERT IGNORE INTO booking_resource (id, kind, ref) SELECT 4000000 + n.n, 'person', 800001 + n.n FROM number n WHERE n.n < ${COUNSEL}`,
    );
    const [[before]] = await owner.query<RowDataPacket[]>("SELECT COUNT(*) AS n FROM hearing WHERE id >= ?", [
      FIRST_SITTING,
    ]);
    const more = `n.n >= ${Number(before?.["n"])} AND n.n < ${count}`;
    // Number n: court n % 50; of its cells (a room, one of the day's four turns, a day) five of twelve are taken.
    const court = `n.n % ${COURTS}`;
    const cell = `((n.n DIV ${COURTS}) * 12 DIV 5)`;
    const room = `${cell} % ${ROOMS}`;
    const turn = `(${cell} DIV ${ROOMS}) % 4`;
    const day = `(${cell} DIV ${ROOMS * 4}) % ${DAYS}`;
    const begin = Date.parse(`${firstDay}T09:00:00+08:00`) / 900_000;
    const quarter = `${begin} + (${day}) * 96 + ELT((${turn}) + 1, 0, 6, 20, 26)`;
    await owner.query(
      `INSERT INTO hearing (id, seal_ref, case_id, court_code, kind, mode, round, state, minutes, starts_at, ends_at, order_at, room_id,
         is_public, created_at, created_by)
       SELECT ${FIRST_SITTING} + n.n, MD5(n.n), ${FIRST_SITTING} + n.n, p.code, 'trial', 'in_person', 1, 'fixed', 90,
         FROM_UNIXTIME((${quarter}) * 900), FROM_UNIXTIME((${quarter}) * 900 + 5400), FROM_UNIXTIME((${quarter}) * 900),
         3000000 + (${court}) * 100 + (${room}), 1, UTC_TIMESTAMP(3), 1
       FROM number n JOIN place p ON p.n = ${court} WHERE ${more}`,
    );
    // At one time a court's ten rooms have ten of its judges, by turns; counsel are other people in each court.
    const seats = [
      `1000000 + (${court}) * 100 + ((${room}) * 2 + (${day}) % 2) % ${JUDGES}`,
      `2000000 + (${court}) * 100 + ((${room}) * 2 + (${day}) % 2) % ${JUDGES}`,
      `4000000 + ((${court}) * 20 + (${room}) + (${day}) * 7 + (${turn}) * 3) % 1000`,
      `4000000 + 1000 + ((${court}) * 20 + (${room}) + (${day}) * 11 + (${turn}) * 3) % 1000`,
    ];
    const roles = ["presiding", "clerk", "agent", "agent"];
    for (const [n, resource] of seats.entries())
      await owner.query(
        `INSERT INTO hearing_seat (hearing_id, resource_id, role, booked) SELECT ${FIRST_SITTING} + n.n, ${resource}, '${roles[n]}', 1
         FROM number n WHERE ${more}`,
      );
    for (const resource of [...seats, `3000000 + (${court}) * 100 + (${room})`])
      await owner.query(
        `INSERT INTO hearing_booking (resource_id, quarter, hearing_id) SELECT ${resource}, (${quarter}) + q.n, ${FIRST_SITTING} + n.n
         FROM number n JOIN number q ON q.n < 6 WHERE ${more}`,
      );
    await owner.query("ANALYZE TABLE hearing, hearing_seat, hearing_booking, booking_resource");
  });
}
