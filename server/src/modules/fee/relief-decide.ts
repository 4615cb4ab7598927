import { formatYuan } from "#core/money.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { quoteFee, RELIEF_KINDS, reliefGround } from "#modules/reference/index.ts";
import { promiseRefund, shift } from "./assessment.ts";
import { reliefText } from "./documents.ts";
import { factsOf } from "./events.ts";
import { dueFen, outstandingFen } from "./ledger.ts";
import type { FeeNotice, FeeRelief } from "./model.ts";
import { keepDocument, moveNotice } from "./move.ts";
import { freshPeriod, setDay, setTimers } from "./period.ts";
import { problem } from "./problems.ts";
import { checkDeferral } from "./relief.ts";
import { showSource } from "./sources.ts";
import { openWord, sealWord } from "./store.ts";
import { reliefWorkflow } from "./workflow.ts";

export interface Granting {
  /** `"0.30"`: the share of the fee that falls away. */
  readonly reduceBy?: string | undefined;
  readonly reliefFen?: number | undefined;
  readonly deferUntil?: string | undefined;
  readonly reason: string;
}

/** What a decision comes to: the relief in all, and until when payment may wait. */
interface Outcome {
  readonly reliefFen: number;
  readonly deferUntil: string | null;
  readonly inPart: boolean;
}

/**
 * Grants what was asked, or less of it (诉讼费用交纳办法§45–§47): exemption for natural persons only, a reduction of no less than
 * 30 per cent. Exempted, or nothing left to pay: the notice is done with; else a deferral sets the day, and anything else
 * gives a fresh period. Throws `relief.too_little`, `too_much`, `amount`, `defer_until`, `natural_only`.
 */
export async function grantRelief(
  work: Work,
  means: Means,
  relief: FeeRelief,
  notice: FeeNotice,
  granting: Granting,
): Promise<void> {
  reliefWorkflow.next(relief.state, "grant", work.actor.role);
  const outcome = outcomeOf(work, relief, notice, granting);
  const state = reliefWorkflow.next(relief.state, outcome.inPart ? "grant_in_part" : "grant", work.actor.role);
  await shift(work, notice, `relief:${relief.id}`, "reliefFen", Math.max(notice.reliefFen, outcome.reliefFen));
  await record(work, means, relief, notice, { state, outcome, reason: granting.reason });
  await goOn(work, means, relief, notice, outcome);
  await promiseRefund(work, notice, `relief-${relief.id}`);
}

/** 不予准许, with its reason in writing (§48第三款), and a fresh period to pay in. */
export async function refuseRelief(
  work: Work,
  means: Means,
  relief: FeeRelief,
  notice: FeeNotice,
  reason: string,
): Promise<void> {
  const state = reliefWorkflow.next(relief.state, "refuse", work.actor.role);
  const outcome = { reliefFen: 0, deferUntil: null, inPart: false };
  await record(work, means, relief, notice, { state, outcome, reason });
  await goOn(work, means, relief, notice, outcome);
}

function outcomeOf(
  work: Work,
  relief: FeeRelief,
  notice: FeeNotice,
  { reduceBy, reliefFen, deferUntil }: Granting,
): Outcome {
  const reduces = reduceBy !== undefined || reliefFen !== undefined;
  if (deferUntil !== undefined) checkDeferral(work, deferUntil);
  if (relief.kind === "defer") {
    if (reduces) throw wrong("relief.amount", "/reduceBy", "申请的是缓交，请只写明缓交到哪一天");
    const until = deferUntil ?? relief.askedUntil;
    if (!until) throw wrong("relief.defer_until", "/deferUntil", "请写明缓交到哪一天");
    checkDeferral(work, until);
    return { reliefFen: 0, deferUntil: until, inPart: relief.askedUntil !== null && until < relief.askedUntil };
  }
  if (reduces)
    return {
      reliefFen: reductionOf(notice, reduceBy, reliefFen),
      deferUntil: deferUntil ?? null,
      inPart: relief.kind === "exempt",
    };
  if (relief.kind === "reduce" && deferUntil === undefined)
    throw wrong("relief.amount", "/reduceBy", "请写明减交的比例或者金额");
  // Asked to pay less or nothing, and allowed to pay later only.
  if (deferUntil !== undefined) return { reliefFen: 0, deferUntil, inPart: true };
  if (notice.payerKind !== "natural") throw problem("relief.natural_only");
  return { reliefFen: notice.assessedFen, deferUntil: null, inPart: false };
}

