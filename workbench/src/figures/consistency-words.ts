import type { ClerkShare, Measure } from "@/api/contract.ts";

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** Too few to compare: shown, and not judged. */
export const isSmall = ({ z }: ClerkShare): boolean => z === null;

/** A difference in words: what, how much, beside what; a reason to look again and no judgement. */
export function explain(measure: Measure, share: ClerkShare): string {
  const way = share.rate > share.othersRate ? "高于" : "低于";
  const off = share.z === null ? "" : `相差 ${Math.abs(share.z).toFixed(1)} 个标准差`;
  return `${share.clerk.name}办理 ${share.of} 件，其中“${measure.label}”${share.done} 件（${percent(share.rate)}），${way}本院其他人员的 ${percent(share.othersRate)}，${off}。请抽看这些件，核对尺度是否一致；案件类型不同也可能造成差别。`;
}
export { percent };

/** The measures in which anybody is flagged come first. */
export const flaggedFirst = (measures: Measure[]): Measure[] =>
  [...measures].sort((a, b) => Number(b.clerks.some(isFlagged)) - Number(a.clerks.some(isFlagged)));
const isFlagged = ({ flagged }: ClerkShare): boolean => flagged;
