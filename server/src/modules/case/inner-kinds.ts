import { z } from "zod";
import { dayField, line } from "#core/fields.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { DEDUCTIONS, type DeductionKind } from "#modules/reference/index.ts";
import { assignCase } from "./assign.ts";
import { closeCase } from "./close.ts";
import { moveLimit } from "./limit.ts";
import type { CourtCase } from "./model.ts";
import { OUTCOMES, type Outcome, PROCEDURES, type TrialProcedure } from "./store.ts";
import { writeCaseEvent } from "./timeline.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const note = line(300).default("");

interface Kind<T> {
  readonly facts: z.ZodType<T>;
  apply(
    work: Work,
    vault: Vault,
    row: CourtCase,
    facts: T,
    told: { readonly id: string; readonly at: Date },
  ): Promise<unknown>;
}
const kind = <T>(facts: z.ZodType<T>, apply: Kind<T>["apply"]): Kind<unknown> => ({ facts, apply }) as Kind<unknown>;

/** What the court's inner system may tell of a case, and what it does here: by the same roads as the court's people. */
export const INNER_KINDS: Readonly<Record<string, Kind<unknown>>> = {
  progress: kind(
    z.strictObject({ title: line(100, 1), detail: line(500).default("") }),
    (work, vault, row, facts, told) =>
      writeCaseEvent(work, vault, row, { kind: "progress", source: `inner:${told.id}`, ...facts }, told.at),
  ),
  procedure: kind(
    z.strictObject({ procedure: z.enum(keysOf<TrialProcedure>(PROCEDURES)) }),
    (work, vault, row, facts) => assignCase(work, vault, String(row.id), facts),
  ),
  limit_extended: kind(
    z.strictObject({
      by: z.enum(["president", "higher_court"]),
      amount: z.number().int().min(1).max(60),
      approvedOn: dayField,
      note,
    }),
    (work, vault, row, facts) => moveLimit(work, vault, String(row.id), { action: "extend", ...facts }),
  ),
  limit_deducted: kind(
    z.strictObject({ kind: z.enum(keysOf<DeductionKind>(DEDUCTIONS)), from: dayField, to: dayField.optional(), note }),
    (work, vault, row, facts) => moveLimit(work, vault, String(row.id), { action: "deduct", ...facts }),
  ),
  limit_resumed: kind(z.strictObject({ to: dayField, note }), (work, vault, row, facts) =>
    moveLimit(work, vault, String(row.id), { action: "resume", ...facts }),
  ),
  closed: kind(
    z.strictObject({ outcome: z.enum(keysOf<Outcome>(OUTCOMES)), closedOn: dayField, note }),
    (work, vault, row, facts) => closeCase(work, vault, String(row.id), facts),
  ),
};
