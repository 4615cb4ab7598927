import { addDays, addPeriod, courtDayOf } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";

/** Prints what this process makes of moments and days, whatever its own time zone: `clock.test.ts` compares them. */
const MOMENTS = [
  "2026-12-31T15:59:59.999Z",
  "2026-12-31T16:00:00.000Z",
  "2024-02-28T16:00:00.000Z",
  "2024-02-29T15:59:59.000Z",
  // New York leaves and enters summer time in these hours.
  "2026-03-08T06:30:00.000Z",
  "2026-03-08T07:30:00.000Z",
  "2026-11-01T05:30:00.000Z",
  "2026-11-01T06:30:00.000Z",
];
const days = Array.from({ length: 730 }, (_, at) => addDays("2025-01-01", at));

process.stdout.write(
  JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    offset: new Date("2026-07-01T00:00:00Z").getTimezoneOffset(),
    courtDays: MOMENTS.map((moment) => courtDayOf(new Date(moment))),
    due: days.map((day) => [
      addPeriod(courtCalendar, day, { unit: "day", amount: 7, roll: true }).lastDay,
      addPeriod(courtCalendar, day, { unit: "month", amount: 1, roll: true }).lastDay,
      addPeriod(courtCalendar, day, { unit: "year", amount: 1, roll: false }).lastDay,
    ]),
  }),
);
