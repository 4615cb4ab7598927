import type { Forecast } from "@/api/contract.ts";

export interface Bar {
  label: string;
  due: number;
  title: string;
}
const courtDay = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric" });

/** A bar for each court day on which periods end; what ended before today is one bar of its own. */
export function forecastBars(forecast: Forecast, now: number): Bar[] {
  const bars: Bar[] = [];
  let passed = 0;
  for (const { at, due } of forecast.hours) {
    if (Date.parse(at) < now) passed += due;
    else {
      const day = courtDay.format(Date.parse(at));
      const label = day === courtDay.format(now) ? "今日" : day;
      bars.push({ label, due, title: `${day} 届满 ${due} 件` });
    }
  }
  return passed > 0 ? [{ label: "已超期", due: passed, title: `已超期 ${passed} 件` }, ...bars] : bars;
}
