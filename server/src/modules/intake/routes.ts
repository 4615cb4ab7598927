import { z } from "zod";
import { DEFAULT_LIMIT, idField, page } from "#core/fields.ts";
import { problem as http } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, noContent, ok, route } from "#http/route.ts";
import { defectKinds, holdForDecision } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { assignItem, claimItem, extendItem, holdItem, releaseItem, skipItem, takeNext } from "./claim.ts";
import { type DecisionInput, decideItem } from "./decide.ts";
import { presentForecast } from "./forecast-view.ts";
import { refusalGrounds } from "./grounds.ts";
import { type IntakeItem, IntakeQueue, IntakeRule } from "./model.ts";
import { presentDifference, presentDuplicates, presentItem, presentItems } from "./present.ts";
import { previewDecision } from "./preview.ts";
import { problem } from "./problems.ts";
import { CATEGORIES, type Category } from "./route-filing.ts";
import {
  defectListView,
  differenceView,
  documentPreviewView,
  duplicateListView,
  forecastQuery,
  forecastView,
  groundListView,
  type IntakeMove,
  intakeMove,
  intakePreview,
  itemDetailView,
  itemListView,
  itemQuery,
  itemView,
  queueListView,
  ruleListView,
  staffListView,
  statisticsView,
} from "./schema.ts";
import { presentQueues, presentStaff, presentStatistics } from "./statistics.ts";
import { findItemRow, listItemRows, type Place, placeOf } from "./store.ts";
import { DECISIONS } from "./workflow.ts";

const TAG = "intake";
const idParams = z.strictObject({ id: idField });
const FORECAST_HOURS = 72;
const needsKey = ({ action }: IntakeMove): boolean => (DECISIONS as readonly string[]).includes(action);

