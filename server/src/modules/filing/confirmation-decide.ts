import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { findIdentity, requireVerified } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { type Shown, showSubject } from "./confirmation-shown.ts";
import {
  CONFIRMATION_STATES,
  type ConfirmationRow,
  findByToken,
  findConfirmationRow,
  findSigned,
  inside,
  openPart,
  sealPart,
  stateOf,
  TOKEN,
  tokenIndex,
} from "./confirmation-store.ts";
import { type Confirming, findConfirming, fingerprint, isTheOneAsked, type Known } from "./confirmation-subject.ts";
import type { FilingContent } from "./content.ts";
import { Filing } from "./model.ts";
import { problem } from "./problems.ts";
import { openContent } from "./store.ts";
import { EDITABLE, PENDING } from "./workflow.ts";

export interface Opened {
  readonly row: ConfirmationRow;
  readonly filing: Filing;
  readonly shown: Shown;
}

/**
 * Opens a link: for a verified person who is the one asked, and nobody else. Notes who that is and what they were shown,
 * so that what is confirmed is what was on the screen.
 */
export async function openConfirmation(work: Work, means: Means, token: string): Promise<Opened> {
  await requireVerified(work);
  const known = TOKEN.test(token) ? await findByToken(inside(work), tokenIndex(means.vault, token)) : null;
  if (!known) throw problem("confirmation.not_found");
  const filing = await holdSubject(work, known.filingId);
  const row = (await findByToken(inside(work), tokenIndex(means.vault, token))) as ConfirmationRow;
  const isOwn = row.accountId !== null && String(row.accountId) === work.actor.accountId;
  const state = stateOf(row, work.at);
  if (isOwn && state === "confirmed") return { row, filing, shown: await shownThen(work, means, row) };
  if (state !== "offered") throw overFor(state);
  const { content } = openContent(means.vault, filing);
  const { confirming, person } = await whoIsAsked(work, means, row, content);
  if (!EDITABLE.includes(filing.state)) throw overFor("expired");
  const print = fingerprint(content, row);
  await work.change(
    "UPDATE filing_confirmation SET account_id = ?, shown_hash = ? WHERE id = ? AND state = 'offered'",
    [work.actor.accountId, print, row.id],
  );
  const shown = await showSubject(row.kind, confirming, content, filing.courtCode, person);
  return { row: { ...row, accountId: work.actor.accountId, shownHash: print }, filing, shown };
}

/** The one asked says yes, under their signature. Throws `confirmation.changed` where it is no longer what was shown. */
export async function confirm(work: Work, means: Means, id: string, signature: Buffer): Promise<ConfirmationRow> {
  await requireVerified(work);
  const { row, filing } = await holdOffered(work, id);
  const { content } = openContent(means.vault, filing);
  const { confirming, person } = await whoIsAsked(work, means, row, content);
  const print = fingerprint(content, row);
  if (print === null || print !== row.shownHash) throw problem("confirmation.changed");
  const shown = await showSubject(row.kind, confirming, content, filing.courtCode, person);
  // An earlier confirmation of the same thing was of other words: this one takes its place.
  await work.change(
    `UPDATE filing_confirmation SET state = 'expired', live = NULL, ended_at = ?
     WHERE filing_id = ? AND kind = ? AND party_key = ? AND agent_key = ? AND state = 'confirmed'`,
    [work.at, row.filingId, row.kind, row.partyKey, row.agentKey],
  );
  await work.change(
    `UPDATE filing_confirmation SET state = 'confirmed', live = 2, content_hash = ?, snapshot = ?, signature = ?, decided_at = ?
     WHERE id = ? AND state = 'offered'`,
    [
      print,
      sealPart(means.vault, row, "snapshot", JSON.stringify(shown)),
      sealPart(means.vault, row, "signature", signature.toString("base64")),
      work.at,
      id,
    ],
  );
  await tell(work, filing, row, "confirmation.confirmed");
  return again(work, id);
}

/** The one asked says no, and why. */
export async function decline(work: Work, means: Means, id: string, note: string): Promise<ConfirmationRow> {
  const { row, filing } = await holdOffered(work, id);
  await work.change(
    "UPDATE filing_confirmation SET state = 'declined', live = NULL, note = ?, decided_at = ? WHERE id = ? AND state = 'offered'",
    [sealPart(means.vault, row, "note", note), work.at, id],
  );
  await tell(work, filing, row, "confirmation.declined");
  return again(work, id);
}

/**
 * Takes a confirmation back, and with it the right to read; who filed calls a link back. An agency may be ended until the
 * court has decided; a co-signature under what was handed in cannot be taken away from it.
 */
