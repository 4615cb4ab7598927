import { describe, expect, it } from "vitest";
import { readHours } from "#modules/court/index.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { byDay, findSlots, type RoomFacts, type Sitter, type Sitting, type SlotFacts } from "./slots.ts";
import { earliestDay, noticeDays } from "./slots-notice.ts";
import { isOnline, type Place, travelMinutes } from "./slots-travel.ts";
import { inWords } from "./slots-words.ts";

const at = (time: string): number => Date.parse(`${time}:00+08:00`);
const HERE: Place = { courtCode: "鲁0102", division: "370102", online: false };
const sitting = (from: string, to: string, place: Place = HERE): Sitting => ({ from: at(from), to: at(to), place });

interface Given {
  readonly from: string;
  readonly to: string;
  readonly earliest?: string;
  readonly lastDay?: string;
  readonly judge?: readonly Sitting[];
  readonly counsel?: readonly Sitting[];
  readonly counselAway?: readonly { from: number; to: number }[];
  readonly rooms?: readonly RoomFacts[];
  readonly online?: boolean;
  readonly interpreters?: SlotFacts["interpreters"];
}
function factsOf({ from, to, judge = [], counsel = [], counselAway = [], ...given }: Given): SlotFacts {
  const sitter = (
    kind: Sitter["kind"],
    busy: readonly Sitting[],
    away: readonly { from: number; to: number }[] = [],
  ) => ({
    kind,
    busy: byDay(busy, from, to),
    away: byDay(away, from, to),
  });
  const room: RoomFacts = { id: "1", name: "第一法庭", division: null, busy: new Map(), away: new Map(), hours: null };
  return {
    now: at("2025-01-01T00:00"),
    from,
    to,
    earliest: given.earliest ?? from,
    lastDay: given.lastDay ?? null,
    courtCode: "鲁0102",
    division: "370102",
    online: given.online ?? false,
    sitters: [sitter("judge", judge), sitter("person", counsel, counselAway)],
    rooms: given.rooms ?? [room],
    needsRoom: !given.online,
    interpreters: given.interpreters ?? null,
    dayOf: (day) => courtCalendar.statusOf(day),
    hoursOf: () => readHours("09:00-12:00,14:00-17:30") ?? [],
  };
}
const daysIn = ({ items }: ReturnType<typeof findSlots>): string[] => [
  ...new Set(items.map(({ startsAt }) => new Date(startsAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10))),
];
const refusedOf = ({ refused }: ReturnType<typeof findSlots>): Record<string, number> =>
  Object.fromEntries(refused.map(({ code, count }) => [code, count]));

