import type { ByDay, RoomFacts, Sitter, SlotFacts, Span } from "./slots.ts";
import { type Place, travelMinutes } from "./slots-travel.ts";

/** Why a day falls out, in words. Of the public nobody is named. */
export const REFUSALS = {
  rest_day: "休息日和法定节假日",
  notice: "来不及在开庭三日前送达各方",
  trial_limit: "已超过审理期限",
  hours: "工作时间内排不下所需时长",
  judge_busy: "审判人员已有其他开庭",
  judge_away: "审判人员不在岗",
  clerk_busy: "书记员已有其他开庭",
  clerk_away: "书记员不在岗",
  person_busy: "诉讼参与人在本院或者其他法院另有开庭",
  person_away: "诉讼参与人已说明不能到庭",
  travel: "诉讼参与人前后另有开庭，来不及到场",
  interpreter_busy: "没有空闲的翻译人员",
  room_busy: "没有空闲的法庭",
} as const;
export type Refusal = keyof typeof REFUSALS;

const MINUTE = 60_000;
const crosses = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;
const isIn = (days: ByDay, day: string, span: Span): boolean => (days.get(day) ?? []).some((one) => crosses(one, span));

/**
 * What stands against a time, the gravest first; else the room that is free (the first of the court's list). `fixing`: only what
 * a judge cannot set aside and the booking does not make sure of by itself.
 */
export function obstacle(
  facts: SlotFacts,
  day: string,
  span: Span,
  why: "searching" | "fixing" = "searching",
): Refusal | { readonly room: RoomFacts | null } {
  const fixing = why === "fixing";
  for (const sitter of facts.sitters) {
    const staff = sitter.kind === "clerk" ? "clerk" : sitter.kind === "person" ? "person" : "judge";
    if (!(fixing && staff === "person") && isIn(sitter.away, day, span)) return `${staff}_away`;
    if (!fixing && isIn(sitter.busy, day, span)) return `${staff}_busy`;
  }
  const { interpreters } = facts;
  if (interpreters && !interpreters.some((one) => !isIn(one.busy, day, span) && !isIn(one.away, day, span)))
    return "interpreter_busy";
  if (!facts.needsRoom) return isLate(facts, day, span, facts.division) ? "travel" : { room: null };
  const free = facts.rooms.filter((room) => (fixing ? !isIn(room.away, day, span) : isFree(room, day, span)));
  if (free.length === 0) return "room_busy";
  const reached = free.find((room) => !isLate(facts, day, span, room.division ?? facts.division));
  return reached ? { room: reached } : "travel";
}

function isFree(room: RoomFacts, day: string, span: Span): boolean {
  if (isIn(room.busy, day, span) || isIn(room.away, day, span)) return false;
  if (room.hours === null) return true;
  const midnight = Date.parse(`${day}T00:00:00+08:00`);
  const [first, last] = [room.hours[0], room.hours.at(-1)];
  if (!first || !last) return true;
  const within = ({ from, to }: { from: number; to: number }): boolean =>
    span.from >= midnight + from * MINUTE && span.to <= midnight + to * MINUTE;
  return (
    room.hours.some(within) || (span.to - span.from > 4 * 60 * MINUTE && within({ from: first.from, to: last.to }))
  );
}

/** Whether somebody of the public would still be on their way. */
export function isLate(facts: SlotFacts, day: string, span: Span, division: string | null): boolean {
  const here: Place = { courtCode: facts.courtCode, division, online: facts.online };
  return facts.sitters.some((sitter) => sitter.kind === "person" && comesLate(sitter, day, span, here));
}

function comesLate({ busy }: Sitter, day: string, span: Span, here: Place): boolean {
  return (busy.get(day) ?? []).some((other) => {
    if (crosses(other, span)) return false;
    const gap = other.to <= span.from ? span.from - other.to : other.from - span.to;
    return gap < travelMinutes(other.place, here) * MINUTE;
  });
}
