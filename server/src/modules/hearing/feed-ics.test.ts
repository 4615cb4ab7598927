import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type FeedEvent, writeFeed } from "./feed-ics.ts";

const EVENT: FeedEvent = {
  id: "42",
  caseNumber: "（2026）鲁0102民初1号",
  courtName: "济南市历下区人民法院",
  kind: "开庭审理",
  place: "第三审判庭; 二楼, 东侧",
  startsAt: new Date("2026-03-16T09:00:00+08:00"),
  endsAt: new Date("2026-03-16T11:30:00+08:00"),
  version: 3,
  changedAt: new Date("2026-03-02T10:00:00+08:00"),
  state: "fixed",
};
const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));

describe("the feed in an independent parser", () => {
  it("says the same instant, the place with its signs, and nothing of anybody", () => {
    const text = writeFeed("court.example", "我的庭期", [EVENT, { ...EVENT, id: "43", state: "cancelled" }]);
    const [event, cancelled] = read(text);
    expect(event?.startDate.toJSDate().toISOString()).toBe("2026-03-16T01:00:00.000Z");
    expect(event?.endDate.toJSDate().toISOString()).toBe("2026-03-16T03:30:00.000Z");
    expect(event?.location).toBe("济南市历下区人民法院 第三审判庭; 二楼, 东侧");
    expect(event?.summary).toBe("开庭审理 （2026）鲁0102民初1号");
    expect(event?.uid).toBe("hearing-42@court.example");
    expect(event?.sequence).toBe(3);
    expect(event?.component.getFirstPropertyValue("status")).toBe("CONFIRMED");
    expect(cancelled?.component.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(cancelled?.component.getAllSubcomponents("valarm")).toHaveLength(0);
    expect(text).toMatch(/\r\n/);
    expect(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  it.each(["UTC", "Asia/Shanghai", "America/New_York"])("is the same text on a host in %s", (zone) => {
    const file = fileURLToPath(new URL("./feed-ics.ts", import.meta.url));
    const script = `
      import { writeFeed } from ${JSON.stringify(file)};
      const event = JSON.parse(process.argv[1], (key, value) => (key.endsWith("At") ? new Date(value) : value));
      process.stdout.write(writeFeed("court.example", "我的庭期", [event]));`;
    const text = execFileSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", script, JSON.stringify(EVENT)],
      { env: { ...process.env, TZ: zone, NODE_OPTIONS: "" }, encoding: "utf8" },
    );
    const [event] = read(text);
    expect(event?.startDate.toJSDate().getTime()).toBe(EVENT.startsAt.getTime());
    expect(event?.endDate.toJSDate().getTime()).toBe(EVENT.endsAt.getTime());
    expect(text).toContain("DTSTART:20260316T010000Z");
  });
});
