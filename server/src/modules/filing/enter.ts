import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { startClock } from "./clock.ts";
import { type FilingContent, titleOf } from "./content.ts";
import { keepLikeness } from "./likeness.ts";
import { Filing } from "./model.ts";
import { moveFiling } from "./move.ts";
import { indexParties } from "./party.ts";
import { causeOf } from "./precheck.ts";
import { termsOf, writeClock } from "./run-clock.ts";
import { newSealRef, sealContent, sealTitle } from "./store.ts";
import { keepSubmission, receiptNumber } from "./submit.ts";
import { filingWorkflow } from "./workflow.ts";

export interface Entering {
  /** Who files; `0` for paper from somebody without an account. */
  readonly accountId: string;
  readonly courtCode: string;
  readonly channel: "paper" | "transfer";
  readonly receivedAt: Date;
  /** Told to the one who files. */
  readonly note: string;
  readonly clockNote: (days: number) => string;
}

/** An empty row for what the court's own people bring in; completed by `enterFiling` in the same work. */
export async function newFiling(
  work: Work,
  { vault }: Means,
  { accountId, courtCode, channel }: Pick<Entering, "accountId" | "courtCode" | "channel">,
  content: FilingContent,
): Promise<Filing> {
  const sealRef = newSealRef();
  return Filing.create(
    {
      sealRef,
      accountId,
      courtCode,
      channel,
      state: filingWorkflow.start,
      ...projected(vault, sealRef, content),
      createdAt: work.at,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
}

/**
 * Brings a filing into a court's queue that nobody handed in online: paper from the window, or what another court sent.
 * Number, clock and queue are those of any other filing; the rule pack informs the clerk and blocks nothing.
 */
export async function enterFiling(
  work: Work,
  means: Means,
  filing: Filing,
  content: FilingContent,
  { channel, receivedAt, note, clockNote }: Entering,
): Promise<void> {
  await filing.update(projected(means.vault, filing.sealRef, content), { transaction: work.tx });
  const receivedOn = courtDayOf(receivedAt);
  const { period, rolls } = await termsOf(filing);
  await writeClock(work, filing, {
    ...startClock(courtCalendar, receivedOn, period, rolls),
    note: clockNote(period.days),
  });
  await keepSubmission(work, means, filing, 1, JSON.stringify(content));
  await indexParties(work, means, filing.id, content);
  await keepLikeness(work, means, filing, content);
  await moveFiling(work, means, filing, channel === "paper" ? "register" : "receive", {
    note,
    set: {
      submittedAt: receivedAt,
      receiptNumber: await receiptNumber(work, filing.courtCode, receivedOn),
    },
  });
}

const projected = (vault: Means["vault"], sealRef: string, content: FilingContent) => ({
  causeCode: content.causeCode,
  formId: content.formId,
  amountFen: content.amountFen,
  content: sealContent(vault, { sealRef }, { content, versions: {} }),
  summary: sealTitle(vault, { sealRef }, titleOf(content, causeOf(content.causeCode)?.name ?? null)),
});
