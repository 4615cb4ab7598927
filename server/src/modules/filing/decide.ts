import { addPeriod, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { findCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { endOfDay, pauseClock, resumeClock, stopClock } from "./clock.ts";
import type { FilingContent } from "./content.ts";
import type { Defect } from "./defects.ts";
import {
  acceptanceNotice,
  correctionNotice,
  type DocumentFacts,
  type DocumentText,
  lapseNotice,
  mediationNotice,
  refusalRuling,
  transferNotice,
} from "./documents.ts";
import { beginMediation, closeMediation, mediationEnd } from "./mediation.ts";
import { type Filing, FilingCorrection } from "./model.ts";
import { keepDocument, moveFiling } from "./move.ts";
import { causeOf } from "./precheck.ts";
import { clockOf, termsOf, writeClock } from "./run-clock.ts";
import { holdFiling, openContent, openTitle, sealText } from "./store.ts";
import { handOver } from "./transfer.ts";

/** 诉前调解 lasts 30 days (在线调解规则§24). */
const MEDIATION_DAYS = 30;

/** By when a correction told today must be made: a last day of rest moves it (民诉法§85). */
export const correctionDueOn = (today: string, days: number): string =>
  addPeriod(courtCalendar, today, { unit: "day", amount: days, roll: true }).lastDay;
export const mediationDueOn = (today: string): string =>
  addPeriod(courtCalendar, today, { unit: "day", amount: MEDIATION_DAYS, roll: false }).lastDay;

/** A filing with what a decision needs to know of it, its row held. */
export interface Held {
  readonly filing: Filing;
  readonly content: FilingContent;
  readonly facts: DocumentFacts;
}

/** Holds a filing for a decision. Throws `filing.not_found` where the actor may not see it. */
export async function holdForDecision(work: Work, means: Means, id: string): Promise<Held> {
  const filing = await holdFiling(work, id);
  const { content } = openContent(means.vault, filing);
  const court = await findCourt(filing.courtCode);
  const named = (side: string) => content.parties.filter((party) => party.side === side).map(({ name }) => name);
  return {
    filing,
    content,
    facts: {
      courtName: court.name,
      receiptNumber: filing.receiptNumber ?? "",
      title: openTitle(means.vault, filing),
      plaintiffs: named("plaintiff"),
      defendants: named("defendant"),
      causeName: causeOf(content.causeCode)?.name ?? "",
      receivedOn: courtDayOf(filing.submittedAt ?? work.at),
      today: courtDayOf(work.at),
      amountFen: content.amountFen,
    },
  };
}

/** The clerk begins: nothing is decided, the filer sees that somebody reads. */
export async function takeFiling(work: Work, means: Means, id: string): Promise<void> {
  const filing = await holdFiling(work, id);
  if (filing.state === "submitted") await moveFiling(work, means, filing, "take");
}

/** 立案. `caseId` and `caseNumber` come from the case that was opened in the same work. */
export async function acceptFiling(
  work: Work,
  means: Means,
  held: Held,
  opened: { caseId: string; caseNumber: string; causeName: string; note: string },
): Promise<DocumentText> {
  const document = acceptanceNotice({ ...held.facts, causeName: opened.causeName }, opened.caseNumber, opened.note);
  await conclude(work, means, held, "accept", `已立案，案号${opened.caseNumber}`, document, {
    caseId: opened.caseId,
    caseNumber: opened.caseNumber,
  });
  return document;
}

/** 退回补正: all defects at once; the clock stops; after `dueOn` it lapses by itself. */
export async function returnFiling(
  work: Work,
  means: Means,
  held: Held,
  { defects, dueDays, overrideReason }: { defects: readonly Defect[]; dueDays: number; overrideReason: string | null },
): Promise<DocumentText> {
  const { filing, facts } = held;
  const dueOn = correctionDueOn(facts.today, dueDays);
  const document = correctionNotice(facts, defects, dueOn, overrideReason);
  await FilingCorrection.create(
    {
      filingId: filing.id,
      round: filing.round,
      defects: sealText(means.vault, filing, JSON.stringify(defects)),
      dueOn,
      overrideReason,
      returnedAt: work.at,
    },
    { transaction: work.tx },
  );
  await writeClock(work, filing, pauseClock(facts.today, "correction"));
  await keepDocument(work, means, filing, document);
  await moveFiling(work, means, filing, "return", {
    note: `需要补正 ${defects.length} 项，请于 ${dueOn} 前补正`,
    set: { correctionDueOn: dueOn },
  });
  await work.emit(
    {
      name: "filing.correction_due",
      about: `filing:${filing.id}`,
      courtCode: filing.courtCode,
      filingId: filing.id,
      round: filing.round,
    },
    { dueAt: endOfDay(dueOn) },
  );
  return document;
}

/** 不予受理: a ruling, appealable within ten days (民诉法§126, §127). */
export async function refuseFiling(
  work: Work,
  means: Means,
  held: Held,
  ground: { title: string; basis: string },
  note: string,
): Promise<DocumentText> {
  const document = refusalRuling(held.facts, ground, note);
  await conclude(work, means, held, "refuse", `裁定不予受理：${ground.title}`, document);
  return document;
}

/** 告知向有管辖权的法院起诉 (民诉法§127第四项). Throws 404 for an unknown court. */
export async function transferFiling(
  work: Work,
  means: Means,
  held: Held,
  courtCode: string,
  note: string,
): Promise<DocumentText> {
  const target = await findCourt(courtCode);
  const document = transferNotice(held.facts, target, note);
  // A court that does not take filings online has no queue here: the person is told where to go.
  if (target.open) await handOver(work, means, held, target.code);
  const told = target.open ? `已移送${target.name}，原收件日保留` : `应由${target.name}管辖`;
  await conclude(work, means, held, "transfer", told, document);
  return document;
}

/** 诉前调解, only with consent on record; the receipt date stays, and after 30 days it comes back by itself. */
export async function mediateFiling(work: Work, means: Means, held: Held, note: string): Promise<DocumentText> {
  const { filing, facts } = held;
  const dueOn = mediationDueOn(facts.today);
  const document = mediationNotice(facts, dueOn, note);
  await writeClock(work, filing, pauseClock(facts.today, "mediation"));
  await keepDocument(work, means, filing, document);
  await beginMediation(work, filing, dueOn);
  await moveFiling(work, means, filing, "mediate", { note: `转入诉前调解，至 ${dueOn} 止` });
  await work.emit(
    {
      name: "filing.mediation_due",
      about: `filing:${filing.id}`,
      courtCode: filing.courtCode,
      filingId: filing.id,
      round: filing.round,
    },
    { dueAt: endOfDay(dueOn) },
  );
  return document;
}

/** 调解未成: the filing returns to the queue and the clock runs on. Does nothing where it is no longer in mediation. */
export async function resumeFiling(work: Work, means: Means, id: string, outcome?: string): Promise<void> {
  const filing = await holdFiling(work, id);
  if (filing.state !== "in_mediation") return;
  if (outcome === undefined) {
    // The ring of a day that has been put off by consent since: a later one is set.
    const end = await mediationEnd(work, id);
    if (end !== null && endOfDay(end) > work.at) return;
    await closeMediation(work, id, "expired");
  }
  const { rolls } = await termsOf(filing);
  await writeClock(work, filing, resumeClock(courtCalendar, courtDayOf(work.at), await clockOf(work, filing), rolls));
  await moveFiling(work, means, filing, "resume", { note: outcome ?? "调解期限届满，恢复审查" });
}

/** 逾期未补正 (登记立案规定§7). Does nothing where it was handed in again, or withdrawn, in the meantime. */
export async function lapseFiling(work: Work, means: Means, id: string, round: number): Promise<void> {
  const held = await holdForDecision(work, means, id);
  const { filing } = held;
  if (filing.state !== "correction_required" || filing.round !== round) return;
  await conclude(
    work,
    means,
    held,
    "lapse",
    "补正期限已过，退回起诉材料",
    lapseNotice(held.facts, filing.correctionDueOn ?? held.facts.today),
  );
}

async function conclude(
  work: Work,
  means: Means,
  { filing, facts }: Held,
  action: "accept" | "refuse" | "transfer" | "lapse",
  note: string,
  document: DocumentText,
  set: { caseId?: string; caseNumber?: string } = {},
): Promise<void> {
  await writeClock(work, filing, stopClock(facts.today, note));
  await keepDocument(work, means, filing, document);
  await moveFiling(work, means, filing, action, { note, set: { ...set, correctionDueOn: null } });
}
