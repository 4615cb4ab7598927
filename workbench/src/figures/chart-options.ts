import type { EChartsCoreOption } from "echarts/core";
import type { CourtFigures } from "@/api/contract.ts";

const ink = "#35404f";
const line = "#dde3eb";
const text = {
  color: ink,
  fontSize: 12,
  fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
};
const base = {
  animation: false,
  textStyle: text,
  tooltip: { trigger: "axis", textStyle: { fontSize: 13 } },
  legend: { top: 4, right: 10, itemWidth: 14, itemHeight: 9, textStyle: text },
  grid: { left: 46, right: 22, top: 40, bottom: 30 },
};
const amounts = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: line } }, axisLabel: text };
const percent = (share: number | null) => (share === null ? null : Math.round(share * 100));

/** What came in and what was decided, with the share accepted at the first look. */
export function periodOptions({ periods }: CourtFigures): EChartsCoreOption {
  return {
    ...base,
    grid: { ...base.grid, right: 46 },
    xAxis: {
      type: "category",
      data: periods.map(({ begins }) => begins.slice(5)),
      axisLabel: text,
      axisLine: { lineStyle: { color: line } },
    },
    yAxis: [
      amounts,
      { type: "value", min: 0, max: 100, axisLabel: { ...text, formatter: "{value}%" }, splitLine: { show: false } },
    ],
    series: [
      {
        name: "收件",
        type: "bar",
        data: periods.map(({ received }) => received),
        itemStyle: { color: "#3f74b8" },
        barMaxWidth: 22,
      },
      {
        name: "办结",
        type: "bar",
        data: periods.map(({ decided }) => decided),
        itemStyle: { color: "#a9c4e6" },
        barMaxWidth: 22,
      },
      {
        name: "一次通过率（%）",
        type: "line",
        yAxisIndex: 1,
        data: periods.map(({ firstPass }) => percent(firstPass)),
        itemStyle: { color: "#1d7044" },
        lineStyle: { width: 2 },
        symbolSize: 5,
        // A day without decisions has no share; it is not a share of nought.
        connectNulls: false,
      },
    ],
  };
}

export const MOST_CAUSES = 12;
/** The commonest causes, the most frequent on top, parted by what became of them. */
export function causeOptions({ causes }: CourtFigures): EChartsCoreOption {
  const shown = causes.slice(0, MOST_CAUSES).reverse();
  const part = (name: string, color: string, of: (row: (typeof shown)[number]) => number) => ({
    name,
    type: "bar",
    stack: "outcome",
    data: shown.map(of),
    itemStyle: { color },
    barMaxWidth: 18,
  });
  return {
    ...base,
    grid: { left: 10, right: 22, top: 36, bottom: 10, containLabel: true },
    xAxis: amounts,
    yAxis: {
      type: "category",
      data: shown.map(({ cause }) => (cause.name.length > 14 ? `${cause.name.slice(0, 13)}…` : cause.name)),
      axisLabel: text,
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
    },
    series: [
      part("立案", "#1d7044", ({ accepted }) => accepted),
      part("退回补正", "#d29a3a", ({ returned }) => returned),
      part("不予受理", "#b3261e", ({ refused }) => refused),
      part("移送", "#8a95a5", ({ transferred }) => transferred),
      part("诉前调解", "#3f74b8", ({ mediated }) => mediated),
    ],
  };
}
