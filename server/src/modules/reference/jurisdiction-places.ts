import { causeAndAbove } from "./cause-table.ts";
import type { Confidence, Ground, JurisdictionQuestion as Question, Warning } from "./jurisdiction-question.ts";

export type Places = readonly (string | undefined)[] | string | undefined;

/** The grounds found so far, and what a person should still know or tell. */
export class Grounds {
  readonly found: Ground[] = [];
  readonly warnings: Warning[] = [];

  add(places: Places, reason: string, basis: string, confidence: Confidence = "high"): void {
    for (const place of typeof places === "string" ? [places] : (places ?? [])) {
      if (place !== undefined) this.found.push({ place, reason, basis, confidence });
    }
  }

  /** As `add`; where the place was not told, asks for it. */
  want(places: Places, what: string, reason: string, basis: string, confidence: Confidence = "high"): void {
    if (places === undefined || places.length === 0)
      this.warn(`请补充${what}，才能判断是否可以向那里的法院起诉`, basis);
    else this.add(places, reason, basis, confidence);
  }

  warn(message: string, basis: string): void {
    this.warnings.push({ message, basis });
  }
}

/** Whether a cause is one of these or below one of them (ordinals of CIV2025). */
export function isOneOf(causeCode: string | undefined, ...numbers: readonly string[]): boolean {
  if (causeCode === undefined) return false;
  const above = causeAndAbove(causeCode);
  return numbers.some((number) => above.includes(`CIV2025:${number}`));
}

/** 被告住所地; the habitual residence takes precedence (§22). */
export function defendantPlaces(question: Question): (string | undefined)[] {
  const domiciles = question.defendantCourts ?? [];
  const habitual = question.defendantHabitualCourts ?? [];
  return Array.from(
    { length: Math.max(domiciles.length, habitual.length) },
    (_, index) => habitual[index] ?? domiciles[index],
  );
}
