import { z } from "zod";
import { dayField, emailField, fenField, idField, keyField, line, nameField, phoneField, prose } from "#core/fields.ts";
import { languageField } from "#core/language.ts";
import { checkIdentityNumber, findForm, isCauseCode } from "#modules/reference/index.ts";

/**
 * What a filing says: the draft document (诉状要素, 民诉法§124). A draft may be half filled: only malformed values are
 * refused here; what is missing is the rule pack's business.
 */

const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).nullable().default(null);
const text = (max: number) => line(max).default("");
const day = dayField.nullable().default(null);

export const ID_TYPES = [
  "resident_id",
  "hmt_residence_permit",
  "cn_passport",
  "hk_macau_permit",
  "tw_permit",
  "foreigner_pr_2023",
  "foreigner_pr_2017",
  "foreign_document",
  "uscc",
] as const;
const idNumber = z
  .string()
  .max(40, "证件号码过长")
  .regex(/^[0-9A-Za-z()（）-]*$/, "证件号码只能含数字和字母")
  .transform((value) => value.toUpperCase())
  .default("");

/** A number that cannot be one of its kind is refused at once; doubtful ones (real credit codes that fail the check) pass with a warning. */
function checkNumber(type: string, value: string, context: z.RefinementCtx): void {
  if (value === "" || type === "foreign_document") return;
  const { valid, reason } = checkIdentityNumber(type, value);
  const doubtful = type === "uscc" && /^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(value);
  if (valid === false && !doubtful)
    context.addIssue({ code: "custom", path: ["idNumber"], message: reason ?? "证件号码不正确，请核对" });
}

export const AGENT_KINDS = ["lawyer", "legal_worker", "relative", "employee", "recommended", "guardian"] as const;
export const SPECIAL_POWERS = ["admit", "waive", "change", "settle", "counterclaim", "appeal"] as const;

export const agentContent = z
  .strictObject({
    key: keyField,
    kind: choice(AGENT_KINDS),
    name: nameField(50).default(""),
    idType: choice(ID_TYPES),
    idNumber,
    phone: phoneField.default(""),
    firm: text(100),
    licenseNumber: z
      .string()
      .max(30)
      .regex(/^[0-9A-Za-z]*$/, "执业证号只能含数字和字母")
      .default(""),
    relation: text(50),
    powers: choice(["general", "special"]),
    specialPowers: z.array(z.enum(SPECIAL_POWERS)).max(6).default([]),
  })
  .superRefine((agent, context) => checkNumber(agent.idType ?? "resident_id", agent.idNumber, context));

export const SIDES = ["plaintiff", "defendant", "third_party"] as const;
export const partyContent = z
  .strictObject({
    key: keyField,
    side: z.enum(SIDES),
    kind: z.enum(["natural", "organisation"]),
    name: nameField(100).default(""),
    gender: choice(["男", "女"]),
    birthDate: day,
    ethnicity: text(20),
    workplace: text(100),
    occupation: text(50),
    phone: phoneField.default(""),
    email: emailField.default(""),
    idType: choice(ID_TYPES),
    idNumber,
    address: text(200),
    habitualAddress: text(200),
    legalRepresentative: nameField(50).default(""),
    legalRepresentativeTitle: text(50),
    orgType: text(50),
    ownership: text(50),
    /** 16–17 and living on their own labour income: counted as of full capacity (民法典§18). */
    livesOnOwnIncome: z.boolean().default(false),
    agents: z.array(agentContent).max(10, "代理人过多").default([]),
  })
  .superRefine((party, context) => {
    checkNumber(party.idType ?? (party.kind === "natural" ? "resident_id" : "uscc"), party.idNumber, context);
  });

export const claimContent = z.strictObject({
  key: keyField,
  text: prose(2000).default(""),
  amountFen: fenField.nullable().default(null),
});

const answerValue = z.union([prose(5000), z.array(z.union([line(200), z.array(line(500)).max(12)])).max(60), z.null()]);
const consent = choice(["agree", "refuse"]);

export const CONSENT_STAGES = [
  "filing",
  "mediation",
  "evidence",
  "inquiry",
  "hearing",
  "service",
  "signature",
] as const;

