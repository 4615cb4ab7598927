import {
  addHours,
  addPeriod,
  type Calendar,
  type LocalMoment,
  type Period,
  parseMoment,
  type Unit,
  weekdayOf,
} from "#core/period.ts";
import type { FieldError } from "#core/problem.ts";
import { type DeadlineRule, deadlineRule } from "./deadline-rules.ts";
import { courtCalendar } from "./holidays.ts";
import { problem } from "./problems.ts";

export interface DeadlineQuestion {
  /** A name of the rule table gives unit, amount and whether to roll; with unit and amount given it is only a heading. */
  readonly rule?: string | undefined;
  /** The day (or the moment, Shanghai time where no offset is written) of the event. */
  readonly eventDate: string;
  readonly unit?: Unit | undefined;
  readonly amount?: number | undefined;
  readonly excludedDays?: number | undefined;
  readonly rollToWorkday?: boolean | undefined;
}

export interface Deadline {
  readonly lastDay: string;
  readonly nominalLastDay: string;
  /** The calendar of that year is not published yet: judged by weekdays, to be computed again. */
  readonly provisional: boolean;
  readonly basis: string;
  readonly explanation: string;
  /** Only for a period of hours: the moment it ends, with its offset. */
  readonly lastMoment?: string;
}

const GENERAL = "民事诉讼法§85；民诉法解释§125；民法典§201–203";
const UNITS: Readonly<Record<Unit, string>> = { hour: "小时", day: "日", month: "个月", year: "年" };
const WEEKDAYS = "日一二三四五六";
/** No period of procedure law comes near it; it keeps the arithmetic inside of the calendar. */
const MOST: Readonly<Record<Unit, number>> = { hour: 87_600, day: 36_500, month: 1_200, year: 100 };

/** When a period ends. 民事诉讼法§85; throws `deadline.invalid`. */
export function computeDeadline(question: DeadlineQuestion, calendar: Calendar = courtCalendar): Deadline {
  const rule = question.rule === undefined ? undefined : deadlineRule(question.rule);
  const event = parseMoment(question.eventDate);
  const unit = question.unit ?? rule?.unit;
  const amount =
    question.amount ?? (question.unit === undefined || question.unit === rule?.unit ? rule?.amount : undefined);
  const excludedDays = question.excludedDays ?? 0;
  const errors: FieldError[] = [];
  if (question.rule !== undefined && rule === undefined && (unit === undefined || amount === undefined)) {
    errors.push({ pointer: "/rule", code: "unknown", message: "没有这个期限名称；请换一个，或者写明期限的长度和单位" });
  } else if (unit === undefined)
    errors.push({ pointer: "/unit", code: "required", message: "请写明期限的单位：时、日、月或年" });
  else if (amount === undefined) errors.push({ pointer: "/amount", code: "required", message: "请写明期限的长度" });
  if (event === null)
    errors.push({ pointer: "/eventDate", code: "date", message: "请填写真实存在的日期，例如 2026-03-02" });
  if (
    amount !== undefined &&
    unit !== undefined &&
    !(Number.isInteger(amount) && amount >= 1 && amount <= MOST[unit])
  ) {
    errors.push({ pointer: "/amount", code: "range", message: `期限须为 1 至 ${MOST[unit]} 之间的整数` });
  }
  if (!(Number.isInteger(excludedDays) && excludedDays >= 0 && excludedDays <= MOST.day)) {
    errors.push({ pointer: "/excludedDays", code: "range", message: "扣除的天数须为不小于 0 的整数" });
  }
  if (errors.length > 0 || event === null || unit === undefined || amount === undefined)
    throw problem("deadline.invalid", { errors });
  try {
    if (unit === "hour") return inHours(event, amount, excludedDays, rule);
    const roll = question.rollToWorkday ?? rule?.roll ?? true;
    return inDays(calendar, event, { unit, amount, excludedDays, roll }, rule);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw problem("deadline.invalid", {
      errors: [{ pointer: "/eventDate", code: "range", message: "期限超出了可计算的年份，请核对日期" }],
    });
  }
}

function inDays(calendar: Calendar, event: LocalMoment, period: Period, rule: DeadlineRule | undefined): Deadline {
  const { lastDay, nominalLastDay, provisional } = addPeriod(calendar, event.day, period);
  const sentences = [
    `${rule ? `${rule.from}` : "起算事件"}为 ${event.day}，当日不计算在内，期间为 ${period.amount} ${UNITS[period.unit]}`,
  ];
  if (period.excludedDays) sentences.push(`另扣除 ${period.excludedDays} 日`);
  sentences.push(`期间的最后一日是 ${spoken(nominalLastDay)}`);
  if (!period.roll) sentences.push("该期间不因休假日顺延");
  else if (lastDay !== nominalLastDay) sentences.push(`当日是法定休假日，顺延到休假日后的第一日 ${spoken(lastDay)}`);
  else sentences.push("当日不是法定休假日，不顺延");
  if (provisional) sentences.push("该年度的放假安排尚未公布，暂按周末推算，请在放假通知公布后重新计算");
  return {
    lastDay,
    nominalLastDay,
    provisional,
    basis: rule ? `${rule.basis}；${GENERAL}` : GENERAL,
    explanation: `${sentences.join("；")}。`,
  };
}

function inHours(event: LocalMoment, hours: number, excludedDays: number, rule: DeadlineRule | undefined): Deadline {
  const end = addHours(event, hours + excludedDays * 24);
  const start = addHours(event, 0);
  const explanation = `${clock(event)} 发生，从次时 ${clock(start)} 起算 ${hours} 小时${excludedDays ? `，另扣除 ${excludedDays} 日` : ""}，到 ${clock(end)} 届满；以时计算的期间不因休假日顺延。`;
  const lastMoment = `${end.day}T${two(end.hour)}:00:00+08:00`;
  return {
    lastDay: end.day,
    nominalLastDay: end.day,
    provisional: false,
    basis: rule ? `${rule.basis}；${GENERAL}` : GENERAL,
    explanation,
    lastMoment,
  };
}

function clock({ day, hour, minute }: LocalMoment): string {
  return `${day} ${two(hour)}:${two(minute)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function spoken(day: string): string {
  return `${day}（周${WEEKDAYS[weekdayOf(day)]}）`;
}
