import { clockOf, minuteOf, momentAt } from "@/hearing/week.ts";
import type { CustodyPlace, Questioning } from "./contract.ts";

const QUARTER = 15;
const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const clockAt = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export interface Wish {
  place: Pick<CustodyPlace, "name" | "hours">;
  room: string;
  day: string;
  minutes: number;
}
/**
 * The quarters at which a questioning can begin: within the hours of the place, still to come, and not in a room that is known
 * to be taken. Whoever else is taken is the server's to say.
 */
export function freeStarts({ place, room, day, minutes }: Wish, booked: readonly Questioning[], now: number): string[] {
  const taken = booked
    .filter((each) => each.place.name === place.name && each.place.room === room)
    .map(({ startsAt, minutes: long }) => ({ from: minuteOf(startsAt), to: minuteOf(startsAt) + long }));
  return place.hours.split(",").flatMap((stretch) => {
    const [from = 0, to = 0] = stretch.split("-").map(minutesOf);
    const starts: string[] = [];
    for (let at = from; at + minutes <= to; at += QUARTER)
      if (Date.parse(momentAt(day, clockAt(at))) > now && !taken.some((one) => at < one.to && one.from < at + minutes))
        starts.push(clockAt(at));
    return starts;
  });
}

/** "09:00–09:30" */
export const spanText = ({ startsAt, minutes }: Pick<Questioning, "startsAt" | "minutes">): string =>
  `${clockOf(startsAt)}–${clockAt((minuteOf(startsAt) + minutes) % 1440)}`;
