import { daysBetween } from "#core/period.ts";
import type { Slot, SlotFacts, Span } from "./slots.ts";

const MINUTE = 60_000;
const NEAR_LIMIT_DAYS = 15;

/**
 * How good a time is for everybody, and why, in words. Sooner is better; a judge who sits that day anyway sits on, whoever is in
 * the house already comes only once; who has to travel in between is spared it where another day does as well.
 */
export function scoreOf(facts: SlotFacts, day: string, span: Span, first: string): Pick<Slot, "score" | "reasons"> {
  const reasons: { code: string; text: string }[] = [];
  let score = 100 - Math.min(60, daysBetween(first, day));
  const say = (points: number, code: string, text: string) => {
    score += points;
    reasons.push({ code, text });
  };
  if (day === first) say(0, "earliest", "各方都有空的最早一天");
  const judges = facts.sitters.filter(({ kind }) => kind === "judge").flatMap(({ busy }) => busy.get(day) ?? []);
  if (judges.some((one) => one.to === span.from || one.from === span.to))
    say(9, "adjoining", "与审判人员当天的另一次开庭前后相接");
  else if (judges.length > 0) say(5, "judge_sits", "审判人员当天本来就有开庭");
  const others = facts.sitters.filter(({ kind }) => kind === "person").flatMap(({ busy }) => busy.get(day) ?? []);
  if (!facts.online && others.some(({ place }) => place.courtCode === facts.courtCode && !place.online))
    say(8, "counsel_here", "有参加人当天已在本院开庭，不必另跑一趟");
  else if (!facts.online && others.some(({ place }) => !place.online))
    say(-12, "counsel_travels", "有参加人当天在其他法院也有开庭，要赶路");
  if (facts.online && others.length === 0) say(1, "online", "各方在线参加，不需要到场");
  const midday = Date.parse(`${day}T12:00:00+08:00`);
  if (span.from < midday && span.to > midday + 30 * MINUTE) say(-8, "over_noon", "跨越中午");
  if (facts.lastDay !== null) {
    const left = daysBetween(day, facts.lastDay);
    if (left < NEAR_LIMIT_DAYS) say(left - NEAR_LIMIT_DAYS, "near_limit", `距审理期限届满只有 ${left} 天`);
  }
  if (!facts.dayOf(day).known) say(-15, "provisional", "当年的放假安排还没有公布，日期可能变动");
  if (reasons.length === 0) reasons.push({ code: "free", text: "各方和场所都有空" });
  return { score, reasons };
}
