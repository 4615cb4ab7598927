import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { type FilingMoved, findFilingRow, listClockEvents, listCorrections, openTitle } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { accountMessages } from "./listen-accounts.ts";
import { caseMessages } from "./listen-case.ts";
import { contactMessages } from "./listen-contact.ts";
import { delegationMessages } from "./listen-delegation.ts";
import { deskMessages } from "./listen-desk.ts";
import { dossierMessages } from "./listen-dossier.ts";
import { feeMessages } from "./listen-fees.ts";
import { hearingMessages } from "./listen-hearing.ts";
import { paymentMessages } from "./listen-payments.ts";
import { questioningMessages } from "./listen-questioning.ts";
import { receptionMessages } from "./listen-reception.ts";
import { serviceMessages } from "./listen-service.ts";
import { submissionMessages } from "./listen-submissions.ts";
import { webhookMessages } from "./listen-webhooks.ts";
import { asSubscribers, type Occasion, tell } from "./tell.ts";

/** What became of a confirmation by link. */
interface Answered {
  readonly filingId: string;
  readonly ownerId: string;
}

/** Which text tells of a move of a filing; moves without one are not told. */
function templateOf({ action, round }: FilingMoved): TemplateName | null {
  const table: Partial<Record<FilingMoved["action"], TemplateName>> = {
    submit: round > 1 ? "filing.resubmitted" : "filing.submitted",
    take: "filing.under_review",
    return: "filing.correction_required",
    accept: "filing.accepted",
    refuse: "filing.refused",
    transfer: "filing.transferred",
    mediate: "filing.in_mediation",
    receive: "filing.received",
    register: "filing.registered",
    settle: "filing.settled",
    extend_mediation: "filing.mediation_extended",
    resume: "filing.resumed",
    withdraw: "filing.withdrawn",
    lapse: "filing.lapsed",
  };
  return table[action] ?? null;
}

/** One event, one message to each person it concerns; a repeat finds the message there. */
export function noticeSubscribers(means: Means): Subscribers {
  /** To who files, unless they did it themselves. */
  async function tellFiler(template: TemplateName, { filingId, ownerId }: Answered, told: Occasion): Promise<void> {
    if (ownerId === "0" || told.actorId === ownerId) return;
    const facts = await factsOf(means, filingId);
    await tell(means, { ...told, accountId: ownerId, template, facts, link: { kind: "filing", id: filingId } });
  }
  return asSubscribers({
    ...feeMessages(means),
    ...deskMessages(means),
    ...delegationMessages(means),
    ...webhookMessages(means),
    ...hearingMessages(means),
    ...receptionMessages(means),
    ...questioningMessages(means),
    ...paymentMessages(means),
    ...serviceMessages(means),
    ...contactMessages(means),
    ...caseMessages(means),
    ...submissionMessages(means),
    ...dossierMessages(means),
    ...accountMessages(means),

    async "filing.moved"(event, told) {
      const template = templateOf(event);
      // A draft that was never handed in is taken back in silence.
      if (!template || (event.from === "draft" && event.to === "withdrawn")) return;
      // Paper from somebody without an account: the window gave them the receipt.
      if (event.accountId === "0") return;
      const facts = await factsOf(means, event.filingId, event.action);
      const link =
        event.to === "accepted" && facts.caseId
          ? { kind: "case", id: facts.caseId }
          : { kind: "filing", id: event.filingId };
      const caseId = facts.caseId;
      await tell(means, { ...told, caseId, accountId: event.accountId, template, facts, link });
    },

    "confirmation.confirmed": (event, told) => tellFiler("confirmation.confirmed", event, told),
    "confirmation.declined": (event, told) => tellFiler("confirmation.declined", event, told),
    "confirmation.withdrawn": (event, told) => tellFiler("confirmation.withdrawn", event, told),

    async "intake.escalated"({ filingId, itemId, courtCode, dueOn }, told) {
      const facts = { ...(await factsOf(means, filingId)), dueOn };
      for (const { id } of await listStaffOf(courtCode ?? "", ["supervisor"])) {
        const link = { kind: "intake_item", id: itemId };
        await tell(means, { ...told, accountId: id, template: "intake.escalated", facts, link });
      }
    },
  });
}

/** By now more may have happened: a date is taken from the record of the move, not from where the filing stands today. */
async function factsOf(
  means: Means,
  filingId: string,
  action?: FilingMoved["action"],
): Promise<Facts & { caseId: string | null }> {
  const { database, vault } = means;
  const row = await findFilingRow(database, SYSTEM, filingId);
  const events = (await listClockEvents(database, [filingId])).get(filingId) ?? [];
  const corrections = action === "return" ? await listCorrections(means, row) : [];
  return {
    matter: openTitle(vault, row),
    courtName: await nameOfCourt(row.courtCode),
    receiptNumber: row.receiptNumber ?? "",
    caseNumber: row.caseNumber ?? "",
    caseId: row.caseId,
    dueOn:
      (action === "return" ? corrections.at(-1)?.dueOn : events.findLast(({ dueOn }) => dueOn !== null)?.dueOn) ?? "",
    round: row.round,
  };
}
