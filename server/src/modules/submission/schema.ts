import { z } from "zod";
import {
  dayField,
  fenField,
  idField,
  itemsOf,
  keyField,
  momentView,
  movesView,
  prose,
  stateView,
} from "#core/fields.ts";
import { materialView } from "#modules/material/index.ts";
import { APPLICATIONS, type ApplicationCode, KINDS, type Kind } from "./applications.ts";
import { submissionWorkflow } from "./workflow.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const signature = z
  .strictObject({ materialId: idField.nullable().default(null), signedOn: dayField.nullable().default(null) })
  .prefault({});
const verdict = z.enum(["yes", "no"]).nullable().default(null);
const itemKey = z.string().regex(/^[a-z0-9._-]{1,70}$/, "答辩项目编号不正确");

export const answerContent = z.strictObject({
  /** Item by item: whether there is an objection, and why. */
  items: z
    .array(z.strictObject({ key: itemKey, objection: verdict, reason: prose(3000).default("") }))
    .max(400)
    .default([]),
  statement: prose(10_000).default(""),
  mediation: z.enum(["yes", "no", "unsure"]).nullable().default(null),
  signature,
});
export const counterclaimContent = z.strictObject({
  claims: z
    .array(
      z.strictObject({ key: keyField, text: prose(2000).default(""), amountFen: fenField.nullable().default(null) }),
    )
    .max(20)
    .default([]),
  facts: prose(10_000).default(""),
  signature,
});
export const evidenceContent = z.strictObject({ note: prose(2000).default("") });
export const opinionContent = z.strictObject({
  items: z
    .array(
      z.strictObject({
        materialId: idField,
        authenticity: verdict,
        legality: verdict,
        relevance: verdict,
        note: prose(2000).default(""),
      }),
    )
    .max(100)
    .default([]),
});
export const applicationContent = z.strictObject({
  request: prose(3000).default(""),
  facts: prose(10_000).default(""),
  amountFen: fenField.nullable().default(null),
  signature,
});

export interface Contents {
  readonly answer: z.infer<typeof answerContent>;
  readonly counterclaim: z.infer<typeof counterclaimContent>;
  readonly evidence: z.infer<typeof evidenceContent>;
  readonly opinion: z.infer<typeof opinionContent>;
  readonly application: z.infer<typeof applicationContent>;
}
export type Content = Contents[Kind];

const CONTENTS = {
  answer: answerContent,
  counterclaim: counterclaimContent,
  evidence: evidenceContent,
  opinion: opinionContent,
  application: applicationContent,
} as const;

const partyKey = keyField.optional().meta({ description: "为谁提交；只代表一方时可以不填" });
export const opening = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("answer"), partyKey, content: answerContent.prefault({}) }),
  z.strictObject({ kind: z.literal("counterclaim"), partyKey, content: counterclaimContent.prefault({}) }),
  z.strictObject({ kind: z.literal("evidence"), partyKey, content: evidenceContent.prefault({}) }),
  z.strictObject({ kind: z.literal("opinion"), partyKey, content: opinionContent.prefault({}) }),
  z.strictObject({
    kind: z.literal("application"),
    application: z.enum(keysOf<ApplicationCode>(APPLICATIONS)),
    partyKey,
    content: applicationContent.prefault({}),
  }),
]);
const replacementOf = <K extends Kind>(kind: K) => z.strictObject({ kind: z.literal(kind), content: CONTENTS[kind] });
export const replacement = z.discriminatedUnion("kind", [
  replacementOf("answer"),
  replacementOf("counterclaim"),
  replacementOf("evidence"),
  replacementOf("opinion"),
  replacementOf("application"),
]);

export const moving = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("submit") }),
  z.strictObject({ action: z.literal("withdraw") }),
  z.strictObject({ action: z.literal("receive"), note: prose(2000).optional() }),
  z.strictObject({ action: z.literal("return"), note: prose(2000, 1) }),
  z.strictObject({ action: z.literal("grant"), note: prose(2000).optional() }),
  z.strictObject({ action: z.literal("refuse"), note: prose(2000, 1) }),
  z
    .strictObject({ action: z.literal("disclose") })
    .meta({ description: "保全、先予执行等事项处理完毕后，法院向其他当事人公开" }),
]);

export const idParams = z.strictObject({ id: idField });
export const deskQuery = z.strictObject({
  state: z.enum(keysOf(submissionWorkflow.states)).optional(),
  mine: z.enum(["true"]).optional().meta({ description: "只看由本人角色答复的" }),
  own: z.enum(["true"]).optional().meta({ description: "只看本人审理或者记录的案件中的" }),
});

const party = z.object({ key: z.string(), sideLabel: z.string(), name: z.string() });
export const submissionView = z
  .object({
    id: z.string(),
    caseId: z.string(),
    caseNumber: z.string(),
    caseTitle: z.string(),
    kind: stateView,
    application: stateView.nullable(),
    title: z.string(),
    basis: z.string(),
    party,
    mine: z.boolean(),
    state: stateView,
    moves: movesView,
    version: z.number().int(),
    updatedAt: momentView,
    submittedAt: momentView.nullable(),
    /** 其他当事人现在能否看到 */
    openToOthers: z.boolean(),
    dueOn: z.string().nullable(),
    /** 由谁答复 */
    queue: stateView,
    decidedAt: momentView.nullable(),
    note: z.string(),
    papers: z.array(z.string()),
  })
  .meta({ id: "Submission" });
const contentView = z
  .union([answerContent, counterclaimContent, opinionContent, applicationContent, evidenceContent])
  .meta({ description: "与 kind 相应的内容" });
const nextStepView = z
  .object({
    text: z.string(),
    basis: z.string(),
    /** 读者可以办理结案的，一步办理：按 body 提交到 path */
    close: z
      .object({
        label: z.string(),
        path: z.string(),
        body: z.object({ action: z.literal("close"), outcome: z.string(), closedOn: z.string(), note: z.string() }),
      })
      .nullable(),
  })
  .meta({ id: "SubmissionNextStep" });
export const submissionDetail = submissionView.extend({
  content: contentView,
  materials: z.array(materialView),
  nextStep: nextStepView
    .nullable()
    .meta({ description: "准许之后要办的：撤诉获准的，法官一步办理结案，当事人看到费用如何处理" }),
});

export const findingView = z.object({
  code: z.string(),
  severity: z.enum(["block", "warn"]),
  basis: z.string(),
  pointer: z.string(),
  message: z.string(),
  fix: z.string(),
});
export const precheckView = z.object({ findings: z.array(findingView) });
export type Finding = z.infer<typeof findingView>;

export const answerFormView = z
  .object({
    title: z.string(),
    subtitle: z.string().nullable(),
    party,
    sections: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        items: z.array(z.object({ key: z.string(), label: z.string(), theirs: z.string(), isClaim: z.boolean() })),
      }),
    ),
  })
  .meta({ id: "AnswerForm" });
export type AnswerForm = z.infer<typeof answerFormView>;

export const kindsView = z.object({
  parties: z.array(party),
  items: z.array(
    z.object({
      kind: z.string(),
      application: z.string().nullable(),
      label: z.string(),
      basis: z.string(),
      when: z.string(),
      ask: z.string(),
      /** null: it may be made; otherwise why it may not be made by this reader */
      barred: z.string().nullable(),
    }),
  ),
});
export const listView = itemsOf(submissionView);
export const KIND_NAMES = keysOf<Kind>(KINDS);