export function intakeRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  /** The item as it was just written, read from inside the work. */
  const presentWritten = async (work: Work, { id }: IntakeItem) => {
    const inside = { ...means, database: within(work, database) };
    const [view] = await presentItems(inside, work.actor, [await findItemRow(inside.database, work.actor, id)]);
    return view;
  };
  return [
    route({
      method: "GET",
      path: "/intake/queues",
      tag: TAG,
      summary: "本院各队列与数量",
      answers: { 200: queueListView },
      handle: async ({ actor }) => ok(await presentQueues(means, actor)),
    }),
    route({
      method: "GET",
      path: "/intake/items",
      tag: TAG,
      summary: "收案审查件：未办结的按应当处理的先后；state=decided 为已办结的，新的在前",
      query: itemQuery,
      answers: { 200: itemListView },
      async handle({ actor, query: { cursor, limit = DEFAULT_LIMIT, assignee, queue, lane, state } }) {
        const holder = assignee === "me" ? actor.accountId : assignee;
        const rows = await listItemRows(database, actor, { queue, lane, state, holder, after: afterOf(cursor), limit });
        const { items, nextCursor } = page(rows, limit, placeOf);
        return ok({ items: await presentItems(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/intake/items/:id",
      tag: TAG,
      summary: "审查页：申请、检查结果、建议",
      params: idParams,
      answers: { 200: itemDetailView },
      handle: async ({ actor, params }) => ok(await presentItem(means, actor, params.id)),
    }),
    route({
      method: "POST",
      path: "/intake/queues/:id/next",
      tag: TAG,
      summary: "领取下一件（没有时 204）",
      params: idParams,
      answers: { 200: itemView, 204: null },
      async command(work, { params }) {
        const queue = await IntakeQueue.findByPk(params.id, { transaction: work.tx });
        if (!queue || queue.courtCode !== work.actor.courtCode) throw problem("intake.not_found");
        const item = await takeNext(work, means, queue.id);
        return item ? ok(await presentWritten(work, item)) : noContent();
      },
    }),
    route({
      method: "POST",
      path: "/intake/items/:id/moves",
      tag: TAG,
      summary: "领取、放回、延长、跳过、指派，或作出决定",
      key: needsKey,
      description:
        "决定（accept、return、refuse、transfer、mediate）须带领取时的 fence 和 Idempotency-Key。他人已先办结时返回 409 intake.decided，decided 写明谁、何时、如何办结。",
      params: idParams,
      body: intakeMove,
      answers: { 200: itemView },
      async command(work, { params, body }) {
        const item = await holdItem(work, params.id);
        return ok(await presentWritten(work, await move(work, means, item, body)));
      },
    }),
    route({
      method: "POST",
      path: "/intake/items/:id/preview",
      tag: TAG,
      summary: "决定将发出的文书（只预览，不作决定）",
      params: idParams,
      body: intakePreview,
      answers: { 200: documentPreviewView },
      async handle({ params, body, work }) {
        const { title, text } = await work(async (held) => {
          const item = await holdItem(held, params.id);
          const filing = await holdForDecision(held, means, String(item.filingId));
          return previewDecision(held, means, filing, body as DecisionInput);
        });
        return ok({ title, text });
      },
    }),
    route({
      method: "GET",
      path: "/intake/items/:id/difference",
      tag: TAG,
      summary: "补正前后的差异",
      params: idParams,
      answers: { 200: differenceView },
      handle: async ({ actor, params }) => ok(await presentDifference(means, actor, params.id)),
    }),
    route({
      method: "GET",
      path: "/intake/items/:id/duplicates",
      tag: TAG,
      summary: "疑似重复的申请",
      params: idParams,
      answers: { 200: duplicateListView },
      handle: async ({ actor, params }) => ok(await presentDuplicates(means, actor, params.id)),
    }),
    route({
      method: "GET",
      path: "/intake/defects",
      tag: TAG,
      summary: "补正事项目录",
      answers: { 200: defectListView },
      handle: async () => ok({ items: defectKinds }),
    }),
    route({
      method: "GET",
      path: "/intake/grounds",
      tag: TAG,
      summary: "不予受理事由目录",
      answers: { 200: groundListView },
      handle: async () => ok({ items: refusalGrounds }),
    }),
    route({
      method: "GET",
      path: "/intake/staff",
      tag: TAG,
      summary: "本院立案人员与在手件数",
      answers: { 200: staffListView },
      handle: async ({ actor }) => ok(await presentStaff(means, actor)),
    }),
    route({
      method: "GET",
      path: "/intake/statistics",
      tag: TAG,
      summary: "负荷与件龄",
      answers: { 200: statisticsView },
      handle: async ({ actor }) => ok(await presentStatistics(means, actor)),
    }),
    route({
      method: "GET",
      path: "/intake/forecast",
      tag: TAG,
      summary: "超期预测：未来几小时哪些申请会超期、预计何时办结、依据什么推算",
      query: forecastQuery,
      answers: { 200: forecastView },
      handle: async ({ actor, query }) => ok(await presentForecast(means, actor, query.hours ?? FORECAST_HOURS)),
    }),
    route({
      method: "GET",
      path: "/intake/routing-rules",
      tag: TAG,
      summary: "分流规则",
      answers: { 200: ruleListView },
      async handle({ actor }) {
        const rules = await IntakeRule.findAll({
          order: [
            ["priority", "ASC"],
            ["id", "ASC"],
          ],
        });
        const visible = rules.filter(({ courtCode }) => courtCode === null || courtCode === actor.courtCode);
        return ok({
          items: visible.map(({ priority, courtCode, category, fits }) => ({
            priority,
            courtCode,
            category,
            categoryName: CATEGORIES[category as Category] ?? category,
            fits: JSON.parse(fits) as Record<string, unknown>,
          })),
        });
      },
    }),
  ];
}

function move(work: Work, means: Means, item: IntakeItem, body: IntakeMove): Promise<IntakeItem> {
  switch (body.action) {
    case "claim":
      return claimItem(work, means, item);
    case "release":
      return releaseItem(work, item, body.fence);
    case "extend":
      return extendItem(work, item, body.fence);
    case "skip":
      return skipItem(work, item, body.fence, body.reason);
    case "assign":
      return assignItem(work, item, body.assigneeId);
    default:
      return decideItem(work, means, item, body.fence, body);
  }
}

function afterOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const match = /^(-?\d{1,15})_([1-9]\d{0,19})$/.exec(cursor);
  if (!match)
    throw http("request.invalid", {
      detail: "翻页标记无效，请从第一页重新查看。",
      errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效" }],
    });
  return { by: Number(match[1]), id: match[2] as string };
}
