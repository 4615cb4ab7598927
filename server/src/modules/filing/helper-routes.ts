import type { z } from "zod";
import { itemsOf } from "#core/fields.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { confirmHelp } from "./helper-edits.ts";
import { presentHelperEdits, presentHelpers } from "./helper-present.ts";
import { endHelp, joinHelp, offerHelp, takeTry } from "./helper-session.ts";
import {
  helperEditsView,
  helperParams,
  helperView,
  helpJoining,
  helpMove,
  helpOffering,
  joinedView,
  offeredView,
} from "./helper-view.ts";
import { problem } from "./problems.ts";
import { findFilingRow } from "./store.ts";
import { idParams } from "./view.ts";

const TAG = "filing";

/** 帮助填写: a child or a village mediator fills in along with a litigant who cannot type. */
export function filingHelperRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  const joinPage = (code: string) => `${means.settings.publicUrl.replace(/\/$/, "")}/#/pages/helper/join?code=${code}`;
  return [
    route({
      method: "POST",
      path: "/filings/:id/helpers",
      tag: TAG,
      summary: "请人帮助填写：取得一次有效的帮助码",
      description:
        "帮助码 10 分钟内有效，只在本次应答中给出，因此本操作不按 Idempotency-Key 保存应答；再次取得时，之前没有用的作废。同一时间只能有一位帮助者。",
      params: idParams,
      body: helpOffering,
      answers: { 201: offeredView },
      // Not a command: a kept answer would be a kept code. Asking twice makes the first code void, and harms nobody.
      async handle({ params, body, work }) {
        const { id, code, expiresAt } = await work((own) => offerHelp(own, means, params.id, body.minutes));
        return created({ id, code, expiresAt: expiresAt.toISOString(), url: joinPage(code) });
      },
    }),
    route({
      method: "POST",
      path: "/helpers/join",
      tag: TAG,
      summary: "凭帮助码加入，帮助填写",
      description: "须已实名。15 分钟内最多试 5 次。",
      limit: "sign-in",
      body: helpJoining,
      answers: { 200: joinedView },
      before: ({ work }) => work((own) => takeTry(own, means)),
      async command(work, { body }: { body: z.infer<typeof helpJoining> }) {
        const { filingId, until } = await joinHelp(work, means, body.code);
        return ok({ filingId, until: until.toISOString() });
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id/helpers",
      tag: TAG,
      summary: "谁在帮助、谁帮助过（帮助者只看到自己的）",
      params: idParams,
      answers: { 200: itemsOf(helperView) },
      async handle({ actor, params }) {
        const row = await findFilingRow(database, actor, params.id, { helperToo: true });
        return ok({ items: await presentHelpers(means, actor, row) });
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id/helper-edits",
      tag: TAG,
      summary: "帮助者填写的内容，逐处列出前后",
      params: idParams,
      answers: { 200: helperEditsView },
      async handle({ actor, params }) {
        return ok(await presentHelperEdits(means, actor, await findFilingRow(database, actor, params.id)));
      },
    }),
    route({
      method: "POST",
      path: "/filings/:id/helpers/:helperId/moves",
      tag: TAG,
      summary: "结束帮助，或者确认帮助者填写的内容",
      params: helperParams,
      body: helpMove,
      answers: { 200: helperView },
      async command(work, { actor, params: { id, helperId }, body }) {
        const inside = { ...means, database: within(work, database) };
        // A helper who leaves sees the filing for the last time: what is answered is read before.
        const row = await findFilingRow(inside.database, actor, id, { helperToo: true });
        if (body.action === "end") await endHelp(work, id, helperId);
        else await confirmHelp(work, id, helperId, body.through);
        const view = (await presentHelpers(inside, actor, row)).find((each) => each.id === helperId);
        if (!view) throw problem("helper.not_found");
        return ok(view);
      },
    }),
  ];
}
