import { nextNumber } from "#core/counter.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { courtParameters, feeParametersOf, nameOfCourt } from "#modules/court/index.ts";
import type { FilingContent, Held } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { assessFee, type FeeFacts, type FeeQuote, feeOfCause, isHalvable } from "#modules/reference/index.ts";
import { feeNoticeText } from "./documents.ts";
import { factsOf } from "./events.ts";
import { owing, post } from "./ledger.ts";
import { FeeNotice, FeeStepRow } from "./model.ts";
import { keepDocument } from "./move.ts";
import { type Service, startPeriod } from "./period.ts";
import { showSource } from "./sources.ts";
import { newPayCode, newSealRef, sealWord } from "./store.ts";
import { feeWorkflow } from "./workflow.ts";

export interface NoticeToBe {
  readonly courtCode: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly filingId: string;
  readonly source: string;
  readonly accountId: string;
  readonly payer: { readonly name: string; readonly kind: "natural" | "organisation" };
  readonly title: string;
  readonly facts: FeeFacts;
  readonly quote: FeeQuote;
  readonly service: Service;
}

/** What acceptance is told: a notice was issued, or why there is none. */
export interface AcceptanceFee {
  readonly noticeId: string | null;
  /** Where there is no notice: one plain sentence, with its article. */
  readonly reason: string | null;
}

/**
 * The notice of an accepted case, in the acceptance's own work. Odd facts never stop an acceptance: without an amount a case is
 * charged as 其他非财产案件, and what the law leaves free, or is paid later, gets no notice.
 */
export async function issueAcceptanceFee(
  work: Work,
  means: Means,
  accepted: { caseId: string; caseNumber: string; held: Held; causeCode: string; caseTypeCode: string },
): Promise<AcceptanceFee> {
  const { held, causeCode, caseTypeCode, caseId, caseNumber } = accepted;
  const { filing, content } = held;
  const { category, basis, says } = feeOfCause(causeCode, caseTypeCode);
  if (category === null) return { noticeId: null, reason: `${says}（${basis}）` };
  const { feePrepaidAs } = await courtParameters(filing.courtCode);
  const amountFen = content.amountFen !== null && content.amountFen > 0 ? content.amountFen : null;
  const isSummary = feePrepaidAs === "summary" && isHalvable(category) && category !== "appeal";
  const facts: FeeFacts = { category, amountFen, halvings: isSummary ? ["summary"] : [] };
  const quote = assessFee(facts, await feeParametersOf(filing.courtCode));
  if (quote.feeFen === 0) return { noticeId: null, reason: `依法不交案件受理费（${basis || quote.basis.join("、")}）` };
  const notice = await issueNotice(work, means, {
    courtCode: filing.courtCode,
    caseId,
    caseNumber,
    filingId: filing.id,
    source: "acceptance",
    accountId: String(filing.accountId),
    payer: payerOf(content),
    title: held.facts.title,
    facts,
    quote,
    service: serviceFor(content),
  });
  return { noticeId: notice.id, reason: null };
}

/** Issues a notice, charges it to the ledger, and serves it where the payer has confirmed an electronic address. */
export async function issueNotice(work: Work, means: Means, to: NoticeToBe): Promise<FeeNotice> {
  const { vault } = means;
  const sealRef = newSealRef();
  const today = courtDayOf(work.at);
  const serial = await nextNumber(work, `fee_notice ${to.courtCode} ${today}`);
  const notice = await FeeNotice.create(
    {
      sealRef,
      number: `交${to.courtCode}-${today.replaceAll("-", "")}-${String(serial).padStart(5, "0")}`,
      courtCode: to.courtCode,
      caseId: to.caseId,
      caseNumber: to.caseNumber,
      filingId: to.filingId,
      source: to.source,
      accountId: to.accountId,
      payer: sealWord(vault, { sealRef }, "payer", to.payer.name),
      payerKind: to.payer.kind,
      title: sealWord(vault, { sealRef }, "title", to.title),
      facts: JSON.stringify(to.facts),
      // Charged below: the ledger is told of it by the same rule as of every later change.
      assessedFen: to.quote.feeFen,
      steps: JSON.stringify(to.quote.steps),
      basis: JSON.stringify(to.quote.basis),
      state: feeWorkflow.start,
      issuedAt: work.at,
      service: JSON.stringify(to.service),
      servedOn: null,
      dueOn: null,
      nominalDueOn: null,
      payCode: newPayCode(),
      createdAt: work.at,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
  await FeeStepRow.create(
    {
      noticeId: notice.id,
      action: "issue",
      toState: feeWorkflow.start,
      actorId: work.actor.accountId,
      role: work.actor.role,
      note: null,
      at: work.at,
    },
    { transaction: work.tx },
  );
  const nothing = { assessedFen: 0, reliefFen: 0, paidFen: 0, refundedFen: 0 };
  await post(work, notice, owing(`notice:${notice.id}:charged:1`, nothing, "income", to.quote.feeFen));
  const text = feeNoticeText({
    courtName: await nameOfCourt(to.courtCode),
    payer: to.payer.name,
    caseNumber: to.caseNumber,
    matter: to.title,
    sourceLabel: showSource(to.source).label,
    number: notice.number,
    dueFen: to.quote.feeFen,
    steps: to.quote.steps,
    basis: to.quote.basis,
    today,
    payCode: notice.payCode,
    natural: to.payer.kind === "natural",
  });
  await keepDocument(work, means, notice, text);
  await work.emit({ name: "fee.issued", ...factsOf(notice) });
  if (to.service.confirmed) await startPeriod(work, notice, { servedOn: today, presumed: false }, "issue");
  return notice;
}

/** Those who sue pay together (§20): all their names; only where all of them are people can they be exempted (§44). */
function payerOf({ parties }: FilingContent): NoticeToBe["payer"] {
  const plaintiffs = parties.filter(({ side }) => side === "plaintiff");
  const names = plaintiffs.map(({ name }) => name).filter(Boolean);
  return {
    name: names.length > 3 ? `${names[0]}等${names.length}人` : names.join("、") || "原告",
    kind: plaintiffs.every(({ kind }) => kind === "natural") ? "natural" : "organisation",
  };
}

/**
 * 在线诉讼规则§29, §31(1): an electronic address of this platform that the person gave and confirmed, with consent to be
 * served so. A text message or a mail alone tells, and serves nothing (§32).
 */
function serviceFor({ service, consents }: FilingContent): Service {
  const confirmed =
    service.electronic === true &&
    service.confirmed &&
    service.channels.includes("platform") &&
    consents.service === "agree";
  return {
    confirmed,
    basis: confirmed ? "在线诉讼规则§31(1)；民诉法解释§135" : "在线诉讼规则§31(2)",
    explanation: confirmed
      ? "当事人确认了本平台的电子送达地址，发送成功之日即为送达之日。"
      : "当事人没有确认电子送达地址，以其回复、交费等行为或者其他方式送达之日为送达之日。",
  };
}
