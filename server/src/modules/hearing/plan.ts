import type { Actor } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { scheduleHearing } from "./fix.ts";
import type { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import type { Slot } from "./slots.ts";
import { slotsForCase } from "./slots-case.ts";
import { problem as slotsProblem } from "./slots-problems.ts";
import type { HearingMode, SittingKind } from "./workflow.ts";

/** Runs one transaction of the caller's. */
export type Run = <T>(body: (work: Work) => Promise<T>) => Promise<T>;
export interface Series {
  readonly caseIds: readonly string[];
  readonly kind: SittingKind;
  readonly mode: HearingMode;
  readonly minutes: number;
  readonly from: string;
  readonly to: string;
}
export interface Placed {
  readonly caseId: string;
  readonly outcome: "placed" | "already" | "refused";
  readonly hearing: Hearing | null;
  readonly code: string | null;
  readonly text: string;
}

/** Somebody else was quicker: another time may still do. */
const TRY_NEXT = new Set(["hearing.taken", "hearing.away", "hearing.travel", "hearing.no_room", "hearing.notice"]);
const TRIES = 6;

/**
 * A series: each case gets the best time that is left, in the order given. Each is a work of its own, so that what was placed
 * stays placed; asked again, those that have a sitting already are left as they are.
 */
export async function planSeries(means: Means, actor: Actor, run: Run, series: Series): Promise<Placed[]> {
  const rows: Placed[] = [];
  for (const caseId of new Set(series.caseIds)) rows.push(await placeOne(means, actor, run, caseId, series));
  return rows;
}

export async function placeOne(
  means: Means,
  actor: Actor,
  run: Run,
  caseId: string,
  wish: Omit<Series, "caseIds">,
): Promise<Placed> {
  try {
    const hearing = await placeSomewhere(means, actor, run, caseId, wish);
    return { caseId, outcome: "placed", hearing, code: null, text: "" };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const outcome = error.code === "hearing.open_already" ? "already" : "refused";
    return { caseId, outcome, hearing: null, code: error.code, text: error.extras.detail || error.message };
  }
}

async function placeSomewhere(
  means: Means,
  actor: Actor,
  run: Run,
  caseId: string,
  { kind, mode, minutes, from, to }: Omit<Series, "caseIds">,
): Promise<Hearing> {
  let last: unknown = null;
  for (let round = 0; round < 2; round += 1) {
    for (const slot of await timesFor(means, actor, caseId, { kind, mode, minutes, from, to })) {
      try {
        return await run((work) =>
          scheduleHearing(work, means, caseId, {
            kind,
            mode,
            minutes,
            startsAt: slot.startsAt.toISOString(),
            ...(slot.room ? { roomId: slot.room.id } : {}),
            isPublic: true,
          }),
        );
      } catch (error) {
        if (!(error instanceof Problem && TRY_NEXT.has(error.code))) throw error;
        last = error;
      }
    }
  }
  throw last ?? slotsProblem("hearing.no_slot");
}

async function timesFor(
  means: Means,
  actor: Actor,
  caseId: string,
  wish: Omit<Series, "caseIds">,
): Promise<readonly Slot[]> {
  const row = await findCaseRow(means.database, actor, caseId);
  if (!row.judgeId) throw problem("hearing.no_judge");
  const { items } = await slotsForCase(means.database, row, {
    ...wish,
    now: means.clock.now(),
    choosing: { most: TRIES },
  });
  return items;
}
