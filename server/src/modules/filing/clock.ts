import { addDays, addPeriod, type Calendar, daysBetween, type PeriodEnd } from "#core/period.ts";

/**
 * 立案审查期限, the one statutory clock that court and citizen both see.
 *
 * - Civil and administrative complaints: 7 days from receipt, the day of receipt not counted (民诉法§85、§126, 行诉法§51).
 * - 刑事自诉 15 days, 执行异议之诉 15, 第三人撤销之诉 30 (登记立案规定§8).
 * - Returned for correction: the clock stops; it starts anew on the day after the corrected papers arrive
 *   (解释§126, 在线诉讼规则§9).
 * - Sent to mediation with consent: what is left is kept and runs on when it comes back (在线调解规则§24).
 */
export type ClockEventName = "start" | "pause" | "restart" | "resume" | "stop";

export interface ClockEvent {
  readonly event: ClockEventName;
  readonly onDay: string;
  readonly dueOn: string | null;
  readonly nominalDueOn: string | null;
  readonly provisional: boolean;
  readonly basis: string;
  readonly note: string;
}

export interface ReviewPeriod {
  readonly days: number;
  readonly basis: string;
  readonly name: string;
}

const ORDINARY: ReviewPeriod = {
  days: 7,
  name: "收到起诉状之日起 7 日内",
  basis: "民事诉讼法第一百二十六条；登记立案规定第八条",
};
/** Longer periods, by cause and by form (登记立案规定§8). */
const SPECIAL: readonly {
  readonly fits: (causeName: string, formField: string) => boolean;
  readonly period: ReviewPeriod;
}[] = [
  {
    fits: (_, field) => field.startsWith("刑事"),
    period: { days: 15, name: "收到自诉状次日起 15 日内", basis: "登记立案规定第八条第一款第二项" },
  },
  {
    fits: (cause) => cause.includes("第三人撤销之诉"),
    period: { days: 30, name: "收到起诉状之日起 30 日内", basis: "登记立案规定第八条第一款第三项" },
  },
  {
    fits: (cause) => cause.includes("执行异议之诉"),
    period: { days: 15, name: "收到起诉状之日起 15 日内", basis: "登记立案规定第八条第一款第四项" },
  },
];

export function reviewPeriod(causeName: string | null, formField: string | null): ReviewPeriod {
  return SPECIAL.find(({ fits }) => fits(causeName ?? "", formField ?? ""))?.period ?? ORDINARY;
}

const ended = ({ lastDay, nominalLastDay, provisional }: PeriodEnd) => ({
  dueOn: lastDay,
  nominalDueOn: nominalLastDay,
  provisional,
});

export function startClock(calendar: Calendar, receivedOn: string, period: ReviewPeriod, rolls: boolean): ClockEvent {
  return {
    event: "start",
    onDay: receivedOn,
    ...ended(addPeriod(calendar, receivedOn, { unit: "day", amount: period.days, roll: rolls })),
    basis: period.basis,
    note: `${receivedOn} 收到起诉材料，次日起算 ${period.days} 日`,
  };
}

export function pauseClock(onDay: string, reason: "correction" | "mediation"): ClockEvent {
  return {
    event: "pause",
    onDay,
    dueOn: null,
    nominalDueOn: null,
    provisional: false,
    ...(reason === "correction"
      ? { basis: "人民法院在线诉讼规则第九条；民诉法解释第一百二十六条", note: "已一次性告知补正，期限中断" }
      : { basis: "人民法院在线调解规则第二十四条", note: "双方同意诉前调解，期限暂停" }),
  };
}

export function restartClock(calendar: Calendar, handedInOn: string, period: ReviewPeriod, rolls: boolean): ClockEvent {
  return {
    event: "restart",
    onDay: handedInOn,
    ...ended(addPeriod(calendar, handedInOn, { unit: "day", amount: period.days, roll: rolls })),
    basis: "民诉法解释第一百二十六条；人民法院在线诉讼规则第九条",
    note: `${handedInOn} 收到补正材料，次日重新起算 ${period.days} 日`,
  };
}

/** After mediation the days that were left on the day of the pause run on. */
export function resumeClock(
  calendar: Calendar,
  onDay: string,
  events: readonly ClockEvent[],
  rolls: boolean,
): ClockEvent {
  const pause = events.findLast(({ event }) => event === "pause");
  const running = events.findLast(({ event }) => event === "start" || event === "restart" || event === "resume");
  const left = Math.max(1, pause && running?.nominalDueOn ? daysBetween(pause.onDay, running.nominalDueOn) : 7);
  return {
    event: "resume",
    onDay,
    ...ended(addPeriod(calendar, onDay, { unit: "day", amount: left, roll: rolls })),
    basis: "人民法院在线调解规则第二十四条；民事诉讼法第一百二十六条",
    note: `调解未成，恢复审查，余 ${left} 日继续计算`,
  };
}

export function stopClock(onDay: string, note: string): ClockEvent {
  return {
    event: "stop",
    onDay,
    dueOn: null,
    nominalDueOn: null,
    provisional: false,
    basis: "民事诉讼法第一百二十六条",
    note,
  };
}

export interface ClockView {
  readonly state: { readonly code: "running" | "paused" | "stopped"; readonly label: string };
  readonly startedOn: string | null;
  readonly dueOn: string | null;
  readonly nominalDueOn: string | null;
  readonly provisional: boolean;
  readonly daysLeft: number | null;
  readonly basis: string;
  readonly explanation: string;
  readonly segments: readonly {
    readonly event: ClockEventName;
    readonly on: string;
    readonly dueOn: string | null;
    readonly basis: string;
    readonly note: string;
  }[];
}

/** What the clock shows on a day; null before the first submission. */
export function readClock(events: readonly ClockEvent[], today: string): ClockView | null {
  const last = events.at(-1);
  if (!last) return null;
  const code = last.event === "pause" ? "paused" : last.event === "stop" ? "stopped" : "running";
  const daysLeft = code === "running" && last.dueOn ? daysBetween(today, last.dueOn) : null;
  return {
    state: { code, label: { running: "计时中", paused: "已暂停", stopped: "已结束" }[code] },
    startedOn: events[0]?.onDay ?? null,
    dueOn: code === "running" ? last.dueOn : null,
    nominalDueOn: code === "running" ? last.nominalDueOn : null,
    provisional: last.provisional,
    daysLeft,
    basis: last.basis,
    explanation: explain(last, code, daysLeft),
    segments: events.map(({ event, onDay, dueOn, basis, note }) => ({ event, on: onDay, dueOn, basis, note })),
  };
}

function explain(last: ClockEvent, code: "running" | "paused" | "stopped", daysLeft: number | null): string {
  if (code !== "running" || daysLeft === null) return `${last.note}。`;
  const rolled = last.dueOn !== last.nominalDueOn ? `（原为 ${last.nominalDueOn}，遇休息日顺延）` : "";
  const doubt = last.provisional ? "该年放假安排尚未公布，日期可能调整。" : "";
  if (daysLeft < 0)
    return `${last.note}，应于 ${last.dueOn} 前作出决定${rolled}，已超过 ${-daysLeft} 日，已提醒法院负责人。`;
  return `${last.note}，法院应于 ${last.dueOn} 前作出决定${rolled}，还有 ${daysLeft} 日。${doubt}`;
}

/** The court's midnight (00:00 in Asia/Shanghai, which has no summer time) at the end of a day, as a moment. */
export const endOfDay = (day: string): Date => new Date(`${addDays(day, 1)}T00:00:00+08:00`);
