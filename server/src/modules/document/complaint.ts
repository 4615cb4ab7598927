import { type Answers, findForm } from "#modules/reference/index.ts";
import { sectionRows } from "./form-rows.ts";
import type { Block, FormRow, Line, Paper } from "./paper.ts";
import { type PaperParty, partyRows, type ServiceAddress, serviceRows } from "./party-rows.ts";
import { ticked, writtenDay, writtenSum } from "./written.ts";

/** 起诉状 as the model pleadings lay it out (法〔2025〕82号): the same elements in the same order, unanswered ones left blank. */
export interface ComplaintPaper {
  readonly formId: string;
  /** For kinds without a model of their own: 案由. */
  readonly causeName: string | null;
  readonly courtName: string;
  /** Null while it has not been handed in. */
  readonly receiptNumber: string | null;
  /** Personal fields are masked: a copy for review. */
  readonly masked: boolean;
  /** What a masked copy is for: review, where nothing else is said. */
  readonly copyFor?: string;
  readonly parties: readonly PaperParty[];
  readonly claims: readonly { readonly text: string; readonly amountFen: number | null }[];
  readonly amountFen: number | null;
  readonly facts: string;
  readonly answers: Answers;
  readonly service: ServiceAddress;
  readonly mediation: {
    readonly understood: boolean | null;
    /** What is known of the good of mediation; null where nobody has answered. */
    readonly benefits?: readonly Benefit[] | null;
    readonly wish: "yes" | "no" | "unsure" | null;
  };
  readonly evidence: readonly {
    readonly name: string;
    readonly purpose: string;
    readonly originality: string | null;
    readonly pages?: number | null;
  }[];
  readonly signature: {
    readonly picture: Buffer | null;
    readonly signedOn: string | null;
    /** Whose it is, where others sign beside: `王芳`, `王小明的法定代理人王芳`. */
    readonly signer?: string;
  };
  /** Plaintiffs who signed on their own phones. */
  readonly coSignatures?: readonly CoSignature[];
}

export interface CoSignature {
  readonly name: string;
  /** Who signs for a plaintiff under age, `法定代理人（监护人）王芳`; empty where they sign themselves. */
  readonly by: string;
  readonly picture: Buffer;
  readonly signedOn: string;
}

const GENERAL = "00";

export function complaint(data: ComplaintPaper): Paper {
  const form = findForm(data.formId);
  const kind = kindOf(form.field, form.name);
  const state = data.receiptNumber === null ? "草稿，尚未提交" : `收件编号 ${data.receiptNumber}`;
  const name = form.id === GENERAL || kind.ownName ? data.causeName : form.name;
  return {
    title: kind.title,
    ...(name === null ? {} : { subtitle: `（${name}）` }),
    mark: data.masked ? `${state}（${data.copyFor ?? "审查用"}，个人信息已部分遮盖）` : state,
    author: data.parties.find(({ side }) => side === "plaintiff")?.name || "当事人",
    compact: true,
    blocks: [
      {
        kind: "form",
        rows: [
          { wide: ["说明：", ...form.preamble] },
          ...(form.precondition ? [{ wide: [form.precondition] }] : []),
          { band: "当事人信息" },
          ...partyRows(data.parties, form.partyOnly === "natural", kind.sides),
          ...serviceRows(data.service),
          ...claimRows(data, form.claimsHint),
          ...form.sections.flatMap((section): FormRow[] => {
            const rows = sectionRows(section, withTotal(data, form.full));
            if (section.id === "claims") return rows;
            if (section.id !== "facts") return [{ band: section.title }, ...rows];
            return [{ band: form.full ? section.title : "事实和理由" }, ...factRows(data), ...rows];
          }),
          { band: "证据清单" },
          ...(data.evidence.length === 0 ? [{ wide: ["（可另附页）"] }] : []),
        ],
      },
      ...evidenceTable(data),
      { kind: "form", rows: mediationRows(data) },
      // Outside of the table: it goes with the signature and never stays behind on the page before.
      { kind: "paragraph", text: `此致\n${data.courtName}`, flush: true },
      {
        kind: "signature",
        label: `${kind.signer}${data.signature.signer ? ` ${data.signature.signer}` : ""}（签字、盖章）`,
        picture: data.signature.picture === null ? null : "signature",
        date: data.signature.signedOn === null ? "　　　年　　月　　日" : writtenDay(data.signature.signedOn),
      },
      ...coSigned(data).map(
        ({ name, by, signedOn }, at): Block => ({
          kind: "signature",
          label: `${kind.signer} ${name}${by === "" ? "" : `的${by}`}（签字）`,
          picture: `signature${at + 1}`,
          date: writtenDay(signedOn),
        }),
      ),
    ],
    pictures: Object.fromEntries([
      ...(data.signature.picture === null ? [] : [["signature", data.signature.picture] as const]),
      ...coSigned(data).map(({ picture }, at) => [`signature${at + 1}`, picture] as const),
    ]),
  };
}

const coSigned = ({ coSignatures }: ComplaintPaper): readonly CoSignature[] => coSignatures ?? [];

