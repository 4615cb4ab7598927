import { readableYuan } from "#core/money.ts";
import type { FeeStep } from "#modules/reference/index.ts";

/** Texts of what is sent about a fee; the layout is the business of `document`. */
export interface DocumentText {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

export const spokenDay = (value: string): string => value.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

export interface NoticeText {
  readonly courtName: string;
  readonly payer: string;
  readonly caseNumber: string;
  readonly matter: string;
  readonly sourceLabel: string;
  readonly number: string;
  readonly dueFen: number;
  readonly steps: readonly FeeStep[];
  readonly basis: readonly string[];
  readonly today: string;
  readonly payCode: string;
  readonly natural: boolean;
}

/** 交费通知书 (诉讼费用交纳办法§22, §44–§48; 登记立案规定§11). */
export function feeNoticeText(facts: NoticeText): DocumentText {
  const lines = facts.steps.map(({ label, amountFen }) => `${label}：${readableYuan(amountFen)}`);
  const relief = facts.natural ? "缓交、减交或者免交" : "缓交或者减交";
  return {
    kind: "fee_notice",
    title: "交费通知书",
    text: `${facts.payer}：\n\n${facts.caseNumber}“${facts.matter}”一案，你（单位）应交纳${facts.sourceLabel}${readableYuan(facts.dueFen)}。\n\n计算方法：\n${lines.join("\n")}\n依据：${facts.basis.join("、")}。\n\n请在收到本通知的次日起七日内交纳。可以在线支付，也可以由他人凭缴款码 ${facts.payCode} 代交。交费确有困难的，可以在此期限内向本院申请${relief}，并提交证明材料；申请期间不计入交费期限。逾期不交，又没有申请或者申请未获准许后仍不交的，依法按撤诉处理。\n\n${facts.courtName}\n${spokenDay(facts.today)}\n（${facts.number}）`,
  };
}
