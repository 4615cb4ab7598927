import { z } from "zod";
import {
  dayField,
  idField,
  keyField,
  line,
  listOf,
  momentView,
  movesView,
  paging,
  prose,
  stateView,
} from "#core/fields.ts";
import { addressContent } from "./address.ts";
import { recordings } from "./facts.ts";
import { CHANNELS, type Channel, DOCUMENT_KINDS, type DocumentKindCode } from "./kinds.ts";
import { translatedField } from "./translation.ts";
import { type ServiceState, serviceWorkflow } from "./workflow.ts";

const channels = Object.keys(CHANNELS) as [Channel, ...Channel[]];
const kinds = Object.keys(DOCUMENT_KINDS) as [DocumentKindCode, ...DocumentKindCode[]];
const states = Object.keys(serviceWorkflow.states) as [ServiceState, ...ServiceState[]];
const channel = z.enum(channels);

export const idParams = z.strictObject({ id: idField });
export const serviceQuery = z.strictObject({ caseId: idField.optional(), state: z.enum(states).optional(), ...paging });
export const partQuery = z.strictObject({
  part: z
    .string()
    .regex(/^[1-9]$/, "文书序号不正确")
    .optional(),
  language: translatedField.optional().meta({ description: "附有译文的，汉文与译文对照的一份" }),
});
export const ordering = z.strictObject({
  documentKind: z.enum(kinds),
  title: line(100, 1),
  text: prose(50_000, 1).optional(),
  materialId: idField.optional(),
  dossierItemId: idField.optional().meta({ description: "本案正卷中的一份材料，例如答辩状副本、证据" }),
  recipients: z.array(keyField).min(1, "请选择受送达人").max(100),
  channel: channel.optional(),
});

const action = <A extends string>(name: A) => z.literal(name);
const recordingOf = (Object.keys(recordings) as (keyof typeof recordings)[]).map((name) =>
  z.strictObject({ action: action("record"), channel: z.literal(name), facts: recordings[name] }),
);
type Recording = {
  [C in keyof typeof recordings]: {
    readonly action: "record";
    readonly channel: C;
    readonly facts: z.infer<(typeof recordings)[C]>;
  };
}[keyof typeof recordings];

const others = z.discriminatedUnion("action", [
  z.strictObject({ action: action("send"), channel }),
  z.strictObject({ action: action("acknowledge") }),
  z.strictObject({ action: action("contest"), claimedOn: dayField.nullable(), note: prose(2000, 1) }),
  z.strictObject({ action: action("ask_paper") }),
  z.strictObject({ action: action("give_paper") }),
  z.strictObject({ action: action("next_channel"), channel: channel.optional() }),
  z.strictObject({
    action: action("decide_contest"),
    accept: z.boolean(),
    effectiveOn: dayField.nullable().optional(),
    reason: prose(2000, 1),
  }),
  z.strictObject({ action: action("cancel"), reason: prose(500, 1) }),
]);
export const moving = z.union([others, z.discriminatedUnion("channel", recordingOf as never)]) as unknown as z.ZodType<
  z.infer<typeof others> | Recording
>;
export type ServiceMove = z.infer<typeof moving>;

const coded = z.object({ code: z.string(), label: z.string() });
const party = z.object({ key: z.string(), sideLabel: z.string(), name: z.string() });
export const serviceView = z.object({
  id: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  courtName: z.string(),
  number: z.string(),
  documentKind: coded,
  title: z.string(),
  recipient: party,
  /** The reader acts for the recipient. */
  mine: z.boolean(),
  state: stateView,
  moves: movesView,
  channel: coded.nullable(),
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  sentAt: momentView.nullable(),
  effectiveOn: z.string().nullable(),
  presumed: z.boolean(),
  basis: z.string(),
  explanation: z.string(),
  paper: z.object({ askedAt: momentView.nullable(), givenAt: momentView.nullable() }),
  version: z.number().int(),
});
export const serviceList = listOf(serviceView);
export const serviceDetail = serviceView.extend({
  judgment: z.boolean(),
  consent: coded.nullable(),
  warnings: z.array(z.string()),
  documents: z.array(
    z.object({
      position: z.number().int(),
      title: z.string(),
      sha256: z.string().nullable(),
      bytes: z.number().int().nullable(),
      path: z.string(),
      /** 附译文：只有本院写成、还没有送达的文书可以 */
      moves: movesView,
      translations: z.array(
        z.object({
          language: coded,
          title: z.string(),
          machine: z.boolean(),
          translator: z.string(),
          sha256: z.string(),
          path: z.string(),
        }),
      ),
    }),
  ),
  attempts: z.array(
    z.object({
      id: z.string(),
      channel: coded,
      address: z.string(),
      confirmed: z.boolean(),
      sentAt: momentView,
      arrivedAt: momentView.nullable(),
      readAt: momentView.nullable(),
      repliedAt: momentView.nullable(),
      facts: z.array(z.object({ label: z.string(), value: z.string() })),
      effectiveOn: z.string().nullable(),
      presumed: z.boolean(),
      basis: z.string(),
      explanation: z.string(),
    }),
  ),
  contests: z.array(
    z.object({
      id: z.string(),
      claimedOn: z.string().nullable(),
      disputedOn: z.string(),
      note: z.string(),
      state: coded,
      effectiveOn: z.string().nullable(),
      reason: z.string(),
      at: momentView,
      decidedAt: momentView.nullable(),
    }),
  ),
  /** For the court: what may be chosen, what stands against it, and what is proposed. */
  channels: z.array(coded.extend({ barred: z.string().nullable() })),
  suggested: coded.nullable(),
  certificate: z.string().nullable(),
});
export const createdView = z.object({ items: z.array(z.object({ id: z.string(), partyKey: z.string() })) });
export const addressesView = z.object({
  caseId: z.string(),
  consequences: z.array(z.string()),
  items: z.array(
    z.object({
      party,
      version: z.number().int(),
      confirmedAt: momentView.nullable(),
      content: addressContent.loose().nullable(),
    }),
  ),
});
export const keyView = z.object({ algorithm: z.string(), keyId: z.string(), publicKey: z.string(), pem: z.string() });
