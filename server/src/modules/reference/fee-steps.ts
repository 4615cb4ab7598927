import { type Exact, exact, isMore, minus, plus, roundHalfUp, times } from "#core/money.ts";
import type { FeeRounding, Scale } from "./fee-parameters.ts";

/** One line of a bill, still exact. What takes away is negative; the lines add up to the fee. */
export interface Part {
  readonly label: string;
  readonly basis: string;
  readonly change: Exact;
}

export interface FeeStep {
  readonly label: string;
  readonly basis: string;
  readonly amountFen: number;
}

const ZERO = exact(0);

export function totalOf(parts: readonly Part[]): Exact {
  return parts.reduce((sum, part) => plus(sum, part.change), ZERO);
}

/** 分段累计: each band takes its own rate of the part of the amount that lies in it. */
export function alongScale(scale: Scale, amountFen: number): Part[] {
  const { label, basis } = scale;
  const parts: Part[] = [];
  if (scale.base > 0) parts.push({ label: `${label}：基础部分`, basis, change: exact(scale.base * 100) });
  let below = 0;
  for (const { upTo, permille } of scale.bands) {
    const within = Math.min(amountFen, upTo === null ? amountFen : upTo * 100) - below * 100;
    if (within > 0 && permille > 0) {
      const span =
        upTo === null ? `超过 ${readable(below)}元的部分` : `${readable(below)}元至 ${readable(upTo)}元的部分`;
      parts.push({
        label: `${label}：${span}按 ${permille / 10}%`,
        basis,
        change: times(exact(within), permille, 1000),
      });
    }
    below = upTo ?? below;
  }
  return scale.cap === undefined ? parts : capped(parts, scale.cap, basis);
}

/** 减半交纳. Only once, whatever the number of reasons: 民诉法解释§206. */
export function halved(parts: readonly Part[], reason: string, basis: string): Part[] {
  return [...parts, { label: `${reason}，减半交纳`, basis, change: times(totalOf(parts), -1, 2) }];
}

export function capped(parts: readonly Part[], capYuan: number, basis: string): Part[] {
  const cap = exact(capYuan * 100);
  const total = totalOf(parts);
  if (!isMore(total, cap)) return [...parts];
  return [...parts, { label: `最高不超过 ${readable(capYuan)}元`, basis, change: minus(cap, total) }];
}

/**
 * Rounds once: the fee is the exact total, half up to the fen. The steps are the differences of the rounded running totals,
 * so that they always add up to the fee.
 */
export function settle(parts: readonly Part[], rounding: FeeRounding = "fen"): { feeFen: number; steps: FeeStep[] } {
  const steps: FeeStep[] = [];
  let running = ZERO;
  let told = 0;
  for (const { label, basis, change } of parts) {
    running = plus(running, change);
    const now = roundHalfUp(running);
    steps.push({ label, basis, amountFen: now - told });
    told = now;
  }
  if (rounding === "fen") return { feeFen: told, steps };
  const yuan = { fen: running.fen, over: running.over * 100n };
  const feeFen = (rounding === "yuan_floor" ? Number(yuan.fen / yuan.over) : roundHalfUp(yuan)) * 100;
  if (feeFen !== told) steps.push({ label: "按法院规定取整到元", basis: "法院配置", amountFen: feeFen - told });
  return { feeFen, steps };
}

function readable(yuan: number): string {
  return yuan >= 10_000 && yuan % 10_000 === 0 ? `${yuan / 10_000} 万` : `${yuan} `;
}