/** §46: at least 30 per cent, less than all. */
function reductionOf(notice: FeeNotice, reduceBy: string | undefined, reliefFen: number | undefined): number {
  const { assessedFen } = notice;
  if (reduceBy !== undefined && reliefFen !== undefined)
    throw wrong("relief.amount", "/reliefFen", "比例和金额只写一项");
  if (reduceBy !== undefined) {
    // The comparison is of decimals of the same length: no fraction is ever a float.
    if (reduceBy < "0.3") throw wrong("relief.too_little", "/reduceBy", "减交的比例不得低于 30%");
    const input = { fee: formatYuan(assessedFen), reduce_ratio: reduceBy };
    return assessedFen - quoteFee("reduction_30pct_min", input).feeFen;
  }
  const fen = BigInt(reliefFen ?? 0);
  const whole = BigInt(assessedFen);
  if (fen * 10n < whole * 3n) throw wrong("relief.too_little", "/reliefFen", "减交的金额不得低于应交金额的 30%");
  if (fen >= whole) throw wrong("relief.too_much", "/reliefFen", "减交的金额须小于应交金额");
  return Number(fen);
}

async function record(
  work: Work,
  means: Means,
  relief: FeeRelief,
  notice: FeeNotice,
  decided: { state: FeeRelief["state"]; outcome: Outcome; reason: string },
): Promise<void> {
  const { vault } = means;
  const { state, outcome, reason } = decided;
  await relief.update(
    {
      state,
      openOf: null,
      reliefFen: outcome.reliefFen > 0 ? outcome.reliefFen : null,
      deferUntil: outcome.deferUntil,
      reason: sealWord(vault, relief, "reason", reason),
      decidedBy: work.actor.accountId,
      decidedAt: work.at,
      version: relief.version + 1,
    },
    { transaction: work.tx },
  );
  const ground = reliefGround(relief.ground);
  const text = reliefText({
    courtName: await nameOfCourt(notice.courtCode),
    payer: openWord(vault, notice, "payer", notice.payer),
    caseNumber: notice.caseNumber,
    sourceLabel: showSource(notice.source).label,
    kindLabel: RELIEF_KINDS[relief.kind],
    groundTitle: ground?.title ?? relief.ground,
    article: ground?.article ?? "",
    outcome: state as "granted" | "granted_in_part" | "refused",
    assessedFen: notice.assessedFen,
    reliefFen: outcome.reliefFen,
    dueFen: dueFen(notice),
    deferUntil: outcome.deferUntil,
    reason,
    today: courtDayOf(work.at),
    number: notice.number,
  });
  await keepDocument(work, means, notice, text);
  await work.emit({
    name: "fee.relief_decided",
    ...factsOf(notice),
    reliefId: relief.id,
    kind: relief.kind,
    state,
  });
}

/** What the notice does after a decision. */
async function goOn(
  work: Work,
  means: Means,
  relief: FeeRelief,
  notice: FeeNotice,
  { deferUntil }: Outcome,
): Promise<void> {
  const bySystem = true;
  if (relief.state === "granted" && relief.kind === "exempt")
    return moveNotice(work, means, notice, "exempt", { name: "fee.exempted", ...factsOf(notice) }, { bySystem });
  if (outstandingFen(notice) === 0) {
    const event = { name: "fee.paid", ...factsOf(notice), dueFen: dueFen(notice) } as const;
    return moveNotice(work, means, notice, "settle", event, { bySystem, set: { paidAt: work.at } });
  }
  await moveNotice(work, means, notice, "resume", null, { bySystem });
  if (deferUntil === null) return freshPeriod(work, notice);
  const period = setDay(deferUntil);
  await notice.update({ ...period, deferredOn: deferUntil }, { transaction: work.tx });
  await setTimers(work, notice, period.dueOn);
}

function wrong(code: Parameters<typeof problem>[0], pointer: string, message: string) {
  return problem(code, { errors: [{ pointer, code: "invalid", message }] });
}
