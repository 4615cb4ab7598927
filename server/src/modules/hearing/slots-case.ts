import type { Database } from "#core/database.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { type CaseRow, partyIndexes, readLimit } from "#modules/case/index.ts";
import { type Outlook, serviceOutlook } from "#modules/service/index.ts";
import { nameOf } from "./resources.ts";
import { plannedSeats } from "./seat.ts";
import { type Choosing, findSlots, type SlotAnswer } from "./slots.ts";
import { type Comer, type Question, readFacts } from "./slots-facts.ts";
import { earliestDay } from "./slots-notice.ts";
import type { Seat } from "./store.ts";
import type { HearingKind, HearingMode, SeatRole } from "./workflow.ts";

/** As `court_case` has it, read or held. */
export type CaseOfSlots = Pick<
  CaseRow,
  | "id"
  | "courtCode"
  | "caseTypeCode"
  | "trialProcedure"
  | "acceptedOn"
  | "closedOn"
  | "judgeId"
  | "panelIds"
  | "courtClerkId"
>;
export interface Wish {
  readonly kind: HearingKind;
  readonly mode: HearingMode;
  readonly minutes: number;
  /** Court days, both counted. */
  readonly from: string;
  readonly to: string;
  readonly now: Date;
  readonly language?: string | null | undefined;
  readonly roomId?: string | null | undefined;
  /** Of a sitting that is there already: its seats count, its own time does not. */
  readonly moving?: { readonly hearingId: string; readonly seats: readonly Seat[] } | undefined;
  readonly assessors?: readonly string[] | undefined;
  readonly most?: number;
  readonly choosing?: Choosing;
}

/** Times for a sitting of a case, the best first, and why the other days fell out. */
export async function slotsForCase(from: Database, row: CaseOfSlots, wish: Wish): Promise<SlotAnswer> {
  const facts = await readFacts(from, await questionOf(from, row, wish));
  return findSlots(facts, wish.minutes, { most: wish.most, ...wish.choosing });
}

export async function questionOf(from: Database, row: CaseOfSlots, wish: Wish): Promise<Question> {
  const { kind, mode, now, moving } = wish;
  const today = courtDayOf(now);
  const [parties, outlook, limit, comers] = await Promise.all([
    partyIndexes(from, String(row.id)),
    serviceOutlook(from, String(row.id)),
    readLimit(from, row, today),
    moving ? moving.seats.flatMap(comerOf) : comersOf(from, row, wish.assessors),
  ]);
  const outlooks = parties.map(({ key }): Outlook => outlook.get(key) ?? "paper");
  return {
    courtCode: row.courtCode,
    mode,
    now,
    from: wish.from < today ? today : wish.from,
    to: wish.to,
    earliest: earliestDay(today, kind, row.trialProcedure, outlooks),
    lastDay: limit === null || limit.stoppedSince !== null ? null : limit.lastDay,
    comers,
    language: wish.language ?? null,
    hearingId: moving?.hearingId,
    roomId: wish.roomId,
  };
}

/** Those whose time would be kept, were the sitting made now. */
async function comersOf(from: Database, row: CaseOfSlots, assessors: readonly string[] = []): Promise<Comer[]> {
  const seats = (await plannedSeats(from, String(row.id), row)).filter(({ booked, resource }) => booked && resource);
  const wanted = seats.flatMap(({ resource }) => (resource ? [resource] : []));
  const known = await from.read<{ id: string; kind: string; ref: string }>(
    `SELECT id, kind, ref FROM booking_resource WHERE ${wanted.map(() => "(kind = ? AND ref = ?)").join(" OR ") || "FALSE"}`,
    wanted.flatMap(({ kind, ref }) => [kind, ref]),
  );
  const ids = new Map(known.map((one) => [nameOf(one), String(one.id)]));
  return [
    ...seats.map(({ role, resource, accountId }) => ({
      kind: kindOf(role),
      resourceId: resource ? (ids.get(nameOf(resource)) ?? null) : null,
      staffId: kindOf(role) === "person" ? null : (accountId ?? null),
    })),
    ...assessors.map((id) => ({ kind: "assessor" as const, resourceId: id, staffId: null })),
  ];
}

/** Interpreters are found anew, like rooms. */
export const comerOf = ({ role, booked, resourceId, accountId }: Seat): Comer[] =>
  !booked || role === "interpreter"
    ? []
    : [{ kind: kindOf(role), resourceId, staffId: kindOf(role) === "person" ? null : accountId }];

const kindOf = (role: SeatRole): Comer["kind"] => {
  if (role === "presiding" || role === "judge") return "judge";
  return role === "clerk" || role === "assessor" ? role : "person";
};

const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 180;
/** The days to look at: a month from today where nothing is said; null where they make no sense. */
export function daysOf(
  now: Date,
  from: string | undefined,
  to: string | undefined,
): { from: string; to: string } | null {
  const today = courtDayOf(now);
  const first = from ?? today;
  const last = to ?? addDays(first < today ? today : first, DEFAULT_DAYS);
  return last < today || last < first || last > addDays(today, LONGEST_DAYS * 2) || last > addDays(first, LONGEST_DAYS)
    ? null
    : { from: first, to: last };
}
