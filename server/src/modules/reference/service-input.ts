import { parseMoment } from "#core/period.ts";
import type { FieldError } from "#core/problem.ts";
import { problem } from "./problems.ts";

/** Reads the fields of an input, days and moments as court days. */
export class Reader {
  readonly #input: Readonly<Record<string, unknown>>;

  constructor(input: Readonly<Record<string, unknown>>) {
    this.#input = input;
  }

  day(field: string): string {
    return this.optionalDay(field) ?? fail(field, "required", "请填写日期");
  }

  optionalDay(field: string): string | null {
    const value = Object.hasOwn(this.#input, field) ? this.#input[field] : null;
    return value === null || value === undefined ? null : dayIn(value, field);
  }

  events(field: string): string[] {
    const value = this.#input[field];
    if (!Array.isArray(value) || value.length > 100) return fail(field, "required", "请列出每一种电子方式及其送达时间");
    return value.flatMap((event: unknown, index) => {
      const at = `${field}/${index}`;
      if (typeof event !== "object" || event === null || Array.isArray(event))
        return fail(at, "type", "每一项须写明方式和送达时间");
      const { ch, effective, ...rest } = event as Record<string, unknown>;
      if ((ch !== undefined && typeof ch !== "string") || Object.keys(rest).length > 0)
        return fail(at, "type", "每一项只写方式 ch 和送达时间 effective");
      return effective === null || effective === undefined ? [] : [dayIn(effective, `${at}/effective`)];
    });
  }

  days(field: string): Map<string, string> {
    const value = this.#input[field];
    const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    if (entries.length === 0 || entries.length > 200)
      return fail(field, "required", "请写明各方当事人收到判决书的日期");
    return new Map(entries.map(([party, day]) => [party, dayIn(day, `${field}/${party.slice(0, 60)}`)]));
  }

  procedure(field: string): "summary" | "foreign" | "ordinary" {
    const value = this.#input[field];
    if (value === undefined || value === null) return "ordinary";
    if (typeof value !== "string" || value.length > 40) return fail(field, "type", "请写明适用的程序");
    if (/简易|小额|summary|simpl|small/i.test(value)) return "summary";
    if (/涉外|境外|foreign|overseas/i.test(value)) return "foreign";
    if (/普通|一审|二审|再审|特别|公益|ordinary|general|first|second|domestic|国内|appeal|retrial|normal/i.test(value))
      return "ordinary";
    return fail(field, "unknown", "请写明适用普通程序、简易程序还是涉外程序");
  }
}

function dayIn(value: unknown, field: string): string {
  const moment = typeof value === "string" ? parseMoment(value) : null;
  return moment?.day ?? fail(field, "date", "请填写真实存在的日期或者时刻，例如 2026-05-09T20:15");
}

function fail(field: string, code: string, message: string): never {
  throw invalid([{ pointer: `/input/${field}`, code, message }]);
}

/** `service_effect.invalid` with these fields. */
export function invalid(errors: FieldError[]) {
  return problem("service_effect.invalid", { errors });
}
