import { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { itemsOf, keyField, momentView, movesView } from "#core/fields.ts";
import { FREE_OF_CHARGE, LANGUAGES, type Language, languageField, languageView, showLanguage } from "#core/language.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { arrangeInterpreter, interpreterMoves, listInterpreterNeeds } from "./interpreter.ts";
import { chooseLanguage, languagesOf, seesLanguageOf } from "./language.ts";
import { partiesActedFor } from "./powers.ts";
import { SIDES } from "./present.ts";
import { listCaseParties } from "./read.ts";
import { idParams } from "./schema.ts";
import { type CaseRow, findCaseRow } from "./store.ts";

const choice = z.strictObject({ partyKey: keyField, language: languageField, interpreter: z.boolean() });
const arranging = z.strictObject({ action: z.literal("arrange"), partyKey: keyField });
const needQuery = z.strictObject({ mine: z.enum(["true"]).optional().meta({ description: "只看本人审理或者记录的" }) });
const needsView = itemsOf(
  z.object({
    case: z.object({ id: z.string(), number: z.string() }),
    party: z.object({ key: z.string(), sideLabel: z.string(), name: z.string() }),
    language: languageView,
    askedAt: momentView,
  }),
);
const languagesView = z
  .object({
    items: z.array(
      z.object({
        party: z.object({ key: z.string(), sideLabel: z.string(), name: z.string() }),
        /** Null: nothing was said, Chinese. */
        language: languageView.nullable(),
        interpreter: z.boolean(),
        chosenAt: momentView.nullable(),
        /** 法院找到翻译的时刻 */
        arrangedAt: momentView.nullable(),
        moves: movesView,
      }),
    ),
    /** What can be chosen. */
    languages: z.array(languageView),
    note: z.string(),
  })
  .meta({ id: "CaseLanguages" });

/** 语言文字: the court sees what every party wants, everybody else sees and changes it for those they act for. */
export function languageRoutes(means: Means): readonly AnyRoute[] {
  const present = async ({ database, vault }: Pick<Means, "database" | "vault">, actor: Actor, row: CaseRow) => {
    const [parties, chosen, acted] = await Promise.all([
      listCaseParties(database, vault, row),
      languagesOf(database, row.id),
      partiesActedFor(database, actor),
    ]);
    const own = acted.filter(({ caseId }) => caseId === String(row.id)).map(({ partyKey }) => partyKey);
    return {
      items: parties
        .filter(({ key }) => seesLanguageOf(actor, own, key))
        .map(({ key, side, name }) => {
          const one = chosen.find(({ partyKey }) => partyKey === key);
          return {
            party: { key, sideLabel: SIDES[side] ?? side, name },
            language: one ? showLanguage(one.language) : null,
            interpreter: one?.interpreter ?? false,
            chosenAt: one?.chosenAt.toISOString() ?? null,
            arrangedAt: one?.arrangedAt?.toISOString() ?? null,
            moves: one ? interpreterMoves(actor, one) : [],
          };
        }),
      languages: (Object.keys(LANGUAGES) as Language[]).map(showLanguage),
      note: FREE_OF_CHARGE,
    };
  };
  return [
    route({
      method: "GET",
      path: "/cases/:id/languages",
      tag: "case",
      summary: "各方使用的语言文字，是否需要翻译",
      params: idParams,
      answers: { 200: languagesView },
      async handle({ actor, params }) {
        return ok(await present(means, actor, await findCaseRow(means.database, actor, params.id)));
      },
    }),
    route({
      method: "PUT",
      path: "/cases/:id/languages",
      tag: "case",
      summary: "选择一方在庭审和文书中使用的语言，要求法院提供翻译（不收费）",
      params: idParams,
      body: choice,
      answers: { 200: languagesView },
      async command(work, { params, body }) {
        const row = await chooseLanguage(work, means.vault, params.id, body);
        const inside = { ...means, database: within(work, means.database) };
        return ok(await present(inside, work.actor, await findCaseRow(inside.database, work.actor, String(row.id))));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/languages/moves",
      tag: "case",
      summary: "法院已为一方安排翻译",
      params: idParams,
      body: arranging,
      answers: { 200: languagesView },
      async command(work, { params, body }) {
        await arrangeInterpreter(work, means.vault, params.id, body.partyKey);
        const inside = { ...means, database: within(work, means.database) };
        return ok(await present(inside, work.actor, await findCaseRow(inside.database, work.actor, params.id)));
      },
    }),
    route({
      method: "GET",
      path: "/interpreter-needs",
      tag: "case",
      summary: "本院案件中还在等翻译的当事人，先提出的在前",
      query: needQuery,
      answers: { 200: needsView },
      async handle({ actor, query }) {
        const needs = await listInterpreterNeeds(means.database, means.vault, actor, query.mine !== undefined);
        return ok({
          items: needs.map(({ caseId, number, partyKey, party, language, askedAt }) => ({
            case: { id: caseId, number },
            party: { key: partyKey, sideLabel: SIDES[party.side] ?? "", name: party.name },
            language: showLanguage(language),
            askedAt: askedAt.toISOString(),
          })),
        });
      },
    }),
  ];
}
