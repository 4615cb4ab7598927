import type { Correction, Difference } from "@/api/contract.ts";
import type { DefectLine } from "./draft.ts";

/**
 * 一次性告知: of the lines of a second round, those whose place has not changed since the round before and that were not
 * told then. The server decides by the same rule and has the last word; here the supervisor sees it while writing.
 */
export function visibleBefore(
  lines: DefectLine[],
  corrections: Correction[],
  difference: Difference | null,
): DefectLine[] {
  if (corrections.length === 0 || !difference) return [];
  const told = corrections.flatMap(({ defects }) => defects);
  const { added, removed } = difference.materials;
  const changed = (pointer: string) => {
    if (pointer === "/materials" || pointer === "")
      return added.length + removed.length > 0 || difference.changes.length > 0;
    const material = /^\/materials\/(\d+)/.exec(pointer)?.[1];
    if (material) return added.some(({ id }) => id === material);
    return difference.changes.some((change) => overlaps(change.pointer, pointer));
  };
  return lines.filter(
    ({ code, pointer }) =>
      code !== "" &&
      !told.some((one) => one.code === code && overlaps(one.pointer ?? "", pointer)) &&
      !changed(pointer),
  );
}

const overlaps = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
