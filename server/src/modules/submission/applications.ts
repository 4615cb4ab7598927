import type { Power } from "#modules/case/index.ts";

export type Side = "plaintiff" | "defendant" | "third_party";
const ALL: readonly Side[] = ["plaintiff", "defendant", "third_party"];

/** One kind of application in a running case (民诉法 2023). */
export interface Application {
  readonly label: string;
  readonly basis: string;
  /** Whose it can be. */
  readonly sides: readonly Side[];
  /** Special power that an agent needs (民诉法§62). */
  readonly power: Power | null;
  /** Calendar days in which the law has the court answer; null where it names none. */
  readonly days: number | null;
  readonly daysBasis: string;
  /** Who answers. */
  readonly queue: "judge" | "supervisor";
  /** When it must be made, in words for whoever asks. */
  readonly when: string;
  readonly ask: string;
  /** The other side learns of it when the court says so, lest nothing be left to preserve (审判流程公开规定§8: 可以在事项处理完毕后公开). */
  readonly toldAfterwards: boolean;
}

const judge = { queue: "judge", sides: ALL, power: null, days: null, daysBasis: "", toldAfterwards: false } as const;

export const APPLICATIONS = {
  preservation: {
    ...judge,
    toldAfterwards: true,
    label: "财产保全",
    basis: "民事诉讼法第一百零三条",
    days: 5,
    daysBasis: "最高人民法院关于人民法院办理财产保全案件若干问题的规定第四条",
    when: "诉讼中随时可以提出；情况紧急的请写明，法院应在四十八小时内裁定。",
    ask: "请写明保全的财产、所在地、金额和担保方式",
  },
  preservation_review: {
    ...judge,
    toldAfterwards: true,
    label: "保全裁定复议",
    basis: "民事诉讼法第一百一十一条",
    days: 10,
    daysBasis: "民诉法解释第一百七十一条",
    when: "收到裁定书之日起五日内提出。",
    ask: "请写明对哪一份裁定不服，请求如何变更",
  },
  evidence_preservation: {
    ...judge,
    toldAfterwards: true,
    label: "证据保全",
    basis: "民事诉讼法第八十四条",
    when: "证据可能灭失或者以后难以取得时提出。",
    ask: "请写明要保全的证据、在何处、由谁保管",
  },
  appraisal: {
    ...judge,
    label: "鉴定",
    basis: "民事诉讼法第七十九条",
    when: "在法院指定的期间内提出。",
    ask: "请写明鉴定事项、目的和检材",
  },
  investigation: {
    ...judge,
    label: "调查取证",
    basis: "民事诉讼法第六十七条第二款、民诉法解释第九十四条",
    when: "举证期限届满前提出。",
    ask: "请写明调取什么证据、由谁保存、为何不能自行收集",
  },
  evidence_extension: {
    ...judge,
    label: "延长举证期限",
    basis: "民事诉讼法第六十八条、民诉法解释第一百条",
    when: "举证期限届满前提出。",
    ask: "请写明需要延长到哪一日",
  },
  recusal: {
    ...judge,
    label: "回避",
    basis: "民事诉讼法第四十七条至第五十条",
    queue: "supervisor",
    days: 3,
    daysBasis: "民事诉讼法第五十条",
    when: "开庭审理前提出；之后才知道的，可以在法庭辩论终结前提出。",
    ask: "请写明申请谁回避",
  },
  withdrawal: {
    ...judge,
    label: "撤回起诉",
    basis: "民事诉讼法第一百四十八条",
    sides: ["plaintiff"],
    power: "waive",
    when: "宣判前提出。",
    ask: "请写明撤回全部还是部分起诉",
  },
  claim_change: {
    ...judge,
    label: "变更诉讼请求",
    basis: "民事诉讼法第五十四条、民诉法解释第二百三十二条",
    sides: ["plaintiff"],
    power: "change",
    when: "法庭辩论结束前提出。",
    ask: "请逐项写明变更后的诉讼请求",
  },
  admission: {
    ...judge,
    label: "承认对方诉讼请求",
    basis: "民事诉讼法第五十四条",
    sides: ["defendant"],
    power: "admit",
    when: "判决作出前提出。",
    ask: "请写明承认哪几项诉讼请求",
  },
  settlement: {
    ...judge,
    label: "确认和解协议、制作调解书",
    basis: "民事诉讼法第五十三条",
    power: "settle",
    when: "判决作出前提出。",
    ask: "请写明和解协议的内容",
  },
  party_addition: {
    ...judge,
    label: "追加当事人",
    basis: "民事诉讼法第一百三十五条、民诉法解释第七十三条",
    when: "法庭辩论结束前提出。",
    ask: "请写明追加谁、作为原告、被告还是第三人",
  },
  jurisdiction_objection: {
    ...judge,
    label: "管辖权异议",
    basis: "民事诉讼法第一百三十条",
    sides: ["defendant"],
    when: "提交答辩状期间提出；应诉答辩后，视为接受管辖。",
    ask: "请写明应当由哪个法院管辖",
  },
  adjournment: {
    ...judge,
    label: "延期开庭",
    basis: "民事诉讼法第一百四十九条",
    when: "开庭前提出。",
    ask: "请写明哪一次开庭，希望改到何时",
  },
  closed_hearing: {
    ...judge,
    label: "不公开审理",
    basis: "民事诉讼法第一百三十七条第二款",
    when: "开庭前提出（离婚案件、涉及商业秘密的案件）。",
    ask: "请写明不公开审理的范围",
  },
  advance_enforcement: {
    ...judge,
    toldAfterwards: true,
    label: "先予执行",
    basis: "民事诉讼法第一百零九条、第一百一十条",
    sides: ["plaintiff"],
    when: "判决前提出（赡养费、抚养费、医疗费、劳动报酬等）。",
    ask: "请写明先予执行的事项和金额",
  },
} as const satisfies Record<string, Application>;
export type ApplicationCode = keyof typeof APPLICATIONS;
export const applicationOf = (code: string): Application => APPLICATIONS[code as ApplicationCode];

/** What else may be handed in. `days`: in how many the court must go on with it. */
export const KINDS = {
  answer: {
    label: "答辩状",
    basis: "民事诉讼法第一百二十八条",
    sides: ["defendant", "third_party"],
    power: null,
    days: 5,
  },
  counterclaim: {
    label: "反诉状",
    basis: "民事诉讼法第五十四条、第一百二十六条",
    sides: ["defendant"],
    power: "counterclaim",
    days: 7,
  },
  evidence: { label: "证据", basis: "民事诉讼法第六十八条", sides: ALL, power: null, days: null },
  opinion: {
    label: "质证意见",
    basis: "民事诉讼法第七十一条、在线诉讼规则第十四条",
    sides: ALL,
    power: null,
    days: null,
  },
  application: { label: "申请", basis: "", sides: ALL, power: null, days: null },
} as const satisfies Record<
  string,
  { label: string; basis: string; sides: readonly Side[]; power: Power | null; days: number | null }
>;
export type Kind = keyof typeof KINDS;

export const labelOf = (kind: Kind, application: string | null): string =>
  kind === "application" && application ? `${applicationOf(application).label}申请` : KINDS[kind].label;

/** Who may make it, and with which power. */
export function termsOf(
  kind: Kind,
  application: string | null,
): Pick<Application, "sides" | "power" | "days" | "toldAfterwards"> & { queue: string } {
  if (kind === "application" && application) return applicationOf(application);
  const { sides, power, days } = KINDS[kind];
  return { sides, power, days, queue: "judge", toldAfterwards: false };
}