export async function withdrawConfirmation(
  work: Work,
  means: Means,
  id: string,
  note: string,
): Promise<ConfirmationRow> {
  const { row, filing } = await hold(work, id);
  if (!mayWithdraw(row, filing, work.actor.accountId, work.at))
    throw problem("confirmation.over", {
      detail:
        row.state === "confirmed"
          ? "案件已经交给法院，不能在这里撤回。解除委托或者撤诉，请书面告知法院。"
          : (overFor(stateOf(row, work.at)).extras.detail ?? ""),
    });
  await work.change(
    "UPDATE filing_confirmation SET state = 'withdrawn', live = NULL, note = ?, ended_at = ? WHERE id = ? AND state = ?",
    [note === "" ? null : sealPart(means.vault, row, "note", note), work.at, id, row.state],
  );
  await tell(work, filing, row, "confirmation.withdrawn");
  return again(work, id);
}

export function mayWithdraw(
  row: ConfirmationRow,
  filing: Pick<Filing, "accountId" | "state">,
  accountId: string,
  now: Date,
): boolean {
  const isOwner = String(filing.accountId) === accountId;
  const isAsked = row.accountId !== null && String(row.accountId) === accountId;
  const state = stateOf(row, now);
  if (state === "offered") return isOwner;
  if (state !== "confirmed" || !(isOwner || isAsked)) return false;
  if (EDITABLE.includes(filing.state)) return true;
  // Who files cannot shut their own client out of what was handed in.
  return isAsked && row.kind === "agency" && PENDING.includes(filing.state);
}

/** What stood there when it was confirmed. */
export async function shownThen(work: Work, means: Means, row: ConfirmationRow): Promise<Shown> {
  const signed = await findSigned(inside(work), row.id);
  if (!signed) throw problem("confirmation.not_found");
  return JSON.parse(openPart(means.vault, row, "snapshot", signed.snapshot)) as Shown;
}

/** The filing first, then its confirmation: everybody takes them in this order. */
async function hold(work: Work, id: string): Promise<{ row: ConfirmationRow; filing: Filing }> {
  const known = await findConfirmationRow(inside(work), work.actor, id);
  if (!known) throw problem("confirmation.not_found");
  const filing = await holdSubject(work, known.filingId);
  return { row: (await findConfirmationRow(inside(work), work.actor, id)) as ConfirmationRow, filing };
}

/** An open offer, for the one asked: who filed does not answer for them. */
async function holdOffered(work: Work, id: string): Promise<{ row: ConfirmationRow; filing: Filing }> {
  const { row, filing } = await hold(work, id);
  if (row.accountId === null || String(row.accountId) !== work.actor.accountId) throw problem("confirmation.not_yours");
  const state = stateOf(row, work.at);
  if (state !== "offered") throw overFor(state);
  if (!EDITABLE.includes(filing.state)) throw overFor("expired");
  return { row, filing };
}

async function holdSubject(work: Work, filingId: string): Promise<Filing> {
  const filing = await Filing.findByPk(filingId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!filing) throw problem("confirmation.not_found");
  return filing;
}

async function whoIsAsked(
  work: Work,
  means: Means,
  row: ConfirmationRow,
  content: FilingContent,
): Promise<{ confirming: Confirming; person: Known }> {
  const confirming = findConfirming(content, row, courtDayOf(work.at));
  if (!confirming) throw overFor("expired");
  const person = await findIdentity(means.vault, work.actor.accountId, work.tx);
  if (!person || !isTheOneAsked(confirming, person)) throw problem("confirmation.not_yours");
  return { confirming, person };
}

const again = async (work: Work, id: string): Promise<ConfirmationRow> =>
  (await findConfirmationRow(inside(work), work.actor, id)) as ConfirmationRow;

const overFor = (state: ConfirmationRow["state"]) =>
  problem("confirmation.over", {
    detail:
      state === "expired"
        ? "这个链接已经失效。请让发链接给您的人重新发一次。"
        : `这个链接${CONFIRMATION_STATES[state]}，不能再用。需要的话，请让发链接给您的人重新发一次。`,
    members: { state },
  });

async function tell(
  work: Work,
  filing: Filing,
  row: ConfirmationRow,
  name: "confirmation.confirmed" | "confirmation.declined" | "confirmation.withdrawn",
): Promise<void> {
  await work.emit({
    name,
    about: `filing:${filing.id}`,
    courtCode: filing.courtCode,
    filingId: String(filing.id),
    confirmationId: String(row.id),
    kind: row.kind,
    ownerId: String(filing.accountId),
  });
}
