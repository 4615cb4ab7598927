import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { findIdentity } from "#modules/account/index.ts";
import { materialFacts } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { mayWithdraw } from "./confirmation-decide.ts";
import { lackingFor } from "./confirmation-offer.ts";
import { CAPACITIES, type Shown } from "./confirmation-shown.ts";
import { signersOf } from "./confirmation-signers.ts";
import {
  CONFIRMATION_STATES,
  type ConfirmationRow,
  confirmationFacts,
  factOf,
  listConfirmationRows,
  openPart,
  stateOf,
} from "./confirmation-store.ts";
import { fingerprint, type Subject } from "./confirmation-subject.ts";
import type { AskableView, ConfirmationView } from "./confirmation-view.ts";
import type { FilingContent } from "./content.ts";
import type { Filing } from "./model.ts";
import { type FilingRow, openContent } from "./store.ts";
import { EDITABLE } from "./workflow.ts";

type Row = FilingRow & { content: Buffer };
export const KIND_LABELS = { agency: "授权委托", cosign: "共同起诉签名" } as const;

/** The confirmations of a filing, and to the one who files what may still be asked for. */
export async function presentConfirmations(
  means: Means,
  actor: Actor,
  row: Row,
): Promise<{ items: ConfirmationView[]; askable: AskableView[] }> {
  const now = means.clock.now();
  const rows = await listConfirmationRows(means.database, row.id);
  const { content } = openContent(means.vault, row);
  const isOwner = String(row.accountId) === actor.accountId;
  // Others who confirmed hear of their own; the court, and who files, of all.
  const shown = rows.filter((each) => isOwner || isStaff(actor) || String(each.accountId) === actor.accountId);
  return {
    items: shown.map((each) => presentRow(means, actor, row, content, each, now)),
    askable: isOwner && EDITABLE.includes(row.state) ? await askable(means, row, content, rows, now) : [],
  };
}

function presentRow(
  means: Means,
  actor: Actor,
  filing: Pick<Filing, "accountId" | "state">,
  content: FilingContent,
  row: ConfirmationRow,
  now: Date,
): ConfirmationView {
  const state = stateOf(row, now);
  return {
    id: String(row.id),
    ...subjectView(content, row),
    state: { code: state, label: CONFIRMATION_STATES[state] },
    current: state === "confirmed" && row.contentHash === fingerprint(content, row),
    note: row.note ? openPart(means.vault, row, "note", row.note) : "",
    offeredAt: row.offeredAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    moves: movesOf(row, filing, actor.accountId, now),
  };
}

function subjectView(content: FilingContent, { kind, partyKey, agentKey }: Subject) {
  const party = content.parties.find(({ key }) => key === partyKey);
  const agent = party?.agents.find(({ key }) => key === agentKey);
  return {
    kind,
    partyKey,
    agentKey: agentKey || null,
    kindLabel: KIND_LABELS[kind],
    partyName: party?.name ?? "",
    agentName: kind === "agency" ? (agent?.name ?? "") : null,
  };
}

function movesOf(
  row: ConfirmationRow,
  filing: Pick<Filing, "accountId" | "state">,
  accountId: string,
  now: Date,
): { action: string; label: string }[] {
  const isAsked = row.accountId !== null && String(row.accountId) === accountId;
  const state = stateOf(row, now);
  const moves: { action: string; label: string }[] = [];
  if (isAsked && state === "offered" && EDITABLE.includes(filing.state))
    moves.push({ action: "confirm", label: "确认并签名" }, { action: "decline", label: "不同意" });
  if (mayWithdraw(row, filing, accountId, now))
    moves.push({ action: "withdraw", label: state === "offered" ? "取消链接" : "撤回确认" });
  return moves;
}

/** Every agent who may be confirmed and every plaintiff who has to sign elsewhere, with how far that is. */
async function askable(
  means: Means,
  row: Row,
  content: FilingContent,
  rows: readonly ConfirmationRow[],
  now: Date,
): Promise<AskableView[]> {
  const today = courtDayOf(now);
  const facts = confirmationFacts(rows, content, now);
  const [filer, { byKind }] = await Promise.all([
    findIdentity(means.vault, row.accountId),
    materialFacts(means.database, "filing", row.id),
  ]);
  const agencies = content.parties
    .filter(({ side }) => side !== "defendant")
    .flatMap((party) =>
      party.agents
        .filter(({ kind }) => kind !== "guardian")
        .map((agent) => ({
          subject: { kind: "agency", partyKey: party.key, agentKey: agent.key } as const,
          needed: !byKind["power_of_attorney"],
        })),
    );
  const cosigns = signersOf(content, filer, facts, today)
    .filter(({ by }) => by === "link")
    .map(({ party }) => ({
      subject: { kind: "cosign", partyKey: party.key, agentKey: "" } as const,
      needed: !byKind["complaint"],
    }));
  return [...agencies, ...cosigns].map(({ subject, needed }) => {
    const fact = factOf(facts, subject.kind, subject.partyKey, subject.agentKey);
    const known = rows.find(({ id }) => String(id) === fact?.id);
    const blockedBy = lackingFor(content, subject, today);
    const isDone = fact?.current === true;
    return {
      ...subjectView(content, subject),
      needed: needed && !isDone,
      state: fact ? { code: fact.state, label: CONFIRMATION_STATES[fact.state] } : null,
      current: isDone,
      note: known?.note ? openPart(means.vault, known, "note", known.note) : "",
      confirmationId: fact?.id ?? null,
      blockedBy,
      moves: isDone || blockedBy !== null ? [] : [{ action: "offer", label: fact ? "重新发链接" : "发确认链接" }],
    };
  });
}

/** What the one asked sees. */
export function presentShown(
  row: ConfirmationRow,
  filing: Pick<Filing, "accountId" | "state">,
  shown: Shown,
  accountId: string,
  now: Date,
) {
  const { capacity, title, courtName, causeName, party, parties, agent, claims, amountFen, facts } = shown;
  const state = stateOf(row, now);
  return {
    id: String(row.id),
    kind: row.kind,
    kindLabel: KIND_LABELS[row.kind],
    state: { code: state, label: CONFIRMATION_STATES[state] },
    moves: movesOf(row, filing, accountId, now),
    filingId: String(row.filingId),
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    capacity: { code: capacity, label: CAPACITIES[capacity] },
    title,
    courtName,
    causeName,
    party: { side: party.side, name: party.name },
    parties,
    agent: agent && {
      kind: agent.kind,
      name: agent.name,
      firm: agent.firm,
      licenseNumber: agent.licenseNumber,
      relation: agent.relation,
      powers: agent.powers,
      general: agent.general,
      specialPowers: agent.specialPowers,
    },
    claims,
    amountFen,
    facts,
  };
}
