import { itemsOf } from "#core/fields.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { decideOffer, endDelegation, lookUpOffer, takeDelegationTry } from "./delegation-decide.ts";
import { offerDelegation } from "./delegation-offer.ts";
import { listDelegations, presentDelegations } from "./delegation-present.ts";
import {
  delegationMoving,
  delegationOffering,
  delegationView,
  offerCode,
  offerDeciding,
  offeredDelegationView,
} from "./delegation-schema.ts";
import type { Delegation } from "./delegation-store.ts";
import { idParams } from "./schema.ts";

const TAG = "case";

/** 律师助理 and 代管: who does a lawyer's work with them, or for them while they are away. */
export function delegationRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  const page = (code: string) => `${means.settings.publicUrl.replace(/\/$/, "")}/#/pages/desk/accept?code=${code}`;
  const presentWritten = async (work: Work, one: Delegation) => {
    const [view] = await presentDelegations({ ...means, database: within(work, database) }, work.actor, [one]);
    return view;
  };
  return [
    route({
      method: "GET",
      path: "/delegations",
      tag: TAG,
      summary: "我安排的和别人托付给我的：律师助理、代管",
      answers: { 200: itemsOf(delegationView) },
      handle: async ({ actor }) => ok({ items: await listDelegations(means, actor) }),
    }),
    route({
      method: "POST",
      path: "/delegations",
      tag: TAG,
      summary: "安排助理，或者把案件交由其他律师代管：取得一次有效的接受码",
      description:
        "接受码只在本次应答中给出，72 小时内有效，因此本操作不按 Idempotency-Key 保存应答。对方接受以前，什么也不对其开放。",
      body: delegationOffering,
      answers: { 201: offeredDelegationView },
      // Not a command: a kept answer would be a kept code. One that was asked for twice is ended like any other.
      async handle({ body, work }) {
        const offer =
          body.kind === "assistant"
            ? body
            : { ...body, from: body.from === null ? null : new Date(body.from), until: new Date(body.until) };
        const { id, code, expiresAt } = await work((one) => offerDelegation(one, vault, offer));
        return created({ id, code, url: page(code), expiresAt: expiresAt.toISOString() });
      },
    }),
    route({
      method: "POST",
      path: "/delegations/lookup",
      tag: TAG,
      summary: "凭接受码查看：谁托付、到何时、可以做什么",
      limit: "sign-in",
      body: offerCode,
      answers: { 200: delegationView },
      before: ({ work }) => work((one) => takeDelegationTry(one, vault)),
      command: async (work, { body }) => ok(await presentWritten(work, await lookUpOffer(work, vault, body.code))),
    }),
    route({
      method: "POST",
      path: "/delegations/decide",
      tag: TAG,
      summary: "凭接受码接受，或者不接受",
      description: "须已实名；代管须为已认证的律师。在同一案件中代理其他各方的，不能接受。",
      limit: "sign-in",
      body: offerDeciding,
      answers: { 200: delegationView },
      before: ({ work }) => work((one) => takeDelegationTry(one, vault)),
      command: async (work, { body }) =>
        ok(await presentWritten(work, await decideOffer(work, vault, body.code, body.decision))),
    }),
    route({
      method: "POST",
      path: "/delegations/:id/moves",
      tag: TAG,
      summary: "结束助理或者代管，立即生效：律师收回，对方退出",
      params: idParams,
      body: delegationMoving,
      answers: { 200: delegationView },
      command: async (work, { params }) => ok(await presentWritten(work, await endDelegation(work, params.id))),
    }),
  ];
}
