import { describe, expect, it } from "vitest";
import { clockOf, courtDayOf, hoursOf, momentAt, placeDay, weekOf } from "./week.ts";

const at = (from: string, to: string, day = "2026-12-03") => ({
  startsAt: momentAt(day, from),
  endsAt: momentAt(day, to),
});

describe("a week of a court", () => {
  it("begins on Monday, also for a Sunday and over the turn of the year", () => {
    expect(weekOf("2026-12-06")).toEqual(weekOf("2026-11-30"));
    expect(weekOf("2027-01-01")[0]).toBe("2026-12-28");
    expect(weekOf("2027-01-01")[6]).toBe("2027-01-03");
  });
  it("counts days and hours by the court's clock, wherever the browser is", () => {
    expect(courtDayOf("2026-12-02T16:30:00Z")).toBe("2026-12-03");
    expect(clockOf("2026-12-02T16:30:00Z")).toBe("00:30");
    expect(momentAt("2026-12-03", "09:00")).toBe("2026-12-03T01:00:00.000Z");
  });
  it("puts side by side what overlaps, and nothing else", () => {
    const placed = placeDay(
      [at("09:00", "10:30"), at("09:30", "10:00"), at("10:30", "11:00"), at("14:00", "15:00")],
      "2026-12-03",
    );
    expect(placed.map(({ from, lane, lanes }) => [from, lane, lanes])).toEqual([
      [540, 0, 2],
      [570, 1, 2],
      [630, 0, 1],
      [840, 0, 1],
    ]);
  });
  it("takes a lane again once it is free within one group", () => {
    const placed = placeDay([at("09:00", "12:00"), at("09:00", "10:00"), at("10:00", "11:00")], "2026-12-03");
    expect(placed.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [1, 2],
    ]);
  });
  it("cuts what lasts over midnight to the day, and leaves out other days", () => {
    const leave = { startsAt: momentAt("2026-12-02", "00:00"), endsAt: momentAt("2026-12-04", "00:00") };
    expect(placeDay([leave], "2026-12-03")).toMatchObject([{ from: 0, to: 1440 }]);
    expect(placeDay([leave], "2026-12-04")).toEqual([]);
  });
  it("draws early and late hours where something lies there", () => {
    expect(hoursOf([])).toEqual({ first: 480, last: 1080 });
    expect(hoursOf([{ from: 450, to: 1090 }])).toEqual({ first: 420, last: 1140 });
  });
});
