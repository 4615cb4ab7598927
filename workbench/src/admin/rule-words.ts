import type { Fits } from "@/api/contract.ts";
import { fenText } from "@/style/format.ts";

/** What a rule asks for, in words; what asks for nothing takes all that is left. */
export function conditionsOf(fits: Fits): string {
  const parts: string[] = [];
  if (fits.causeWords?.length) parts.push(`案由含${fits.causeWords.join("、")}之一`);
  if (fits.formField) parts.push(`文书类别为${fits.formField}`);
  if (fits.atLeastFen !== undefined) parts.push(`标的不低于 ${fenText(fits.atLeastFen)}`);
  if (fits.belowFen !== undefined) parts.push(`标的低于 ${fenText(fits.belowFen)}`);
  return parts.join("，且") || "其余全部";
}

/** Words as they are typed: parted by commas, 、, spaces or lines. */
export const wordsOf = (typed: string): string[] => [...new Set(typed.split(/[\s,，、;；]+/).filter(Boolean))];
