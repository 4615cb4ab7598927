import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  addHours,
  addMonths,
  addPeriod,
  addWorkdays,
  type Calendar,
  courtDayOf,
  daysBetween,
  isCourtDay,
  nextWorkday,
  parseMoment,
  weekdayOf,
} from "./period.ts";

/** Weekends only; nothing is known from 2030 on. */
const weekends: Calendar = {
  version: "weekends",
  statusOf: (day) => ({ working: ![0, 6].includes(weekdayOf(day)), known: day < "2030" }),
};

test.each(["2024-02-29", "2000-02-29", "1900-01-01", "9999-12-31", "2026-11-22"])("%s is a day", (day) =>
  expect(isCourtDay(day)).toBe(true),
);
test.each([
  "2023-02-29",
  "2100-02-29",
  "2024-04-31",
  "2024-13-01",
  "2024-00-10",
  "2024-01-00",
  "0000-00-00",
  "0001-01-01",
  "1899-12-31",
  "10000-01-01",
  "+275760-09-13",
  "24-01-01",
  "01/02/2024",
  "2024年2月29日",
  "2024-1-1",
  "２０２４-01-01",
  "2024-01-01 ",
  "",
])("%j is no day", (day) => expect(isCourtDay(day)).toBe(false));

test("moments are read as Shanghai's", () => {
  expect(parseMoment("2026-05-11T09:20")).toEqual({ day: "2026-05-11", hour: 9, minute: 20 });
  expect(parseMoment("2025-01-28T15:59:59Z")).toEqual({ day: "2025-01-28", hour: 23, minute: 59 });
  expect(parseMoment("2025-01-28T16:00:00Z")).toEqual({ day: "2025-01-29", hour: 0, minute: 0 });
  expect(parseMoment("2026-01-01T00:30:00.123-05:00")).toEqual({ day: "2026-01-01", hour: 13, minute: 30 });
  expect(parseMoment("2026-05-11")).toEqual({ day: "2026-05-11", hour: 0, minute: 0 });
  expect(parseMoment("2026-05-11T23:59:59")).toEqual({ day: "2026-05-11", hour: 23, minute: 59 });
  expect(parseMoment("2026-05-11T23:00:00+14:00")).toEqual({ day: "2026-05-11", hour: 17, minute: 0 });
  expect(parseMoment("2026-05-11T23:00:00-13:59")).toEqual({ day: "2026-05-12", hour: 20, minute: 59 });
  expect(parseMoment("1900-01-01T12:00:00Z")?.day).toBe("1900-01-01");
  // 1990 had summer time: UTC+9.
  expect(parseMoment("1990-07-01T15:30:00Z")).toEqual({ day: "1990-07-02", hour: 0, minute: 30 });
  for (const text of [
    "2024-06-30T23:59:60Z",
    "2024-01-01T24:00",
    "2024-01-01T00:60",
    "2024-01-01T00:00+08:60",
    "2024-01-01T00:00+15:00",
    "2024-01-01T00:00:00+0800",
    "2024-01-01T00:00+99:00",
    "2023-02-29T00:00",
    "2024-01-01t00:00",
    "9999-12-31T23:00Z",
    "1700000000",
  ]) {
    expect(parseMoment(text)).toBeNull();
  }
});

test("the court's day does not depend on the machine's zone", () => {
  const zone = process.env["TZ"];
  for (const tz of ["UTC", "Asia/Shanghai", "America/Los_Angeles"]) {
    process.env["TZ"] = tz;
    expect(courtDayOf(new Date("2026-03-08T16:00:00Z"))).toBe("2026-03-09");
    expect(addDays("2026-03-08", 1)).toBe("2026-03-09");
  }
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test("months end on the same-numbered day, else on the last of the month", () => {
  expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
  expect(addMonths("2024-02-29", 12)).toBe("2025-02-28");
  expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
  expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
});

test("days are counted without the first; excluded days lengthen; the last day rolls", () => {
  expect(addPeriod(weekends, "2026-03-02", { unit: "day", amount: 5, roll: true })).toEqual({
    nominalLastDay: "2026-03-07",
    lastDay: "2026-03-09",
    provisional: false,
  });
  expect(addPeriod(weekends, "2026-03-02", { unit: "day", amount: 5, roll: false }).lastDay).toBe("2026-03-07");
  expect(addPeriod(weekends, "2026-01-05", { unit: "month", amount: 6, excludedDays: 45, roll: false }).lastDay).toBe(
    "2026-08-19",
  );
  expect(addPeriod(weekends, "2024-02-29", { unit: "year", amount: 2, roll: true })).toMatchObject({
    nominalLastDay: "2026-02-28",
    lastDay: "2026-03-02",
  });
});

test("a year without a calendar is said to be provisional, only where it mattered", () => {
  expect(addPeriod(weekends, "2029-12-20", { unit: "day", amount: 15, roll: true })).toMatchObject({
    lastDay: "2030-01-04",
    provisional: true,
  });
  expect(addPeriod(weekends, "2029-12-20", { unit: "day", amount: 15, roll: false }).provisional).toBe(false);
  expect(nextWorkday(weekends, "2029-12-29")).toEqual({ day: "2029-12-31", provisional: false });
  expect(addWorkdays(weekends, "2029-12-28", 3)).toEqual({ day: "2030-01-02", provisional: true });
  expect(addWorkdays(weekends, "2026-03-06", 2)).toEqual({ day: "2026-03-10", provisional: false });
});

test("hours run from the next full hour", () => {
  expect(addHours({ day: "2026-05-11", hour: 9, minute: 20 }, 48)).toEqual({ day: "2026-05-13", hour: 10, minute: 0 });
  expect(addHours({ day: "2026-12-31", hour: 23, minute: 0 }, 24)).toEqual({ day: "2027-01-02", hour: 0, minute: 0 });
});

test("adding days and back is nothing, and the count agrees", () => {
  const day = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays("1950-01-01", count));
  fc.assert(
    fc.property(day, fc.integer({ min: -10_000, max: 10_000 }), (from, count) => {
      const to = addDays(from, count);
      return addDays(to, -count) === from && daysBetween(from, to) === count && isCourtDay(to);
    }),
  );
});

test("beyond the calendar is an error, not a guess", () => {
  expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
  expect(() => addDays("2023-02-29", 1)).toThrow(RangeError);
  expect(() => addMonths("9999-12-31", 1)).toThrow(RangeError);
  expect(() => addDays("1900-01-01", -1)).toThrow(RangeError);
  expect(() => addMonths("1900-01-31", -1)).toThrow(RangeError);
  expect(() => addDays("9999-12-31", 1e9)).toThrow("outside of the years 1900–9999");
  expect(addDays("1900-01-02", -1)).toBe("1900-01-01");
  expect(addDays("9999-12-30", 1)).toBe("9999-12-31");
  expect(() => courtDayOf(new Date(Number.NaN))).toThrow("not a moment");
});
