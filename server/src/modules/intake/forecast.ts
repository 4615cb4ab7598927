import { addDays, courtDayOf } from "#core/period.ts";

/** What waits for a decision, in the order in which it is taken. */
export interface Waiting {
  readonly id: string;
  readonly dueOn: string;
  /** Only this clerk takes it: it was given to them, or lies on their desk. */
  readonly only: string | null;
}
export interface Pace {
  readonly id: string;
  /** Decisions in a whole working day. */
  readonly perDay: number;
  isAway(day: string): boolean;
}
export interface Forecast {
  /** When each item is expected to be decided; null where nobody will come to it in the time looked at. */
  readonly expectedAt: ReadonlyMap<string, Date | null>;
}

/** The hours in which the court decides: nine to five, the noon rest not taken out (pace is measured by the day). */
const OPENS = 9;
const CLOSES = 17;
const DAY_MS = (CLOSES - OPENS) * 3_600_000;
const LOOK_DAYS = 30;

/**
 * Plays the coming days: every clerk takes the first item that is theirs to take, needs a day's hours divided by their
 * pace for it, works on working days on which they are not away, and takes the next. What arrives in the meantime stands
 * behind what is here and is left out.
 */
export function playAhead(
  now: Date,
  items: readonly Waiting[],
  clerks: readonly Pace[],
  isWorkday: (day: string) => boolean,
): Forecast {
  const expectedAt = new Map<string, Date | null>(items.map(({ id }) => [id, null]));
  const last = addDays(courtDayOf(now), LOOK_DAYS);
  const free = new Map<string, Date>();
  for (const clerk of clerks) {
    const begins = clerk.perDay > 0 ? worked(now, 0, clerk, isWorkday, last) : null;
    if (begins) free.set(clerk.id, begins);
  }
  // One list for all, and one for each clerk: nobody walks over what they may not take.
  const shared = items.filter(({ only }) => only === null);
  const own = new Map<string, Waiting[]>();
  const place = new Map(items.map(({ id }, at) => [id, at]));
  for (const item of items) if (item.only !== null) own.set(item.only, [...(own.get(item.only) ?? []), item]);
  let next = 0;
  for (;;) {
    const [soonest] = [...free].sort(([a, at], [b, bt]) => at.getTime() - bt.getTime() || (a < b ? -1 : 1));
    if (!soonest) return { expectedAt };
    const [id, at] = soonest;
    const clerk = clerks.find((one) => one.id === id) as Pace;
    const mine = own.get(id)?.[0];
    const ours = shared[next];
    const takesMine = mine && (!ours || (place.get(mine.id) as number) < (place.get(ours.id) as number));
    const item = takesMine ? own.get(id)?.shift() : ours;
    if (!takesMine && ours) next += 1;
    const done = item && worked(at, DAY_MS / clerk.perDay, clerk, isWorkday, last);
    if (!item || !done) {
      free.delete(id);
      // What nobody has begun is still there for the others.
      if (item && !takesMine) next -= 1;
      continue;
    }
    expectedAt.set(item.id, done);
    free.set(id, done);
  }
}

/** The moment at which so much working time has passed; null where that is beyond the last day looked at. */
function worked(
  from: Date,
  milliseconds: number,
  clerk: Pace,
  isWorkday: (day: string) => boolean,
  last: string,
): Date | null {
  let left = milliseconds;
  let at = from.getTime();
  for (let day = courtDayOf(from); day <= last; day = addDays(day, 1)) {
    const opens = Date.parse(`${day}T${String(OPENS).padStart(2, "0")}:00:00+08:00`);
    const closes = opens + DAY_MS;
    at = Math.max(at, opens);
    if (at >= closes || !isWorkday(day) || clerk.isAway(day)) continue;
    if (at + left <= closes) return new Date(at + left);
    left -= closes - at;
    at = closes;
  }
  return null;
}
