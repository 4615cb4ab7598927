import type { Transaction } from "sequelize";
import type { z } from "zod";
import { type Actor, ROLE_LABELS } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { maskIdNumber, maskName, maskPhone } from "#modules/reference/index.ts";
import { openClaim, openName, openPhone } from "./identity.ts";
import { Account, Identity, type IdentityReview, Practice, type Session, Staff } from "./model.ts";
import { openLicence } from "./practice.ts";
import { problem } from "./problems.ts";
import { notePlace } from "./review.ts";
import type { accountView, practiceView, reviewView, sessionView, staffView } from "./schema.ts";
import { unreadOf } from "./unread.ts";
import { IDENTITY_STATES, practiceWorkflow, reviewWorkflow, staffWorkflow } from "./workflow.ts";

/** The account as its owner sees it. */
export async function presentMe(
  vault: Vault,
  accountId: string,
  tx?: Transaction,
): Promise<z.infer<typeof accountView>> {
  const options = tx ? { transaction: tx } : {};
  const [account, identity, practice, staff, unreadMessages] = await Promise.all([
    Account.findByPk(accountId, options),
    Identity.findByPk(accountId, options),
    Practice.findByPk(accountId, options),
    Staff.findByPk(accountId, options),
    unreadOf(accountId),
  ]);
  if (!account) throw problem("session.ended");
  const phone = openPhone(vault, account);
  return {
    id: account.id,
    role: account.role,
    roleLabel: ROLE_LABELS[account.role],
    name: staff?.displayName ?? openName(vault, account),
    nameMasked: account.maskedName,
    phoneMasked: phone && maskPhone(phone),
    phoneVerified: account.phoneVerifiedAt !== null,
    identity: presentIdentity(vault, identity),
    practice: practice && {
      state: practiceWorkflow.present(practice.state),
      firm: practice.firm,
      licenseNumberMasked: maskIdNumber(openLicence(vault, practice)),
      ...(practice.reason ? { reason: practice.reason } : {}),
    },
    court: account.courtCode === null ? null : { code: account.courtCode, name: await nameOfCourt(account.courtCode) },
    staff: staff && { username: staff.username, name: staff.displayName },
    unreadMessages,
    language: account.language,
  };
}

function presentIdentity(vault: Vault, row: Identity | null): z.infer<typeof accountView>["identity"] {
  if (!row)
    return {
      state: { code: "none", label: IDENTITY_STATES.none },
      nameMasked: null,
      idType: null,
      idNumberMasked: null,
    };
  const { name, idNumber } = openClaim(vault, row);
  return {
    state: { code: row.state, label: IDENTITY_STATES[row.state] },
    nameMasked: maskName(name),
    idType: row.idType,
    idNumberMasked: maskIdNumber(idNumber),
    ...(row.reason ? { reason: row.reason } : {}),
  };
}

export const presentSession = (actor: Actor, session: Session): z.infer<typeof sessionView> => ({
  id: session.id,
  device: session.device,
  createdAt: session.createdAt.toISOString(),
  seenAt: session.seenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  current: session.id === actor.sessionId,
});

export function presentReview(
  actor: Actor,
  vault: Vault,
  review: IdentityReview,
  identity: Identity,
): z.infer<typeof reviewView> {
  const { name, idNumber } = openClaim(vault, identity);
  return {
    id: review.id,
    accountId: String(review.accountId),
    state: reviewWorkflow.present(review.state),
    moves: reviewWorkflow.open(review.state, actor.role),
    court: { code: review.courtCode },
    nameMasked: maskName(name),
    idType: identity.idType,
    idNumberMasked: maskIdNumber(idNumber),
    reason: identity.reason,
    note: vault.open(review.noteSealed, notePlace(String(review.accountId))),
    materialIds: JSON.parse(review.materialIds) as string[],
    openedAt: review.openedAt.toISOString(),
    decidedAt: review.decidedAt?.toISOString() ?? null,
    decisionNote: review.decisionNote,
  };
}

export const presentPractice = (
  actor: Actor,
  vault: Vault,
  practice: Practice,
  maskedName: string | null,
): z.infer<typeof practiceView> => ({
  id: String(practice.accountId),
  state: practiceWorkflow.present(practice.state),
  moves: practiceWorkflow.open(practice.state, actor.role),
  nameMasked: maskedName,
  firm: practice.firm,
  licenseNumberMasked: maskIdNumber(openLicence(vault, practice)),
  updatedAt: practice.updatedAt.toISOString(),
});

/** `locked`: too many misses at signing in, and the time is not up yet. */
export function presentStaff(actor: Actor, account: Account, staff: Staff, locked: boolean): z.infer<typeof staffView> {
  const moves = staffWorkflow.open(account.state, actor.role).filter(({ action }) => action !== "unlock" || locked);
  return {
    id: account.id,
    username: staff.username,
    name: staff.displayName,
    role: account.role,
    roleLabel: ROLE_LABELS[account.role],
    state: staffWorkflow.present(account.state),
    locked,
    moves: account.id === actor.accountId ? [] : moves,
    signedInAt: account.signedInAt?.toISOString() ?? null,
  };
}
