import { describe, expect, it } from "vitest";
import { findCause, findForm } from "#modules/reference/index.ts";
import { PRIVATE_LOAN, privateLoan } from "#test/filings.ts";
import type { ConfirmationFact } from "./confirmation-store.ts";
import { type AgentContent, agentContent, filingContent, type PartyContent } from "./content.ts";
import { flatten } from "./edits.ts";
import type { Facts } from "./rule.ts";
import { checkFiling, completenessOf, rules } from "./rules.ts";

const TODAY = "2026-11-20";
const ready = { identity: 1, evidence: 1, signature: 1 };
const papers = (byKind: Record<string, number>, more: Partial<Facts["materials"]> = {}): Facts["materials"] => ({
  total: 3,
  ready: 3,
  scanning: 0,
  awaited: 0,
  refused: 0,
  byKind,
  readyIds: ["1", "2", "3"],
  pages: 3,
  ...more,
});

/** A complaint about a private loan in which nothing is missing. */
const complete = (): Facts => ({
  content: filingContent.parse({
    ...privateLoan("王芳"),
    signature: { materialId: "3", signedOn: TODAY },
    mediation: { understood: true, wish: "unsure" },
  }),
  court: { code: "鲁0102", name: "济南市历下区人民法院", level: "基层", open: true } as Facts["court"],
  cause: findCause(PRIVATE_LOAN),
  form: findForm("09"),
  materials: papers(ready),
  filer: { verified: true, role: "litigant", person: null },
  confirmations: [],
  today: TODAY,
  duplicates: [],
  unconfirmedByHelpers: 0,
});

const P1 = complete().content.parties[0] as PartyContent;
const agent = (given: Partial<AgentContent> = {}): AgentContent =>
  agentContent.parse({ key: "a1", kind: "relative", name: "王海", powers: "general", ...given });
const fact = (given: Partial<ConfirmationFact> = {}): ConfirmationFact => ({
  id: "1",
  kind: "agency",
  partyKey: "p1",
  agentKey: "a1",
  state: "confirmed",
  current: true,
  ...given,
});
const lawyer = (given: Partial<AgentContent>): AgentContent[] => [
  agent({ kind: "lawyer", firm: "某律师事务所", licenseNumber: "13701201010123456", ...given }),
];
const company = (at: string, idNumber = ""): Change => ({
  [`${at}/kind`]: "organisation",
  [`${at}/name`]: "某商贸有限公司",
  [`${at}/idType`]: "uscc",
  [`${at}/idNumber`]: idNumber,
});
const noAmounts = { "/claims/c1/amountFen": null };
const court = (given: Partial<Facts["court"]>) => ({ court: { ...complete().court, ...given } });

/** Pointers into the content and what to put there (undefined takes it out), or facts by name. */
type Change = Readonly<Record<string, unknown>>;

