import { expect, test } from "vitest";
import { adviseJurisdiction, type JurisdictionQuestion } from "./jurisdiction.ts";

const TODAY = "2026-11-22";
const codes = (question: JurisdictionQuestion): string[] =>
  adviseJurisdiction(question, undefined, TODAY).courts.map((court) => court.code);
const warned = (question: JurisdictionQuestion): string =>
  adviseJurisdiction(question, undefined, TODAY)
    .warnings.map((warning) => warning.message)
    .join("\n");

const P = "鲁0102"; // the plaintiff's court
const D = "鲁0203"; // the defendant's

test.each<[what: string, question: JurisdictionQuestion, courts: string[]]>([
  ["general: the defendant's", { plaintiffCourt: P, defendantCourts: [D] }, [D]],
  ["habitual residence comes first", { defendantCourts: [D], defendantHabitualCourts: ["鲁0303"] }, ["鲁0303"]],
  ["several defendants", { defendantCourts: [D, "鲁0303"] }, [D, "鲁0303"]],
  ["a division's six digits", { defendantCourts: ["370203"] }, [D]],
  ["imprisoned: the plaintiff's", { plaintiffCourt: P, defendantCourts: [D], defendantStatus: "imprisoned" }, [P]],
  ["missing, in a matter of status", { causeCode: "CIV2025:14", plaintiffCourt: P, defendantStatus: "missing" }, [P]],
  [
    "missing, in another matter: still the defendant's",
    {
      causeCode: "CIV2025:147",
      plaintiffCourt: P,
      defendantCourts: [D],
      defendantStatus: "missing",
      subject: "instant",
      tradeCourt: D,
    },
    [D],
  ],
  [
    "loan: defendant's and the receiver's",
    { causeCode: "CIV2025:108(3)", plaintiffCourt: P, defendantCourts: [D] },
    [D, P],
  ],
  [
    "loan with a place of performance agreed",
    { causeCode: "CIV2025:108(3)", plaintiffCourt: P, defendantCourts: [D], performanceCourt: "鲁0303" },
    [D, "鲁0303"],
  ],
  [
    "sale, the seller claims the price",
    { causeCode: "CIV2025:88", plaintiffCourt: P, defendantCourts: [D], subject: "money", moneyReceiver: "plaintiff" },
    [D, P],
  ],
  [
    "sale, other performance",
    { causeCode: "CIV2025:88", plaintiffCourt: P, defendantCourts: [D], subject: "other", obligor: "defendant" },
    [D],
  ],
  [
    "not performed, agreed place at neither",
    { causeCode: "CIV2025:88", plaintiffCourt: P, defendantCourts: [D], performanceCourt: "鲁0303", performed: false },
    [D],
  ],
  [
    "not performed, agreed place at the plaintiff's",
    { causeCode: "CIV2025:88", plaintiffCourt: P, defendantCourts: [D], performanceCourt: P, performed: false },
    [D, P],
  ],
  [
    "online purchase of goods",
    {
      causeCode: "CIV2025:88(8)",
      plaintiffCourt: P,
      defendantCourts: [D],
      delivery: "goods",
      receivingCourt: "鲁0303",
    },
    [D, "鲁0303"],
  ],
  [
    "online purchase delivered online",
    { causeCode: "CIV2025:88(8)", plaintiffCourt: P, defendantCourts: [D], delivery: "online" },
    [D, P],
  ],
  [
    "tort",
    {
      causeCode: "CIV2025:410",
      defendantCourts: [D],
      tortCourts: ["鲁0303"],
      resultCourts: ["鲁0404"],
      productCourts: ["鲁0505"],
    },
    [D, "鲁0303", "鲁0404", "鲁0505"],
  ],
  [
    "tort online: the injured person's",
    { causeCode: "CIV2025:6", plaintiffCourt: P, defendantCourts: [D], online: true },
    [D, P],
  ],
  ["traffic", { causeCode: "CIV2025:411", defendantCourts: [D], accidentCourt: "鲁0303" }, ["鲁0303", D]],
  [
    "house rent: exclusively where the house is",
    {
      causeCode: "CIV2025:116(2)",
      plaintiffCourt: P,
      defendantCourts: [D],
      realEstateCourt: "鲁0303",
      agreement: { kind: "court", courts: [P], written: true },
    },
    ["鲁0303"],
  ],
  ["construction", { causeCode: "CIV2025:120(3)", defendantCourts: [D], realEstateCourt: "鲁0303" }, ["鲁0303"]],
  [
    "design of a building is an ordinary contract",
    {
      causeCode: "CIV2025:120(2)",
      plaintiffCourt: P,
      defendantCourts: [D],
      realEstateCourt: "鲁0303",
      subject: "money",
      moneyReceiver: "plaintiff",
    },
    [D, P],
  ],
  ["neighbours", { causeCode: "CIV2025:55(7)", defendantCourts: [D], realEstateCourt: "鲁0303" }, ["鲁0303"]],
  [
    "inheritance",
    { causeCode: "CIV2025:29", defendantCourts: [D], deathCourt: "鲁0303", mainEstateCourt: "鲁0404" },
    ["鲁0303", "鲁0404"],
  ],
  [
    "agreed court",
    {
      causeCode: "CIV2025:88",
      plaintiffCourt: P,
      defendantCourts: [D],
      agreement: { kind: "court", courts: [P], written: true, connected: true },
    },
    [P],
  ],
  [
    "an agreement by word of mouth does not hold",
    {
      causeCode: "CIV2025:88",
      defendantCourts: [D],
      performanceCourt: D,
      agreement: { kind: "court", courts: [P], written: false },
    },
    [D],
  ],
  [
    "no agreement about a divorce",
    {
      causeCode: "CIV2025:14",
      defendantCourts: [D],
      agreement: { kind: "court", courts: [P], written: true, connected: true },
    },
    [D],
  ],
  [
    "arbitration",
    { causeCode: "CIV2025:88", defendantCourts: [D], agreement: { kind: "arbitration", written: true } },
    [],
  ],
  [
    "divorce, the other left over a year ago",
    { causeCode: "CIV2025:14", plaintiffCourt: P, defendantCourts: [D], defendantAwayOverOneYear: true },
    [D, P],
  ],
  [
    "divorce, both left",
    {
      causeCode: "CIV2025:14",
      plaintiffCourt: P,
      plaintiffHabitualCourt: P,
      defendantCourts: [D],
      defendantHabitualCourts: ["鲁0303"],
      plaintiffAwayOverOneYear: true,
      defendantAwayOverOneYear: true,
    },
    ["鲁0303"],
  ],
  [
    "support from children in two places",
    { causeCode: "CIV2025:24(1)", plaintiffCourt: P, defendantCourts: [D, "鲁0303"] },
    [D, "鲁0303", P],
  ],
  [
    "support from children in one place",
    { causeCode: "CIV2025:24(1)", plaintiffCourt: P, defendantCourts: [D, D] },
    [D],
  ],
  ["labour", { causeCode: "CIV2025:205(5)", plaintiffCourt: P, employerCourt: D, workCourt: "鲁0303" }, [D, "鲁0303"]],
  ["company", { causeCode: "CIV2025:304", plaintiffCourt: P, defendantCourts: [D] }, [D]],
  ["lease of a thing", { causeCode: "CIV2025:117", defendantCourts: [D], leasedItemCourt: "鲁0303" }, [D, "鲁0303"]],
  ["bill", { causeCode: "CIV2025:379", defendantCourts: [D], billPaymentCourt: "鲁0303" }, ["鲁0303", D]],
  [
    "transport",
    { causeCode: "CIV2025:121(2)", defendantCourts: [D], departureCourt: "鲁0303", destinationCourt: "鲁0404" },
    ["鲁0303", "鲁0404", D],
  ],
  [
    "payment order: the debtor's basic court whatever the amount",
    { causeCode: "CIV2025:458", defendantCourts: [D], amount: "900000000" },
    [D],
  ],
])("%s", (_what, question, courts) => expect(codes(question)).toEqual(courts));

