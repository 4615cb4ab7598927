import type { Database } from "#core/database.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { holdCaseFor } from "#modules/case/index.ts";
import { bookedBy } from "./book.ts";
import type { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import { comerOf } from "./slots-case.ts";
import { readFacts } from "./slots-facts.ts";
import { noticeDays } from "./slots-notice.ts";
import { obstacle } from "./slots-obstacle.ts";
import type { Seat } from "./store.ts";

const MINUTE_MS = 60_000;
const QUARTER_MS = 900_000;

export const endOf = (startsAt: Date, minutes: number): Date => new Date(startsAt.getTime() + minutes * MINUTE_MS);

/**
 * Whether a time may be fixed: ahead, on full quarters, within one day, three days after telling everybody (民诉法§139), with
 * nobody of the court away and nobody of the public still on their way from another sitting. Throws 422 `hearing.time`,
 * `hearing.notice`, 409 `hearing.away`, `hearing.travel`. That nobody is taken is not asked here: the booking itself makes
 * sure. What the public stated about their time is the court's to weigh: `slots` spares it, a judge may decide otherwise.
 */
export async function checkFixed(
  work: Work,
  database: Database,
  hearing: Hearing,
  seats: readonly Seat[],
  startsAt: Date,
  endsAt: Date,
  roomId: string | null,
): Promise<void> {
  const day = courtDayOf(startsAt);
  const isSameDay = courtDayOf(new Date(endsAt.getTime() - 1)) === day;
  if (!(startsAt > work.at) || startsAt.getTime() % QUARTER_MS !== 0 || !isSameDay) throw problem("hearing.time");
  const { trialProcedure } = await holdCaseFor(work, String(hearing.caseId), { anyway: true });
  if (day < addDays(courtDayOf(work.at), noticeDays(hearing.kind, trialProcedure))) throw problem("hearing.notice");

  // Held in the order of their ids: nobody is given two sittings at once that are too far from each other.
  const held = bookedBy(seats, null);
  if (held.length > 0)
    await work.query(
      `SELECT id FROM booking_resource WHERE id IN (${held.map(() => "?").join(",")}) ORDER BY id FOR UPDATE`,
      held,
    );
  const facts = await readFacts(database, {
    courtCode: hearing.courtCode,
    mode: hearing.mode,
    now: work.at,
    from: day,
    to: day,
    earliest: day,
    lastDay: null,
    comers: seats.flatMap(comerOf),
    language: null,
    hearingId: String(hearing.id),
    roomId,
  });
  const span = { from: startsAt.getTime(), to: endsAt.getTime() };
  const against = obstacle(facts, day, span, "fixing");
  if (against === "travel") throw problem("hearing.travel");
  if (typeof against === "string") throw problem("hearing.away", { detail: AWAY[against] ?? "" });
}

const AWAY: Readonly<Record<string, string>> = {
  judge_away: "审判人员在这个时间不在岗，请另选时间，或者先调整审判人员。",
  clerk_away: "书记员在这个时间不在岗，请另选时间，或者先调整书记员。",
  room_busy: "这个法庭在这个时间不能使用，请另选时间或者法庭。",
};
