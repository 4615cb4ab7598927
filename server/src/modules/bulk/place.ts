import type { Column } from "./columns.ts";

/** The key of the column that a pointer into the content leads to; null for what has no column of its own. */
export function keyAt(pointer: string, columns: readonly Column[]): string | null {
  // An agent stands once in the sheet, and with every plaintiff in the content.
  const place = pointer.replace(/^\/parties\/[^/]+\/agents\/([^/]+)/, "/agents/$1");
  if (/^\/parties\/x\d+/.test(place)) return "parties.more";
  const exact = columns.find((column) => column.pointer !== "" && column.pointer === place);
  if (exact) return exact.key;
  const around = columns
    .filter((column) => column.pointer !== "" && place.startsWith(`${column.pointer}/`))
    .sort((a, b) => b.pointer.length - a.pointer.length)[0];
  if (around && around.pointer !== "/parties") return around.key;
  // About somebody as a whole: the column of their name.
  const within = columns.find(({ pointer: own, key }) => own.startsWith(`${place}/`) && key.endsWith(".name"));
  return within?.key ?? columns.find(({ pointer: own }) => own.startsWith(`${place}/`))?.key ?? around?.key ?? null;
}
