import { appendFileSync } from "node:fs";

export interface Bound {
  readonly atMost?: number;
  readonly atLeast?: number;
  /** Printed behind the value: 14/20. */
  readonly of?: number;
  readonly unit?: string;
  /** Says nothing about the product on a machine that does other work besides. */
  readonly timed?: boolean;
}
export interface Figure extends Bound {
  readonly goal: string;
  readonly name: string;
  readonly value: number;
}

/** Hands a figure of a reliability goal to `npm run rel`, which sets REL_FIGURES; in any other run it does nothing. */
export function figure(goal: string, name: string, value: number, bound: Bound = {}): void {
  const to = process.env["REL_FIGURES"];
  if (to) appendFileSync(to, `${JSON.stringify({ goal, name, value, ...bound } satisfies Figure)}\n`);
}

export const isMet = ({ value, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Figure) =>
  value <= atMost && value >= atLeast;

/** `lost 0`, `acked 1000/1000`, `p99 41 ms`. */
export function toldOf({ name, value, of, unit }: Figure): string {
  const number = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  return `${name} ${number}${of === undefined ? "" : `/${of}`}${unit ? ` ${unit}` : ""}`;
}