/** For every rule, the one change to a complete complaint that brings it up, and where it points. */
const fires: Record<string, readonly [change: Change, at: string]> = {
  "party.plaintiff_missing": [{ "/parties/p1": undefined }, "/parties"],
  "party.defendant_missing": [{ "/parties/d1": undefined }, "/parties"],
  "party.name_missing": [{ "/parties/d1/name": " " }, "/parties/d1/name"],
  "party.plaintiff_id_missing": [{ "/parties/p1/idNumber": "" }, "/parties/p1/idNumber"],
  "party.plaintiff_contact_missing": [{ "/parties/p1/phone": "" }, "/parties/p1/phone"],
  "party.plaintiff_address_missing": [{ "/parties/p1/address": "" }, "/parties/p1/address"],
  "party.defendant_address_missing": [{ "/parties/d1/address": "" }, "/parties/d1/address"],
  "party.defendant_indistinct": [{ "/parties/d1/address": "", "/parties/d1/phone": "" }, "/parties/d1"],
  "party.representative_missing": [company("/parties/p1"), "/parties/p1/legalRepresentative"],
  "party.same_on_both_sides": [{ "/parties/d1/idNumber": P1.idNumber }, "/parties/d1/idNumber"],
  "party.form_wants_persons": [{ form: findForm("05"), ...company("/parties/d1") }, "/parties/d1/kind"],
  "party.minor_without_guardian": [{ "/parties/p1/birthDate": "2008-11-21" }, "/parties/p1/agents"],
  "party.minor_on_own_income": [
    { "/parties/p1/birthDate": "2009-11-20", "/parties/p1/livesOnOwnIncome": true },
    "/parties/p1/livesOnOwnIncome",
  ],
  "party.id_number_wrong": [{ "/parties/p1/idNumber": "370102199001011234" }, "/parties/p1/idNumber"],
  "party.credit_code_doubtful": [company("/parties/d1", "91370102MA3C000000"), "/parties/d1/idNumber"],
  "party.birth_date_disagrees": [{ "/parties/p1/birthDate": "1950-01-01" }, "/parties/p1/birthDate"],
  "party.gender_disagrees": [{ "/parties/p1/gender": Number(P1.idNumber[16]) % 2 ? "女" : "男" }, "/parties/p1/gender"],
  "party.birth_date_impossible": [{ "/parties/d1/birthDate": "2026-11-21" }, "/parties/d1/birthDate"],
  "agent.too_many": [{ "/parties/p1/agents": ["a1", "a2", "a3"].map((key) => agent({ key })) }, "/parties/p1/agents"],
  "agent.incomplete": [{ "/parties/p1/agents": [agent({ powers: null })] }, "/parties/p1/agents/a1"],
  "agent.powers_unticked": [
    { "/parties/p1/agents": [agent({ powers: "special" })] },
    "/parties/p1/agents/a1/specialPowers",
  ],
  "agent.licence_missing": [
    { "/parties/p1/agents": lawyer({ licenseNumber: "" }) },
    "/parties/p1/agents/a1/licenseNumber",
  ],
  "agent.licence_wrong": [
    { "/parties/p1/agents": lawyer({ licenseNumber: "99999999999999999" }) },
    "/parties/p1/agents/a1/licenseNumber",
  ],
  "agent.papers_missing": [{ "/parties/p1/agents": [agent()] }, "/materials"],
  "agent.confirmation_changed": [
    { "/parties/p1/agents": [agent()], confirmations: [fact({ current: false })] },
    "/parties/p1/agents/a1",
  ],
  "agent.confirmation_refused": [
    { "/parties/p1/agents": [agent()], confirmations: [fact({ state: "declined", current: false })] },
    "/parties/p1/agents/a1",
  ],
  "agent.certification_abroad": [
    { "/parties/p1/idType": "foreign_document", "/parties/p1/agents": [agent()] },
    "/parties/p1/agents",
  ],
  "cause.missing": [{ cause: null }, "/causeCode"],
  "cause.too_general": [{ cause: findCause("CIV2025:108") }, "/causeCode"],
  "claim.missing": [{ "/claims": [] }, "/claims"],
  "claim.empty": [{ "/claims/c1/text": "" }, "/claims/c1/text"],
  "claim.too_short": [{ "/claims/c2/text": "还钱" }, "/claims/c2/text"],
  "amount.missing": [{ ...noAmounts, "/amountFen": null }, "/amountFen"],
  "amount.disagrees_with_claims": [{ "/amountFen": 5_000_001 }, "/amountFen"],
  "amount.disagrees_with_form": [{ "/answers": { "claims.1.2": "40000.00" } }, "/amountFen"],
  "amount.zero_in_money_case": [{ ...noAmounts, "/amountFen": 0 }, "/amountFen"],
  "facts.missing": [{ "/facts": "\n " }, "/facts"],
  "facts.too_short": [{ "/facts": "他欠我钱，一直不还。" }, "/facts"],
  "form.answer_malformed": [{ "/answers": { "facts.6.1": "去年" } }, "/answers/facts.6.1"],
  "form.required_missing": [{ form: requiring("facts.6.1") }, "/answers/facts.6.1"],
  "form.parts_crossed": [{ form: findForm("06"), "/answers": { "claims.1": "100", "claims.3.1": "100" } }, "/answers"],
  "form.arbitration_first": [{ cause: findCause("CIV2025:205"), materials: papers({ identity: 1 }) }, "/materials"],
  "date.in_future": [{ "/answers": { "facts.10.1": "2026-11-21" } }, "/answers/facts.10.1"],
  "date.too_old": [{ "/answers": { "facts.4.3": "2023-11-19" } }, "/answers/facts.4.3"],
  "arbitration.agreed": [{ "/answers": { "facts.1": "争议提交济南仲裁委员会仲裁" } }, "/answers"],
  "helper.unconfirmed": [{ unconfirmedByHelpers: 3 }, "/helper-edits"],
  "filer.unverified": [{ filer: { verified: false, role: "litigant", person: null } }, "/identity"],
  "consent.filing_missing": [{ "/consents/filing": "refuse" }, "/consents/filing"],
  "consent.unanswered": [{ "/consents/hearing": null }, "/consents"],
  "service.address_missing": [{ "/service/phone": "" }, "/service"],
  "service.unconfirmed": [{ "/service/confirmed": false }, "/service/confirmed"],
  "service.electronic_without_address": [{ "/service/channels": [] }, "/service/channels"],
  "service.email_missing": [{ "/service/channels": ["email"] }, "/service/email"],
  "mediation.wish_missing": [{ "/mediation/wish": null }, "/mediation/wish"],
  "material.identity_missing": [{ materials: papers({ evidence: 1 }) }, "/materials"],
  "material.business_licence_missing": [company("/parties/p1"), "/materials"],
  "material.representative_certificate_missing": [
    { ...company("/parties/p1"), materials: papers({ ...ready, business_license: 1 }) },
    "/materials",
  ],
  "material.evidence_missing": [{ materials: papers({ identity: 1 }) }, "/materials"],
  "material.scanning": [{ materials: papers(ready, { scanning: 1 }) }, "/materials"],
  "material.awaited": [{ materials: papers(ready, { awaited: 2 }) }, "/materials"],
  "material.refused": [{ materials: papers(ready, { refused: 1 }) }, "/materials"],
  "signature.missing": [{ materials: papers(ready, { readyIds: ["1", "2"] }) }, "/signature"],
  "signature.cosigner_missing": [
    { "/parties": [...complete().content.parties, { ...P1, key: "p2", name: "王海" }] },
    "/signature",
  ],
  "signature.date_wrong": [{ "/signature/signedOn": "2026-11-21" }, "/signature/signedOn"],
  "court.closed": [court({ open: false }), "/courtCode"],
  "court.level_doubtful": [{ "/amountFen": 50_000_000_000 }, "/courtCode"],
  "court.level_high": [court({ level: "中级" }), "/courtCode"],
  "court.not_the_defendants": [court({ name: "济南市章丘区人民法院" }), "/courtCode"],
  "filing.duplicate": [{ duplicates: ["收鲁0102-20261120-00001"] }, ""],
};

