import { addWorkdays, courtDayOf } from "#core/period.ts";
import { Problem } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { handlingFor, holdCaseFor } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { usedUp } from "./adjourn-rules.ts";
import { moveTime } from "./adjourn-time.ts";
import { answerConsent, settleHearing } from "./consent-settle.ts";
import { aboutHearing, fixHearing } from "./fix.ts";
import { type Hearing, HearingOption, HearingStrike } from "./model.ts";
import { findDates } from "./negotiate-dates.ts";
import { isTooLateToChange } from "./negotiate-present.ts";
import type { Responding } from "./negotiate-schema.ts";
import {
  answersOf,
  beginNegotiation,
  closeNegotiation,
  lastNegotiation,
  type Negotiation,
  writeAnswer,
} from "./negotiate-store.ts";
import { problem } from "./problems.ts";
import { ensureResources } from "./resources.ts";
import { holdHearing, listOptions, sealReason } from "./store.ts";
import { LIVE } from "./workflow.ts";

const DATES = 4;
/** Dates are proposed so often before the court settles it. */
const MOST_TURNS = 2;
const ANSWER_WORKDAYS = 2;

/**
 * What a party answers: whether it takes part online, when it cannot come, which of the proposed dates do not suit it. Who cannot
 * come at the time that was fixed asks for another one. A stand-in answers the proposed dates, and nothing else. Throws 403 `hearing.not_party`, 409 and 422 as `problems.ts` says.
 */
export async function respond(work: Work, means: Means, id: string, given: Responding): Promise<Hearing> {
  const hearing = await holdHearing(work, id);
  const caseId = String(hearing.caseId);
  const acting = await handlingFor(work, caseId, "dates");
  if (acting.length === 0) throw problem("hearing.not_party");
  const partyKeys = [...new Set(acting.map(({ partyKey }) => partyKey))];
  if (!LIVE.includes(hearing.state)) throw problem("hearing.not_negotiated");
  const { strike, consentOnline, unavailable = [], reason = "" } = given;
  // The screen and another day are for the client and their lawyer to ask for.
  const isOwn = acting.some(({ rights }) => rights === null);
  if (!isOwn && (consentOnline !== undefined || unavailable.length > 0)) throw problem("hearing.not_party");
  if (strike === undefined && consentOnline === undefined && unavailable.length === 0) throw problem("hearing.nothing");
  if (consentOnline) {
    await answerConsent(work, means, hearing, partyKeys, { answer: consentOnline, reason });
    if (hearing.state !== "proposed") await settleHearing(work, means, hearing, { mustHaveRoom: false });
  }
  await stateAbsences(work, unavailable);
  if (strike !== undefined) await strikeDates(work, means, hearing, partyKeys, strike);
  else if (cannotCome(hearing, unavailable)) await askChange(work, means, hearing, partyKeys, reason);
  return hearing;
}

async function strikeDates(
  work: Work,
  means: Means,
  hearing: Hearing,
  partyKeys: readonly string[],
  strike: readonly number[],
): Promise<void> {
  const open = await lastNegotiation(work, String(hearing.id));
  if (open?.state !== "open") throw problem("hearing.not_negotiated");
  if (work.at >= open.expiresAt) throw problem("hearing.answers_over");
  const options = await listOptions(work, String(hearing.id));
  if (strike.some((one) => !options.some(({ ordinal }) => ordinal === one))) throw problem("hearing.option");
  await writeAnswer(work, open, partyKeys, strike);
  const { missing } = await answersOf(work, open, String(hearing.caseId));
  if (missing.length === 0) await conclude(work, means, hearing, open, "all");
}

/** The timer: whoever said nothing has nothing against any of the dates. Safe to repeat. */
export async function answersDue(work: Work, means: Means, hearingId: string, negotiationId: string): Promise<void> {
  const hearing = await holdHearing(work, hearingId);
  const open = await lastNegotiation(work, hearingId);
  if (open?.state !== "open" || open.id !== negotiationId || !LIVE.includes(hearing.state)) return;
  await conclude(work, means, hearing, open, "time");
}

/**
 * Takes the first date that nobody struck and that is still free for all; else proposes others once; else the court settles it. The
 * hearing is held by the caller: of an answer and the timer one comes first, and the other finds it done.
 */
async function conclude(
  work: Work,
  means: Means,
  hearing: Hearing,
  open: Negotiation,
  by: "all" | "time",
): Promise<void> {
  const { struck } = await answersOf(work, open, String(hearing.caseId));
  const options = await listOptions(work, String(hearing.id));
  for (const { ordinal, startsAt, roomId } of options) {
    if (struck.has(ordinal)) continue;
    if (!(await isTaken(work, means, hearing, open, startsAt, roomId))) continue;
    await closeNegotiation(work, open, "agreed", by);
    return;
  }
  await closeNegotiation(work, open, "renewed", by);
  const earlier = options.map(({ startsAt }) => startsAt);
  const isOpen =
    open.turn < MOST_TURNS && (await openTurn(work, means, hearing, { ...open, turn: open.turn + 1 }, earlier));
  if (isOpen) return;
  await closeNegotiation(work, open, "court", by);
  const { purpose, askedBy } = open;
  await work.emit({ name: "hearing.undecided", ...aboutHearing(hearing), purpose, partyKey: askedBy });
}

