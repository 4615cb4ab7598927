import { parseYuan } from "#core/money.ts";
import { courtLevelOf } from "./case-number.ts";
import { isAdministrative } from "./jurisdiction-administrative.ts";
import { defendantPlaces, type Grounds, isOneOf } from "./jurisdiction-places.ts";
import type { Ground, JurisdictionQuestion as Question } from "./jurisdiction-question.ts";

const FEN_OF_YI = 100_000_000 * 100;
const FEN_OF_WAN = 10_000 * 100;
/** 天津、北京等九省市 of 法释〔2022〕18号. */
const HIGHER_FOREIGN = "京津沪苏浙闽鲁粤渝";
const MUNICIPALITIES = "京津沪渝";
const PUBLIC_INTEREST = ["502", "503", "504", "505", "506", "507", "508", "509", "510"];
const HIGH_AUTHORITIES: Readonly<Record<string, string | undefined>> = {
  state_council: "对国务院部门的行政行为提起诉讼",
  county_government: "对县级以上地方人民政府的行政行为提起诉讼",
  customs: "海关处理的案件",
};

/**
 * 级别管辖: the intermediate court from 5亿元 where all parties live inside, or all outside, of the court's province, from
 * 1亿元 where one lives elsewhere (法发〔2021〕27号, from 2021-10-01). "以上" includes the number itself.
 */
export function atLevel(question: Question, ground: Ground, grounds: Grounds): Ground {
  const basic = courtLevelOf(ground.place) === "基层";
  if (basic && isOneOf(question.causeCode, ...PUBLIC_INTEREST))
    return raised(ground, grounds, "公益诉讼案件", "民诉法解释§283", ground.confidence);
  if (basic && isAdministrative(question.causeCode)) {
    const who = question.authority === undefined ? undefined : HIGH_AUTHORITIES[question.authority];
    return who === undefined ? ground : raised(ground, grounds, who, "行政诉讼法§15", "medium");
  }
  const amountFen = question.amount === undefined ? null : parseYuan(question.amount);
  if (amountFen === null || courtLevelOf(ground.place) !== "基层" || isOneOf(question.causeCode, "四十五"))
    return ground;
  if (isOneOf(question.causeCode, "第五部分", "第八部分")) return ground;
  const province = ground.place.slice(0, 1);
  if (question.foreign === true) {
    const least = (HIGHER_FOREIGN.includes(province) ? 4_000 : 2_000) * FEN_OF_WAN;
    return amountFen >= least
      ? raised(ground, grounds, `涉外民商事案件标的额达到 ${least / FEN_OF_WAN} 万元`, "法释〔2022〕18号", "medium")
      : ground;
  }
  if (amountFen >= 50 * FEN_OF_YI) {
    grounds.warn("标的额在 50 亿元以上的第一审案件由高级人民法院管辖", "法发〔2019〕14号");
    return {
      ...ground,
      place: province,
      reason: `${ground.reason}；标的额 50 亿元以上`,
      basis: `${ground.basis}；法发〔2019〕14号`,
      confidence: "medium",
    };
  }
  if (amountFen >= 5 * FEN_OF_YI)
    return raised(ground, grounds, "标的额 5 亿元以上", "法发〔2021〕27号", ground.confidence);
  if (amountFen < FEN_OF_YI) return ground;
  const provinces = [question.plaintiffHabitualCourt ?? question.plaintiffCourt, ...defendantPlaces(question)].map(
    (place) => place?.slice(0, 1),
  );
  if (provinces.length < 2 || provinces.includes(undefined)) {
    grounds.warn(
      "标的额在 1 亿元以上不满 5 亿元，有一方住所地不在受理法院所在省的由中级人民法院管辖，请补充双方的住所地",
      "法发〔2021〕27号",
    );
    return { ...ground, confidence: "low" };
  }
  const inside = provinces.filter((one) => one === province).length;
  if (inside === 0 || inside === provinces.length) return ground;
  return raised(
    ground,
    grounds,
    "一方住所地不在受理法院所在省，标的额 1 亿元以上",
    "法发〔2021〕27号",
    ground.confidence,
  );
}

/**
 * From 2025-11-01 the internet courts of Beijing, Hangzhou and Guangzhou take these matters of their city: data, personal
 * information and privacy, virtual property, unfair competition online; still domain names, online purchases and services.
 * No longer (only filings before that day): online loans, copyright first published online.
 */
export function atInternetCourt(question: Question, ground: Ground, today: string): Ground {
  const since = (question.filedOn ?? today) >= "2025-11-01";
  // 网络域名、网络购物合同、网络服务合同 were theirs before and still are.
  const kept = isOneOf(question.causeCode, "162", "175", "88(8)", "142(14)");
  const added = isOneOf(question.causeCode, "193", "十八");
  const addedOnline = question.online === true && isOneOf(question.causeCode, "十七", "8", "十五");
  const removed = question.online === true && isOneOf(question.causeCode, "108(1)", "108(4)", "164");
  if (courtLevelOf(ground.place) !== "基层" || !(kept || (since ? added || addedOnline : removed))) return ground;
  const place = internetCourtOf(ground.place);
  if (place === null) return ground;
  const reason = `${ground.reason}；该市辖区内此类互联网案件由互联网法院集中管辖`;
  return {
    place,
    reason,
    basis: `${ground.basis}；${since ? "互联网法院案件管辖规定（2025-11-01 起施行）" : "法释〔2018〕16号§2"}`,
    confidence: ground.confidence === "high" ? "medium" : "low",
  };
}

function internetCourtOf(code: string): string | null {
  if (code.startsWith("京")) return "京0491";
  if (code.startsWith("浙01")) return "浙0192";
  return code.startsWith("粤01") ? "粤0192" : null;
}

/** An ordinary basic court's first two digits are those of its intermediate court, but not in the four municipalities. */
function raised(
  ground: Ground,
  grounds: Grounds,
  why: string,
  basis: string,
  confidence: Ground["confidence"],
): Ground {
  const municipal = MUNICIPALITIES.includes(ground.place.slice(0, 1));
  if (municipal)
    grounds.warn(`${why}，由中级人民法院管辖；直辖市有几个中级人民法院，请按该区所属的中级人民法院提交`, basis);
  return {
    place: municipal ? ground.place : ground.place.slice(0, 3),
    reason: `${ground.reason}；${why}，由${municipal ? "其上一级" : ""}中级人民法院管辖`,
    basis: `${ground.basis}；${basis}`,
    confidence: municipal ? "low" : confidence,
  };
}
