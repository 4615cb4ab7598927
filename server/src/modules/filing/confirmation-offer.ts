import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { inside, keyOf, listConfirmationRows, newToken, tokenIndex } from "./confirmation-store.ts";
import {
  type Confirming,
  findConfirming,
  fingerprint,
  guardiansOf,
  isMinor,
  type Subject,
} from "./confirmation-subject.ts";
import type { FilingContent } from "./content.ts";
import { Filing } from "./model.ts";
import { problem } from "./problems.ts";
import { newSealRef, openContent } from "./store.ts";
import { EDITABLE } from "./workflow.ts";

export const OFFER_DAYS = 7;
const DAY_MS = 86_400_000;
/** Links of one filing, spent ones included. */
const MOST_OFFERS = 300;

export interface Offered {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** The actor's own filing while it may be changed, its row held. Only who files invites, never a reader or a helper. */
async function holdOwn(work: Work, filingId: string): Promise<Filing> {
  const filing = await Filing.findByPk(filingId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!filing || String(filing.accountId) !== work.actor.accountId) throw problem("filing.not_found");
  if (!EDITABLE.includes(filing.state)) throw problem("filing.not_editable");
  return filing;
}

/**
 * A link for the one who has to confirm. Whatever link was out for the same thing is void from now on; a confirmation
 * that stands needs no new one. The token is in this answer and nowhere else.
 */
export async function offerConfirmation(
  work: Work,
  means: Means,
  filingId: string,
  subject: Subject,
): Promise<Offered> {
  const filing = await holdOwn(work, filingId);
  const { content } = openContent(means.vault, filing);
  const missing = lackingFor(content, subject, courtDayOf(work.at));
  if (missing !== null) throw problem("confirmation.not_ready", { detail: missing });

  const rows = await listConfirmationRows(inside(work), filingId);
  if (rows.length >= MOST_OFFERS) throw problem("confirmation.too_many");
  const same = rows.filter((row) => keyOf(row) === keyOf(subject));
  const print = fingerprint(content, subject);
  if (same.some((row) => row.state === "confirmed" && row.contentHash === print))
    throw problem("confirmation.already", { detail: "这一项已经确认过，内容没有变化，不需要再确认。" });

  for (const row of same.filter(({ state }) => state === "offered"))
    await work.change(
      "UPDATE filing_confirmation SET state = 'expired', live = NULL, ended_at = ? WHERE id = ? AND state = 'offered'",
      [work.at, row.id],
    );
  const token = newToken();
  const index = tokenIndex(means.vault, token);
  const expiresAt = new Date(work.at.getTime() + OFFER_DAYS * DAY_MS);
  await work.change(
    `INSERT INTO filing_confirmation (filing_id, seal_ref, kind, party_key, agent_key, token_index, state, live, offered_by, offered_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, 'offered', 1, ?, ?, ?)`,
    [
      filingId,
      newSealRef(),
      subject.kind,
      subject.partyKey,
      subject.agentKey,
      index,
      work.actor.accountId,
      work.at,
      expiresAt,
    ],
  );
  const [made] = await work.query<{ id: string }>("SELECT id FROM filing_confirmation WHERE token_index = ?", [index]);
  const id = String(made?.id);
  const about = {
    about: `filing:${filingId}`,
    courtCode: filing.courtCode,
    filingId: String(filingId),
    confirmationId: id,
  };
  await work.emit({ name: "confirmation.offered", kind: subject.kind, ...about });
  await work.emit({ name: "confirmation.due", ...about }, { dueAt: expiresAt });
  return { id, token, expiresAt };
}

/** The timer of a link: nobody took it up. Safe to repeat. */
export async function expireConfirmation(work: Work, id: string): Promise<void> {
  await work.change(
    "UPDATE filing_confirmation SET state = 'expired', live = NULL, ended_at = ? WHERE id = ? AND state = 'offered' AND expires_at <= ?",
    [work.at, id, work.at],
  );
}

/** What is still to be filled in before anybody can be asked; null where nothing is. */
export function lackingFor(content: FilingContent, subject: Subject, today: string): string | null {
  const confirming = findConfirming(content, subject, today);
  if (!confirming) return "没有找到需要确认的当事人或者代理人，请刷新后再试。";
  return lackingParty(confirming, today) ?? lackingAgent(confirming);
}

function lackingParty({ party, guardians }: Confirming, today: string): string | null {
  const name = party.name || "这位当事人";
  if (party.name.trim() === "") return "请先填写当事人的姓名或者单位全称。";
  if (party.kind === "organisation")
    return party.legalRepresentative.trim() === "" ? `请先填写${name}的法定代表人或者负责人，由他本人确认。` : null;
  if (isMinor(party, today)) {
    if (guardiansOf(party).length === 0 && !party.livesOnOwnIncome) return `${name}未满 18 周岁，请先添加监护人。`;
    if (guardians.some(({ name: own, idNumber }) => own !== "" && idNumber !== "")) return null;
    if (guardians.length > 0) return `请先填写${name}的监护人的姓名和身份证号，由监护人确认。`;
  }
  return party.idNumber === "" ? `请先填写${name}的证件号码，系统要用它核对是不是本人。` : null;
}

function lackingAgent({ agent }: Confirming): string | null {
  if (agent === null) return null;
  if (agent.kind === null || agent.name.trim() === "" || agent.powers === null)
    return "请先填写代理人的身份、姓名和代理权限。";
  if (agent.powers === "special" && agent.specialPowers.length === 0)
    return "选了特别授权，请先逐项勾选权限，或者改为一般授权。";
  return null;
}
