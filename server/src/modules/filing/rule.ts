import type { Court } from "#modules/court/index.ts";
import type { MaterialFacts } from "#modules/material/index.ts";
import type { Answers, Cause, Form } from "#modules/reference/index.ts";
import type { ConfirmationFact } from "./confirmation-store.ts";
import type { FilingContent } from "./content.ts";

export type Severity = "block" | "warn" | "hint";

/** One thing the rule pack found. The clerk sees the same list as the one who files. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The article that asks for it. */
  readonly basis: string;
  /** Where: a pointer into the content, list elements by key; `/materials` for papers. */
  readonly pointer: string;
  readonly message: string;
  /** How to mend it, in plain words. */
  readonly fix: string;
}

/** Everything a rule may look at; rules are pure. */
export interface Facts {
  readonly content: FilingContent;
  readonly court: Court;
  readonly cause: Cause | null;
  readonly form: Form | null;
  readonly materials: MaterialFacts;
  /** The one who files, as the register of persons knows them. */
  readonly filer: {
    readonly verified: boolean;
    readonly role: string;
    readonly person: { readonly name: string; readonly idNumber: string } | null;
  };
  /** What was confirmed by link, and whether it still stands. */
  readonly confirmations: readonly ConfirmationFact[];
  /** Today in Asia/Shanghai. */
  readonly today: string;
  /** Receipt numbers of other filings of the same dispute, as far as the reader may know of them. */
  readonly duplicates: readonly string[];
  /** Places that helpers changed and the one who files has not looked at. */
  readonly unconfirmedByHelpers: number;
}

export interface Spot {
  readonly pointer: string;
  readonly message: string;
  readonly fix: string;
}
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  readonly basis: string;
  find(facts: Facts): readonly Spot[];
}

export function runRules(rules: readonly Rule[], facts: Facts): Finding[] {
  const order: Record<Severity, number> = { block: 0, warn: 1, hint: 2 };
  return rules
    .flatMap(({ code, severity, basis, find }) => find(facts).map((spot) => ({ code, severity, basis, ...spot })))
    .sort((a, b) => order[a.severity] - order[b.severity]);
}

export const when = (wrong: boolean, pointer: string, message: string, fix: string): Spot[] =>
  wrong ? [{ pointer, message, fix }] : [];
export const filled = (value: string | null | undefined): boolean => (value ?? "").trim() !== "";

/** Answers that were given: a null is an answer taken back. */
export const answersOf = ({ content }: Facts): Answers =>
  Object.fromEntries(Object.entries(content.answers).filter(([, value]) => value !== null)) as Answers;
