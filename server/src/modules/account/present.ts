import type { z } from "zod";
import { type Actor, ROLE_LABELS } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import { maskIdNumber, maskName } from "#modules/reference/index.ts";
import { openClaim } from "./identity.ts";
import type { Account, Identity, IdentityReview, Practice, Session, Staff } from "./model.ts";
import { openLicence } from "./practice.ts";
import { notePlace } from "./review.ts";
import type { practiceView, reviewView, sessionView, staffView } from "./schema.ts";
import { practiceWorkflow, reviewWorkflow, staffWorkflow } from "./workflow.ts";

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
    title: staff.title,
    role: account.role,
    roleLabel: ROLE_LABELS[account.role],
    state: staffWorkflow.present(account.state),
    locked,
    moves: account.id === actor.accountId ? [] : moves,
    signedInAt: account.signedInAt?.toISOString() ?? null,
    firstPasswordUntil: staff.firstPasswordUntil?.toISOString() ?? null,
  };
}