/** 法发〔2021〕27号; 以上 includes the number. */
test.each<[amount: string, plaintiff: string, defendant: string, court: string]>([
  ["499999999.99", "鲁0102", "鲁0203", "鲁0203"],
  ["500000000", "鲁0102", "鲁0203", "鲁02"],
  ["99999999.99", "苏0102", "鲁0203", "鲁0203"],
  ["100000000", "苏0102", "鲁0203", "鲁02"],
  ["499999999.99", "苏0102", "鲁0203", "鲁02"],
  ["5000000000", "鲁0102", "鲁0203", "鲁"],
])("%s yuan between %s and %s: %s", (amount, plaintiffCourt, defendant, court) => {
  expect(codes({ amount, plaintiffCourt, defendantCourts: [defendant] })).toEqual([court]);
});

test("what the rules of amount do not cover, or cannot tell", () => {
  expect(
    codes({ causeCode: "CIV2025:165(2)", amount: "900000000", plaintiffCourt: P, defendantCourts: [D] }),
  ).toContain(D);
  expect(codes({ foreign: true, amount: "40000000", defendantCourts: [D] })).toEqual(["鲁02"]);
  expect(codes({ foreign: true, amount: "20000000", defendantCourts: ["豫0102"] })).toEqual(["豫01"]);
  expect(warned({ amount: "200000000", defendantCourts: [D] })).toContain("请补充双方的住所地");
  const { courts } = adviseJurisdiction(
    { amount: "500000000", plaintiffCourt: "京0105", defendantCourts: ["京0105"] },
    undefined,
    TODAY,
  );
  expect(courts).toMatchObject([{ code: "京0105", confidence: "low" }]);
  // Both live outside of the court's province: 5亿.
  expect(
    codes({
      causeCode: "CIV2025:411",
      accidentCourt: "豫0102",
      plaintiffCourt: P,
      defendantCourts: [D],
      amount: "200000000",
    }),
  ).toEqual(["豫0102", D]);
});

