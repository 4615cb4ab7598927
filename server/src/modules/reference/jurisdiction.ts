import { parseYuan } from "#core/money.ts";
import { courtDayOf, isCourtDay } from "#core/period.ts";
import type { FieldError } from "#core/problem.ts";
import { courtLevelOf, PROVINCES } from "./case-number.ts";
import { isCause } from "./cause-table.ts";
import { byAdministrative, isAdministrative } from "./jurisdiction-administrative.ts";
import {
  byAccident,
  byBill,
  byCompany,
  byContract,
  byDefendant,
  byDivorce,
  byInsurance,
  byLabour,
  byLease,
  byOnlinePurchase,
  byPaymentOrder,
  bySupport,
  byTort,
  byTransport,
} from "./jurisdiction-grounds.ts";
import { atInternetCourt, atLevel } from "./jurisdiction-level.ts";
import { Grounds, isOneOf } from "./jurisdiction-places.ts";
import {
  type AdvisedCourt,
  CONFIDENCE_LABELS,
  type Confidence,
  type CourtLookup,
  type JurisdictionQuestion,
  type Warning,
} from "./jurisdiction-question.ts";
import { problem } from "./problems.ts";

export type { AdvisedCourt, CourtLookup, JurisdictionQuestion } from "./jurisdiction-question.ts";

type Question = JurisdictionQuestion;

/**
 * Which courts a person may file with, and why (rules §4: 民事诉讼法§18–§36, 民诉法解释§3–§36). Advice for filling in; the court
 * decides. Throws `jurisdiction.invalid` for places, causes or amounts that are none.
 */
export function adviseJurisdiction(
  given: Question,
  lookup?: CourtLookup,
  today: string = courtDayOf(new Date()),
): { courts: AdvisedCourt[]; warnings: Warning[] } {
  const question = withCourts(given);
  const grounds = new Grounds();
  if (question.agreement?.kind === "arbitration" && question.agreement.written !== false) {
    grounds.warn(
      "双方有书面仲裁协议的，应当向仲裁机构申请仲裁；认为仲裁协议无效的，可以请求法院确认",
      "民事诉讼法§127(二)",
    );
    return { courts: [], warnings: grounds.warnings };
  }
  if (isAdministrative(question.causeCode)) byAdministrative(question, grounds);
  else if (byExclusive(question, grounds)) {
    if (question.agreement !== undefined)
      grounds.warn("该纠纷属于专属管辖，约定的管辖法院不能改变专属管辖", "民事诉讼法§34、§35");
  } else if (!byAgreement(question, grounds)) byKind(question, grounds);
  const grouped = new Map<string, AdvisedCourt>();
  for (const ground of grounds.found) {
    const { place, ...why } = atInternetCourt(question, atLevel(question, ground, grounds), today);
    const court = grouped.get(place);
    const known = lookup?.(place);
    if (known === null) grounds.warn(`法院目录中没有 ${place}，请在法院列表中核对该地的法院`, "法〔2015〕137号");
    const confidence = known === null ? "low" : capped(question.causeCode, why.confidence);
    const confidenceLabel = CONFIDENCE_LABELS[confidence];
    if (court === undefined)
      grouped.set(place, { code: place, name: known?.name ?? place, ...why, confidence, confidenceLabel });
    else if (!court.reason.includes(why.reason))
      grouped.set(place, { ...court, reason: `${court.reason}；${why.reason}`, basis: `${court.basis}；${why.basis}` });
  }
  generalWarnings(question, grounds);
  const courts = [...grouped.values()];
  for (const candidate of question.courtCandidates ?? []) {
    if (courts.length > 0 && !grouped.has(candidate))
      grounds.warn(
        `就已填写的情况，没有找到 ${lookup?.(candidate)?.name ?? candidate} 可以管辖的依据，请核对`,
        "民事诉讼法§22–§36",
      );
  }
  return { courts, warnings: unique(grounds.warnings) };
}

/** 知识产权 and 海事 belong to courts of their own: the place alone never tells which. Labour is cited from general knowledge. */
function capped(causeCode: string | undefined, confidence: Confidence): Confidence {
  if (isOneOf(causeCode, "第五部分", "第八部分")) return "low";
  return isOneOf(causeCode, "第七部分") && confidence === "high" ? "medium" : confidence;
}

