import { randomUUID } from "node:crypto";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type CourtCase, holdCaseFor } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { dropSummonses } from "#modules/service/index.ts";
import { ADJOURN_REASONS, type AdjournReason, isTooFar, mostPostponements, usedUp } from "./adjourn-rules.ts";
import { moveTime, notifyHearing, tellCase } from "./adjourn-time.ts";
import { releaseBooking } from "./book.ts";
import { settleHearing } from "./consent-settle.ts";
import { aboutHearing, fixHearing, mustBeBench, timesOf } from "./fix.ts";
import { Hearing } from "./model.ts";
import type { HearingMove } from "./negotiate-schema.ts";
import { endNegotiation } from "./negotiate-store.ts";
import { problem } from "./problems.ts";
import { seatCase } from "./seat.ts";
import { inWords } from "./slots-words.ts";
import { holdHearing, listOptions, sealReason, seatsOf } from "./store.ts";
import { hearingWorkflow } from "./workflow.ts";

/**
 * One move of a sitting by the court's people: its time, its notice, that it was held, put off, moved or called off, and what bars
 * it from the screen. Throws 404, `hearing.not_bench`, 409 by the workflow, and the problems of each move.
 */
export async function moveHearing(work: Work, means: Means, id: string, move: HearingMove): Promise<Hearing> {
  const hearing = await holdHearing(work, id);
  const courtCase = await holdCaseFor(work, String(hearing.caseId));
  mustBeBench(work, courtCase);
  switch (move.action) {
    case "fix":
      await fixByHand(work, means, hearing, move);
      break;
    case "notify":
      await endNegotiation(work, id);
      await notifyHearing(work, means, hearing);
      break;
    case "hold":
      await hold(work, means, hearing);
      break;
    case "adjourn":
      await adjourn(work, means, hearing, courtCase, move);
      break;
    case "cancel":
      await cancel(work, means, hearing, move.reason);
      break;
    case "reschedule": {
      await endNegotiation(work, id);
      if (move.mode) await hearing.update({ wantedMode: move.mode, mode: move.mode }, { transaction: work.tx });
      const { startsAt, roomId = null, reason } = move;
      await moveTime(work, means, hearing, { startsAt: new Date(startsAt), roomId, reasonCode: "court", reason });
      break;
    }
    case "bar_online":
      if (hearingWorkflow.isFinal(hearing.state)) hearingWorkflow.next(hearing.state, "cancel", work.actor.role);
      await hearing.update({ bars: move.bars.join(","), version: hearing.version + 1 }, { transaction: work.tx });
      await settleHearing(work, means, hearing, { mustHaveRoom: false });
      break;
  }
  return hearing;
}

async function fixByHand(
  work: Work,
  means: Means,
  hearing: Hearing,
  { option, startsAt, roomId }: Extract<HearingMove, { action: "fix" }>,
): Promise<void> {
  // Refused by its state before anything is said of the time.
  hearingWorkflow.next(hearing.state, "fix", work.actor.role);
  await endNegotiation(work, String(hearing.id));
  if (option === undefined) {
    if (startsAt === undefined) throw problem("hearing.how");
    return fixHearing(work, means, hearing, new Date(startsAt), roomId ?? null);
  }
  const chosen = (await listOptions(work, String(hearing.id))).find(({ ordinal }) => ordinal === option);
  if (!chosen) throw problem("hearing.option");
  await fixHearing(work, means, hearing, chosen.startsAt, roomId ?? chosen.roomId);
}

async function hold(work: Work, means: Means, hearing: Hearing): Promise<void> {
  const state = hearingWorkflow.next(hearing.state, "hold", work.actor.role);
  if (!hearing.startsAt || work.at < hearing.startsAt) throw problem("hearing.not_yet");
  await endNegotiation(work, String(hearing.id));
  await hearing.update({ state, closedAt: work.at, version: hearing.version + 1 }, { transaction: work.tx });
  await tellCase(work, means, hearing, "已进行", inWords(hearing.startsAt, hearing.endsAt as Date));
  await work.emit({ name: "hearing.held", ...aboutHearing(hearing), ...timesOf(hearing) });
}

