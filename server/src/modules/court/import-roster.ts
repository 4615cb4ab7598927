import type { Work } from "#core/work.ts";
import { provinceOf } from "./data.ts";
import type { CourtRow } from "./derive.ts";
import type { RosterRow } from "./read-roster.ts";
import { asCourt, COLUMNS, type Court, placesFor, SELECT_COURTS, valuesOf } from "./store.ts";

export interface ImportOptions {
  /** What the table is called and which edition it is; kept with every row. */
  readonly source: string;
  readonly sourceVersion: string;
  /** The file names every court of the provinces it touches: courts it leaves out are retired. */
  readonly complete: boolean;
  readonly dryRun: boolean;
}

export interface ImportOutcome {
  readonly added: readonly string[];
  /** With what changed, in words. */
  readonly changed: readonly string[];
  /** Was provisional, and right. */
  readonly confirmed: readonly string[];
  readonly kept: readonly string[];
  /** In the directory, in a province of the file, but not in the file. */
  readonly missing: readonly string[];
  readonly retired: readonly string[];
  readonly errors: readonly string[];
}

const BATCH = 250;

/**
 * Puts an official table in the place of the provisional directory, wholly or not at all. A court that the table leaves out is
 * never deleted, since cases and people may belong to it: with `complete` it is retired, that is no longer listed and closed to
 * filing. With errors, or as a dry run, nothing is written.
 */
export async function importCourts(
  work: Work,
  roster: readonly RosterRow[],
  options: ImportOptions,
): Promise<ImportOutcome> {
  const existing = (await work.query<Court>(`${SELECT_COURTS} FOR UPDATE`)).map(asCourt);
  const { rows, ...outcome } = plan(existing, roster, options);
  if (options.dryRun || outcome.errors.length > 0) return outcome;

  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    await work.change(
      `INSERT INTO court (${COLUMNS}) VALUES ${placesFor(batch.length)} ON DUPLICATE KEY UPDATE ${UPDATES}, retired_at = NULL`,
      batch.flatMap(valuesOf),
    );
  }
  for (const code of outcome.retired)
    await work.change("UPDATE court SET open = FALSE, retired_at = ? WHERE code = ?", [work.at, code]);
  const { added, changed, confirmed, kept, retired } = outcome;
  await work.emit({
    name: "court.directory_imported",
    about: "court:directory",
    courtCode: null,
    source: options.source,
    version: options.sourceVersion,
    added: added.length,
    changed: changed.length,
    confirmed: confirmed.length,
    kept: kept.length,
    retired: retired.length,
  });
  return outcome;
}

/** What an import would do; reads and writes nothing. */
export function plan(
  existing: readonly Court[],
  roster: readonly RosterRow[],
  { source, sourceVersion, complete }: ImportOptions,
): ImportOutcome & { rows: CourtRow[] } {
  const known = new Map(existing.map((court) => [court.code, court]));
  const named = new Set(roster.map(({ code }) => code));
  const [added, changed, confirmed, kept, errors]: [string[], string[], string[], string[], string[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const rows = roster.map((line): CourtRow => {
    const old = known.get(line.code);
    const { code, name, level, parentCode } = line;
    if (parentCode !== null && !named.has(parentCode) && !known.has(parentCode))
      errors.push(`第 ${line.line} 行：上级法院 ${parentCode} 不在文件中，名录里也没有`);
    const divisionCode = line.divisionCode === undefined ? (old?.divisionCode ?? null) : line.divisionCode;
    const row: CourtRow = {
      code,
      name,
      level,
      parentCode,
      province: provinceOf(code),
      city: old?.city ?? cityOf(divisionCode, existing),
      divisionCode,
      address: line.address === undefined ? (old?.address ?? null) : line.address,
      phone: line.phone === undefined ? (old?.phone ?? null) : line.phone,
      open: line.open ?? (old && old.retiredAt === null ? old.open : code !== "最高法"),
      provisional: false,
      source,
      sourceVersion,
    };
    if (!old) added.push(`${code} ${name}`);
    else {
      const differences = differencesOf(old, row);
      if (differences.length > 0) changed.push(`${code} ${name}：${differences.join("；")}`);
      else (old.provisional ? confirmed : kept).push(`${code} ${name}`);
    }
    return row;
  });
  const provinces = new Set(roster.map(({ code }) => provinceOf(code)));
  const missing = existing.filter(
    ({ code, province, retiredAt }) =>
      retiredAt === null && !named.has(code) && province !== null && provinces.has(province),
  );
  const missingNames = missing.map(({ code, name }) => `${code} ${name}`);
  return {
    rows,
    added,
    changed,
    confirmed,
    kept,
    missing: missingNames,
    retired: complete ? missing.map(({ code }) => code) : [],
    errors,
  };
}

const COMPARED = {
  name: "名称",
  level: "级别",
  parentCode: "上级法院",
  divisionCode: "行政区划",
  address: "地址",
  phone: "电话",
  open: "网上立案",
} as const;

function differencesOf(old: Court, row: CourtRow): string[] {
  const found = (Object.keys(COMPARED) as (keyof typeof COMPARED)[])
    .filter((field) => old[field] !== row[field])
    .map((field) => `${COMPARED[field]}由“${old[field] ?? ""}”改为“${row[field] ?? ""}”`);
  return old.retiredAt === null ? found : [...found, "恢复列出"];
}

const cityOf = (divisionCode: string | null, existing: readonly Court[]): string | null =>
  divisionCode === null
    ? null
    : (existing.find((court) => court.city !== null && court.divisionCode === `${divisionCode.slice(0, 4)}00`)?.city ??
      null);

const UPDATES = COLUMNS.split(", ")
  .filter((column) => column !== "code")
  .map((column) => `${column} = VALUES(${column})`)
  .join(", ");
