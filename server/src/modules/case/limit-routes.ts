import { z } from "zod";
import { dayField, line, movesView, stateView } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { problem as http } from "#core/problem.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { DEDUCTIONS, type DeductionKind } from "#modules/reference/index.ts";
import { limitMoves, mayMoveLimit, moveLimit, readLimit } from "./limit.ts";
import { problem } from "./problems.ts";
import { idParams } from "./schema.ts";
import { findCaseRow } from "./store.ts";

const note = line(300).default("");
export const limitMoving = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("extend"),
    by: z.enum(["president", "higher_court"], "请选择批准机关"),
    amount: z.number().int().min(1).max(60),
    approvedOn: dayField,
    note,
  }),
  z.strictObject({
    action: z.literal("deduct"),
    kind: z.enum(Object.keys(DEDUCTIONS) as [DeductionKind, ...DeductionKind[]], "请选择扣除的事由"),
    from: dayField,
    to: dayField.optional(),
    note,
  }),
  z.strictObject({ action: z.literal("resume"), to: dayField, note }),
]);

const limitView = z
  .object({
    state: stateView,
    lastDay: z.string().meta({ format: "date" }),
    daysLeft: z.number().int().nullable(),
    excludedDays: z.number().int(),
    steps: z.array(z.object({ label: z.string(), basis: z.string(), lastDay: z.string() })),
    basis: z.array(z.string()),
    mayExtend: z
      .object({ by: z.string(), unit: z.enum(["day", "month"]), most: z.number().int(), askBy: z.string() })
      .nullable(),
    warning: z.number().int().nullable(),
    /** 正在进行、还没有登记结束的扣除自哪一日起 */
    stoppedSince: z.string().nullable(),
    moves: movesView,
    /** 可以登记扣除的事由，仅在可以登记时列出 */
    deductions: z.array(z.object({ code: z.string(), label: z.string(), basis: z.string() })),
  })
  .meta({ id: "TrialLimit" });

const STATES = { running: "计算中", stopped: "扣除中", overdue: "已超过", closed: "已结案" } as const;

const KINDS = Object.entries(DEDUCTIONS).map(([code, { label, basis }]) => ({ code, label, basis }));

/** 审限, open to everybody who reads the case (法释〔2019〕4号§7). */
export function limitRoutes(means: Means): readonly AnyRoute[] {
  const { clock, database, vault } = means;
  const present = async (from: Pick<Means, "database">, actor: Parameters<typeof findCaseRow>[1], id: string) => {
    const view = await readLimit(from.database, await findCaseRow(from.database, actor, id), courtDayOf(clock.now()));
    if (view === null) throw problem("case.no_limit");
    const moves = limitMoves(actor, view);
    const deductions = moves.some(({ action }) => action === "deduct") ? KINDS : [];
    return { ...view, state: { code: view.state, label: STATES[view.state] }, moves, deductions };
  };
  return [
    route({
      method: "GET",
      path: "/cases/:id/time-limit",
      tag: "case",
      summary: "审理期限：怎么算的、还有几天、延长和扣除",
      params: idParams,
      answers: { 200: limitView },
      handle: async ({ actor, params }) => ok(await present(means, actor, params.id)),
    }),
    route({
      method: "POST",
      path: "/cases/:id/time-limit/moves",
      tag: "case",
      summary: "登记延长、扣除审理期限，或者恢复计算",
      key: "required",
      params: idParams,
      body: limitMoving,
      answers: { 200: limitView },
      async command(work, { params, body }) {
        if (!mayMoveLimit(work.actor, body.action)) throw http("account.forbidden");
        await moveLimit(work, vault, params.id, body);
        return ok(await present({ database: within(work, database) }, work.actor, params.id));
      },
    }),
  ];
}
