import type { Agent, Claim, Content, Party, Side, Stage } from "@/api/types";
import { newKey } from "@/values/keys";

export const STAGES: readonly Stage[] = [
  "filing",
  "mediation",
  "evidence",
  "inquiry",
  "hearing",
  "service",
  "signature",
];

/** An empty draft, exactly as the server makes one: absent text is "", absent choice, date or number is null. */
export function emptyContent(): Content {
  return {
    causeCode: null,
    formId: null,
    parties: [],
    claims: [],
    amountFen: null,
    facts: "",
    answers: {},
    service: {
      recipient: "",
      phone: "",
      postalCode: "",
      address: "",
      email: "",
      electronic: null,
      channels: [],
      judgments: null,
      stages: [],
      confirmed: false,
      language: null,
      interpreter: null,
    },
    consents: {
      filing: null,
      mediation: null,
      evidence: null,
      inquiry: null,
      hearing: null,
      service: null,
      signature: null,
    },
    mediation: { understood: null, benefits: null, wish: null },
    signature: { materialId: null, signedOn: null },
  };
}

export function newParty(side: Side, kind: Party["kind"] = "natural"): Party {
  return {
    key: newKey("p"),
    side,
    kind,
    name: "",
    gender: null,
    birthDate: null,
    ethnicity: "",
    workplace: "",
    occupation: "",
    phone: "",
    email: "",
    idType: kind === "natural" ? "resident_id" : "uscc",
    idNumber: "",
    address: "",
    habitualAddress: "",
    legalRepresentative: "",
    legalRepresentativeTitle: "",
    orgType: "",
    ownership: "",
    livesOnOwnIncome: false,
    agents: [],
  };
}

export function newAgent(): Agent {
  return {
    key: newKey("a"),
    kind: "lawyer",
    name: "",
    idType: null,
    idNumber: "",
    phone: "",
    firm: "",
    licenseNumber: "",
    relation: "",
    powers: "general",
    specialPowers: [],
  };
}

export function newClaim(text = ""): Claim {
  return { key: newKey("c"), text, amountFen: null };
}