export const filingContent = z
  .strictObject({
    causeCode: z
      .string()
      .max(40)
      .regex(/^(CIV\d{4}|ADM\d{4}):[0-9()]{1,12}$/, "案由代码格式不正确")
      .nullable()
      .default(null),
    formId: z
      .string()
      .regex(/^[a-z0-9-]{1,24}$/, "表格编号格式不正确")
      .nullable()
      .default(null),
    parties: z.array(partyContent).max(100, "当事人不能超过 100 个").default([]),
    claims: z.array(claimContent).max(50, "诉讼请求不能超过 50 项").default([]),
    amountFen: fenField.nullable().default(null),
    facts: prose(20_000).default(""),
    answers: z.record(z.string().regex(/^[a-z0-9._-]{1,60}$/, "表格项目编号不正确"), answerValue).default({}),
    service: z
      .strictObject({
        recipient: nameField(50).default(""),
        phone: phoneField.default(""),
        postalCode: z
          .string()
          .regex(/^(\d{6})?$/, "邮政编码为 6 位数字")
          .default(""),
        address: text(200),
        email: emailField.default(""),
        electronic: z.boolean().nullable().default(null),
        channels: z
          .array(z.enum(["platform", "sms", "email"]))
          .max(3)
          .default([]),
        judgments: z.boolean().nullable().default(null),
        stages: z
          .array(z.enum(["first", "second", "execution"]))
          .max(3)
          .default([]),
        confirmed: z.boolean().default(false),
        language: languageField.nullable().default(null),
        interpreter: z.boolean().nullable().default(null).meta({ description: "需要法院提供翻译（不收费）" }),
      })
      .prefault({}),
    consents: z
      .strictObject({
        filing: consent,
        mediation: consent,
        evidence: consent,
        inquiry: consent,
        hearing: consent,
        service: consent,
        signature: consent,
      })
      .prefault({}),
    mediation: z
      .strictObject({
        understood: z.boolean().nullable().default(null),
        benefits: z
          .array(z.enum(["quick", "cheap", "another_try", "private", "binding"]))
          .max(5)
          .nullable()
          .default(null)
          .meta({ description: "了解的先行调解好处，按诉状表格的顺序；没有作答为 null" }),
        wish: choice(["yes", "no", "unsure"]),
      })
      .prefault({}),
    signature: z.strictObject({ materialId: idField.nullable().default(null), signedOn: day }).prefault({}),
  })
  .superRefine(({ causeCode, formId, parties, claims }, context) => {
    if (causeCode !== null && !isCauseCode(causeCode))
      context.addIssue({ code: "custom", path: ["causeCode"], message: "没有这个案由，请重新选择" });
    if (formId !== null && !isForm(formId))
      context.addIssue({ code: "custom", path: ["formId"], message: "没有这种表格，请重新选择" });
    const lists: [path: (string | number)[], list: readonly { key: string }[]][] = [
      [["parties"], parties],
      [["claims"], claims],
      ...parties.map(({ agents }, index): [(string | number)[], { key: string }[]] => [
        ["parties", index, "agents"],
        agents,
      ]),
    ];
    // Edits, and the index of the parties, find an element by its key.
    for (const [path, list] of lists) {
      for (const [index, { key }] of list.entries()) {
        if (list.findIndex((other) => other.key === key) < index)
          context.addIssue({ code: "custom", path: [...path, index, "key"], message: "同一列表中的键不能重复" });
      }
    }
  });

function isForm(id: string): boolean {
  try {
    return findForm(id) !== undefined;
  } catch {
    return false;
  }
}

export type FilingContent = z.infer<typeof filingContent>;
export type PartyContent = z.infer<typeof partyContent>;
export type AgentContent = z.infer<typeof agentContent>;

const names = (content: FilingContent, side: (typeof SIDES)[number]): string[] =>
  content.parties.filter((party) => party.side === side && party.name !== "").map(({ name }) => name);

/** `王芳 诉 李强 民间借贷纠纷`; `等` stands for the others. */
export function titleOf(content: FilingContent, causeName: string | null): string {
  const brief = (list: string[]) => (list.length > 1 ? `${list[0]}等` : (list[0] ?? ""));
  const plaintiff = brief(names(content, "plaintiff"));
  const defendant = brief(names(content, "defendant"));
  const parties = plaintiff || defendant ? `${plaintiff || "（原告未填）"} 诉 ${defendant || "（被告未填）"}` : "";
  return [parties, causeName ?? ""].filter(Boolean).join(" ") || "未命名的立案申请";
}