describe("the rule pack", () => {
  it("has nothing to say about a complete complaint", () => {
    expect(checkFiling(complete())).toEqual([]);
    expect(completenessOf([])).toBe(100);
  });

  it("has an example for every rule, and no rule twice", () => {
    expect(rules.map(({ code }) => code).sort()).toEqual(Object.keys(fires).sort());
    expect(rules.length).toBeGreaterThanOrEqual(25);
  });

  it.each(Object.entries(fires))("finds %s", (code, [change, at]) => {
    const facts = changed(change);
    const found = checkFiling(facts).filter((finding) => finding.code === code);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.pointer).toBe(at);
    for (const { basis, pointer, message, fix } of found) {
      expect(isPlace(facts, pointer), `${pointer} is a place`).toBe(true);
      expect(basis).toMatch(/\p{Script=Han}|^GB /u);
      for (const text of [message, fix]) expect(text).toMatch(/\p{Script=Han}{2}/u);
      expect(message + fix).not.toMatch(/undefined|null|NaN/);
    }
  });

  it("puts the gravest first and weighs them", () => {
    const found = checkFiling(changed({ "/consents/hearing": null, "/amountFen": 1, "/facts": "" }));
    expect(found.map(({ severity }) => severity)).toEqual(["block", "warn", "hint"]);
    expect(completenessOf(found)).toBe(87);
  });
});

