import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { aboutCourt } from "./events.ts";
import {
  type CourtParameterValues,
  checkParameters,
  inForce,
  PARAMETERS,
  type ParameterField,
  type ParameterRule,
  readValue,
  valuesOn,
  writeValue,
} from "./parameters.ts";
import { problem } from "./problems.ts";
import { SELECT_PARAMETERS, type StoredParameter } from "./store.ts";

export interface ParameterSheet {
  readonly courtCode: string;
  readonly version: number;
  /** The day they apply on. */
  readonly on: string;
  readonly values: CourtParameterValues;
  readonly items: readonly SheetItem[];
}
interface SheetItem extends ParameterRule {
  readonly value: string | number | boolean | null;
  /** Since when the court's own setting applies; null where the neutral value does. */
  readonly validFrom: string | null;
  readonly upcoming: readonly { readonly value: string | number | boolean | null; readonly validFrom: string }[];
}

export interface ParameterChange {
  /** The day from which it applies: today or later. */
  readonly validFrom?: string | undefined;
  readonly values: Readonly<Partial<Record<ParameterField, string | number | boolean | null>>>;
}

/** Only the court's own people set what their court has settled. */
export function mustBeOwnCourt(actor: Actor, courtCode: string): void {
  if (actor.courtCode !== courtCode) throw problem("court.not_yours");
}

/** What applies in the court, and what is to come; read from the database, since it is about to be changed. */
export async function readSheet(read: Database["read"], courtCode: string, on: string): Promise<ParameterSheet> {
  const [[court], stored] = await Promise.all([
    read<{ version: number }>("SELECT version FROM court WHERE code = ?", [courtCode]),
    read<StoredParameter>(`${SELECT_PARAMETERS} WHERE court_code = ? ORDER BY valid_from`, [courtCode]),
  ]);
  if (!court) throw problem("court.not_found");
  return sheetOf(courtCode, Number(court.version), on, stored);
}

/**
 * Settles some of the court's parameters from a day on, within the bounds of the law (诉讼费用交纳办法§13–14). What applied
 * on earlier days stays as it was. Throws `court.not_yours`, `court.changed_meanwhile`, `court.parameter_invalid`.
 */
export async function changeParameters(
  work: Work,
  courtCode: string,
  version: number,
  { validFrom, values }: ParameterChange,
): Promise<ParameterSheet> {
  mustBeOwnCourt(work.actor, courtCode);
  const [court] = await work.query<{ version: number }>("SELECT version FROM court WHERE code = ? FOR UPDATE", [
    courtCode,
  ]);
  if (!court) throw problem("court.not_found");
  if (Number(court.version) !== version) throw problem("court.changed_meanwhile");
  const today = courtDayOf(work.at);
  const from = validFrom ?? today;
  const { set, errors } = checkParameters(values);
  if (from < today)
    errors.push({ pointer: "/validFrom", code: "past", message: "起用日期不能早于今天，以免影响已经算出的费用和期限" });
  if (errors.length > 0) throw problem("court.parameter_invalid", { errors });

  const before = await storedOf(work, courtCode);
  const changes: { name: string; before: string | null; after: string }[] = [];
  for (const { rule, value } of set) {
    const was = inForce(before, rule, from);
    const after = writeValue(value);
    if (was?.value === after) continue;
    changes.push({ name: rule.name, before: was?.value ?? null, after });
    await work.change(
      `INSERT INTO court_parameter (court_code, name, value, valid_from, changed_by, changed_at) VALUES (?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE value = VALUES(value), changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)`,
      [courtCode, rule.name, after, from, work.actor.accountId, work.at],
    );
  }
  if (changes.length === 0) return sheetOf(courtCode, version, today, before);
  await work.change("UPDATE court SET version = version + 1 WHERE code = ?", [courtCode]);
  await work.emit({
    name: "court.parameter_changed",
    about: aboutCourt(courtCode),
    courtCode,
    validFrom: from,
    changes,
  });
  return sheetOf(courtCode, version + 1, today, await storedOf(work, courtCode));
}

function storedOf(work: Work, courtCode: string): Promise<StoredParameter[]> {
  // DATE comes back as text from both drivers only where it is asked for as text.
  return work.query<StoredParameter>(
    "SELECT court_code AS courtCode, name, value, DATE_FORMAT(valid_from, '%Y-%m-%d') AS validFrom FROM court_parameter WHERE court_code = ? ORDER BY valid_from",
    [courtCode],
  );
}

function sheetOf(courtCode: string, version: number, on: string, stored: readonly StoredParameter[]): ParameterSheet {
  const items = PARAMETERS.map((rule) => ({
    ...rule,
    value: readValue(rule, inForce(stored, rule, on)?.value),
    validFrom: inForce(stored, rule, on)?.validFrom ?? null,
    upcoming: stored
      .filter(({ name, validFrom }) => name === rule.name && validFrom > on)
      .map(({ value, validFrom }) => ({ value: readValue(rule, value), validFrom })),
  }));
  return { courtCode, version, on, values: valuesOn(stored, on), items };
}
