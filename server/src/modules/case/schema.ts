import { z } from "zod";
import {
  courtCodeField,
  dayField,
  idField,
  itemsOf,
  keyField,
  line,
  momentView,
  movesView,
  nameField,
  paging,
  stateView,
} from "#core/fields.ts";
import { throughView } from "./delegation-schema.ts";
import { POWERS, type Power } from "./powers.ts";
import { EXCHANGES, type Exchange, OUTCOMES, type Outcome, PROCEDURES, type TrialProcedure } from "./store.ts";
import { caseWorkflow } from "./workflow.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const named = z.object({ code: z.string(), name: z.string() });
const someone = z.object({ id: z.string(), name: z.string() });

export const caseView = z
  .object({
    id: z.string(),
    number: z.string(),
    state: stateView,
    moves: movesView,
    court: named,
    cause: named,
    caseType: named,
    title: z.string(),
    filedOn: z.string(),
    acceptedOn: z.string(),
    amountFen: z.number().int().nullable(),
    procedure: stateView.nullable(),
    exchange: stateView,
    closedOn: z.string().nullable(),
    outcome: stateView.nullable(),
    judge: someone.nullable(),
    panel: z.array(someone),
    courtClerk: someone.nullable(),
    parties: z.array(
      z.object({
        key: z.string(),
        side: z.string(),
        sideLabel: z.string(),
        name: z.string(),
        /** 本人或者代理的当事人 */
        mine: z.boolean(),
        joined: z.boolean(),
        agents: z.array(
          z.object({ name: z.string(), kind: stateView.nullable(), firm: z.string(), powers: stateView }),
        ),
      }),
    ),
    through: throughView,
    /** 仅立案人和法院可见 */
    filingId: z.string().nullable(),
  })
  .meta({ id: "Case" });
export const timelineView = itemsOf(
  z.object({ at: momentView, kind: z.string(), title: z.string(), detail: z.string() }),
);

export const participantView = z
  .object({
    id: z.string(),
    party: z.object({ key: z.string(), sideLabel: z.string(), name: z.string() }),
    capacity: stateView,
    name: z.string(),
    agentKind: stateView.nullable(),
    powers: stateView,
    specialPowers: z.array(stateView),
    firm: z.string(),
    via: stateView,
    state: stateView,
    moves: movesView,
    mine: z.boolean(),
    joined: z.boolean(),
    since: momentView.nullable(),
    until: momentView.nullable(),
    endedAt: momentView.nullable(),
    endedReason: z.string(),
  })
  .meta({ id: "CaseParticipant" });

export const agencyView = z.object({
  id: z.string(),
  caseId: z.string().nullable(),
  caseNumber: z.string(),
  partyName: z.string(),
  state: stateView,
  moves: movesView,
  askedAt: momentView,
  endedReason: z.string(),
});

export const codeStateView = z.object({
  partyKey: z.string(),
  sideLabel: z.string(),
  name: z.string(),
  state: stateView,
  madeAt: momentView.nullable(),
  usedAt: momentView.nullable(),
});
export const codeView = z.object({ partyKey: z.string(), code: z.string(), url: z.string() });

export const caseQuery = z.strictObject({
  text: line(100).optional().meta({ description: "案号（任何写法），或者当事人姓名" }),
  number: line(64).optional(),
  party: line(100).optional(),
  state: z.enum(keysOf(caseWorkflow.states)).optional(),
  court: courtCodeField.optional(),
  cause: z.string().max(40).optional().meta({ description: "案由代码" }),
  mine: z.enum(["true"]).optional().meta({ description: "法院人员：只看本人审理或者记录的" }),
  ...paging,
  cursor: idField.optional(),
});
export const benchView = z.object({
  id: z.string(),
  name: z.string(),
  role: stateView,
  /** 本人在办的案件数 */
  open: z.number().int(),
});
export const idParams = z.strictObject({ id: idField });
export const participantParams = z.strictObject({ id: idField, participantId: idField });

const number = line(64, 1);
export const joining = z.strictObject({
  number,
  accessCode: line(20, 1).optional().meta({ description: "通知书上的访问码；案件已登记证件号码的，可以不填" }),
});

export const agencyAsking = z.strictObject({
  number,
  partyName: nameField(100, 1),
  agent: z.strictObject({
    kind: z.enum(["lawyer", "legal_worker", "relative", "employee", "recommended", "guardian"]),
    firm: line(100).default(""),
    powers: z.enum(["general", "special"]),
    specialPowers: z
      .array(z.enum(keysOf<Power>(POWERS)))
      .max(6)
      .default([]),
    until: dayField.nullable().default(null),
  }),
});

export const participantMoving = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("confirm") }),
  z.strictObject({ action: z.literal("refuse"), reason: line(300, 1) }),
  z.strictObject({ action: z.literal("end"), reason: line(300, 1) }),
]);

export const codeAsking = z.strictObject({ partyKey: keyField, renew: z.boolean().default(false) });

export const caseMoving = z.discriminatedUnion("action", [
  z
    .strictObject({
      action: z.literal("assign"),
      judgeId: idField.optional(),
      panelIds: z.array(idField).max(6).optional(),
      clerkId: idField.optional(),
      procedure: z.enum(keysOf<TrialProcedure>(PROCEDURES)).optional(),
      exchange: z.enum(keysOf<Exchange>(EXCHANGES)).optional(),
    })
    .refine((given) => Object.keys(given).length > 1, "请至少填写一项"),
  z.strictObject({
    action: z.literal("close"),
    outcome: z.enum(keysOf<Outcome>(OUTCOMES), "请选择结案方式"),
    closedOn: dayField,
    note: line(300).default(""),
  }),
]);
