import { addDays } from "#core/period.ts";
import type { Hours } from "#modules/court/index.ts";
import { obstacle, REFUSALS, type Refusal } from "./slots-obstacle.ts";
import { scoreOf } from "./slots-score.ts";
import type { Place } from "./slots-travel.ts";

/** A stretch of time, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
/** What keeps somebody on a day, by that day. */
export type ByDay<T extends Span = Span> = ReadonlyMap<string, readonly T[]>;
export interface Sitting extends Span {
  readonly place: Place;
}

export interface Sitter {
  readonly kind: "judge" | "clerk" | "assessor" | "person";
  readonly busy: ByDay<Sitting>;
  readonly away: ByDay;
}
export interface RoomFacts {
  readonly id: string;
  readonly name: string;
  readonly division: string | null;
  readonly busy: ByDay;
  readonly away: ByDay;
  readonly hours: readonly Hours[] | null;
}
/** All that a search depends on; nothing is asked while it runs. */
export interface SlotFacts {
  readonly now: number;
  readonly from: string;
  readonly to: string;
  /** Before it not everybody can be told in time. */
  readonly earliest: string;
  /** 审限; null where there is none, or it does not run. */
  readonly lastDay: string | null;
  readonly courtCode: string;
  readonly division: string | null;
  readonly online: boolean;
  readonly sitters: readonly Sitter[];
  /** Empty where no room is needed. */
  readonly rooms: readonly RoomFacts[];
  readonly needsRoom: boolean;
  /** Of the language asked for; null where none is needed or the court keeps no list. */
  readonly interpreters: readonly { readonly busy: ByDay; readonly away: ByDay }[] | null;
  dayOf(day: string): { readonly working: boolean; readonly known: boolean };
  hoursOf(day: string): readonly Hours[];
}
export interface Slot {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly room: { readonly id: string; readonly name: string } | null;
  readonly score: number;
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
}
export interface SlotAnswer {
  readonly items: readonly Slot[];
  readonly refused: readonly { readonly code: Refusal; readonly text: string; readonly count: number }[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const STEP_MINUTES = 15;
const MOST = 20;
const MOST_A_DAY = 3;

export interface Choosing {
  readonly most?: number | undefined;
  /** `time`: the soonest first, for what must keep its order. */
  readonly by?: "score" | "time" | undefined;
  /** Not before this moment. */
  readonly after?: Date | undefined;
}
/** Every time that suits everybody, the best first, and why the other days fell out. */
export function findSlots(
  facts: SlotFacts,
  minutes: number,
  { most = MOST, by = "score", after }: Choosing = {},
): SlotAnswer {
  const fallen = new Map<Refusal, number>();
  const found: { day: string; slot: Slot }[] = [];
  let first: string | null = null;
  for (let day = facts.from; day <= facts.to; day = addDays(day, 1)) {
    const { slots, refusal } = slotsOfDay(facts, day, minutes, first ?? day);
    if (refusal !== null) fallen.set(refusal, (fallen.get(refusal) ?? 0) + 1);
    else first ??= day;
    found.push(...slots.filter(({ startsAt }) => !after || startsAt >= after).map((slot) => ({ day, slot })));
    // In the order of time nothing later is better.
    if (by === "time" && found.length >= most) break;
  }
  found.sort(
    (one, other) =>
      (by === "score" ? other.slot.score - one.slot.score : 0) ||
      one.slot.startsAt.getTime() - other.slot.startsAt.getTime(),
  );
  const perDay = new Map<string, number>();
  const items: Slot[] = [];
  for (const { day, slot } of found) {
    const already = perDay.get(day) ?? 0;
    if (items.length === most) break;
    if (already === MOST_A_DAY) continue;
    perDay.set(day, already + 1);
    items.push(slot);
  }
  const refused = [...fallen]
    .map(([code, count]) => ({ code, text: REFUSALS[code], count }))
    .sort((one, other) => other.count - one.count);
  return { items, refused };
}

function slotsOfDay(
  facts: SlotFacts,
  day: string,
  minutes: number,
  first: string,
): { slots: Slot[]; refusal: Refusal | null } {
  const whole = refusedWhole(facts, day);
  if (whole !== null) return { slots: [], refusal: whole };
  const slots: Slot[] = [];
  const against = new Map<Refusal, number>();
  for (const startsAt of startsOf(facts, day, minutes)) {
    const span = { from: startsAt, to: startsAt + minutes * MINUTE };
    if (span.from <= facts.now) continue;
    const blocked = obstacle(facts, day, span);
    if (typeof blocked === "string") {
      against.set(blocked, (against.get(blocked) ?? 0) + 1);
      continue;
    }
    const room = blocked.room;
    slots.push({
      startsAt: new Date(span.from),
      endsAt: new Date(span.to),
      room: room ? { id: room.id, name: room.name } : null,
      ...scoreOf(facts, day, span, first),
    });
  }
  if (slots.length > 0) return { slots, refusal: null };
  const [worst] = [...against].sort(([, one], [, other]) => other - one);
  return { slots, refusal: worst?.[0] ?? "hours" };
}

function refusedWhole(facts: SlotFacts, day: string): Refusal | null {
  if (!facts.dayOf(day).working) return "rest_day";
  if (day < facts.earliest) return "notice";
  return facts.lastDay !== null && day > facts.lastDay ? "trial_limit" : null;
}

/** Where a sitting may begin: within one of the court's stretches, or from the first on where it is longer than each of them. */
function startsOf(facts: SlotFacts, day: string, minutes: number): number[] {
  const hours = facts.hoursOf(day);
  const midnight = Date.parse(`${day}T00:00:00+08:00`);
  const [first, last] = [hours[0], hours.at(-1)];
  const fits = hours.some(({ from, to }) => to - from >= minutes);
  const stretches = fits || !first || !last ? hours : [{ from: first.from, to: last.to }];
  return stretches.flatMap(({ from, to }) => {
    const starts: number[] = [];
    for (let at = from; at + minutes <= to; at += STEP_MINUTES) starts.push(midnight + at * MINUTE);
    return starts;
  });
}

/** Puts spans into the days of Shanghai they touch. */
export function byDay<T extends Span>(spans: readonly T[], from: string, to: string): ByDay<T> {
  const days = new Map<string, T[]>();
  const [first, end] = [Date.parse(`${from}T00:00:00+08:00`), Date.parse(`${to}T00:00:00+08:00`) + DAY];
  for (const span of spans) {
    const last = Math.min(span.to, end);
    for (let at = Math.max(span.from, first); at < last; at = nextMidnight(at)) {
      const day = dayAt(at);
      const list = days.get(day);
      if (list) list.push(span);
      else days.set(day, [span]);
    }
  }
  return days;
}
const SHANGHAI = 8 * 3_600_000;
const dayAt = (at: number): string => new Date(at + SHANGHAI).toISOString().slice(0, 10);
const nextMidnight = (at: number): number => (Math.floor((at + SHANGHAI) / DAY) + 1) * DAY - SHANGHAI;
