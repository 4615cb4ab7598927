import { readableYuan } from "#core/money.ts";
import { citeInFull, type FeeStep } from "#modules/reference/index.ts";

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
    text: `${facts.payer}：\n\n${facts.caseNumber}“${facts.matter}”一案，你（单位）应交纳${facts.sourceLabel}${readableYuan(facts.dueFen)}。\n\n计算方法：\n${lines.join("\n")}\n依据：${facts.basis.map(citeInFull).join("、")}。\n\n请在收到本通知的次日起七日内交纳。可以在线支付，也可以由他人凭缴款码 ${facts.payCode} 代交。交费确有困难的，可以在此期限内向本院申请${relief}，并提交证明材料；申请期间不计入交费期限。逾期不交，又没有申请或者申请未获准许后仍不交的，依法按撤诉处理。\n\n${facts.courtName}\n${spokenDay(facts.today)}\n（${facts.number}）`,
  };
}

export interface SupplementText {
  readonly courtName: string;
  readonly payer: string;
  readonly caseNumber: string;
  readonly sourceLabel: string;
  readonly why: string;
  readonly basis: string;
  readonly dueFen: number;
  readonly owedFen: number;
  readonly toOrdinary: boolean;
  readonly today: string;
  readonly number: string;
}

/** 补交诉讼费用通知书 (诉讼费用交纳办法§21; 民诉法解释§199). */
export function supplementText(facts: SupplementText): DocumentText {
  const consequence = facts.toOrdinary
    ? "无正当理由逾期未足额补交的，按撤诉处理，已经收取的诉讼费用退还一半。"
    : "逾期不交，又没有申请缓交、减交或者免交的，依法处理。";
  return {
    kind: "fee_supplement",
    title: "补交诉讼费用通知书",
    text: `${facts.payer}：\n\n${facts.caseNumber}一案，因${facts.why}（${citeInFull(facts.basis)}），${facts.sourceLabel}应交${readableYuan(facts.dueFen)}，扣除已交的部分，还应交${readableYuan(facts.owedFen)}。\n\n请在收到本通知的次日起七日内交纳。${consequence}\n\n${facts.courtName}\n${spokenDay(facts.today)}\n（${facts.number}）`,
  };
}

export interface ReliefText {
  readonly courtName: string;
  readonly payer: string;
  readonly caseNumber: string;
  readonly sourceLabel: string;
  readonly kindLabel: string;
  readonly groundTitle: string;
  readonly article: string;
  readonly outcome: "granted" | "granted_in_part" | "refused";
  readonly assessedFen: number;
  readonly reliefFen: number;
  readonly dueFen: number;
  readonly deferUntil: string | null;
  readonly reason: string;
  readonly today: string;
  readonly number: string;
}

/** 司法救助决定书: what was decided, and why in writing (诉讼费用交纳办法§48第三款). */
export function reliefText(facts: ReliefText): DocumentText {
  const { outcome, kindLabel, assessedFen, reliefFen, dueFen, deferUntil } = facts;
  const what: string[] = [];
  if (outcome !== "refused" && reliefFen > 0)
    what.push(
      dueFen === 0
        ? `准予免交${readableYuan(assessedFen)}`
        : `准予减交${readableYuan(reliefFen)}，还应交${readableYuan(dueFen)}`,
    );
  if (outcome !== "refused" && deferUntil) what.push(`准予缓交至${spokenDay(deferUntil)}`);
  const decision =
    outcome === "refused" ? `对你（单位）${kindLabel}诉讼费用的申请，不予准许。` : `${what.join("，")}。`;
  const then =
    outcome !== "refused" && dueFen === 0
      ? ""
      : deferUntil && outcome !== "refused"
        ? "请在该日以前交纳。"
        : "请在收到本决定的次日起七日内交纳。";
  // Less than was asked rests on the article of what is granted, not on that of what was asked.
  const granted = reliefFen > 0 ? "诉讼费用交纳办法§46" : "诉讼费用交纳办法§47";
  const article =
    outcome === "refused"
      ? "诉讼费用交纳办法§44、§48"
      : `${outcome === "granted_in_part" ? granted : facts.article}、§48`;
  return {
    kind: outcome === "refused" ? "relief_refusal" : "relief_decision",
    title: outcome === "refused" ? "不予准许司法救助决定书" : "司法救助决定书",
    text: `${facts.payer}：\n\n你（单位）在${facts.caseNumber}一案中，以“${facts.groundTitle}”为由，申请${kindLabel}${facts.sourceLabel}${readableYuan(assessedFen)}。\n\n本院经审查认为：${facts.reason}\n\n依照${citeInFull(article)}的规定，决定如下：\n\n${decision}${then}\n\n对本决定有异议的，可以向本院院长申请复核。\n\n${facts.courtName}\n${spokenDay(facts.today)}\n（${facts.number}）`,
  };
}

export interface DeemedWithdrawnText {
  readonly courtName: string;
  readonly payer: string;
  readonly caseNumber: string;
  readonly matter: string;
  readonly sourceLabel: string;
  readonly number: string;
  /** What was asked for, before the decision. */
  readonly dueFen: number;
  readonly paidFen: number;
  /** Court days; the service may not be known where somebody paid a part without it. */
  readonly servedOn: string | null;
  readonly dueOn: string | null;
  readonly keptFen: number;
  /** The other half was asked for because the procedure became the ordinary one. */
  readonly toOrdinary: boolean;
  readonly today: string;
}

/** 按撤诉处理裁定书 (诉讼费用交纳办法§22; 登记立案规定§11; 民诉法解释§213, §199). */
export function deemedWithdrawnText(facts: DeemedWithdrawnText): DocumentText {
  const { payer, paidFen, keptFen, dueFen, sourceLabel, toOrdinary } = facts;
  const served = facts.servedOn ? `该通知于${spokenDay(facts.servedOn)}送达，` : "";
  const until = facts.dueOn ? `交费期限至${spokenDay(facts.dueOn)}届满。` : "";
  const part = paidFen > 0 ? `仅交纳${readableYuan(paidFen)}，没有交清` : "没有交纳";
  const articles = citeInFull(toOrdinary ? "民诉法解释§199" : "诉讼费用交纳办法§22、登记立案规定§11、民诉法解释§213");
  const costs =
    keptFen > 0
      ? `${sourceLabel}${readableYuan(keptFen)}，由${payer}负担${paidFen > keptFen ? `；已交的其余${readableYuan(paidFen - keptFen)}退还` : ""}。`
      : "";
  const body = [
    `${facts.matter}一案，本院向${payer}发出编号为${facts.number}的交费通知书，通知其交纳${sourceLabel}${readableYuan(dueFen)}。${served}${until}${payer}在期限内${part}，也没有待审查的缓交、减交或者免交申请。`,
    `依照${articles}的规定，裁定如下：`,
    "本案按撤诉处理。",
    ...(costs ? [costs] : []),
  ];
  return {
    kind: "deemed_withdrawn",
    title: "民事裁定书（按撤诉处理）",
    text: `${body.join("\n\n")}\n\n${facts.courtName}\n${spokenDay(facts.today)}\n（${facts.number}）`,
  };
}
