import { z } from "zod";
import { idField, momentView, movesView, prose, stateView } from "#core/fields.ts";

const pageNumber = z.number().int().min(1).max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "校验值格式不正确");

export const pageBody = z.strictObject({
  page: pageNumber,
  text: prose(3000),
  version: z.number().int().min(0).max(1_000_000).meta({ description: "所依据的这一页的版本；新的一页为 0" }),
});
export const transcriptMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("offer") }),
  z.strictObject({ action: z.literal("correct"), page: pageNumber, text: prose(500, 1) }),
  z.strictObject({
    action: z.literal("settle"),
    correctionId: idField,
    outcome: z.enum(["done", "kept"]),
    note: prose(300).default(""),
  }),
  z.strictObject({
    action: z.literal("sign"),
    page: pageNumber,
    sha256,
    signature: z
      .string()
      .max(150_000, "签名图片过大，请重新签名")
      .optional()
      .meta({ description: "PNG 的 data URL；法院人员不需要" }),
    personId: idField.optional().meta({ description: "在本人面前、用本人设备签名的人；缺省为本人" }),
  }),
  z.strictObject({ action: z.literal("refuse"), personId: idField, reason: prose(300, 1) }),
  z.strictObject({ action: z.literal("close") }),
]);
export type TranscriptMove = z.infer<typeof transcriptMove>;

const signatureView = z.object({
  personId: z.string(),
  name: z.string(),
  roleLabel: z.string(),
  at: momentView,
  refused: z.string().nullable(),
});
export const transcriptPage = z
  .object({
    state: stateView,
    moves: movesView,
    version: z.number().int(),
    next: z.string(),
    pages: z.array(
      z.object({
        page: z.number().int(),
        text: z.string(),
        sha256: z.string(),
        version: z.number().int(),
        changedAt: momentView,
        mine: z.enum(["signed", "unsigned", "none"]),
        signatures: z.array(signatureView),
        corrections: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            mine: z.boolean(),
            text: z.string(),
            at: momentView,
            outcome: stateView.nullable(),
            note: z.string(),
          }),
        ),
      }),
    ),
    here: z
      .array(z.object({ personId: z.string(), name: z.string(), roleLabel: z.string() }))
      .meta({ description: "在这台设备上签名的人：本人，以及与本人在一处的" }),
    signers: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        roleLabel: z.string(),
        signed: z.number().int(),
        refused: z.boolean(),
        moves: movesView,
      }),
    ),
  })
  .meta({ id: "Transcript" });
