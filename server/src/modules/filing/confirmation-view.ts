import { z } from "zod";
import { idField, keyField, momentView, movesView, prose, stateView } from "#core/fields.ts";
import { CAPACITIES } from "./confirmation-shown.ts";
import { CONFIRMATION_KINDS } from "./confirmation-subject.ts";

const subject = { kind: z.enum(CONFIRMATION_KINDS), partyKey: z.string(), agentKey: z.string().nullable() };

export const confirmationOrder = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("agency"), partyKey: keyField, agentKey: keyField }),
  z.strictObject({ kind: z.literal("cosign"), partyKey: keyField }),
]);
export const confirmationLookup = z.strictObject({ token: z.string().min(1).max(100) });
export const confirmationMove = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("confirm"),
    signature: z
      .string()
      .min(100, "请先签名")
      .max(180_000, "签名图片过大，请重新签名")
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, "签名图片的格式不正确")
      .meta({ description: "签名图片，PNG 或 JPEG，base64" }),
  }),
  z.strictObject({ action: z.literal("decline"), note: prose(500, 2) }),
  z.strictObject({ action: z.literal("withdraw"), note: prose(500).optional() }),
]);
export const confirmationParams = z.strictObject({ id: idField, confirmationId: idField });

export const offeredView = z.object({ id: z.string(), url: z.string(), expiresAt: momentView });

export const ownDetailsView = z.object({
  name: z.string(),
  idType: z.string(),
  idNumber: z.string(),
  phone: z.string().nullable(),
});

const agentView = z.object({
  kind: z.string(),
  name: z.string(),
  firm: z.string(),
  licenseNumber: z.string(),
  relation: z.string(),
  powers: z.enum(["general", "special"]),
  general: z.string().meta({ description: "一般授权是什么意思" }),
  specialPowers: z.array(
    z.object({ code: z.string(), label: z.string(), explanation: z.string(), given: z.boolean() }),
  ),
});
export const shownView = z
  .object({
    id: z.string(),
    kind: z.enum(CONFIRMATION_KINDS),
    kindLabel: z.string(),
    state: stateView,
    moves: movesView,
    filingId: z.string(),
    expiresAt: momentView,
    decidedAt: momentView.nullable(),
    capacity: z.object({ code: z.enum(Object.keys(CAPACITIES) as [keyof typeof CAPACITIES]), label: z.string() }),
    title: z.string(),
    courtName: z.string(),
    causeName: z.string().nullable(),
    party: z.object({ side: z.string(), name: z.string() }),
    parties: z.array(z.object({ side: z.string(), name: z.string() })),
    agent: agentView.nullable(),
    claims: z.array(z.object({ text: z.string(), amountFen: z.number().int().nullable() })),
    amountFen: z.number().int().nullable(),
    facts: z.string(),
  })
  .meta({ id: "ConfirmationShown" });

export const confirmationView = z
  .object({
    id: z.string(),
    ...subject,
    kindLabel: z.string(),
    partyName: z.string(),
    agentName: z.string().nullable(),
    state: stateView,
    /** Confirmed, and what was confirmed is what stands there now. */
    current: z.boolean(),
    note: z.string().meta({ description: "不同意或者撤回的原因" }),
    offeredAt: momentView,
    expiresAt: momentView,
    decidedAt: momentView.nullable(),
    moves: movesView,
  })
  .meta({ id: "Confirmation" });
const askableView = z.object({
  ...subject,
  kindLabel: z.string(),
  partyName: z.string(),
  agentName: z.string().nullable(),
  needed: z.boolean().meta({ description: "没有这一项确认，又没有纸质材料，就不能提交" }),
  state: stateView.nullable(),
  current: z.boolean(),
  note: z.string(),
  confirmationId: z.string().nullable(),
  blockedBy: z.string().nullable().meta({ description: "还要先填写什么，才能发出链接" }),
  moves: movesView,
});
export const confirmationListView = z.object({ items: z.array(confirmationView), askable: z.array(askableView) });

export const decidedView = z.object({
  id: z.string(),
  kind: z.enum(CONFIRMATION_KINDS),
  kindLabel: z.string(),
  filingId: z.string(),
  state: stateView,
  decidedAt: momentView.nullable(),
});

const paperView = z.object({ kind: z.string(), label: z.string(), hint: z.string(), checked: z.boolean() });
export const agentPapersView = z.object({
  mostAgents: z.number().int(),
  items: z.array(z.object({ kind: z.string(), label: z.string(), papers: z.array(paperView) })),
  general: z.string(),
  specialPowers: z.array(z.object({ code: z.string(), label: z.string(), explanation: z.string() })),
  overseas: z.object({ idTypes: z.array(z.string()), label: z.string(), text: z.string(), basis: z.string() }),
});

export type ConfirmationView = z.infer<typeof confirmationView>;
export type AskableView = z.infer<typeof askableView>;
