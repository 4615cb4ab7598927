import { listOf } from "#core/fields.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { listPractices, listReviews } from "./lists.ts";
import { Account, Identity } from "./model.ts";
import { movePractice, revealPractice } from "./practice.ts";
import { presentPractice, presentReview } from "./present.ts";
import { problem } from "./problems.ts";
import { moveReview, revealReview } from "./review.ts";
import {
  byId,
  practiceMove,
  practiceQuery,
  practiceView,
  reason,
  revealedIdentity,
  revealedPractice,
  reviewMove,
  reviewQuery,
  reviewView,
} from "./schema.ts";

/** What the court's people do for those whom the automatic checks fail, and for lawyers. */
export const reviewRoutes = ({ vault }: Means): readonly AnyRoute[] => [
  route({
    method: "GET",
    path: "/identity-reviews",
    tag: "account",
    summary: "本院待核验的实名申请",
    query: reviewQuery,
    answers: { 200: listOf(reviewView) },
    async handle({ actor, query }) {
      return ok(await listReviews(actor, vault, query));
    },
  }),
  route({
    method: "POST",
    path: "/identity-reviews/:id/moves",
    tag: "account",
    summary: "核验实名申请",
    params: byId,
    body: reviewMove,
    answers: { 200: reviewView },
    async command(work, { actor, params: { id }, body: { action, note = "" } }) {
      const review = await moveReview(work, vault, id, action, note);
      const identity = await Identity.findByPk(review.accountId, { transaction: work.tx });
      if (!identity) throw problem("identity.review_not_found");
      return ok(presentReview(actor, vault, review, identity));
    },
  }),
  route({
    method: "POST",
    path: "/identity-reviews/:id/reveal",
    tag: "account",
    summary: "查看申请人的姓名和证件号码（记入审计）",
    params: byId,
    body: reason,
    answers: { 200: revealedIdentity },
    // Not a command: an answer in the clear is not kept for a repeat.
    async handle({ params: { id }, body, work }) {
      return ok(await work((unit) => revealReview(unit, vault, id, body.reason)));
    },
  }),
  route({
    method: "GET",
    path: "/practices",
    tag: "account",
    summary: "律师执业信息",
    query: practiceQuery,
    answers: { 200: listOf(practiceView) },
    async handle({ actor, query }) {
      return ok(await listPractices(actor, vault, query));
    },
  }),
  route({
    method: "POST",
    path: "/practices/:id/moves",
    tag: "account",
    summary: "确认或不予确认律师执业信息",
    params: byId,
    body: practiceMove,
    answers: { 200: practiceView },
    async command(work, { actor, params: { id }, body: { action, note = "" } }) {
      const practice = await movePractice(work, id, action, note);
      const account = await Account.findByPk(id, { transaction: work.tx });
      return ok(presentPractice(actor, vault, practice, account?.maskedName ?? null));
    },
  }),
  route({
    method: "POST",
    path: "/practices/:id/reveal",
    tag: "account",
    summary: "查看律师姓名和执业证号（记入审计）",
    params: byId,
    body: reason,
    answers: { 200: revealedPractice },
    async handle({ params: { id }, body, work }) {
      return ok(await work((unit) => revealPractice(unit, vault, id, body.reason)));
    },
  }),
];
