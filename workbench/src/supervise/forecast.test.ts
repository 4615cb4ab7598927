import { mount, RouterLinkStub } from "@vue/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import type { Breach, Forecast } from "@/api/contract.ts";
import ForecastCard from "./ForecastCard.vue";
import { forecastBars } from "./forecast.ts";

const NOW = Date.parse("2026-11-22T02:00:00Z");
afterEach(() => vi.useRealTimers());

const breach = (part: Partial<Breach>): Breach =>
  ({
    itemId: "31",
    title: "王芳 诉 李强 民间借贷纠纷",
    queue: { id: "1", name: "民事立案" },
    dueOn: "2026-11-24",
    daysLeft: 2,
    expectedAt: null,
    lease: null,
    assignee: null,
    ...part,
  }) as Breach;
const forecast = (part: Partial<Forecast>): Forecast => ({
  hours: [],
  breaches: [],
  breachCount: 0,
  capacity: [{ day: "2026-11-22", working: false, provisional: false, items: 0 }],
  clerks: [],
  assumptions: ["每人每日办件数按近三十日实际办结计。"],
  ...part,
});
function card(given: Forecast) {
  vi.useFakeTimers({ now: NOW });
  return mount(ForecastCard, { props: { forecast: given }, global: { stubs: { RouterLink: RouterLinkStub } } });
}

test("nothing that will be late is said in words, with the days the court does not work", () => {
  const wrapper = card(forecast({}));
  expect(wrapper.get("[data-test=breach-count]").text()).toBe("没有将超期的件");
  expect(wrapper.findAll("[data-test=breach-row]")).toHaveLength(0);
  expect(wrapper.text()).toContain("非工作日");
  expect(wrapper.text()).toContain("七十二小时内没有届满的件");
});

test("what will be late is named, with who has it and why", () => {
  const breaches = [
    breach({ daysLeft: -1, itemId: "30" }),
    breach({ expectedAt: "2026-11-25T02:00:00Z", assignee: "赵敏" }),
    breach({ itemId: "32", lease: { holder: { id: "8", name: "钱进" } } as Breach["lease"] }),
  ];
  const wrapper = card(forecast({ breaches, breachCount: 5 }));
  expect(wrapper.get("[data-test=breach-count]").text()).toContain("5 件");
  expect(wrapper.findAll("[data-test=breach-why]").map((each) => each.text())).toEqual([
    "已超期，可预见的时间内无人办理",
    "预计 2026-11-25 10:00 才能办结",
    "可预见的时间内无人办理",
  ]);
  expect(wrapper.findAll("[data-test=breach-row]").map((row) => row.findAll("td")[2]?.text())).toEqual([
    "未领取",
    "赵敏",
    "钱进",
  ]);
  expect(wrapper.findAllComponents(RouterLinkStub)[0]?.props("to")).toEqual({ name: "review", params: { id: "30" } });
  expect(wrapper.text()).toContain("另有 2 件未列出");
});

test("what it rests on is folded away until asked for", async () => {
  const clerks = [
    { id: "1", name: "赵敏", perDay: 12, measuredDays: 20, away: ["2026-11-23"] },
    { id: "2", name: "新来的", perDay: 0, measuredDays: 0, away: [] },
  ];
  const wrapper = card(forecast({ clerks }));
  const how = wrapper.get("[data-test=forecast-how]");
  expect([how.attributes("aria-expanded"), wrapper.find("[data-test=forecast-assumptions]").exists()]).toEqual([
    "false",
    false,
  ]);
  await how.trigger("click");
  const text = wrapper.get("[data-test=forecast-assumptions]").text();
  expect(text).toContain("每人每日办件数");
  expect(text).toContain("赵敏：每工作日 12 件");
  expect(text).not.toContain("新来的");
});

test("what ended before now is one bar, today is called so by the court's day", () => {
  const bars = forecastBars(
    forecast({
      hours: [
        { at: "2026-11-20T16:00:00Z", due: 2 },
        { at: "2026-11-21T16:00:00Z", due: 1 },
        { at: "2026-11-22T15:59:59Z", due: 4 },
        { at: "2026-11-22T16:00:00Z", due: 5 },
      ],
    }),
    NOW,
  );
  expect(bars.map(({ label, due }) => [label, due])).toEqual([
    ["已超期", 3],
    ["今日", 4],
    ["11/23", 5],
  ]);
});
