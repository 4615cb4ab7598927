import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { holdCaseFor, writeCaseEvent } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { dropSummonses } from "#modules/service/index.ts";
import { releaseBooking } from "./book.ts";
import { settleHearing } from "./consent-settle.ts";
import { aboutHearing, bookSomeRoom, settlingRole, timesOf } from "./fix.ts";
import { endOf } from "./fix-check.ts";
import type { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import { setReminders } from "./remind.ts";
import { noticeDays } from "./slots-notice.ts";
import { inWords } from "./slots-words.ts";
import { sealReason, seatsOf } from "./store.ts";
import { HEARING_KINDS, hearingWorkflow } from "./workflow.ts";

interface Moving {
  readonly startsAt: Date;
  readonly roomId: string | null;
  /** `party`: a party asked, and nobody had anything against it; `court`: the court's own. */
  readonly reasonCode: "party" | "court" | "absence";
  /** In the court's words; null where a party asked. */
  readonly reason: string | null;
}

/**
 * 改期: another time for the same sitting. Everybody's time is let go and kept anew in one work; whoever was summoned is summoned
 * anew. Throws what booking throws; then nothing has changed. The caller holds the hearing.
 */
export async function moveTime(
  work: Work,
  means: Means,
  hearing: Hearing,
  { startsAt, roomId, reasonCode, reason }: Moving,
): Promise<void> {
  const wasNotified = hearing.state === "notified";
  const state = hearingWorkflow.next(hearing.state, "reschedule", settlingRole(work));
  const before = { ...timesOf(hearing), roomId: hearing.roomId ? String(hearing.roomId) : null };
  const endsAt = endOf(startsAt, hearing.minutes);
  const seats = await seatsOf(work, String(hearing.id));
  await keepingOld(work, String(hearing.id), async () => {
    await bookSomeRoom(work, means, hearing, seats, { startsAt, endsAt, roomId });
  });
  await hearing.update(
    {
      state,
      notifiedAt: null,
      expiresAt: null,
      reasonCode,
      reason: reason === null ? null : sealReason(means.vault, hearing, reason),
      version: hearing.version + 1,
    },
    { transaction: work.tx },
  );
  await dropSummonses(work, String(hearing.caseId), `hearing:${hearing.id}:`);
  await tellCase(work, means, hearing, "改期", `${inWords(startsAt, endsAt)}${reason ? `；理由：${reason}` : ""}`);
  const after = { ...timesOf(hearing), roomId: hearing.roomId ? String(hearing.roomId) : null };
  await work.emit({
    name: "hearing.changed",
    ...aboutHearing(hearing),
    ...timesOf(hearing),
    before,
    after,
    wasNotified,
  });
  await setReminders(work, hearing);
  // What the parties settled among themselves needs nobody of the court to tell it again.
  if (reasonCode === "party" && wasNotified) await notifyHearing(work, means, hearing);
}

/** The old time is let go only while the new one is being kept: where that fails, a savepoint brings the old one back. */
async function keepingOld(work: Work, hearingId: string, book: () => Promise<void>): Promise<void> {
  await work.change("SAVEPOINT moving_hearing");
  try {
    await releaseBooking(work, hearingId);
    await book();
  } catch (error) {
    await work.change("ROLLBACK TO SAVEPOINT moving_hearing");
    throw error;
  }
}

/**
 * 通知: settles who takes part online, and tells the parties; summonses go out on being told (`listen.ts`). Throws `hearing.notice`
 * where it is too late for the law's three days (民诉§139), `hearing.no_room`.
 */
export async function notifyHearing(work: Work, means: Means, hearing: Hearing): Promise<void> {
  const state = hearingWorkflow.next(hearing.state, "notify", settlingRole(work));
  const courtCase = await holdCaseFor(work, String(hearing.caseId), { anyway: true });
  const days = noticeDays(hearing.kind, courtCase.trialProcedure);
  if (courtDayOf(hearing.startsAt as Date) < addDays(courtDayOf(work.at), days)) throw problem("hearing.notice");
  await settleHearing(work, means, hearing, { mustHaveRoom: true });
  await hearing.update({ state, notifiedAt: work.at, version: hearing.version + 1 }, { transaction: work.tx });
  await work.change("INSERT INTO hearing_summoned (hearing_id, starts_at, at) VALUES (?, ?, ?)", [
    String(hearing.id),
    hearing.startsAt as Date,
    work.at,
  ]);
  await tellCase(work, means, hearing, "已通知", inWords(hearing.startsAt as Date, hearing.endsAt as Date));
  await work.emit({ name: "hearing.notified", ...aboutHearing(hearing), ...timesOf(hearing) });
}

/** A line in the course of the case. */
export async function tellCase(
  work: Work,
  { vault }: Pick<Means, "vault">,
  hearing: Hearing,
  what: string,
  detail: string,
): Promise<void> {
  const courtCase = await holdCaseFor(work, String(hearing.caseId), { anyway: true });
  await writeCaseEvent(
    work,
    vault,
    { id: String(courtCase.id), sealRef: courtCase.sealRef },
    {
      kind: "hearing",
      source: `hearing:${hearing.id}:${hearing.version}`,
      title: `${HEARING_KINDS[hearing.kind]}${what}`,
      detail,
    },
  );
}
