import { describe, expect, it } from "vitest";
import { placesOf, type Turn } from "./queue.ts";

const at = (time: string): Date => new Date(`2026-03-05T${time}:00+08:00`);
const turn = (number: number, time: string, stand: Turn["stand"], since: string | null = null): Turn => ({
  id: String(number),
  number,
  startsAt: at(time),
  minutes: 30,
  stand,
  since: since === null ? null : at(since),
});
const told = (turns: readonly Turn[], now: string) =>
  [...placesOf(turns, at(now))].map(([id, { ahead, now: current, next, estimatedAt }]) =>
    [id, ahead, current, next, estimatedAt.toISOString().slice(11, 16)].join(" "),
  );

describe("the queue of a day", () => {
  it("goes by the hour, and calls nobody before theirs", () => {
    expect(told([turn(2, "09:30", "waiting"), turn(1, "09:00", "expected")], "08:50")).toEqual([
      "1 0  2 01:00",
      "2 1  2 01:30",
    ]);
  });

  it("waits for who is being heard, also beyond their time", () => {
    const turns = [turn(1, "09:00", "in", "09:10"), turn(2, "09:30", "waiting"), turn(3, "10:00", "waiting")];
    expect(told(turns, "09:20")).toEqual(["1 0 1 2 01:20", "2 1 1 2 01:40", "3 2 1 2 02:10"]);
    expect(told(turns, "09:58")).toEqual(["1 0 1 2 01:58", "2 1 1 2 02:03", "3 2 1 2 02:33"]);
  });

  it("passes over who is gone, heard, or a quarter of an hour late", () => {
    const turns = [turn(1, "09:00", "over"), turn(2, "09:15", "expected"), turn(3, "09:30", "waiting")];
    expect(told(turns, "09:29")).toEqual(["2 0  3 01:29", "3 1  3 01:59"]);
    expect(told(turns, "09:30")).toEqual(["3 0  3 01:30"]);
  });
});
