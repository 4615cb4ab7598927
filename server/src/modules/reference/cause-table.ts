import { problem } from "./problems.ts";
import { readData } from "./read-data.ts";

export interface CauseRow {
  /** There is no public official code: version and ordinal, e.g. `CIV2025:108(3)` 民间借贷纠纷. */
  readonly code: string;
  readonly no: string;
  readonly name: string;
  readonly level: number;
  readonly parent: string | null;
  readonly version: string;
  readonly effectiveFrom: string;
}

type Row = [code: string, no: string, name: string, level: number, parent: string | null];

const { tables } = readData<{ tables: { version: string; effectiveFrom: string; title: string; rows: Row[] }[] }>(
  "causes",
);

/** 民事案件案由规定 (2025 revision, from 2026-01-01) and 关于行政案件案由的暂行规定 (from 2021-01-01), in the order of the texts. */
export const causeRows: readonly CauseRow[] = tables.flatMap(({ version, effectiveFrom, rows }) =>
  rows.map(([code, no, name, level, parent]) => ({ code, no, name, level, parent, version, effectiveFrom })),
);

const byCode = new Map(causeRows.map((row) => [row.code, row]));
const children = new Map<string | null, CauseRow[]>();
for (const row of causeRows) {
  const siblings = children.get(row.parent);
  if (siblings === undefined) children.set(row.parent, [row]);
  else siblings.push(row);
}

/** The cause of a code. Throws `cause.not_found`. */
export function causeRow(code: string): CauseRow {
  const row = byCode.get(code);
  if (row === undefined) throw problem("cause.not_found");
  return row;
}

export function isCause(code: string): boolean {
  return byCode.has(code);
}

/** The causes directly below one, in the order of the text; the first level for null. */
export function causesBelow(parent: string | null): readonly CauseRow[] {
  return children.get(parent) ?? [];
}

/** The codes of a cause and of all above it, nearest first. Nothing for an unknown code. */
export function causeAndAbove(code: string): string[] {
  const codes: string[] = [];
  for (let row = byCode.get(code); row !== undefined; row = row.parent === null ? undefined : byCode.get(row.parent))
    codes.push(row.code);
  return codes;
}

/** The codes of all causes below one. */
export function causesUnder(code: string): string[] {
  return causesBelow(code).flatMap((row) => [row.code, ...causesUnder(row.code)]);
}