/** Books a date where it can be booked; what somebody else has taken meanwhile is passed over. */
async function isTaken(
  work: Work,
  means: Means,
  hearing: Hearing,
  { purpose }: Negotiation,
  startsAt: Date,
  roomId: string | null,
): Promise<boolean> {
  try {
    if (purpose === "first") {
      // A room for the screen alone does not do where somebody comes in person.
      const mode = await settleHearing(work, means, hearing, { mustHaveRoom: false });
      await fixHearing(work, means, hearing, startsAt, mode === (hearing.wantedMode ?? mode) ? roomId : null);
    } else await moveTime(work, means, hearing, { startsAt, roomId, reasonCode: "party", reason: null });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith("hearing.")) return false;
    throw error;
  }
}

/** Proposes dates once more, or for the first time where a party wants another one; false where none can be found. */
async function openTurn(
  work: Work,
  means: Means,
  hearing: Hearing,
  {
    purpose,
    turn,
    askedBy,
    reason = null,
  }: Pick<Negotiation, "purpose" | "turn" | "askedBy"> & { reason?: Buffer | null },
  not: readonly Date[],
): Promise<boolean> {
  const hearingId = String(hearing.id);
  const dates = await findDates(work, means, hearing, { count: DATES, not });
  if (dates.length === 0) return false;
  await HearingStrike.destroy({ where: { hearingId }, transaction: work.tx });
  await HearingOption.destroy({ where: { hearingId }, transaction: work.tx });
  await HearingOption.bulkCreate(
    dates.map((date, n) => ({ hearingId, ordinal: n + 1, ...date })),
    { transaction: work.tx },
  );
  const evening = addWorkdays(courtCalendar, courtDayOf(work.at), ANSWER_WORKDAYS).day;
  const first = Math.min(...[hearing.startsAt, dates[0]?.startsAt].flatMap((one) => (one ? [one.getTime() - 1] : [])));
  const expiresAt = new Date(Math.min(Date.parse(`${evening}T18:00:00+08:00`), first));
  const id = await beginNegotiation(work, hearing, { purpose, turn, expiresAt, askedBy, reason });
  await hearing.update({ expiresAt, version: hearing.version + 1 }, { transaction: work.tx });
  if (purpose === "first") {
    await work.emit({ name: "hearing.proposed", ...aboutHearing(hearing), expiresAt: expiresAt.toISOString() });
    return true;
  }
  // Whoever asked has said when they cannot come: of these dates all suit them.
  if (askedBy !== null) await writeAnswer(work, { id, hearingId }, [askedBy], []);
  const facts = { ...aboutHearing(hearing), partyKey: askedBy ?? "", expiresAt: expiresAt.toISOString() };
  await work.emit({ name: "hearing.change_asked", ...facts });
  return true;
}

async function askChange(
  work: Work,
  means: Means,
  hearing: Hearing,
  partyKeys: readonly string[],
  reason: string,
): Promise<void> {
  const last = await lastNegotiation(work, String(hearing.id));
  if (last?.state === "open") throw problem("hearing.changing");
  if (reason.trim() === "") throw problem("hearing.change_reason");
  const startsAt = hearing.startsAt as Date;
  if (isTooLateToChange(startsAt, work.at)) throw problem("hearing.change_late");
  const courtCase = await holdCaseFor(work, String(hearing.caseId), { anyway: true });
  if (await usedUp(within(work, means.database), courtCase)) throw problem("hearing.change_over");
  const [askedBy = null] = partyKeys;
  const turn = (last?.turn ?? 0) + 1;
  const sealed = sealReason(means.vault, hearing, reason);
  const asked = { purpose: "change", turn, askedBy, reason: sealed } as const;
  if (await openTurn(work, means, hearing, asked, [startsAt])) {
    const now = await lastNegotiation(work, String(hearing.id));
    const { missing } = now ? await answersOf(work, now, String(hearing.caseId)) : { missing: [""] };
    // Nobody else is here to be asked.
    if (now && missing.length === 0) await conclude(work, means, hearing, now, "all");
    return;
  }
  await beginNegotiation(work, hearing, { ...asked, expiresAt: work.at });
  const made = await lastNegotiation(work, String(hearing.id));
  if (made) await closeNegotiation(work, made, "court", "all");
  await work.emit({ name: "hearing.undecided", ...aboutHearing(hearing), purpose: "change", partyKey: askedBy });
}

interface Span {
  readonly from: string;
  readonly to: string;
}
const cannotCome = ({ startsAt, endsAt }: Hearing, spans: readonly Span[]): boolean =>
  !!startsAt && !!endsAt && spans.some(({ from, to }) => new Date(from) < endsAt && new Date(to) > startsAt);

/** When somebody cannot come, in every case alike; why is nobody's business. */
async function stateAbsences(work: Work, spans: readonly Span[]): Promise<void> {
  if (spans.length === 0) return;
  if (spans.some(({ from, to }) => new Date(from) >= new Date(to))) throw problem("resource.absence_times");
  const person = { kind: "person", ref: work.actor.accountId, courtCode: null } as const;
  const [resourceId] = (await ensureResources(work, [person])).values();
  for (const { from, to } of spans)
    await work.change(
      `INSERT INTO resource_absence (resource_id, from_at, to_at, kind, by_id, at) SELECT ?, ?, ?, 'stated', ?, ? FROM DUAL
       WHERE NOT EXISTS (SELECT 1 FROM resource_absence WHERE resource_id = ? AND from_at <= ? AND to_at >= ?)`,
      [
        resourceId ?? "",
        new Date(from),
        new Date(to),
        work.actor.accountId,
        work.at,
        resourceId ?? "",
        new Date(from),
        new Date(to),
      ],
    );
}
