import { causeAndAbove } from "./cause-table.ts";
import type { Grounds } from "./jurisdiction-places.ts";
import { defendantPlaces } from "./jurisdiction-places.ts";
import type { JurisdictionQuestion as Question } from "./jurisdiction-question.ts";

export const isAdministrative = (causeCode: string | undefined): boolean => causeCode?.startsWith("ADM2021:") === true;

/** 征收、强制拆除、不动产登记、权属确权、征收补偿: what is done to land and houses. */
const REAL_ESTATE = "15 31 32 43 44 46 47 48 49 50 51 52 55 56 57 117 118 120 134 135 138".split(" ");
const LIBERTY = ["13", "16", "21"];

/**
 * 行政诉讼法§18–20: the court of the authority that acted first; for real estate that of the place alone; where liberty was
 * restrained also the plaintiff's. The articles are cited from general knowledge, so nothing here is more than likely.
 */
export function byAdministrative(question: Question, grounds: Grounds): void {
  const above = causeAndAbove(question.causeCode ?? "");
  const isOne = (numbers: readonly string[]): boolean => numbers.some((no) => above.includes(`ADM2021:${no}`));
  const authority = "作出决定的行政机关所在地";
  if (isOne(REAL_ESTATE)) {
    grounds.want(
      question.realEstateCourt,
      "不动产所在地",
      "因不动产提起的行政诉讼，由不动产所在地法院管辖",
      "行政诉讼法§20",
      "medium",
    );
  } else {
    grounds.want(defendantPlaces(question), authority, "最初作出行政行为的行政机关所在地", "行政诉讼法§18", "medium");
    if (isOne(LIBERTY))
      grounds.add(
        question.plaintiffHabitualCourt ?? question.plaintiffCourt,
        "对限制人身自由的措施不服，也可以向原告所在地法院起诉",
        "行政诉讼法§19",
        "medium",
      );
  }
  grounds.warn("有的地方由指定的法院集中审理行政案件，请向当地法院确认", "行政诉讼法§18第二款");
  grounds.warn(
    "一般自知道行政行为之日起六个月内起诉；经过复议的，收到复议决定书之日起十五日内起诉",
    "行政诉讼法§45、§46",
  );
}
