import { Op } from "sequelize";
import { z } from "zod";
import { fenField, idField, itemsOf, line, prose, stateView } from "#core/fields.ts";
import { type AnyRoute, created, noContent, ok, route } from "#http/route.ts";
import { holdForDecision } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { holdItem } from "./claim.ts";
import { type IntakeQueue, IntakeRule } from "./model.ts";
import { CATEGORIES, type Category, type Fits } from "./route-filing.ts";
import { addQueue, addRule, changeRule, removeQueue, removeRule, renameQueue } from "./rules.ts";
import {
  addTemplate,
  changeTemplate,
  fillTemplate,
  placeholders,
  removeTemplate,
  TEMPLATE_KINDS,
  type Template,
  type TemplateKind,
} from "./templates.ts";

const TAG = "intake";
const idParams = z.strictObject({ id: idField });
const kind = z.enum(Object.keys(TEMPLATE_KINDS) as [TemplateKind]);
const templateInput = z.strictObject({
  kind,
  code: z
    .string()
    .regex(/^[a-z_]{0,40}$/, "目录中没有这一项")
    .default("")
    .meta({ description: "适用的补正事项或事由；空为通用" }),
  title: line(60, 2),
  body: prose(1000, 2).meta({ description: `可以使用 ${placeholders.map((name) => `{${name}}`).join("")}` }),
});
const templateQuery = z.strictObject({
  kind: kind.optional(),
  code: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  item: idField.optional().meta({ description: "收案审查件：给出填好的文字" }),
});
const templateView = z.object({
  id: z.string(),
  kind: stateView,
  code: z.string(),
  title: z.string(),
  body: z.string(),
  filled: z.string().nullable(),
  version: z.number().int(),
});
const ruleInput = z.strictObject({
  priority: z.number().int().min(1).max(10_000),
  category: z.string().regex(/^[a-z_]{2,24}$/, "队列类别为 2–24 位小写字母"),
  fits: z.strictObject({
    causeWords: z.array(line(30, 1)).min(1).max(50).optional(),
    formField: line(30, 1).optional(),
    atLeastFen: fenField.optional(),
    belowFen: fenField.optional(),
  }),
});
const ruleView = z.object({
  id: z.string(),
  own: z.boolean(),
  priority: z.number().int(),
  category: z.string(),
  categoryName: z.string(),
  fits: z.record(z.string(), z.unknown()),
  version: z.number().int(),
});
const queueInput = z.strictObject({
  category: z.string().regex(/^[a-z_]{2,24}$/, "队列类别为 2–24 位小写字母"),
  name: line(60, 2),
});
const queueView = z.object({ id: z.string(), category: z.string(), name: z.string() });

