import { z } from "zod";
import { idField, momentView, movesView, stateView } from "#core/fields.ts";
import { HELP_MINUTES } from "./helper-session.ts";

export const helpOffering = z.strictObject({
  minutes: z.literal([...HELP_MINUTES], "帮助时间请选 30、60 或 120 分钟"),
});
export const helpJoining = z.strictObject({
  code: z
    .string()
    .max(40, "帮助码是 8 位数字")
    .transform((code) => code.replace(/[\s-]/g, ""))
    .refine((code) => /^\d{8}$/.test(code), "帮助码是 8 位数字")
    .meta({ type: "string", example: "04715293" }),
});
export const helpMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("end") }),
  z.strictObject({
    action: z.literal("confirm"),
    through: idField.meta({ description: "看到的最后一处：helper-edits 的 through；其后的修改须再次确认" }),
  }),
]);
export const helperParams = z.strictObject({ id: idField, helperId: idField });

export const offeredView = z.object({ id: z.string(), code: z.string(), expiresAt: momentView, url: z.string() });
export const joinedView = z.object({ filingId: z.string(), until: momentView });
export const helperView = z
  .object({
    id: z.string(),
    state: stateView,
    moves: movesView,
    helper: z.object({ name: z.string() }).nullable(),
    minutes: z.number().int(),
    expiresAt: momentView,
    joinedAt: momentView.nullable(),
    until: momentView.nullable(),
    secondsLeft: z.number().int().meta({ description: "还剩多少秒，以服务器时间为准" }),
    endedAt: momentView.nullable(),
    edits: z.number().int().meta({ description: "改动了多少处" }),
    unconfirmed: z.number().int().meta({ description: "其中本人还没有确认的" }),
  })
  .meta({ id: "Helper" });
export const helperEditsView = z.object({
  items: z.array(
    z.object({
      path: z.string(),
      label: z.string(),
      before: z.string(),
      after: z.string(),
      helper: z.object({ id: z.string(), name: z.string() }),
      at: momentView,
      confirmed: z.boolean(),
    }),
  ),
  through: z.string().nullable(),
});

/** Help that runs now, as the reader of the filing meets it. */
export const helpView = z
  .object({
    id: z.string(),
    mine: z.boolean().meta({ description: "读者就是帮助者" }),
    name: z.string(),
    until: momentView,
    secondsLeft: z.number().int(),
    ownersAlone: z.array(z.string()).meta({ description: "只能由当事人本人填写的位置；读者是本人时为空" }),
  })
  .nullable()
  .meta({ description: "现在谁在帮助填写" });
export type HelpView = z.infer<typeof helpView>;