describe("times for a sitting", () => {
  it.each([
    // Around 国庆 2025: eight days of rest, a weekend worked in exchange before and after.
    [
      "2025-09-27",
      "2025-10-12",
      ["2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10", "2025-10-11"],
      10,
    ],
    // 春节 2025 and 2026.
    [
      "2025-01-25",
      "2025-02-09",
      ["2025-01-26", "2025-01-27", "2025-02-05", "2025-02-06", "2025-02-07", "2025-02-08"],
      10,
    ],
    ["2026-02-13", "2026-02-25", ["2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25"], 9],
    ["2026-04-30", "2026-05-10", ["2026-04-30", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09"], 6],
  ])("keeps to the court days between %s and %s", (from, to, days, rest) => {
    const found = findSlots(factsOf({ from, to }), 60, { most: 100 });
    expect(daysIn(found).sort()).toEqual(days);
    expect(refusedOf(found)).toEqual({ rest_day: rest });
  });

  it("keeps to the court's hours, in Shanghai whatever the zone of the machine", () => {
    const { items } = findSlots(factsOf({ from: "2026-03-05", to: "2026-03-05" }), 180, { by: "time" });
    expect(items.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      "2026-03-05T01:00:00.000Z",
      "2026-03-05T06:00:00.000Z",
      "2026-03-05T06:15:00.000Z",
    ]);
    expect(inWords(items[0]?.startsAt as Date, items[0]?.endsAt as Date)).toBe("2026年3月5日星期四 09:00—12:00");
    // Longer than either half of the day: over noon, and said so.
    const long = findSlots(factsOf({ from: "2026-03-05", to: "2026-03-05" }), 420).items;
    expect(long[0]?.startsAt.toISOString()).toBe("2026-03-05T01:00:00.000Z");
    expect(long[0]?.reasons.map(({ code }) => code)).toContain("over_noon");
    expect(refusedOf(findSlots(factsOf({ from: "2026-03-05", to: "2026-03-05" }), 511))).toEqual({ hours: 1 });
  });

  it("says why days fall out", () => {
    const away = [{ from: at("2026-03-06T00:00"), to: at("2026-03-07T00:00") }];
    const found = findSlots(
      factsOf({
        from: "2026-03-02",
        to: "2026-03-13",
        earliest: "2026-03-04",
        lastDay: "2026-03-11",
        judge: [sitting("2026-03-04T09:00", "2026-03-04T17:30")],
        counsel: [sitting("2026-03-05T08:00", "2026-03-05T18:00", { ...HERE, courtCode: "京0105" })],
        counselAway: away,
      }),
      60,
    );
    expect(refusedOf(found)).toEqual({
      notice: 2,
      judge_busy: 1,
      person_busy: 1,
      person_away: 1,
      rest_day: 2,
      trial_limit: 2,
    });
    expect(daysIn(found).sort()).toEqual(["2026-03-09", "2026-03-10", "2026-03-11"]);
    // The nearer to the last day of the limit, the worse.
    expect(found.items[0]?.reasons.map(({ code }) => code)).toEqual(["earliest", "near_limit"]);
  });

  it("leaves counsel the time to come from another court", () => {
    const elsewhere = (division: string, online = false) =>
      findSlots(
        factsOf({
          from: "2026-03-05",
          to: "2026-03-05",
          counsel: [sitting("2026-03-05T09:00", "2026-03-05T10:00", { courtCode: "X", division, online })],
        }),
        60,
        { by: "time", most: 1 },
      ).items[0]?.startsAt.toISOString();
    expect(elsewhere("370103")).toBe("2026-03-05T03:00:00.000Z"); // the same city: from 11:00
    expect(elsewhere("110105")).toBe("2026-03-05T06:00:00.000Z"); // far: four hours, from 14:00
    expect(elsewhere("110105", true)).toBe("2026-03-05T02:15:00.000Z"); // online: a quarter of an hour
    expect(travelMinutes(HERE, HERE)).toBe(0);
    expect(isOnline("mixed", "online")).toBe(true);
    expect(isOnline("mixed", null)).toBe(false);
  });

  it("prefers days on which somebody comes anyway", () => {
    const found = findSlots(
      factsOf({
        from: "2026-03-05",
        to: "2026-03-06",
        judge: [sitting("2026-03-06T09:00", "2026-03-06T10:00")],
        counsel: [sitting("2026-03-06T09:00", "2026-03-06T10:00")],
      }),
      60,
    );
    expect(found.items[0]).toMatchObject({
      startsAt: new Date("2026-03-06T02:00:00.000Z"),
      reasons: [{ code: "adjoining" }, { code: "counsel_here" }],
    });
  });

  it("takes a room that is free and an interpreter who is", () => {
    const day = "2026-03-05";
    const busy = byDay([sitting(`${day}T09:00`, `${day}T17:30`)], day, day);
    const room = (id: string, taken: boolean): RoomFacts => ({
      id,
      name: id,
      division: null,
      busy: taken ? busy : new Map(),
      away: new Map(),
      hours: readHours("14:00-17:30"),
    });
    const one = { from: day, to: day };
    expect(findSlots(factsOf({ ...one, rooms: [room("a", true), room("b", false)] }), 60).items[0]).toMatchObject({
      room: { id: "b" },
      startsAt: new Date("2026-03-05T06:00:00.000Z"),
    });
    expect(refusedOf(findSlots(factsOf({ ...one, rooms: [room("a", true)] }), 60))).toEqual({ room_busy: 1 });
    const interpreters = [{ busy, away: new Map() }];
    expect(refusedOf(findSlots(factsOf({ ...one, interpreters }), 60))).toEqual({ interpreter_busy: 1 });
  });

  it("gives everybody the time to be told", () => {
    const day = "2026-03-02";
    expect(earliestDay(day, "trial", "ordinary", ["electronic"])).toBe("2026-03-06");
    expect(earliestDay(day, "trial", "ordinary", ["electronic", "paper"])).toBe("2026-03-13");
    expect(earliestDay(day, "trial", null, ["public_notice"])).toBe("2026-04-05");
    expect(earliestDay(day, "trial", "summary", ["paper"])).toBe("2026-03-03");
    expect(earliestDay(day, "pretrial", "ordinary", ["paper"])).toBe("2026-03-03");
    expect([noticeDays("trial", "ordinary"), noticeDays("trial", "small")]).toEqual([3, 0]);
  });
});
