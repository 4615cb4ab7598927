/**
 * What stands against a row. `error`: no draft is made of it. `block`: a draft is made, and cannot be handed in before
 * this is done (papers, signature). `warn` and `hint` stand in nobody's way.
 */
export type Severity = "error" | "block" | "warn" | "hint";

export interface RowFinding {
  /** `D7`; null where it is about the row as a whole. */
  readonly cell: string | null;
  /** The heading of the column. */
  readonly column: string | null;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly basis: string;
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, block: 1, warn: 2, hint: 3 };
export const gravestFirst = (findings: readonly RowFinding[]): RowFinding[] =>
  [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);

/** A finding of our own, about the row as a whole. */
export const aboutRow = (severity: Severity, code: string, message: string, fix: string): RowFinding => ({
  cell: null,
  column: null,
  severity,
  code,
  message,
  fix,
  basis: "",
});