/** Ends a sitting that will not be: everybody's time is free again, and what was not sent yet is not sent. */
async function close(
  work: Work,
  means: Means,
  hearing: Hearing,
  state: "adjourned" | "cancelled",
  reasonCode: string,
  reason: string,
): Promise<void> {
  await endNegotiation(work, String(hearing.id));
  await releaseBooking(work, String(hearing.id));
  await dropSummonses(work, String(hearing.caseId), `hearing:${hearing.id}:`);
  const sealed = sealReason(means.vault, hearing, reason);
  await hearing.update(
    { state, reasonCode, reason: sealed, expiresAt: null, closedAt: work.at, version: hearing.version + 1 },
    { transaction: work.tx },
  );
}

async function cancel(work: Work, means: Means, hearing: Hearing, reason: string): Promise<void> {
  hearingWorkflow.next(hearing.state, "cancel", work.actor.role);
  const wasNotified = hearing.state === "notified";
  await close(work, means, hearing, "cancelled", "court", reason);
  await tellCase(work, means, hearing, "已取消", `理由：${reason}`);
  const startsAt = hearing.startsAt?.toISOString() ?? null;
  await work.emit({ name: "hearing.cancelled", ...aboutHearing(hearing), startsAt, wasNotified });
}

/**
 * 延期开庭 (民诉法§149): at most twice, once in simple procedures, and within a month (法释〔2019〕4号§3, §5). A new sitting of the same
 * round follows: with its time where one is given, else told later.
 */
async function adjourn(
  work: Work,
  means: Means,
  hearing: Hearing,
  courtCase: CourtCase,
  { reasonCode, note, startsAt, roomId }: Extract<HearingMove, { action: "adjourn" }>,
): Promise<void> {
  hearingWorkflow.next(hearing.state, "adjourn", work.actor.role);
  if (hearing.kind === "trial" && (await usedUp(within(work, means.database), courtCase))) {
    const most = mostPostponements(courtCase.trialProcedure ?? null);
    throw problem("hearing.postponed_enough", {
      detail: `${most === 1 ? "简易程序、小额诉讼案件" : "普通程序案件"}延期开庭不超过${most === 1 ? "一" : "两"}次（法释〔2019〕4号第三条），请按期开庭。`,
    });
  }
  if (startsAt && isTooFar(hearing.startsAt as Date, new Date(startsAt))) throw problem("hearing.too_far");
  const wasNotified = hearing.state === "notified";
  const words = `${ADJOURN_REASONS[reasonCode as AdjournReason]}${note ? `。${note}` : ""}`;
  await close(work, means, hearing, "adjourned", reasonCode, words);
  const next = await follow(work, hearing, courtCase);
  await tellCase(work, means, hearing, "已延期", `理由：${words}${startsAt ? "" : "。下次开庭时间另行通知"}`);
  if (startsAt) await fixHearing(work, means, next, new Date(startsAt), roomId ?? null);
  await work.emit({
    name: "hearing.adjourned",
    ...aboutHearing(hearing),
    startsAt: hearing.startsAt?.toISOString() ?? null,
    reasonCode,
    nextId: String(next.id),
    wasNotified,
  });
}

/** The sitting that follows one that was put off, with the same people. */
async function follow(work: Work, before: Hearing, courtCase: CourtCase): Promise<Hearing> {
  const { caseId, courtCode, kind, round, minutes, isPublic, closedReason, interpreter, bars } = before;
  const next = await Hearing.create(
    {
      sealRef: randomUUID().replaceAll("-", ""),
      caseId: String(caseId),
      courtCode,
      kind,
      mode: before.wantedMode ?? before.mode,
      round,
      postponed: before.postponed + 1,
      previousId: String(before.id),
      state: hearingWorkflow.start,
      minutes,
      orderAt: before.orderAt,
      isPublic,
      closedReason: closedReason ?? null,
      interpreter: interpreter ?? null,
      bars,
      createdAt: work.at,
      createdBy: work.actor.accountId,
    },
    { transaction: work.tx },
  );
  const assessors = (await seatsOf(work, String(before.id))).flatMap(({ role, resourceId }) =>
    role === "assessor" && resourceId ? [resourceId] : [],
  );
  await seatCase(work, courtCase, String(next.id), assessors);
  return next;
}
