/** One who is heard on a day, as the queue sees them. */
export interface Turn {
  readonly id: string;
  readonly number: number;
  readonly startsAt: Date;
  readonly minutes: number;
  /** waiting: checked in; in: being heard now; expected: booked and not here yet; over: heard, or not to come any more. */
  readonly stand: "expected" | "waiting" | "in" | "over";
  /** Since when, of who is in. */
  readonly since: Date | null;
}
export interface Place {
  readonly ahead: number;
  /** Who is being heard now, and who comes next, by their numbers. */
  readonly now: number | null;
  readonly next: number | null;
  readonly estimatedAt: Date;
}

const MINUTE_MS = 60_000;
/** So long after the hour one who has not checked in holds nobody up any more. */
const LATE_MS = 15 * MINUTE_MS;
/** Whoever is heard longer than planned is taken to need this much more. */
const OVERRUN_MS = 5 * MINUTE_MS;

/**
 * 候访: everybody's place with one receiver, in the order of their hours. The estimate goes through those ahead as they are
 * booked; nobody is called before their own hour.
 */
export function placesOf(turns: readonly Turn[], now: Date): Map<string, Place> {
  const inOrder = [...turns]
    .filter(({ stand }) => stand !== "over")
    .filter(({ stand, startsAt }) => stand !== "expected" || startsAt.getTime() + LATE_MS > now.getTime())
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime() || one.number - other.number);
  const current = inOrder.find(({ stand }) => stand === "in") ?? null;
  const line = inOrder.filter((turn) => turn !== current);
  const next = line.find(({ stand }) => stand === "waiting") ?? null;
  const places = new Map<string, Place>();
  let free = current === null ? now.getTime() : Math.max(endOf(current), now.getTime() + OVERRUN_MS);
  if (current) places.set(current.id, { ahead: 0, now: current.number, next: next?.number ?? null, estimatedAt: now });
  for (const [index, turn] of line.entries()) {
    const begins = Math.max(free, turn.startsAt.getTime());
    places.set(turn.id, {
      ahead: index + (current === null ? 0 : 1),
      now: current?.number ?? null,
      next: next?.number ?? null,
      estimatedAt: new Date(begins),
    });
    free = begins + turn.minutes * MINUTE_MS;
  }
  return places;
}

const endOf = ({ since, startsAt, minutes }: Turn): number => (since ?? startsAt).getTime() + minutes * MINUTE_MS;
