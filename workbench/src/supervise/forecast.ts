import type { Forecast } from "@/api/contract.ts";

export interface Bar {
  label: string;
  due: number;
  title: string;
}

/** The forecast's hours gathered into stretches of six, which is what a day's planning needs. */
export function forecastBars(forecast: Forecast, size = 6): Bar[] {
  const bars: Bar[] = [];
  for (let start = 0; start < forecast.hours.length; start += size) {
    const part = forecast.hours.slice(start, start + size);
    const due = part.reduce((sum, hour) => sum + hour.due, 0);
    const label = start === 0 ? "现在" : `${start} 时`;
    bars.push({ label, due, title: `${start}–${start + part.length} 小时内到期 ${due} 件` });
  }
  return bars;
}
