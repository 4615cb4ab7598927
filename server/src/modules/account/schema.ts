import { z } from "zod";
import { ROLES, STAFF_ROLES } from "#core/actor.ts";
import {
  courtCodeField,
  idField,
  line,
  mobileField,
  momentView,
  movesView,
  nameField,
  paging,
  stateView,
} from "#core/fields.ts";
import { writtenField } from "#core/language.ts";
import { PERSON_ID_TYPES } from "./identity.ts";
import { SHOWN_PROOFS, type ShownProof } from "./workflow.ts";

/** A login code of WeChat's; the sandbox's may hold a name. */
const codeField = line(128, 1);
const usernameField = line(64, 1);
const passwordField = z
  .string()
  .max(256, "密码过长")
  .refine((value) => value.isWellFormed() && value.length > 0, "请填写密码")
  .meta({ format: "password" });
const totpField = z
  .string()
  .transform((value) => value.replace(/[ \u3000]/g, ""))
  .refine((value) => value === "" || /^\d{6}$/.test(value), "动态口令为 6 位数字")
  .meta({ type: "string", example: "123456" });

export const wechatSignIn = z.strictObject({ code: codeField });
export const staffSignIn = z.strictObject({
  username: usernameField,
  password: passwordField,
  totp: totpField.optional(),
  newPassword: passwordField.optional(),
});
export const refreshing = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export const identityClaim = z.strictObject({
  name: nameField(50, 1),
  idType: z.enum(PERSON_ID_TYPES),
  idNumber: z.string().max(64, "号码过长，请核对"),
  phone: mobileField,
});
export const reviewRequest = z.strictObject({
  courtCode: courtCodeField,
  note: line(500, 1),
  materialIds: z.array(idField).max(20, "最多 20 份材料").optional(),
});
export const practiceDeclaration = z.strictObject({
  licenseNumber: z.string().max(64, "号码过长，请核对"),
  firm: nameField(100, 2),
});
export const languageChoice = z.strictObject({ language: writtenField });
export const devicesEnding = z.strictObject({ code: codeField.optional(), password: passwordField.optional() });
export const phoneCode = z.strictObject({ code: codeField });
export const passwordChange = z.strictObject({ oldPassword: passwordField, newPassword: passwordField });
export const reason = z.strictObject({ reason: line(200, 2) });
export const byId = z.strictObject({ id: idField });

const decision = z.union([z.literal(""), line(180)]).optional();
export const reviewMove = z.strictObject({ action: z.enum(["approve", "reject", "rebind"]), note: decision });
export const practiceMove = z.strictObject({ action: z.enum(["confirm", "reject"]), note: decision });
export const staffMove = z.strictObject({ action: z.enum(["disable", "enable", "unlock", "sign_out"]) });
const staffRole = z.enum(STAFF_ROLES);
const titleField = z.union([z.literal(""), line(40)]).default("");
export const staffCreation = z.strictObject({
  username: usernameField,
  displayName: nameField(64, 1),
  title: titleField,
  role: staffRole,
});
export const staffDescription = z.strictObject({ displayName: nameField(64, 1), title: titleField });
export const staffRoleChange = z.strictObject({ role: staffRole });
export const credentialsReset = z.strictObject({
  shown: z.enum(Object.keys(SHOWN_PROOFS) as [ShownProof, ...ShownProof[]]),
});

export const reviewQuery = z.strictObject({ state: z.enum(["open", "approved", "rejected"]).optional(), ...paging });
export const practiceQuery = z.strictObject({
  state: z.enum(["pending", "verified", "rejected"]).optional(),
  ...paging,
});
export const staffQuery = z.strictObject({ state: z.enum(["active", "disabled"]).optional(), ...paging });

const role = z.enum(ROLES);
export const accountView = z.object({
  id: z.string(),
  role,
  roleLabel: z.string(),
  name: z.string().nullable(),
  nameMasked: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  phoneVerified: z.boolean(),
  identity: z.object({
    state: stateView,
    nameMasked: z.string().nullable(),
    idType: z.string().nullable(),
    idNumberMasked: z.string().nullable(),
    reason: z.string().optional(),
  }),
  practice: z
    .object({ state: stateView, firm: z.string(), licenseNumberMasked: z.string(), reason: z.string().optional() })
    .nullable(),
  court: z.object({ code: z.string(), name: z.string() }).nullable(),
  staff: z.object({ username: z.string(), name: z.string() }).nullable(),
  unreadMessages: z.number().int(),
  /** Of the screens. */
  language: writtenField,
});
export const sessionTokens = z.object({
  accessToken: z.string(),
  expiresIn: z.number().int(),
  refreshToken: z.string(),
  account: accountView,
});
export const sessionView = z.object({
  id: z.string(),
  device: z.string(),
  createdAt: momentView,
  seenAt: momentView,
  expiresAt: momentView,
  current: z.boolean(),
});
export const reviewView = z.object({
  id: z.string(),
  accountId: z.string(),
  state: stateView,
  moves: movesView,
  court: z.object({ code: z.string() }),
  nameMasked: z.string(),
  idType: z.string(),
  idNumberMasked: z.string(),
  reason: z.string(),
  note: z.string(),
  materialIds: z.array(z.string()),
  openedAt: momentView,
  decidedAt: momentView.nullable(),
  decisionNote: z.string(),
});
export const practiceView = z.object({
  id: z.string(),
  state: stateView,
  moves: movesView,
  nameMasked: z.string().nullable(),
  firm: z.string(),
  licenseNumberMasked: z.string(),
  updatedAt: momentView,
});
export const staffView = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  title: z.string(),
  role,
  roleLabel: z.string(),
  state: stateView,
  locked: z.boolean(),
  moves: movesView,
  signedInAt: momentView.nullable(),
  /** Until when the password handed over can be used; null once its owner has set one. */
  firstPasswordUntil: momentView.nullable(),
});
export const staffSecret = z.object({
  staff: staffView,
  password: z.string(),
  totpSecret: z.string(),
  totpAddress: z.string(),
});
export const revealedIdentity = z.object({ name: z.string(), idType: z.string(), idNumber: z.string() });
export const revealedPractice = z.object({ name: z.string().nullable(), licenseNumber: z.string(), firm: z.string() });
