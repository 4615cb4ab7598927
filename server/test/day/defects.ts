import type { Complaint } from "./disputes.ts";

/** What is handed in beside the content. */
export interface Papers {
  identity: boolean;
  evidence: boolean;
  signature: boolean;
  business_license: boolean;
  legal_rep_certificate: boolean;
}
export interface Defect {
  readonly name: string;
  /** A complaint of an organisation, or of wages: where the defect can only be made there. */
  readonly of?: "company" | "wages";
  /** Any of these findings shows that it was found. */
  readonly codes: readonly string[];
  plant(content: Complaint, papers: Papers): Complaint;
}

const party =
  (at: number, change: Record<string, unknown>) =>
  (content: Complaint): Complaint => ({
    ...content,
    parties: content.parties.map((one, index) => (index === at ? { ...one, ...change } : one)),
  });
const set =
  (change: Partial<Complaint>) =>
  (content: Complaint): Complaint => ({ ...content, ...change });
const service =
  (change: Record<string, unknown>) =>
  (content: Complaint): Complaint => ({
    ...content,
    service: { ...content.service, ...change },
  });
const consent =
  (change: Record<string, unknown>) =>
  (content: Complaint): Complaint => ({
    ...content,
    consents: { ...content.consents, ...change },
  });
const without =
  (paper: keyof Papers) =>
  (content: Complaint, papers: Papers): Complaint => {
    papers[paper] = false;
    return content;
  };
const agent = (change: Record<string, unknown>) =>
  party(0, {
    agents: [
      {
        key: "a1",
        kind: "lawyer",
        name: "卫律师",
        phone: "13711112222",
        firm: "山东明德律师事务所",
        licenseNumber: "13701201810123456",
        powers: "general",
        ...change,
      },
    ],
  });