interface Kind {
  readonly title: string;
  readonly signer: string;
  readonly sides: { readonly plaintiff: string; readonly defendant: string; readonly third_party: string };
  /** The form's name is the title itself. */
  readonly ownName?: true;
}
const SUIT = { plaintiff: "原告", defendant: "被告", third_party: "第三人" } as const;

function kindOf(field: string, name: string): Kind {
  if (field === "执行")
    return {
      title: name.replace(/\(.*\)$/, ""),
      signer: "申请人",
      sides: { plaintiff: "申请人", defendant: "被申请人", third_party: "利害关系人" },
      ownName: true,
    };
  if (field === "国家赔偿")
    return {
      title: "国家赔偿申请书",
      signer: "赔偿请求人",
      sides: { plaintiff: "赔偿请求人", defendant: "赔偿义务机关", third_party: "第三人" },
    };
  if (field === "刑事(自诉)")
    return {
      title: "刑事自诉状",
      signer: "自诉人",
      sides: { plaintiff: "自诉人", defendant: "被告人", third_party: "第三人" },
    };
  if (field === "通用") return { title: "起诉状", signer: "具状人", sides: SUIT };
  if (/行政/.test(field)) return { title: "行政起诉状", signer: "具状人", sides: SUIT };
  return { title: "民事起诉状", signer: "具状人", sides: SUIT };
}

/** 标的总额 is asked for once, beside the claims: the form shows the same figure. */
function withTotal({ answers, amountFen }: ComplaintPaper, full: boolean) {
  return { answers, totalFen: full ? amountFen : null };
}

/** The claims in the party's own words stand first; the form's elements follow. */
function claimRows({ claims, amountFen, formId }: ComplaintPaper, hint: string | undefined): FormRow[] {
  const own: Line[] = claims
    .filter(({ text }) => text !== "")
    .map(({ text, amountFen: fen }, at) => `${at + 1}. ${text}${fen === null ? "" : `（金额：${writtenSum(fen)}）`}`);
  const { full } = findForm(formId);
  return [
    { band: "诉讼请求", ...(hint === undefined ? {} : { hint }) },
    ...(own.length > 0 || !full ? [{ label: "具体请求", lines: own }] : []),
    ...(full ? [] : [{ label: "标的总额", lines: [amountFen === null ? "" : writtenSum(amountFen)] }]),
  ];
}

const factRows = ({ facts, formId }: ComplaintPaper): FormRow[] =>
  facts !== "" || !findForm(formId).full
    ? [{ label: "事实和理由陈述", lines: facts === "" ? [] : facts.split("\n") }]
    : [];

/** The list as a table of its own between the rows of the form, one line for each paper. */
function evidenceTable({ evidence }: ComplaintPaper): Block[] {
  if (evidence.length === 0) return [];
  const rows = evidence.map(({ name, purpose, originality, pages }, at) => [
    `${at + 1}`,
    name,
    purpose,
    originality ?? "",
    pages ? `${pages}` : "",
  ]);
  return [
    {
      kind: "table",
      widths: [0, 5, 7, 3, 1.6],
      align: ["center", "left", "left", "center", "center"],
      head: ["序号", "证据名称", "证明目的", "原件、复印件", "页数"],
      rows,
      foot: [],
    },
  ];
}

function mediationRows({ mediation: { understood, benefits = null, wish } }: ComplaintPaper): FormRow[] {
  return [
    { band: "对纠纷解决方式的意愿" },
    {
      label: "是否了解调解作为非诉讼纠纷解决方式，能及时、高效、低成本、不伤和气地解决纠纷",
      lines: [ticked(["了解", "不了解"], understood === null ? [] : [understood ? "了解" : "不了解"])],
    },
    {
      label: "是否了解先行调解解决纠纷的好处",
      // Each is asked for by itself; the boxes stay open where nobody has answered.
      lines: (Object.keys(BENEFITS) as Benefit[]).flatMap((benefit) => [
        BENEFITS[benefit],
        ticked(["了解", "不了解"], benefits === null ? [] : [benefits.includes(benefit) ? "了解" : "不了解"]),
      ]),
    },
    {
      label: "是否考虑先行调解",
      lines: [ticked(["是", "否", "暂不确定，想要了解更多内容"], wish === null ? [] : [WISHES[wish]])],
    },
  ];
}
const WISHES = { yes: "是", no: "否", unsure: "暂不确定，想要了解更多内容" } as const;
const BENEFITS = {
  quick: "1. 立案后选择先行调解可很快启动；不同意调解将依程序开庭，可能经过较长时间",
  cheap: "2. 先行调解成功且自动履行的免交诉讼费用，申请司法确认的不交纳诉讼费用，要求出具调解书的减半交纳",
  another_try: "3. 首次调解不成功可更换调解组织和调解员；不成则依法及时开庭",
  private: "4. 调解具有保密性，过程不公开，协议未经当事人同意不得公开",
  binding: "5. 调解协议有法律效力，可申请司法确认，具有强制执行效力",
} as const;
type Benefit = keyof typeof BENEFITS;