/** What a court arranges for itself: texts, routing, queues. */
export function settingsRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  const templates = (courtCode: string | null, where = "", values: string[] = []) =>
    database.read<Template>(
      `SELECT id, kind, code, title, body, version FROM intake_template WHERE court_code = ? ${where} ORDER BY kind, code, title LIMIT 500`,
      [courtCode, ...values],
    );
  return [
    route({
      method: "GET",
      path: "/intake/templates",
      tag: TAG,
      summary: "本院的说理模板",
      query: templateQuery,
      answers: { 200: itemsOf(templateView) },
      async handle({ actor, query, work }) {
        const where = `${query.kind ? "AND kind = ?" : ""} ${query.code ? "AND code IN (?, '')" : ""}`;
        const rows = await templates(actor.courtCode, where, [query.kind ?? [], query.code ?? []].flat());
        const { item: itemId } = query;
        const held = itemId
          ? await work(async (own) => {
              const item = await holdItem(own, itemId);
              return holdForDecision(own, means, String(item.filingId));
            })
          : null;
        return ok({ items: rows.map((row) => present(row, held ? fillTemplate(row.body, held.facts) : null)) });
      },
    }),
    route({
      method: "POST",
      path: "/intake/templates",
      tag: TAG,
      summary: "新增说理模板",
      body: templateInput,
      answers: { 201: templateView },
      async command(work, { body }) {
        const id = await addTemplate(work, body);
        return created(present({ id, ...body, version: 1 }, null));
      },
    }),
    route({
      method: "PUT",
      path: "/intake/templates/:id",
      tag: TAG,
      summary: "修改说理模板",
      ifMatch: true,
      params: idParams,
      body: templateInput,
      answers: { 200: templateView },
      async command(work, { params, body, ifMatch }) {
        await changeTemplate(work, params.id, ifMatch, body);
        return ok(present({ id: params.id, ...body, version: ifMatch + 1 }, null));
      },
    }),
    route({
      method: "DELETE",
      path: "/intake/templates/:id",
      tag: TAG,
      summary: "删除说理模板",
      params: idParams,
      answers: { 204: null },
      async command(work, { params }) {
        await removeTemplate(work, params.id);
        return noContent();
      },
    }),
    route({
      method: "GET",
      path: "/intake/rules",
      tag: TAG,
      summary: "分流规则：本院的在前，其后为各院通用的",
      answers: { 200: itemsOf(ruleView) },
      async handle({ actor }) {
        const rules = await IntakeRule.findAll({
          where: { courtCode: { [Op.or]: [actor.courtCode, null] } },
          order: [
            ["priority", "ASC"],
            ["id", "ASC"],
          ],
        });
        const own = rules.filter(({ courtCode }) => courtCode !== null);
        return ok({ items: [...own, ...rules.filter(({ courtCode }) => courtCode === null)].map(presentRule) });
      },
    }),
    route({
      method: "POST",
      path: "/intake/rules",
      tag: TAG,
      summary: "新增本院分流规则",
      body: ruleInput,
      answers: { 201: ruleView },
      command: async (work, { body }) =>
        created(presentRule(await addRule(work, { ...body, fits: body.fits as Fits }))),
    }),
    route({
      method: "PUT",
      path: "/intake/rules/:id",
      tag: TAG,
      summary: "修改本院分流规则",
      ifMatch: true,
      params: idParams,
      body: ruleInput,
      answers: { 200: ruleView },
      async command(work, { params, body, ifMatch }) {
        return ok(presentRule(await changeRule(work, params.id, ifMatch, { ...body, fits: body.fits as Fits })));
      },
    }),
    route({
      method: "DELETE",
      path: "/intake/rules/:id",
      tag: TAG,
      summary: "删除本院分流规则",
      params: idParams,
      answers: { 204: null },
      async command(work, { params }) {
        await removeRule(work, params.id);
        return noContent();
      },
    }),
    route({
      method: "POST",
      path: "/intake/queues",
      tag: TAG,
      summary: "新增队列",
      body: queueInput,
      answers: { 201: queueView },
      command: async (work, { body }) => created(presentQueue(await addQueue(work, body))),
    }),
    route({
      method: "PUT",
      path: "/intake/queues/:id",
      tag: TAG,
      summary: "队列改名",
      params: idParams,
      body: z.strictObject({ name: line(60, 2) }),
      answers: { 200: queueView },
      command: async (work, { params, body }) => ok(presentQueue(await renameQueue(work, params.id, body.name))),
    }),
    route({
      method: "DELETE",
      path: "/intake/queues/:id",
      tag: TAG,
      summary: "删除没有用过的队列",
      params: idParams,
      answers: { 204: null },
      async command(work, { params }) {
        await removeQueue(work, params.id);
        return noContent();
      },
    }),
  ];
}

const present = ({ id, kind: of, code, title, body, version }: Template, filled: string | null) => ({
  id: String(id),
  kind: { code: of, label: TEMPLATE_KINDS[of] },
  code,
  title,
  body,
  filled,
  version,
});
const presentRule = ({ id, courtCode, priority, category, fits, version }: IntakeRule) => ({
  id: String(id),
  own: courtCode !== null,
  priority,
  category,
  categoryName: CATEGORIES[category as Category] ?? category,
  fits: JSON.parse(fits) as Record<string, unknown>,
  version,
});
const presentQueue = ({ id, category, name }: IntakeQueue) => ({ id: String(id), category, name });