/** Forty ways in which complaints are really defective. */
export const DEFECTS: readonly Defect[] = [
  { name: "no plaintiff", codes: ["party.plaintiff_missing"], plant: (c) => ({ ...c, parties: c.parties.slice(1) }) },
  {
    name: "no defendant",
    codes: ["party.defendant_missing"],
    plant: (c) => ({ ...c, parties: c.parties.slice(0, 1) }),
  },
  { name: "plaintiff without name", codes: ["party.name_missing"], plant: party(0, { name: "" }) },
  { name: "defendant without name", codes: ["party.name_missing"], plant: party(1, { name: "" }) },
  { name: "plaintiff without number", codes: ["party.plaintiff_id_missing"], plant: party(0, { idNumber: "" }) },
  { name: "plaintiff without phone", codes: ["party.plaintiff_contact_missing"], plant: party(0, { phone: "" }) },
  { name: "plaintiff without address", codes: ["party.plaintiff_address_missing"], plant: party(0, { address: "" }) },
  {
    name: "defendant without address",
    codes: ["party.defendant_address_missing", "party.defendant_indistinct"],
    plant: party(1, { address: "" }),
  },
  {
    name: "a name and nothing else",
    codes: ["party.defendant_indistinct"],
    plant: party(1, { address: "", phone: "", idNumber: "" }),
  },
  {
    name: "sues oneself",
    codes: ["party.same_on_both_sides"],
    plant: (c) => party(1, { ...c.parties[0], key: "d1", side: "defendant" })(c),
  },
  {
    name: "birth date not that of the number",
    codes: ["party.birth_date_disagrees"],
    plant: party(0, { birthDate: "1950-02-03" }),
  },
  {
    name: "born in the future",
    codes: ["party.birth_date_impossible", "party.birth_date_disagrees"],
    plant: party(1, { birthDate: "2150-01-01" }),
  },
  {
    name: "organisation without representative",
    of: "company",
    codes: ["party.representative_missing"],
    plant: party(0, { legalRepresentative: "" }),
  },
  {
    name: "credit code that fails its check",
    of: "company",
    codes: ["party.credit_code_doubtful"],
    plant: (c) => party(0, { idNumber: wrongCode(String(c.parties[0]?.["idNumber"])) })(c),
  },
  {
    name: "no licence",
    of: "company",
    codes: ["material.business_licence_missing"],
    plant: without("business_license"),
  },
  {
    name: "no certificate of the representative",
    of: "company",
    codes: ["material.representative_certificate_missing"],
    plant: without("legal_rep_certificate"),
  },
  { name: "no cause", codes: ["cause.missing"], plant: set({ causeCode: null }) },
  { name: "no claim", codes: ["claim.missing"], plant: set({ claims: [] }) },
  {
    name: "an empty claim",
    codes: ["claim.empty"],
    plant: (c) => ({ ...c, claims: [...c.claims, { key: "c8", text: "", amountFen: 10_000 }] }),
  },
  {
    name: "a claim of two words",
    codes: ["claim.too_short"],
    plant: (c) => ({ ...c, claims: [{ ...c.claims[0], text: "还钱" }] }),
  },
  {
    name: "no amount",
    codes: ["amount.missing"],
    plant: (c) => ({
      ...c,
      amountFen: null,
      claims: c.claims.map((claim) => ({ ...claim, amountFen: null })),
    }),
  },
  {
    name: "amount of a zero more",
    codes: ["amount.disagrees_with_claims"],
    plant: (c) => ({ ...c, amountFen: (c.amountFen ?? 0) * 10 }),
  },
  {
    name: "amount of nothing",
    codes: ["amount.zero_in_money_case", "amount.disagrees_with_claims"],
    plant: set({ amountFen: 0 }),
  },
  { name: "no facts", codes: ["facts.missing"], plant: set({ facts: "" }) },
  { name: "facts of one line", codes: ["facts.too_short"], plant: set({ facts: "被告欠钱不还。" }) },
  {
    name: "an arbitration clause",
    codes: ["arbitration.agreed"],
    plant: (c) => ({ ...c, facts: `${c.facts}双方在合同中约定，因合同发生的争议提交济南仲裁委员会仲裁。` }),
  },
  { name: "no consent to file online", codes: ["consent.filing_missing"], plant: consent({ filing: null }) },
  { name: "consents not answered", codes: ["consent.unanswered"], plant: consent({ hearing: null, inquiry: null }) },
  { name: "no address for service", codes: ["service.address_missing"], plant: service({ address: "" }) },
  { name: "service not confirmed", codes: ["service.unconfirmed"], plant: service({ confirmed: false }) },
  {
    name: "electronic service to nowhere",
    codes: ["service.electronic_without_address", "service.email_missing"],
    plant: service({ channels: [] }),
  },
  {
    name: "mail without an address",
    codes: ["service.email_missing"],
    plant: service({ channels: ["email"], email: "" }),
  },
  { name: "no word on mediation", codes: ["mediation.wish_missing"], plant: set({ mediation: {} }) },
  { name: "not signed", codes: ["signature.missing"], plant: without("signature") },
  { name: "no identity paper", codes: ["material.identity_missing"], plant: without("identity") },
  { name: "no evidence", codes: ["material.evidence_missing"], plant: without("evidence") },
  {
    name: "a lawyer without licence number",
    codes: ["agent.licence_missing", "agent.incomplete"],
    plant: agent({ licenseNumber: "" }),
  },
  { name: "a lawyer without papers", codes: ["agent.papers_missing"], plant: agent({}) },
  {
    name: "special powers that name none",
    codes: ["agent.powers_unticked"],
    plant: agent({ powers: "special", specialPowers: [] }),
  },
  {
    name: "three lawyers",
    codes: ["agent.too_many"],
    plant: (c) =>
      party(0, {
        agents: ["a1", "a2", "a3"].map((key) => ({
          key,
          kind: "lawyer",
          name: `卫律师${key}`,
          phone: "13711112222",
          firm: "山东明德律师事务所",
          licenseNumber: "13701201810123456",
          powers: "general",
        })),
      })(c),
  },
];

const wrongCode = (code: string): string => code.slice(0, -1) + (code.endsWith("1") ? "2" : "1");
