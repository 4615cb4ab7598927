import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { bind, boundElsewhere, confirmName, holdIdentity, openClaim, unbind } from "./identity.ts";
import { Account, Identity, IdentityReview } from "./model.ts";
import { endPractice } from "./practice.ts";
import { problem } from "./problems.ts";
import { revokeSessions } from "./session.ts";
import { type ReviewAction, reviewWorkflow } from "./workflow.ts";

export interface ReviewRequest {
  readonly note: string;
  readonly materialIds: readonly string[];
  readonly courtCode: string;
}

const REJECTED = "人工核验未通过。请携带证件原件到法院诉讼服务大厅办理，或者核对信息后重新认证。";

/** Asks a court's people to look at the actor's claim. Throws 409 `identity.nothing_to_review`, `identity.in_review`. */
export async function openReview(
  work: Work,
  vault: Vault,
  { note, materialIds, courtCode }: ReviewRequest,
): Promise<void> {
  const { accountId } = work.actor;
  const identity = await holdIdentity(work, accountId);
  if (!identity) throw problem("identity.nothing_to_review");
  if (identity.state === "in_review") throw problem("identity.in_review");
  if (identity.state === "verified") throw problem("identity.already_verified");
  const review = await IdentityReview.create(
    {
      accountId,
      openAccountId: accountId,
      courtCode,
      state: "open",
      noteSealed: vault.seal(note, notePlace(accountId)),
      materialIds: JSON.stringify(materialIds),
      openedAt: work.at,
    },
    { transaction: work.tx },
  );
  await identity.update({ state: "in_review", updatedAt: work.at }, { transaction: work.tx });
  await work.emit({
    name: "identity.review_opened",
    about: `account:${accountId}`,
    courtCode,
    reviewId: review.id,
    accountId,
  });
}

/** A court's decision on a review of its own. Throws 409 `identity.bound` where an approval needs `rebind`. */
export async function moveReview(
  work: Work,
  vault: Vault,
  id: string,
  action: ReviewAction,
  note: string,
): Promise<IdentityReview> {
  const review = await findReview(work, id, "hold");
  const next = reviewWorkflow.next(review.state, action, work.actor.role);
  const identity = await holdIdentity(work, review.accountId);
  if (!identity) throw problem("identity.review_not_found");
  const accountId = String(review.accountId);
  if (next === "approved") {
    if (action === "rebind") await takeFromOther(work, review, identity);
    if (!(await bind(work, identity))) throw boundElsewhere();
    await confirmName(work, vault, accountId, openClaim(vault, identity).name);
  } else {
    await identity.update(
      { state: "failed", reason: note ? `人工核验未通过：${note}`.slice(0, 200) : REJECTED, updatedAt: work.at },
      { transaction: work.tx },
    );
  }
  await review.update(
    { state: next, openAccountId: null, decidedBy: work.actor.accountId, decidedAt: work.at, decisionNote: note },
    { transaction: work.tx },
  );
  await work.emit({
    name: "identity.reviewed",
    about: `account:${accountId}`,
    courtCode: review.courtCode,
    reviewId: review.id,
    accountId,
    action,
  });
  return review;
}

async function takeFromOther(work: Work, review: IdentityReview, identity: Identity): Promise<void> {
  const other = await unbind(work, identity.idIndex);
  if (!other || other === String(review.accountId)) return;
  await endPractice(work, other);
  await revokeSessions(work, other);
  await work.emit({
    name: "identity.unbound",
    about: `account:${other}`,
    courtCode: review.courtCode,
    accountId: other,
    reviewId: review.id,
  });
}

/** The claim in the clear, for comparing with the documents. It is recorded who looked and why. */
export async function revealReview(work: Work, vault: Vault, id: string, reason: string) {
  const review = await findReview(work, id);
  const identity = await Identity.findByPk(review.accountId, { transaction: work.tx });
  if (!identity) throw problem("identity.review_not_found");
  const accountId = String(review.accountId);
  await work.emit({
    name: "identity.revealed",
    about: `account:${accountId}`,
    courtCode: review.courtCode,
    accountId,
    reason,
  });
  return { idType: identity.idType, ...openClaim(vault, identity) };
}

/** A review of the actor's own court, or `identity.review_not_found`. */
export async function findReview(work: Work, id: string, hold?: "hold"): Promise<IdentityReview> {
  const review = await IdentityReview.findOne({
    where: { id, courtCode: work.actor.courtCode ?? "" },
    transaction: work.tx,
    ...(hold ? { lock: work.tx.LOCK.UPDATE } : {}),
  });
  if (!review) throw problem("identity.review_not_found");
  return review;
}

export const notePlace = (accountId: string): string => `identity-review:${accountId}`;

/** The accounts and claims behind reviews, by account id. */
export async function behindReviews(
  reviews: readonly IdentityReview[],
): Promise<Map<string, { account: Account; identity: Identity }>> {
  const ids = [...new Set(reviews.map(({ accountId }) => String(accountId)))];
  const [accounts, identities] = await Promise.all([
    Account.findAll({ where: { id: ids } }),
    Identity.findAll({ where: { accountId: ids } }),
  ]);
  const byId = new Map(identities.map((identity) => [String(identity.accountId), identity]));
  return new Map(
    accounts.flatMap((account) => {
      const identity = byId.get(account.id);
      return identity ? [[account.id, { account, identity }] as const] : [];
    }),
  );
}
