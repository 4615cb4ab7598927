import type { Nature } from "./workflow.ts";

/** What the room finds when it is to be opened. */
export interface Before {
  readonly confirmed: boolean;
  readonly identified: boolean;
  readonly rightsTold: boolean;
  readonly minor: boolean;
  readonly language: string;
  /** The roles of those who have checked in. */
  readonly here: ReadonlySet<string>;
}
export interface Requirement {
  readonly code: string;
  readonly text: string;
  readonly source: string;
  /** Left out: always. */
  readonly when?: (before: Before) => boolean;
  readonly met: (before: Before) => boolean;
}

/** 提讯以前: all of it must be so before a judge can open the room. */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    code: "confirmed",
    text: "羁押场所已确认时间和提讯室",
    source: "刑事诉讼法第一百一十八条",
    met: ({ confirmed }) => confirmed,
  },
  {
    code: "two_of_court",
    text: "审判人员、书记员均已签到，不少于二人",
    source: "刑事诉讼法第一百一十八条（参照）",
    met: ({ here }) => here.has("presiding") && here.has("clerk"),
  },
  {
    code: "officer",
    text: "羁押场所民警已签到",
    source: "刑事诉讼法第一百一十八条",
    met: ({ here }) => here.has("officer"),
  },
  {
    code: "identified",
    text: "民警已核对被提讯人身份",
    source: "人民法院在线诉讼规则第七条",
    met: ({ identified, here }) => identified && here.has("questioned"),
  },
  {
    code: "rights",
    text: "已告知权利义务并由本人确认",
    source: "刑事诉讼法第一百二十条（参照）、民事诉讼法第五十二条",
    met: ({ rightsTold }) => rightsTold,
  },
  {
    code: "guardian",
    text: "未成年人的法定代理人或者合适成年人到场",
    source: "刑事诉讼法第二百八十一条",
    when: ({ minor }) => minor,
    met: ({ here }) => here.has("guardian"),
  },
  {
    code: "interpreter",
    text: "翻译人员到场",
    source: "刑事诉讼法第九条、第一百二十一条，民事诉讼法第十一条",
    when: ({ language }) => language !== "",
    met: ({ here }) => here.has("interpreter"),
  },
];

/** Every requirement that counts here, and whether it is met. */
export const requirementsOf = (before: Before) =>
  REQUIREMENTS.filter(({ when }) => when?.(before) ?? true).map(({ code, text, source, met }) => ({
    code,
    text,
    source,
    met: met(before),
  }));

const COMMON = [
  "您有权使用本民族语言文字回答；不通晓当地通用的语言文字，或者是聋、哑人的，法院提供翻译，不收费用。",
  "认为审判人员、书记员、翻译人员与本案有利害关系的，有权申请回避。",
  "笔录交您核对，没有阅读能力的向您宣读。有遗漏或者差错的，可以提出补充、改正；没有错误的，逐页签名。您也可以请求自行书写。",
] as const;

/** 权利义务告知: read to whoever is questioned before it begins, with where each stands. */
export const RIGHTS: Readonly<Record<Nature, { readonly text: readonly string[]; readonly source: string }>> = {
  criminal: {
    text: [
      "您有权自行辩护，有权委托辩护人；没有委托的，可以申请法律援助。",
      "不得强迫任何人证实自己有罪。与本案无关的问题，您有权拒绝回答；对其他问题应当如实回答。",
      "如实供述自己的罪行，可以从宽处理；认罪认罚的，可以依法从宽处理。",
      ...COMMON,
    ],
    source: "刑事诉讼法第九条、第十五条、第二十九条、第三十三条、第五十二条、第一百二十条、第一百二十二条",
  },
  enforcement: {
    text: ["您有权陈述、申辩，有权委托代理人，对执行行为有权依法提出异议、申请复议。", ...COMMON],
    source: "民事诉讼法第十一条、第四十七条、第五十二条、第二百三十六条",
  },
  civil: {
    text: ["您有权委托代理人，提出回避申请，收集、提供证据，进行辩论，请求调解。应当如实陈述事实。", ...COMMON],
    source: "民事诉讼法第十一条、第十三条、第四十七条、第五十二条",
  },
};
