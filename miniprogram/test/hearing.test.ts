import { describe, expect, it } from "vitest";
import { absenceWords, spanOf } from "@/hearing/away";
import { hasAnswered, myConsent, myParties, struckByMe } from "@/hearing/mine";
import { clockWords, dayWords, howSoon, spanWords } from "@/hearing/when";
import { calendarFile, folded } from "@/platform/calendar-h5";

const now = new Date("2026-12-01T16:30:00Z");

describe("when a hearing is, as one says it", () => {
  it("is the court's day and hour, whatever the phone's zone", () => {
    expect(dayWords("2026-12-02T16:30:00Z", now)).toBe("12月3日 周四");
    expect(dayWords("2027-01-04T01:00:00Z", now)).toBe("2027年1月4日 周一");
    expect(clockWords("2026-12-03T01:05:00Z")).toBe("上午 9:05");
    expect(clockWords("2026-12-03T04:00:00Z")).toBe("中午 12:00");
    expect(clockWords("2026-12-03T06:30:00Z")).toBe("下午 2:30");
  });
  it("names both halves of the day where they differ", () => {
    expect(spanWords("2026-12-03T01:00:00Z", "2026-12-03T02:30:00Z")).toBe("上午 9:00 到 10:30");
    expect(spanWords("2026-12-03T02:00:00Z", "2026-12-03T06:00:00Z")).toBe("上午 10:00 到下午 2:00");
  });
  it("counts days, not hours: half past midnight in the court is already the next day", () => {
    expect(howSoon("2026-12-02T01:00:00Z", now)).toBe("今天");
    expect(howSoon("2026-12-02T16:00:00Z", now)).toBe("明天");
    expect(howSoon("2026-12-04T01:00:00Z", now)).toBe("后天");
    expect(howSoon("2026-12-08T01:00:00Z", now)).toBe("还有 6 天");
    expect(howSoon("2026-12-01T01:00:00Z", now)).toBe("");
  });
});

describe("days on which one cannot come", () => {
  it("last to the end of the last day, half days to noon", () => {
    expect(spanOf({ from: "2026-12-03", to: "2026-12-04", part: "day" })).toEqual({
      from: "2026-12-02T16:00:00.000Z",
      to: "2026-12-04T16:00:00.000Z",
    });
    expect(spanOf({ from: "2026-12-03", to: "2026-12-03", part: "morning" })).toEqual({
      from: "2026-12-02T16:00:00.000Z",
      to: "2026-12-03T04:00:00.000Z",
    });
  });
  it("are said back as they were given", () => {
    const said = (from: string, to: string, part: string) =>
      absenceWords(spanOf({ from, to, part })).replace(/^\d{4}年/, "");
    expect(said("2026-12-03", "2026-12-03", "day")).toContain("12月3日 周四 全天");
    expect(said("2026-12-03", "2026-12-05", "day")).toContain("12月3日 周四 到 ");
    expect(said("2026-12-03", "2026-12-03", "morning")).toContain("周四 上午");
    expect(said("2026-12-03", "2026-12-03", "afternoon")).toContain("周四 下午");
  });
});

describe("my part in a hearing", () => {
  const seat = (key: string, mine: boolean) => ({
    id: key,
    role: { code: "defendant", label: "被告" },
    name: "李强",
    party: { key, name: "李强", sideLabel: "被告" },
    mode: null,
    mine,
  });
  const seats = [seat("p1", false), seat("d1", true)];
  const negotiation = {
    purpose: "first" as const,
    state: "open" as const,
    askedBy: null,
    expiresAt: "",
    answered: ["p1"],
    strikes: [{ ordinal: 2, partyKey: "p1" }],
  };
  it("is never what another side has answered, struck or agreed to", () => {
    expect(myParties({ seats })).toEqual(["d1"]);
    expect(hasAnswered({ seats, negotiation })).toBe(false);
    expect(struckByMe({ seats, negotiation })).toEqual([]);
    const consents = [
      { party: { key: "p1", sideLabel: "原告" }, answer: "yes" as const, at: null },
      { party: { key: "d1", sideLabel: "被告" }, answer: "silent" as const, at: null },
    ];
    expect(myConsent({ seats, consents })).toBeNull();
  });
  it("is what my own side has said", () => {
    const told = {
      ...negotiation,
      answered: ["p1", "d1"],
      strikes: [
        { ordinal: 3, partyKey: "d1" },
        { ordinal: 1, partyKey: "d1" },
      ],
    };
    expect(hasAnswered({ seats, negotiation: told })).toBe(true);
    expect(struckByMe({ seats, negotiation: told })).toEqual([1, 3]);
  });
});

describe("a hearing for the phone's calendar", () => {
  const entry = {
    id: "9",
    title: "开庭审理 （2026）鲁0102民初1号",
    startsAt: "2026-12-03T01:00:00Z",
    endsAt: "2026-12-03T02:30:00Z",
    place: "济南市历下区人民法院, 第一法庭",
  };
  it("is written in UTC with its commas kept", () => {
    (globalThis as { window?: unknown }).window = { location: { hostname: "court.test" } };
    const text = calendarFile(entry, now);
    expect(text).toContain("DTSTART:20261203T010000Z\r\n");
    expect(text).toContain("DTEND:20261203T023000Z\r\n");
    expect(text.replaceAll("\r\n ", "")).toContain("LOCATION:济南市历下区人民法院\\, 第一法庭");
    expect(text).toContain("UID:hearing-9@court.test");
  });
  it("breaks lines after 75 bytes and never within a letter", () => {
    const lines = folded(`SUMMARY:${"开".repeat(60)}`).split("\r\n");
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(lines.map((line, n) => (n === 0 ? line : line.slice(1))).join("")).toBe(`SUMMARY:${"开".repeat(60)}`);
  });
});
