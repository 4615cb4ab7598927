import type { MaterialReading } from "@/api/readings";
import type { Content, Party } from "@/api/types";
import { pointer } from "@/draft/pointer";

/** Where a field of a photograph belongs in the form; `written` is what stands there now. */
export interface Place {
  field: string;
  path: string;
  written: string;
  value(read: string): unknown;
}

const FRONT = {
  name: "name",
  number: "idNumber",
  address: "address",
  sex: "gender",
  birth: "birthDate",
  ethnicity: "ethnicity",
} as const;
const LICENCE = {
  name: "name",
  uscc: "idNumber",
  address: "address",
  legalRepresentative: "legalRepresentative",
} as const;

/** Of a card or a licence: the fields of one party. Of a loan note: the names of the two sides. */
export function placesOf(kind: MaterialReading["kind"], content: Content, partyKey: string | null): Place[] {
  const party = content.parties.find((each) => each.key === partyKey) ?? null;
  if (kind?.code === "identity_front" && party?.kind === "natural") return ofParty(party, FRONT);
  if (kind?.code === "business_license" && party?.kind === "organisation") return ofParty(party, LICENCE);
  if (kind?.code !== "loan_note") return [];
  const lender = content.parties.find((each) => each.side === "plaintiff" && each.kind === "natural");
  const borrower = content.parties.find((each) => each.side === "defendant" && each.kind === "natural");
  return [
    ...(lender ? ofParty(lender, { lender: "name" }) : []),
    ...(borrower ? ofParty(borrower, { borrower: "name" }) : []),
  ];
}

function ofParty(party: Party, names: Readonly<Record<string, keyof Party & string>>): Place[] {
  return Object.entries(names).map(([field, name]) => ({
    field,
    path: pointer("parties", party.key, name),
    written: typeof party[name] === "string" ? (party[name] as string) : "",
    value: (read) => (name === "ethnicity" && !read.endsWith("族") ? `${read}族` : read),
  }));
}

/** Whom a photographed card is about: the party of that name, else the only one of the sort that has no number yet. */
export function partyOf(reading: MaterialReading, content: Content): string | null {
  const sort = reading.kind?.code === "business_license" ? "organisation" : "natural";
  const name = reading.fields.find((each) => each.name === "name")?.value;
  const those = content.parties.filter((each) => each.kind === sort);
  const named = those.find((each) => each.name === name);
  const open = those.filter((each) => each.side === "plaintiff" && each.idNumber === "");
  return (named ?? (open.length === 1 ? open[0] : null))?.key ?? null;
}
