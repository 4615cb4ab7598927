import { exact, roundHalfUp, times } from "#core/money.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { feeParametersOf, nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { assessFee, type FeeFacts } from "#modules/reference/index.ts";
import { assessAnew, promiseRefund, reliefAfter } from "./assessment.ts";
import { CHANGE_REASONS, type ChangeReason, wrongWithChange } from "./changes.ts";
import { deemedWithdrawnText, supplementText } from "./documents.ts";
import { factsOf } from "./events.ts";
import { dueFen, netPaidFen, outstandingFen } from "./ledger.ts";
import { FeeChange, type FeeNotice } from "./model.ts";
import { keepDocument, moveNotice } from "./move.ts";
import { freshPeriod } from "./period.ts";
import { problem } from "./problems.ts";
import { showSource } from "./sources.ts";
import { openWord } from "./store.ts";
import { feeWorkflow } from "./workflow.ts";

/**
 * The one road by which a fee changes (诉讼费用交纳办法§15–§18, §21, §35; 民诉法解释§199): new facts, new assessment, and what
 * follows of it. More than before is asked for with a fresh period; what was paid too much is promised back. Throws
 * `fee.change_mismatch` where facts and reason do not agree, `fee.refused`.
 */
export async function changeFee(
  work: Work,
  means: Means,
  notice: FeeNotice,
  { facts: asked, reason, note = "" }: { facts: FeeFacts; reason: ChangeReason; note?: string | undefined },
): Promise<void> {
  const was = notice.state;
  // Asked first, so that whoever may not change a fee learns nothing of its facts.
  feeWorkflow.next(was, was === "exempted" ? "change_exempted" : "change", work.actor.role);
  const before = JSON.parse(notice.facts) as FeeFacts;
  const wrong = wrongWithChange(reason, { source: notice.source, before, after: asked });
  if (wrong)
    throw problem("fee.change_mismatch", {
      detail: `${CHANGE_REASONS[reason].label}：${wrong}。`,
      errors: [{ pointer: "/facts", code: "mismatch", message: wrong }],
    });
  // §35: a claim reduced after the inquiry in court is borne by the one who reduced it; the fee stays.
  const facts = reason === "claim_reduced" && asked.afterInquiry ? { ...before, afterInquiry: true } : asked;
  const quote = assessFee(facts, await feeParametersOf(notice.courtCode, courtDayOf(notice.issuedAt)));
  const owedBefore = outstandingFen(notice);
  const change = await assessAnew(work, means, notice, {
    reason,
    facts,
    ...quote,
    reliefFen: reliefAfter(notice, quote.feeFen),
    note,
  });
  const owed = outstandingFen(notice);
  if (was === "exempted") await moveNotice(work, means, notice, "change_exempted", null, { note });
  else if (owed === 0) {
    const event = was === "paid" ? null : ({ name: "fee.paid", ...factsOf(notice), dueFen: dueFen(notice) } as const);
    await moveNotice(work, means, notice, "change_paid", event, { note, set: { paidAt: notice.paidAt ?? work.at } });
  } else {
    await moveNotice(work, means, notice, "change", null, { note });
    if (owed > owedBefore || was !== "open") await askForMore(work, means, notice, reason, owed);
  }
  await promiseRefund(work, notice, String(change.id));
}

async function askForMore(
  work: Work,
  means: Means,
  notice: FeeNotice,
  reason: ChangeReason,
  owedFen: number,
): Promise<void> {
  await freshPeriod(work, notice, reason === "to_ordinary" ? "简易转普通补交" : undefined);
  const text = supplementText({
    courtName: await nameOfCourt(notice.courtCode),
    payer: openWord(means.vault, notice, "payer", notice.payer),
    caseNumber: notice.caseNumber,
    sourceLabel: showSource(notice.source).label,
    why: CHANGE_REASONS[reason].label,
    basis: CHANGE_REASONS[reason].basis,
    dueFen: dueFen(notice),
    owedFen,
    toOrdinary: reason === "to_ordinary",
    today: courtDayOf(work.at),
    number: notice.number,
  });
  await keepDocument(work, means, notice, text);
}

/**
 * 按撤诉处理, decided by the court after the period has ended (登记立案规定§11; 民诉法解释§213). Where summary procedure had become
 * ordinary, half of what was taken goes back (§199); else no more is kept than the half of a withdrawn case (§15).
 */
export async function deemWithdrawn(work: Work, means: Means, notice: FeeNotice, note: string): Promise<void> {
  feeWorkflow.next(notice.state, "deem_withdrawn", work.actor.role);
  const [last] = await FeeChange.findAll({
    where: { noticeId: notice.id },
    order: [["id", "DESC"]],
    limit: 1,
    transaction: work.tx,
  });
  const taken = netPaidFen(notice);
  const isConverted = last?.reason === "to_ordinary";
  const half = (fen: number): number => roundHalfUp(times(exact(fen), 1, 2));
  const keptFen = isConverted ? taken - half(taken) : Math.min(taken, half(dueFen(notice)));
  const basis = isConverted ? "民诉法解释§199" : CHANGE_REASONS.deemed_withdrawn.basis;
  const label = isConverted ? "按撤诉处理，已经收取的退还一半" : "按撤诉处理";
  const { vault } = means;
  const ruling = deemedWithdrawnText({
    courtName: await nameOfCourt(notice.courtCode),
    payer: openWord(vault, notice, "payer", notice.payer),
    caseNumber: notice.caseNumber,
    matter: openWord(vault, notice, "title", notice.title),
    sourceLabel: showSource(notice.source).label,
    number: notice.number,
    dueFen: dueFen(notice),
    paidFen: taken,
    servedOn: notice.servedOn,
    dueOn: notice.dueOn,
    keptFen,
    toOrdinary: isConverted,
    today: courtDayOf(work.at),
  });
  const change = await assessAnew(work, means, notice, {
    reason: "deemed_withdrawn",
    facts: JSON.parse(notice.facts) as FeeFacts,
    feeFen: keptFen,
    reliefFen: 0,
    steps: [{ label, basis, amountFen: keptFen }],
    basis: [basis],
    note,
  });
  await moveNotice(
    work,
    means,
    notice,
    "deem_withdrawn",
    { name: "fee.deemed_withdrawn", ...factsOf(notice) },
    { note },
  );
  await keepDocument(work, means, notice, ruling);
  await promiseRefund(work, notice, String(change.id));
}

/** Cancels a notice that was issued by mistake. Throws `fee.money_received` where something was paid on it. */
export async function closeNotice(work: Work, means: Means, notice: FeeNotice, note: string): Promise<void> {
  feeWorkflow.next(notice.state, "close", work.actor.role);
  if (netPaidFen(notice) > 0) throw problem("fee.money_received");
  await assessAnew(work, means, notice, {
    reason: "cancelled",
    facts: JSON.parse(notice.facts) as FeeFacts,
    feeFen: 0,
    reliefFen: 0,
    steps: [],
    basis: [],
    note,
  });
  await moveNotice(work, means, notice, "close", { name: "fee.closed", ...factsOf(notice) }, { note });
}