/** 专属管辖 (§34, 解释§28): true where it decides alone. */
function byExclusive(question: Question, grounds: Grounds): boolean {
  const { causeCode, realEstateCourt } = question;
  const place = "不动产所在地（已登记的以登记簿记载的所在地为准）";
  if (isOneOf(causeCode, "三")) {
    grounds.want(
      question.deathCourt,
      "被继承人死亡时的住所地",
      "继承遗产纠纷：被继承人死亡时住所地",
      "民事诉讼法§34(三)",
    );
    grounds.add(question.mainEstateCourt, "继承遗产纠纷：主要遗产所在地", "民事诉讼法§34(三)");
    return true;
  }
  if (isOneOf(causeCode, "269")) {
    grounds.want(question.portCourt, "港口所在地", "港口作业纠纷：港口所在地", "民事诉讼法§34(二)", "medium");
    return true;
  }
  const asRealEstate: readonly [causes: readonly string[], what: string][] = [
    [["116(2)"], "房屋租赁合同纠纷按照不动产纠纷"],
    [["140", "136"], "农村土地承包经营合同纠纷按照不动产纠纷"],
    [["96(5)"], "政策性房屋买卖合同纠纷按照不动产纠纷"],
    [["120(3)", "120(4)", "120(5)", "120(7)", "120(9)"], "建设工程施工合同纠纷按照不动产纠纷"],
  ];
  for (const [causes, what] of asRealEstate) {
    if (!isOneOf(causeCode, ...causes)) continue;
    const certain = !isOneOf(causeCode, "120(4)", "120(5)", "120(7)", "120(9)", "136");
    grounds.want(
      realEstateCourt,
      place,
      `${what}确定管辖：不动产所在地`,
      "民事诉讼法§34(一)；民诉法解释§28",
      certain ? "high" : "medium",
    );
    return true;
  }
  if (isOneOf(causeCode, "四", "47", "48", "55", "65", "66", "67", "68", "69", "70")) {
    grounds.want(
      realEstateCourt,
      place,
      "因不动产的权利确认、分割、相邻关系等引起的物权纠纷：不动产所在地",
      "民事诉讼法§34(一)；民诉法解释§28",
    );
    return true;
  }
  if (realEstateCourt !== undefined && isOneOf(causeCode, "38", "39", "40", "41", "43", "56", "九")) {
    grounds.add(realEstateCourt, "涉及不动产的物权纠纷：不动产所在地", "民事诉讼法§34(一)；民诉法解释§28", "medium");
    return true;
  }
  return false;
}

/** 协议管辖 (§35, 解释§29–31): true where a valid agreement decides. */
function byAgreement(question: Question, grounds: Grounds): boolean {
  const { agreement, causeCode } = question;
  if (agreement?.kind !== "court") return false;
  if (isOneOf(causeCode, "第二部分", "第十一部分")) {
    grounds.warn("协议管辖只适用于合同或者其他财产权益纠纷，您选择的案由不适用", "民事诉讼法§35");
    return false;
  }
  const faults = [
    agreement.written === false ? "管辖协议须采用书面形式" : null,
    agreement.connected === false ? "约定的法院与争议没有实际联系" : null,
    agreement.hiddenStandardTerm === true
      ? "经营者没有采取合理方式提请消费者注意格式管辖条款，消费者可以主张无效"
      : null,
  ].filter((fault) => fault !== null);
  for (const fault of faults) grounds.warn(`${fault}，以下按法定管辖列出`, "民事诉讼法§35；民诉法解释§29–31");
  if (faults.length > 0) return false;
  if (agreement.courts === undefined || agreement.courts.length === 0) {
    grounds.warn("请补充约定的管辖法院；约定不明的按法定管辖处理", "民事诉讼法§35；民诉法解释§30");
    return false;
  }
  grounds.add(
    agreement.courts,
    "双方书面约定的管辖法院",
    "民事诉讼法§35",
    agreement.connected === true ? "high" : "medium",
  );
  if (agreement.courts.length > 1) grounds.warn("约定了两个以上法院的，可以向其中一个起诉", "民诉法解释§30");
  return true;
}

