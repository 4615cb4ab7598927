import type { Block, Paper } from "./paper.ts";
import { ticked, writtenDay } from "./written.ts";

/** 授权委托书 that the principal confirmed on their own phone (民事诉讼法§62): the powers one by one, each with what it means. */
export interface MandatePaper {
  /** Null while the filing has not been handed in. */
  readonly receiptNumber: string | null;
  /** Personal fields are masked: a copy for review. */
  readonly masked: boolean;
  /** Agent, powers or party were changed afterwards: it no longer counts. */
  readonly superseded: boolean;
  readonly principal: {
    readonly name: string;
    readonly isOrganisation: boolean;
    readonly idNumber: string;
    readonly address: string;
    readonly phone: string;
    readonly legalRepresentative: string;
    /** Who signs for the principal, `法定代理人（监护人） 王芳`; empty where they sign themselves. */
    readonly signer: string;
  };
  readonly agent: {
    readonly name: string;
    readonly kind: string;
    readonly firm: string;
    readonly licenseNumber: string;
    readonly idNumber: string;
    readonly phone: string;
    readonly relation: string;
  };
  /** `王芳与李强民间借贷纠纷一案`. */
  readonly matter: string;
  readonly courtName: string;
  readonly powers: "general" | "special";
  readonly specialPowers: readonly { readonly label: string; readonly explanation: string; readonly given: boolean }[];
  readonly signature: Buffer;
  readonly confirmedOn: string;
  /** `09:30:00`, in the court's time. */
  readonly confirmedAt: string;
  readonly contentHash: string;
}

export function mandate(data: MandatePaper): Paper {
  const { principal, agent, matter, courtName, powers, specialPowers, confirmedOn, confirmedAt } = data;
  return {
    title: "授权委托书",
    mark: markOf(data),
    author: principal.name,
    blocks: [
      { kind: "facts", rows: filled(principalRows(data)), strong: ["委托人"] },
      { kind: "facts", rows: filled(agentRows(data)), strong: ["受委托人"] },
      {
        kind: "paragraph",
        text: `现委托受委托人${agent.name}，在${courtName}受理的${matter}中，作为委托人的委托诉讼代理人。`,
      },
      {
        kind: "paragraph",
        text: `代理权限：${ticked(["一般授权", "特别授权"], [powers === "special" ? "特别授权" : "一般授权"])}`,
      },
      {
        kind: "table",
        widths: [0, 3, 6, 2],
        align: ["center", "left", "left", "center"],
        head: ["序号", "权限", "含义", "是否授予"],
        rows: specialPowers.map(({ label, explanation, given }, at) => [
          String(at + 1),
          label,
          explanation,
          given ? "☑ 授予" : "□ 不授予",
        ]),
        foot: [],
      },
      { kind: "note", text: closingNote(powers) },
      {
        kind: "signature",
        label: principal.isOrganisation
          ? `委托人：${principal.name}　法定代表人（负责人）（签字）`
          : principal.signer === ""
            ? "委托人（签字）"
            : `委托人${principal.name}的${principal.signer}（签字）`,
        picture: "signature",
        date: writtenDay(confirmedOn),
      },
      {
        kind: "note",
        text: `本委托书由签名人实名登录、核对身份后在线确认并签名，确认时间 ${writtenDay(confirmedOn)} ${confirmedAt}。内容校验值 ${data.contentHash}`,
      },
    ],
    pictures: { signature: data.signature },
  };
}

const closingNote = (powers: MandatePaper["powers"]): string =>
  powers === "special"
    ? "特别授权以上表逐项授予的为限；没有授予的事项，须由委托人本人决定（民事诉讼法第六十二条第二款）。"
    : "一般授权的代理人可以代为递交和签收材料、参加调解和开庭、发表意见；上表各项均未授予，须由委托人本人决定（民事诉讼法第六十二条第二款）。";

function markOf({ superseded, masked, receiptNumber }: MandatePaper): string {
  if (superseded) return "确认以后内容有变更，本委托书不再有效";
  const state = receiptNumber === null ? "尚未提交法院" : `收件编号 ${receiptNumber}`;
  return masked ? `${state}（审查用，个人信息已部分遮盖）` : state;
}

type Rows = Extract<Block, { kind: "facts" }>["rows"];
const filled = (rows: Rows): Rows => rows.filter(([, value]) => value !== "");

const principalRows = ({ principal }: MandatePaper): Rows => [
  ["委托人", principal.name],
  [principal.isOrganisation ? "统一社会信用代码" : "证件号码", principal.idNumber],
  ["法定代表人（负责人）", principal.isOrganisation ? principal.legalRepresentative : ""],
  ["代为委托", principal.isOrganisation ? "" : principal.signer],
  ["住所", principal.address],
  ["联系电话", principal.phone],
];

const agentRows = ({ agent }: MandatePaper): Rows => [
  ["受委托人", agent.name],
  ["身份", agent.kind],
  ["工作单位", agent.firm],
  ["执业证号", agent.licenseNumber],
  ["证件号码", agent.idNumber],
  ["与委托人的关系", agent.relation],
  ["联系电话", agent.phone],
];
