import type { z } from "zod";
import type { ParameterSheet } from "./change-parameters.ts";
import type { CourtParameterValues } from "./parameters.ts";
import type { courtDetail, courtView, sheetView } from "./schema.ts";
import type { Court } from "./store.ts";

export function presentCourt(court: Court): z.infer<typeof courtView> {
  const { code, name, level, province, city, parentCode, divisionCode, address, phone, open, provisional } = court;
  return {
    code,
    name,
    level,
    province,
    city,
    parentCode,
    divisionCode,
    address,
    phone,
    open: open && court.retiredAt === null,
    provisional,
  };
}

export function presentCourtInFull(
  court: Court,
  parentName: string | null,
  parameters: CourtParameterValues,
): z.infer<typeof courtDetail> {
  const { parentCode, source, sourceVersion, retiredAt } = court;
  return {
    ...presentCourt(court),
    parent: parentCode !== null && parentName !== null ? { code: parentCode, name: parentName } : null,
    timeZone: "Asia/Shanghai",
    source,
    sourceVersion,
    retired: retiredAt !== null,
    parameters,
  };
}

export function presentSheet({ courtCode, version, on, values, items }: ParameterSheet): z.infer<typeof sheetView> {
  return {
    courtCode,
    version,
    on,
    values,
    items: items.map(({ field, label, unit, value, neutral, min, max, choices, basis, validFrom, upcoming }) => ({
      field,
      label,
      unit,
      value,
      neutral,
      min: min ?? null,
      max: max ?? null,
      choices: choices ? [...choices] : null,
      basis,
      validFrom,
      upcoming: [...upcoming],
    })),
  };
}
