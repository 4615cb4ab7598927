import type { CourtRow } from "./derive.ts";

/** A row of the directory, as read. */
export interface Court extends CourtRow {
  readonly retiredAt: Date | null;
  readonly version: number;
}
export interface StoredParameter {
  readonly courtCode: string;
  readonly name: string;
  readonly value: string;
  readonly validFrom: string;
}

export const SELECT_COURTS = `SELECT code, name, level, parent_code AS parentCode, province, city, division_code AS divisionCode, address, phone, open,
  provisional, source, source_version AS sourceVersion, retired_at AS retiredAt, version FROM court`;
export const SELECT_PARAMETERS =
  "SELECT court_code AS courtCode, name, value, valid_from AS validFrom FROM court_parameter";
export const COLUMNS =
  "code, name, level, parent_code, province, city, division_code, address, phone, open, provisional, source, source_version";

type Read = Omit<Court, "open" | "provisional" | "version"> & {
  readonly open: unknown;
  readonly provisional: unknown;
  readonly version: unknown;
};

/** The driver gives BOOLEAN as 0 and 1. */
export const asCourt = (row: Read): Court => ({
  ...row,
  open: Number(row.open) === 1,
  provisional: Number(row.provisional) === 1,
  version: Number(row.version),
});

export function valuesOf(row: CourtRow): (string | boolean | null)[] {
  const {
    code,
    name,
    level,
    parentCode,
    province,
    city,
    divisionCode,
    address,
    phone,
    open,
    provisional,
    source,
    sourceVersion,
  } = row;
  return [
    code,
    name,
    level,
    parentCode,
    province,
    city,
    divisionCode,
    address,
    phone,
    open,
    provisional,
    source,
    sourceVersion,
  ];
}

export const placesFor = (rows: number): string =>
  Array.from({ length: rows }, () => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ");
