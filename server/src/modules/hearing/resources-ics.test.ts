import { describe, expect, it } from "vitest";
import { readBusy } from "./resources-ics.ts";

const FROM = new Date("2026-03-01T00:00:00Z");
const TO = new Date("2026-06-01T00:00:00Z");
const calendar = (...events: string[][]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//another//ZH",
    ...events.flatMap((lines, n) => ["BEGIN:VEVENT", `UID:${n}@x`, "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const read = (...events: string[][]): string[] =>
  readBusy(calendar(...events), FROM, TO).map(({ from, to }) => `${from.toISOString()} ${to.toISOString()}`);
const code = (text: string): string => {
  try {
    readBusy(text, FROM, TO);
    return "read";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("busy times of another calendar", () => {
  it("are the right instants, whatever the zone of the machine", () => {
    const expected = ["2026-03-05T01:00:00.000Z 2026-03-05T02:30:00.000Z"];
    expect(read(["DTSTART:20260305T010000Z", "DTEND:20260305T023000Z"])).toEqual(expected);
    expect(read(["DTSTART:20260305T090000", "DURATION:PT1H30M"])).toEqual(expected);
    expect(read(["DTSTART;TZID=Asia/Shanghai:20260305T090000", "DTEND;TZID=Asia/Shanghai:20260305T103000"])).toEqual(
      expected,
    );
    expect(read(["DTSTART;VALUE=DATE:20260305", "DTEND;VALUE=DATE:20260307"])).toEqual([
      "2026-03-04T16:00:00.000Z 2026-03-06T16:00:00.000Z",
    ]);
    const zone = ["BEGIN:VTIMEZONE", "TZID:Tokyo", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0900"];
    const zoned = calendar(["DTSTART;TZID=Tokyo:20260305T100000", "DTEND;TZID=Tokyo:20260305T113000"]).replace(
      "BEGIN:VEVENT",
      [...zone, "TZOFFSETTO:+0900", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT"].join("\r\n"),
    );
    expect(readBusy(zoned, FROM, TO)[0]?.from.toISOString()).toBe("2026-03-05T01:00:00.000Z");
  });

  it("repeat, except where they do not", () => {
    expect(
      read([
        "DTSTART:20260202T090000",
        "DTEND:20260202T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260323T160000Z",
        "EXDATE:20260316T090000",
      ]).map((one) => one.slice(0, 10)),
    ).toEqual(["2026-03-02", "2026-03-09", "2026-03-23"]);
  });

  it("leave out what keeps nobody, and what is over", () => {
    const times = ["DTSTART:20260305T010000Z", "DTEND:20260305T020000Z"];
    expect(read([...times, "TRANSP:TRANSPARENT"], [...times, "STATUS:CANCELLED"])).toEqual([]);
    expect(read(["DTSTART:20250305T010000Z", "DTEND:20250305T020000Z"])).toEqual([]);
  });

  it("are refused where they cannot be known", () => {
    expect(code("hello")).toBe("resource.calendar");
    expect(code("BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD")).toBe("resource.calendar");
    const zone = calendar(["DTSTART;TZID=Europe/Paris:20260305T090000", "DTEND;TZID=Europe/Paris:20260305T100000"]);
    expect(code(zone)).toBe("resource.calendar_rule");
    const seconds = calendar(["DTSTART:20260305T090000Z", "DTEND:20260305T090001Z", "RRULE:FREQ=SECONDLY"]);
    expect(code(seconds)).toBe("resource.calendar_rule");
    const never = calendar(["DTSTART:20260305T090000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]);
    expect(code(never)).toBe("resource.calendar_rule");
  });
});
