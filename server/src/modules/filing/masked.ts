import { maskAddress, maskBankCard, maskEmail, maskIdNumber, maskPhone } from "#modules/reference/index.ts";
import type { FilingContent } from "./content.ts";
import { flatten } from "./edits.ts";

/** Fields that the court's people see masked until they say why they need them (rules §13: 列表默认掩码). */
const MASKS: readonly (readonly [name: string, mask: (value: string) => string])[] = [
  ["idNumber", maskIdNumber],
  ["phone", maskPhone],
  ["email", maskEmail],
  ["address", maskAddress],
  ["habitualAddress", maskAddress],
];
const maskOf = new Map(MASKS);
const LONG_NUMBER = /(?<!\d)\d{15,19}[0-9Xx]?(?!\d)/g;

export function maskContent(content: FilingContent): FilingContent {
  const mask = (value: unknown, name: string, isOrganisation: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => mask(item, name, isOrganisation));
    if (value !== null && typeof value === "object") {
      const organisation = (value as { kind?: string }).kind === "organisation";
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner, key, organisation)]));
    }
    if (typeof value !== "string" || value === "") return value;
    // Public: a unified social credit code, a registered office, a lawyer's licence.
    if (name === "licenseNumber" || (isOrganisation && (name === "idNumber" || name === "address"))) return value;
    return maskOf.get(name)?.(value) ?? value.replace(LONG_NUMBER, (number) => maskBankCard(number));
  };
  return mask(content, "", false) as FilingContent;
}

/** The text at a pointer, in the clear (of a table its cells); null where there is none. */
export function textAt(content: FilingContent, pointer: string): string | null {
  const value = flatten(content).get(pointer);
  const text = Array.isArray(value) ? value.flat().join("；") : value;
  return typeof text === "string" && text !== "" ? text : null;
}
