import type { z } from "zod";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import { findIdentity } from "#modules/account/index.ts";
import { answerPaper, PDF, renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { AGENT_LABELS, AGENT_PAPERS, GENERAL_ALONE, MOST_AGENTS, OVERSEAS, POWERS } from "./agent-papers.ts";
import { confirm, decline, openConfirmation, withdrawConfirmation } from "./confirmation-decide.ts";
import { offerConfirmation } from "./confirmation-offer.ts";
import { mandateOf } from "./confirmation-paper.ts";
import { KIND_LABELS, presentConfirmations, presentShown } from "./confirmation-present.ts";
import { readSignature } from "./confirmation-signature.ts";
import { CONFIRMATION_STATES } from "./confirmation-store.ts";
import {
  agentPapersView,
  confirmationListView,
  confirmationLookup,
  confirmationMove,
  confirmationOrder,
  confirmationParams,
  decidedView,
  offeredView,
  ownDetailsView,
  shownView,
} from "./confirmation-view.ts";
import { notePrinted } from "./print-routes.ts";
import { problem } from "./problems.ts";
import { findFilingRow } from "./store.ts";
import { idParams } from "./view.ts";

const TAG = "filing";

/** The page of the litigants' client that a link opens. Behind the `#` it reaches no server's log. */
const pageOf = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/$/, "")}/#/pages/confirm/index?token=${token}`;

export function confirmationRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock, settings, vault } = means;
  return [
    route({
      method: "GET",
      path: "/agent-papers",
      tag: TAG,
      summary: "各类代理人须提交的材料、代理权限的含义（不需登录）",
      answers: { 200: agentPapersView },
      handle: async () => ok(AGENT_ANSWER),
    }),
    route({
      method: "GET",
      path: "/filings/:id/own-details",
      tag: TAG,
      summary: "立案人本人的实名信息，用于把自己填为监护人或者当事人（只有本人可见）",
      params: idParams,
      answers: { 200: ownDetailsView },
      async handle({ actor, params }) {
        const row = await findFilingRow(database, actor, params.id);
        if (String(row.accountId) !== actor.accountId) throw problem("filing.not_found");
        const own = await findIdentity(vault, actor.accountId);
        if (own?.state !== "verified") throw problem("confirmation.no_details");
        const { name, idType, idNumber, phone } = own;
        return ok({ name, idType, idNumber, phone });
      },
    }),
    route({
      method: "POST",
      path: "/filings/:id/confirmations",
      tag: TAG,
      summary: "发出确认链接：委托人确认授权，或者共同原告签名",
      description:
        "同一事项再次发出时，先前的链接即失效。链接 7 日内有效，只在本次应答中给出，因此本操作不按 Idempotency-Key 保存应答。",
      params: idParams,
      body: confirmationOrder,
      answers: { 201: offeredView },
      // Not a command: a kept answer would be a kept token. Asking twice makes the first link void, and harms nobody.
      async handle({ params, body, work }) {
        const subject = {
          kind: body.kind,
          partyKey: body.partyKey,
          agentKey: body.kind === "agency" ? body.agentKey : "",
        };
        const { id, token, expiresAt } = await work((own) => offerConfirmation(own, means, params.id, subject));
        return created({ id, url: pageOf(settings.publicUrl, token), expiresAt: expiresAt.toISOString() });
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id/confirmations",
      tag: TAG,
      summary: "各项确认的进展；立案人另见还可以请谁确认（askable）",
      params: idParams,
      answers: { 200: confirmationListView },
      async handle({ actor, params }) {
        return ok(await presentConfirmations(means, actor, await findFilingRow(database, actor, params.id)));
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id/confirmations/:confirmationId/mandate.pdf",
      tag: TAG,
      summary: "授权委托书（委托人在线确认）",
      description: "法院工作人员取得的副本，个人信息已遮盖。",
      limit: "costly",
      params: confirmationParams,
      answers: { 200: PDF },
      async handle({ actor, params, work }) {
        const row = await findFilingRow(database, actor, params.id);
        const data = await mandateOf(means, actor, row, params.confirmationId);
        const pdf = await renderPdf("mandate", data, clock.now());
        await notePrinted(work, actor, row, "mandate.pdf");
        return answerPaper(pdf, `授权委托书 ${data.principal.name} 委托 ${data.agent.name}`);
      },
    }),
    route({
      method: "POST",
      path: "/confirmations/lookup",
      tag: TAG,
      summary: "打开确认链接，查看要确认的内容（须为链接指定的本人）",
      limit: "sign-in",
      body: confirmationLookup,
      answers: { 200: shownView },
      async handle({ actor, body, work }) {
        const { row, filing, shown } = await work((own) => openConfirmation(own, means, body.token));
        return ok(presentShown(row, filing, shown, actor.accountId, clock.now()));
      },
    }),
    route({
      method: "POST",
      path: "/confirmations/:id/moves",
      tag: TAG,
      summary: "确认并签名、不同意，或者撤回",
      limit: "costly",
      key: (body: z.infer<typeof confirmationMove>) => body.action === "confirm",
      params: idParams,
      body: confirmationMove,
      answers: { 200: decidedView },
      before: async ({ body }) => (body.action === "confirm" ? readSignature(body.signature) : null),
      async command(work, { params, body }, signature: Buffer | null) {
        const row =
          body.action === "confirm"
            ? await confirm(work, means, params.id, signature as Buffer)
            : body.action === "decline"
              ? await decline(work, means, params.id, body.note)
              : await withdrawConfirmation(work, means, params.id, body.note ?? "");
        return ok({
          id: String(row.id),
          kind: row.kind,
          kindLabel: KIND_LABELS[row.kind],
          filingId: String(row.filingId),
          state: { code: row.state, label: CONFIRMATION_STATES[row.state] },
          decidedAt: row.decidedAt?.toISOString() ?? null,
        });
      },
    }),
  ];
}

const AGENT_ANSWER = {
  mostAgents: MOST_AGENTS,
  items: Object.entries(AGENT_PAPERS).map(([kind, papers]) => ({
    kind,
    label: AGENT_LABELS[kind as keyof typeof AGENT_LABELS],
    papers,
  })),
  general: GENERAL_ALONE,
  specialPowers: Object.entries(POWERS).map(([code, words]) => ({ code, ...words })),
  overseas: { ...OVERSEAS },
};