describe("bounds of single rules", () => {
  const codesAfter = (change: Change): string[] => checkFiling(changed(change)).map(({ code }) => code);
  const guardian = agent({ key: "a3", kind: "guardian", powers: null });

  it("a person is of age on the eighteenth birthday, and a guardian speaks for one who is not", () => {
    expect(codesAfter({ "/parties/p1/birthDate": "2008-11-20" })).not.toContain("party.minor_without_guardian");
    const minor = { "/parties/p1/birthDate": "2010-01-01", "/parties/p1/agents": [guardian] };
    const codes = codesAfter({ ...minor, materials: papers({ ...ready, kinship: 1 }) });
    expect(codes.filter((code) => code.startsWith("agent.") || code.includes("minor"))).toEqual([]);
  });

  it("who lives on their own income acts alone at sixteen and not a day before (民法典第十八条)", () => {
    const on = (birthDate: string) =>
      codesAfter({ "/parties/p1/birthDate": birthDate, "/parties/p1/livesOnOwnIncome": true });
    expect(on("2010-11-20")).toContain("party.minor_on_own_income");
    expect(on("2010-11-20")).not.toContain("party.minor_without_guardian");
    expect(on("2010-11-21")).toContain("party.minor_without_guardian");
    expect(on("2008-11-20")).not.toContain("party.minor_on_own_income");
    expect(codesAfter({ "/parties/p1/birthDate": "2009-11-20" })).toContain("party.minor_without_guardian");
  });

  it("what the client confirmed is the power of attorney, while it stands; a paper one does as well", () => {
    const agents = { "/parties/p1/agents": [agent()] };
    const rest = papers({ ...ready, kinship: 1 });
    const standing = codesAfter({ ...agents, materials: rest, confirmations: [fact()] });
    expect(standing.filter((code) => code.startsWith("agent."))).toEqual([]);
    for (const state of ["offered", "declined", "withdrawn", "expired"] as const)
      expect(codesAfter({ ...agents, materials: rest, confirmations: [fact({ state, current: false })] })).toContain(
        "agent.papers_missing",
      );
    const changed = codesAfter({ ...agents, materials: rest, confirmations: [fact({ current: false })] });
    expect(changed).toContain("agent.confirmation_changed");
    expect(changed).not.toContain("agent.papers_missing");
    const onPaper = papers({ ...ready, kinship: 1, power_of_attorney: 1 });
    const withPaper = codesAfter({ ...agents, materials: onPaper, confirmations: [fact({ current: false })] });
    expect(withPaper.filter((code) => code.startsWith("agent."))).toEqual([]);
    expect(codesAfter({ ...agents, materials: rest, confirmations: [fact({ agentKey: "a2" })] })).toContain(
      "agent.papers_missing",
    );
  });

  it("every natural plaintiff signs, is the one who files, is represented, or signed on paper", () => {
    const [p2, p3] = [
      { ...P1, key: "p2", name: "王海", idNumber: "" },
      { ...P1, key: "p3", name: "王湖", idNumber: "" },
    ];
    const both = { "/parties": [...complete().content.parties, p2, p3] };
    const missing = (change: Change) =>
      checkFiling(changed({ ...both, ...change }))
        .filter(({ code }) => code === "signature.cosigner_missing")
        .map(({ message }) => message);
    expect(missing({})).toEqual(["原告“王海”还没有签名", "原告“王湖”还没有签名"]);
    const signed = fact({ kind: "cosign", partyKey: "p2", agentKey: "" });
    expect(missing({ confirmations: [signed] })).toEqual(["原告“王湖”还没有签名"]);
    expect(missing({ confirmations: [{ ...signed, current: false }] })[0]).toBe(
      "原告“王海”签名以后，起诉状有改动，原来的签名不再有效",
    );
    expect(missing({ "/parties/p2/agents": [agent()] })).toEqual(["原告“王湖”还没有签名"]);
    expect(missing({ "/parties/p2/agents": [agent({ kind: "guardian", powers: null })] })).toHaveLength(2);
    expect(missing({ materials: papers({ ...ready, complaint: 1 }) })).toEqual([]);
    const filer = { verified: true, role: "litigant", person: { name: "王湖", idNumber: "110105194912310021" } };
    const numbered = { ...p3, idNumber: "110105194912310021" };
    expect(missing({ "/parties/p3": numbered, filer })).toEqual(["原告“王芳”还没有签名", "原告“王海”还没有签名"]);
    const child = {
      ...p3,
      birthDate: "2015-01-01",
      agents: [agent({ kind: "guardian", name: "王芳", idNumber: P1.idNumber, powers: null })],
    };
    const mother = { verified: true, role: "litigant", person: { name: "王芳", idNumber: P1.idNumber } };
    expect(missing({ "/parties/p3": child, filer: mother })).toEqual(["原告“王海”还没有签名"]);
  });

  it("two agents are enough and a guardian is not counted (民事诉讼法第六十一条)", () => {
    const agents = [agent(), agent({ key: "a2" }), guardian];
    expect(codesAfter({ "/parties/p1/agents": agents })).not.toContain("agent.too_many");
  });

  it("five hundred million yuan is included, one fen less is not (法发〔2021〕27号：以上含本数)", () => {
    expect(codesAfter({ "/amountFen": 49_999_999_999 })).not.toContain("court.level_doubtful");
  });

  it("an application needs no defendant, a defendant no identity number (民诉法解释第二百零九条)", () => {
    const application = codesAfter({ cause: findCause("CIV2025:448"), "/parties/d1": undefined });
    expect(application).not.toContain("party.defendant_missing");
    expect(complete().content.parties[1]?.idNumber).toBe("");
  });

  it("an answer that was taken back is no malformed answer", () => {
    expect(codesAfter({ "/answers": { "facts.6.1": null } })).toEqual([]);
  });
});

