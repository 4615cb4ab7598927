import { addPeriod, courtDayOf } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import type { FilingContent } from "./content.ts";

export interface Appeal {
  readonly days: number;
  /** When the ruling reached the person; null where that is not known to the platform. */
  readonly servedOn: string | null;
  readonly until: string | null;
  readonly provisional: boolean;
  readonly basis: string;
  readonly explanation: string;
}

const DAYS = 10;

/**
 * By when a ruling of refusal may be appealed: ten days from service (民诉法§126, §171). Where the person chose electronic
 * service and confirmed the address, it is served on the day it was put there (在线诉讼规则§31); else the day is theirs to tell.
 */
export function appealOf({ service }: FilingContent, ruledAt: Date): Appeal {
  const basis = "民事诉讼法第一百二十六条、第一百七十一条；人民法院在线诉讼规则第三十一条";
  if (service.electronic !== true || !service.confirmed)
    return {
      days: DAYS,
      servedOn: null,
      until: null,
      provisional: false,
      basis,
      explanation: `自收到裁定书的次日起 ${DAYS} 日内可以上诉；末日是节假日的，顺延至节假日后第一日。`,
    };
  const servedOn = courtDayOf(ruledAt);
  const { lastDay, provisional } = addPeriod(courtCalendar, servedOn, { unit: "day", amount: DAYS, roll: true });
  return {
    days: DAYS,
    servedOn,
    until: lastDay,
    provisional,
    basis,
    explanation: `裁定书于 ${servedOn} 电子送达，次日起算 ${DAYS} 日，最迟 ${lastDay} 提交上诉状。`,
  };
}
