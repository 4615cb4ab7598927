import { z } from "zod";
import { itemsOf, momentView } from "#core/fields.ts";
import { addDays } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { joinUrl, listCodes, makeCode, showCode } from "./access-code.ts";
import { askAgency } from "./agents.ts";
import { assignCase } from "./assign.ts";
import { closeCase } from "./close.ts";
import { joinCase, takeTry } from "./join.ts";
import { CaseParty } from "./model.ts";
import { moveParticipant } from "./participant-move.ts";
import { presentAgencies, presentParticipants } from "./participants-list.ts";
import { presentCase, SIDES } from "./present.ts";
import { problem } from "./problems.ts";
import {
  agencyAsking,
  agencyView,
  caseMoving,
  caseView,
  codeAsking,
  codeStateView,
  codeView,
  idParams,
  joining,
  participantMoving,
  participantParams,
  participantView,
} from "./schema.ts";
import { findCaseRow, holdCaseFor } from "./store.ts";

const TAG = "case";

/** Who takes part in a case: coming in, being confirmed, leaving; and who tries it. */
export function participantRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  const presentWritten = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    return presentCase(inside, work.actor, id);
  };
  return [
    route({
      method: "POST",
      path: "/cases/join",
      tag: TAG,
      summary: "凭案号和访问码（或者实名身份）关联案件",
      limit: "sign-in",
      body: joining,
      answers: { 200: caseView },
      before: ({ work, body }) => work((one) => takeTry(one, vault, body.number)),
      async command(work, { body }) {
        const row = await joinCase(work, vault, body.number, body.accessCode);
        return ok(await presentWritten(work, String(row.id)));
      },
    }),
    route({
      method: "POST",
      path: "/cases/agents",
      tag: TAG,
      summary: "以授权委托书申请作为代理人加入案件（由当事人或者法院确认）",
      limit: "sign-in",
      body: agencyAsking,
      answers: { 201: z.object({ id: z.string(), state: z.string(), askedAt: momentView }) },
      before: ({ work, body }) => work((one) => takeTry(one, vault, body.number)),
      async command(work, { body: { agent, ...asked } }) {
        // The last day counts to its end in the court's own time.
        const until = agent.until === null ? null : new Date(`${addDays(agent.until, 1)}T00:00:00+08:00`);
        const made = await askAgency(work, vault, { ...asked, agent: { ...agent, until } });
        return created({ id: String(made.id), state: made.state, askedAt: made.askedAt.toISOString() });
      },
    }),
    route({
      method: "GET",
      path: "/case-agencies",
      tag: TAG,
      summary: "我申请或者担任的代理",
      answers: { 200: itemsOf(agencyView) },
      handle: async ({ actor }) => ok({ items: await presentAgencies(means, actor) }),
    }),
    route({
      method: "GET",
      path: "/cases/:id/participants",
      tag: TAG,
      summary: "案件参与人",
      params: idParams,
      answers: { 200: itemsOf(participantView) },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        return ok({ items: await presentParticipants(means, actor, row) });
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/participants/:participantId/moves",
      tag: TAG,
      summary: "确认、不确认或者终止代理；法院终止参与",
      key: "required",
      params: participantParams,
      body: participantMoving,
      answers: { 200: z.object({ state: z.string() }) },
      async command(work, { params, body }) {
        await moveParticipant(work, vault, params.id, params.participantId, body);
        const [row] = await work.query<{ state: string }>("SELECT state FROM case_participant WHERE id = ?", [
          params.participantId,
        ]);
        return ok({ state: row?.state ?? "" });
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/access-codes",
      tag: TAG,
      summary: "访问码的使用情况（不含访问码）",
      params: idParams,
      answers: { 200: itemsOf(codeStateView) },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        const [codes, parties] = await Promise.all([
          listCodes(database, row.id),
          database.read<{ partyKey: string; side: string; name: Buffer }>(
            "SELECT party_key AS partyKey, side, name FROM case_party WHERE case_id = ? ORDER BY position",
            [row.id],
          ),
        ]);
        const items = parties.map(({ partyKey, side, name }) => {
          const code = codes.find((one) => one.partyKey === partyKey);
          return {
            partyKey,
            sideLabel: SIDES[side] ?? side,
            name: vault.open(name, `case ${row.sealRef}`),
            state: !code
              ? { code: "none", label: "无需访问码" }
              : code.usedAt
                ? { code: "used", label: "已使用" }
                : { code: "unused", label: "未使用" },
            madeAt: code?.madeAt.toISOString() ?? null,
            usedAt: code?.usedAt?.toISOString() ?? null,
          };
        });
        return ok({ items });
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/access-codes",
      tag: TAG,
      summary: "查看一位当事人的访问码，或者重新生成（记入审计）",
      params: idParams,
      body: codeAsking,
      answers: { 200: codeView },
      async command(work, { params, body: { partyKey, renew } }) {
        const row = await holdCaseFor(work, params.id);
        const party = await CaseParty.findOne({ where: { caseId: row.id, partyKey }, transaction: work.tx });
        if (!party) throw problem("case.no_party");
        const code = await (renew ? makeCode : showCode)(work, vault, row, partyKey);
        await work.emit({
          name: "case.code_shown",
          about: `case:${row.id}`,
          courtCode: row.courtCode,
          caseId: String(row.id),
          partyKey,
          renewed: renew,
        });
        return ok({ partyKey, code, url: joinUrl(means.settings.publicUrl, row.number, code) });
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/moves",
      tag: TAG,
      summary: "确定审判人员、程序和证据交换方式；结案",
      key: "required",
      params: idParams,
      body: caseMoving,
      answers: { 200: caseView },
      async command(work, { params, body }) {
        const row = await (body.action === "close"
          ? closeCase(work, vault, params.id, body)
          : assignCase(work, vault, params.id, body));
        return ok(await presentWritten(work, String(row.id)));
      },
    }),
  ];
}