function changed(change: Change): Facts {
  const facts = complete();
  for (const [at, value] of Object.entries(change)) {
    if (at.startsWith("/")) place(facts.content, at.slice(1).split("/"), value);
    else Object.assign(facts, { [at]: value });
  }
  return facts;
}

function place(inside: unknown, [name = "", ...rest]: string[], value: unknown): void {
  const branch = inside as Record<string, unknown>;
  const index = Array.isArray(inside) ? String(inside.findIndex(({ key }) => key === name)) : name;
  if (rest.length > 0) place(branch[index], rest, value);
  else if (Array.isArray(inside) && value === undefined) inside.splice(Number(index), 1);
  else branch[index] = value;
}

/** Form 09 as it would be if one field were required. */
function requiring(id: string): Facts["form"] {
  const form = structuredClone(findForm("09"));
  const mark = (fields: readonly object[]): void => {
    for (const field of fields as { id: string; required?: boolean; fields?: object[]; then?: object[] }[]) {
      if (field.id === id) field.required = true;
      mark([...(field.fields ?? []), ...(field.then ?? [])]);
    }
  };
  for (const { fields } of form.sections) mark(fields);
  return form;
}

function isPlace({ content, form }: Facts, pointer: string): boolean {
  if (["", "/materials", "/identity", "/courtCode", "/helper-edits"].includes(pointer)) return true;
  if (pointer.startsWith("/answers/")) return JSON.stringify(form).includes(`"${pointer.slice("/answers/".length)}"`);
  return [...flatten(content).keys()].some((known) => known === pointer || known.startsWith(`${pointer}/`));
}