/** The first line that holds the cause decides; ordinals of CIV2025. */
const KINDS: readonly (readonly [causes: readonly string[], by: (question: Question, grounds: Grounds) => void])[] = [
  [["14"], byDivorce],
  [["22", "23", "24"], bySupport],
  [["十九", "二十一"], byLabour],
  [["458"], byPaymentOrder],
  [["411", "412", "427", "428", "429"], byAccident],
  [["88(8)"], byOnlinePurchase],
  [["第一部分", "第十部分", "十四", "十五", "201", "204"], byTort],
  [["290", "291", "292", "296", "299", "301", "304", "311", "312", "313", "314", "315"], byCompany],
  [["三十二"], byBill],
  [["三十一"], byInsurance],
  [["121"], byTransport],
  [["116", "117"], byLease],
  [["第四部分", "十三", "200", "203", "第九部分"], byContract],
];

function byKind(question: Question, grounds: Grounds): void {
  const { causeCode } = question;
  const kind = KINDS.find(([causes]) => isOneOf(causeCode, ...causes));
  (kind?.[1] ?? byDefendant)(question, grounds);
  if (causeCode === undefined)
    grounds.warn("请先选择案由：合同、侵权、继承、不动产等纠纷还有其他可以选择的法院", "民事诉讼法§22–§36");
}

function generalWarnings(question: Question, grounds: Grounds): void {
  if (question.defendantAnswered === true && grounds.found.length > 0 && !isAdministrative(question.causeCode))
    grounds.warn(
      "被告没有提出管辖异议并应诉答辩或者提出反诉的，视为受诉法院有管辖权，但违反级别管辖和专属管辖的除外",
      "民事诉讼法§130第二款",
    );
  if (isOneOf(question.causeCode, "第五部分"))
    grounds.warn(
      "知识产权案件由指定的法院管辖，以上只是地域，请再确认该地有权审理知识产权案件的法院",
      "法释〔2022〕13号",
    );
  if (isOneOf(question.causeCode, "第八部分"))
    grounds.warn("海事海商案件由海事法院专门管辖，请向上述地点所属的海事法院提交", "海事诉讼特别程序法§4");
  grounds.warn("以上是依填写内容给出的提示，是否有管辖权由受理法院审查决定", "民事诉讼法§122、§127");
}

function withCourts(question: Question): Question {
  const errors: FieldError[] = [];
  const court = (place: string, pointer: string): string => {
    const code = /^\d{6}$/.test(place) ? codeOfDivision(place) : courtLevelOf(place) === null ? null : place;
    if (code === null) errors.push({ pointer, code: "place", message: "请选择法院，或者填写六位行政区划代码" });
    return code ?? place;
  };
  if (question.causeCode !== undefined && !isCause(question.causeCode))
    errors.push({ pointer: "/causeCode", code: "unknown", message: "没有这个案由，请重新选择" });
  if (question.amount !== undefined && parseYuan(question.amount) === null)
    errors.push({ pointer: "/amount", code: "amount", message: "金额须为数字文本，最多两位小数" });
  if (question.filedOn !== undefined && !isCourtDay(question.filedOn))
    errors.push({ pointer: "/filedOn", code: "date", message: "请填写真实存在的日期" });
  const entries = Object.entries(question).map(([name, value]: [string, unknown]) => {
    if (/Court$/.test(name) && typeof value === "string") return [name, court(value, `/${name}`)];
    if (/Courts$|Candidates$/.test(name) && Array.isArray(value))
      return [name, value.map((place: string, index) => court(place, `/${name}/${index}`))];
    return [name, value];
  });
  const read = Object.fromEntries(entries) as Question;
  const courts = read.agreement?.courts?.map((place, index) => court(place, `/agreement/courts/${index}`));
  if (errors.length > 0) throw problem("jurisdiction.invalid", { errors });
  return courts === undefined ? read : { ...read, agreement: { ...read.agreement!, courts } };
}

/** 普通地方法院: the four digits are the division's third to sixth (法〔2015〕137号§5). 370102 → 鲁0102. */
function codeOfDivision(division: string): string | null {
  const province = Object.entries(PROVINCES).find(([, digits]) => digits === division.slice(0, 2));
  return province === undefined ? null : `${province[0]}${division.slice(2)}`;
}

function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}