test("the internet courts since 2025-11-01", () => {
  const privacy = { causeCode: "CIV2025:8(2)", online: true, defendantCourts: ["京0105"] };
  expect(codes({ ...privacy, filedOn: "2025-11-01" })).toEqual(["京0491"]);
  expect(codes({ ...privacy, filedOn: "2025-10-31" })).toEqual(["京0105"]);
  expect(codes({ ...privacy, online: false })).toEqual(["京0105"]);
  expect(codes({ causeCode: "CIV2025:88(8)", defendantCourts: ["浙0106"], receivingCourt: "浙0106" })).toEqual([
    "浙0192",
  ]);
  expect(codes({ causeCode: "CIV2025:204", defendantCourts: ["粤0106"] })).toEqual(["粤0192"]);
  expect(codes({ causeCode: "CIV2025:204", defendantCourts: ["粤0306"] })).toEqual(["粤0306"]);
  expect(
    codes({ causeCode: "CIV2025:108(1)", online: true, defendantCourts: ["京0105"], performanceCourt: "京0105" }),
  ).toEqual(["京0105"]);
});

test("what is missing is asked for, what must come first is said, and every court has its ground", () => {
  expect(warned({ causeCode: "CIV2025:205(5)", employerCourt: D })).toContain("仲裁");
  expect(warned({ causeCode: "CIV2025:116(2)" })).toContain("不动产所在地");
  expect(warned({})).toContain("被告");
  expect(
    warned({ causeCode: "CIV2025:116(2)", realEstateCourt: D, agreement: { kind: "court", courts: [P] } }),
  ).toContain("专属管辖");
  expect(warned({ defendantCourts: [D], courtCandidates: [P, D] })).toContain(P);
  expect(warned({ defendantCourts: [D], courtCandidates: [D] })).not.toContain(D);
  for (const court of adviseJurisdiction({ causeCode: "CIV2025:108(3)", plaintiffCourt: P, defendantCourts: [D] })
    .courts) {
    expect(court.reason).toMatch(/[一-龥]/);
    expect(court.basis).toMatch(/§/);
  }
});

test("names come from the directory; a code that it does not know is doubted", () => {
  const lookup = (code: string) => (code === D ? { name: "青岛市市北区人民法院" } : null);
  const { courts, warnings } = adviseJurisdiction(
    { causeCode: "CIV2025:108(3)", plaintiffCourt: P, defendantCourts: [D] },
    lookup,
    TODAY,
  );
  expect(courts).toMatchObject([
    { code: D, name: "青岛市市北区人民法院", confidence: "high" },
    { code: P, name: P, confidence: "low" },
  ]);
  expect(warnings.map((warning) => warning.message).join()).toContain(P);
});

test.each<JurisdictionQuestion>([
  { causeCode: "CIV2025:9999" },
  { amount: "1e9" },
  { amount: "-1" },
  { filedOn: "2025-02-29" },
  { plaintiffCourt: "美0102" },
  { defendantCourts: ["990102"] },
  { defendantCourts: [D, "鲁010"] },
  { agreement: { kind: "court", courts: ["x"] } },
  { courtCandidates: ["中国"] },
])("%j is refused", (question) =>
  expect(() => adviseJurisdiction(question)).toThrow(expect.objectContaining({ status: 422 })),
);
