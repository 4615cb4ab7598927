import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerProblems } from "#http/answer-problems.ts";
import type { State } from "#http/context.ts";
import { openLimits } from "#http/limits.ts";
import { serveRoutes } from "#http/serve-routes.ts";
import { referencePolicy, referenceRoutes } from "./routes.ts";

/** Worked examples of every row of the rules of jurisdiction (级别、地域、互联网法院), asked through POST /jurisdiction/advise. */
let server: Server;
let url: string;
beforeAll(async () => {
  const app = new Koa<State>();
  app.use(answerProblems);
  const transact = () => Promise.reject(new Error("reference writes nothing"));
  const identify = async () => null;
  const limits = openLimits({});
  app.use(serveRoutes({ routes: referenceRoutes(), policies: [referencePolicy], transact, limits, identify }));
  server = createServer(app.callback()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/jurisdiction/advise`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const P = "鲁0102"; // where the plaintiff lives
const D = "鲁0203"; // where the defendant lives
const X = "鲁0303";
const Y = "鲁0404";
const both = { plaintiffCourt: P, defendantCourts: [D] };
const YI = 100_000_000;

type Sure = "high" | "medium" | "low";
type Example = readonly [
  what: string,
  question: Record<string, unknown>,
  courts: readonly (readonly [code: string, article: string, sure: Sure])[],
  /** A part of what is warned of; empty where nothing particular. */
  warned?: string,
];

const EXAMPLES: readonly Example[] = [
  // §18, §19, 法发〔2021〕27号: level
  [
    "level: under 1亿, one from outside",
    { plaintiffCourt: "苏0102", defendantCourts: [D], amount: "99999999.99" },
    [[D, "§22", "high"]],
  ],
  [
    "level: 1亿, one from outside",
    { plaintiffCourt: "苏0102", defendantCourts: [D], amount: `${YI}` },
    [["鲁02", "法发〔2021〕27号", "high"]],
  ],
  ["level: 1亿, both inside", { ...both, amount: `${YI}` }, [[D, "§22", "high"]]],
  ["level: 499999999.99, both inside", { ...both, amount: "499999999.99" }, [[D, "§22", "high"]]],
  ["level: 5亿, both inside", { ...both, amount: `${5 * YI}` }, [["鲁02", "法发〔2021〕27号", "high"]]],
  [
    "level: 5亿, one from outside",
    { plaintiffCourt: "苏0102", defendantCourts: [D], amount: `${5 * YI}` },
    [["鲁02", "法发〔2021〕27号", "high"]],
  ],
  [
    "level: 1亿, nobody from the province",
    { causeCode: "CIV2025:411", plaintiffCourt: P, defendantCourts: [P], accidentCourt: "豫0102", amount: `${2 * YI}` },
    [
      ["豫0102", "§30", "high"],
      [P, "§22", "high"],
    ],
  ],
  ["level: 4999999999.99", { ...both, amount: "4999999999.99" }, [["鲁02", "法发〔2021〕27号", "high"]]],
  [
    "level: 50亿, the high court (from general knowledge)",
    { ...both, amount: `${50 * YI}` },
    [["鲁", "法发〔2019〕14号", "medium"]],
    "高级人民法院",
  ],
  [
    "level: foreign, 4000万 in Shandong",
    { ...both, foreign: true, amount: "40000000" },
    [["鲁02", "法释〔2022〕18号", "medium"]],
  ],
  ["level: foreign, under 4000万 in Shandong", { ...both, foreign: true, amount: "39999999.99" }, [[D, "§22", "high"]]],
  [
    "level: foreign, 2000万 elsewhere",
    { foreign: true, plaintiffCourt: P, defendantCourts: ["豫0102"], amount: "20000000" },
    [["豫01", "法释〔2022〕18号", "medium"]],
  ],
  [
    "level: in a municipality the court above is not told by the code",
    { plaintiffCourt: "京0105", defendantCourts: ["京0105"], amount: `${5 * YI}` },
    [["京0105", "法发〔2021〕27号", "low"]],
    "直辖市",
  ],
  [
    "level: one residence unknown",
    { defendantCourts: [D], amount: `${2 * YI}` },
    [[D, "§22", "low"]],
    "补充双方的住所地",
  ],
  [
    "level: not for intellectual property",
    { ...both, causeCode: "CIV2025:165(2)", amount: `${9 * YI}` },
    [[D, "§22", "low"]],
    "知识产权",
  ],
  [
    "level: not for maritime matters",
    { ...both, causeCode: "CIV2025:228", amount: `${9 * YI}` },
    [[D, "§22", "low"]],
    "海事法院",
  ],
  [
    "level: public interest",
    { defendantCourts: [D], causeCode: "CIV2025:502(1)", tortCourts: [X] },
    [["鲁02", "解释§283", "high"]],
  ],
  // §22, §23: general
  [
    "general: the defendant's",
    { ...both, causeCode: "CIV2025:147", subject: "other", obligor: "defendant" },
    [[D, "§22", "high"]],
  ],
  ["general: habitual residence before domicile", { ...both, defendantHabitualCourts: [X] }, [[X, "§22", "high"]]],
  [
    "general: two defendants",
    { plaintiffCourt: P, defendantCourts: [D, X] },
    [
      [D, "§22", "high"],
      [X, "§22", "high"],
    ],
    "任选其一",
  ],
  [
    "§23: abroad, a matter of status",
    { causeCode: "CIV2025:14", plaintiffCourt: P, defendantStatus: "abroad" },
    [[P, "§23", "high"]],
  ],
  [
    "§23: missing, a matter of status",
    { causeCode: "CIV2025:21", plaintiffCourt: P, defendantStatus: "missing" },
    [[P, "§23", "high"]],
  ],
  [
    "§23: missing, a loan: no exception",
    { ...both, causeCode: "CIV2025:108(3)", defendantStatus: "missing", moneyReceiver: "plaintiff" },
    [
      [D, "§22", "high"],
      [P, "§24", "high"],
    ],
  ],
  ["§23: compulsory education", { ...both, defendantStatus: "compulsory_education" }, [[P, "§23", "high"]]],
  ["§23: imprisoned", { ...both, plaintiffHabitualCourt: X, defendantStatus: "imprisoned" }, [[X, "§23", "high"]]],
  [
    "解释§9: support, children in two places",
    { causeCode: "CIV2025:24(1)", plaintiffCourt: P, defendantCourts: [D, X] },
    [
      [D, "§22", "high"],
      [X, "§22", "high"],
      [P, "解释§9", "high"],
    ],
  ],
  ["解释§9: support, one place only", { causeCode: "CIV2025:22(1)", ...both }, [[D, "§22", "high"]]],
  // 解释§12: divorce
  ["divorce: nobody has left", { causeCode: "CIV2025:14", ...both }, [[D, "§22", "high"]]],
  [
    "divorce: the defendant has left for more than a year",
    { causeCode: "CIV2025:14", ...both, defendantAwayOverOneYear: true },
    [
      [D, "§22", "high"],
      [P, "解释§12", "high"],
    ],
  ],
  [
    "divorce: both have left",
    {
      causeCode: "CIV2025:14",
      ...both,
      plaintiffAwayOverOneYear: true,
      defendantAwayOverOneYear: true,
      defendantHabitualCourts: [X],
    },
    [[X, "解释§12", "high"]],
  ],
  [
    "divorce: both have left, the defendant lives nowhere for a year",
    {
      causeCode: "CIV2025:14",
      ...both,
      plaintiffHabitualCourt: Y,
      plaintiffAwayOverOneYear: true,
      defendantAwayOverOneYear: true,
    },
    [[Y, "解释§12", "high"]],
  ],
  // §24, 解释§18: contract
  [
    "contract: agreed place of performance",
    { causeCode: "CIV2025:88", ...both, performanceCourt: X },
    [
      [D, "§22", "high"],
      [X, "解释§18", "high"],
    ],
  ],
  [
    "contract: money, the seller receives",
    { causeCode: "CIV2025:88", ...both, subject: "money", moneyReceiver: "plaintiff" },
    [
      [D, "§22", "high"],
      [P, "接收货币|解释§18", "high"],
    ],
  ],
  [
    "contract: money, the defendant receives",
    { causeCode: "CIV2025:88", ...both, subject: "money", moneyReceiver: "defendant" },
    [[D, "§22", "high"]],
  ],
  [
    "contract: a loan is claimed back, the receiver taken to be the plaintiff",
    { causeCode: "CIV2025:108(3)", ...both },
    [
      [D, "§22", "high"],
      [P, "解释§18", "medium"],
    ],
  ],
  [
    "contract: real estate to be delivered",
    { causeCode: "CIV2025:96", ...both, subject: "real_estate", realEstateCourt: X },
    [
      [D, "§22", "high"],
      [X, "解释§18", "high"],
    ],
  ],
  [
    "contract: another performance",
    { causeCode: "CIV2025:119", ...both, subject: "other", obligor: "plaintiff" },
    [
      [D, "§22", "high"],
      [P, "解释§18", "medium"],
    ],
  ],
  [
    "contract: settled at once",
    { causeCode: "CIV2025:88", ...both, subject: "instant", tradeCourt: X },
    [
      [D, "§22", "high"],
      [X, "解释§18", "high"],
    ],
  ],
  [
    "contract: not performed, agreed place at neither",
    { causeCode: "CIV2025:88", ...both, performanceCourt: X, performed: false },
    [[D, "§22", "high"]],
    "只能向被告住所地",
  ],
  [
    "contract: not performed, agreed place at the plaintiff's",
    { causeCode: "CIV2025:88", ...both, performanceCourt: P, performed: false },
    [
      [D, "§22", "high"],
      [P, "解释§18", "high"],
    ],
  ],
  [
    "contract: nothing known of performance",
    { causeCode: "CIV2025:88", ...both },
    [[D, "§22", "high"]],
    "补充约定的履行地",
  ],
  // 解释§20: online purchase
  [
    "online purchase: goods",
    { causeCode: "CIV2025:88(8)", ...both, delivery: "goods", receivingCourt: X },
    [
      [D, "§22", "high"],
      [X, "解释§20", "high"],
    ],
  ],
  [
    "online purchase: delivered online",
    { causeCode: "CIV2025:88(8)", ...both, delivery: "online" },
    [
      [D, "§22", "high"],
      [P, "解释§20", "high"],
    ],
  ],
  [
    "online purchase: place agreed",
    { causeCode: "CIV2025:88(8)", ...both, performanceCourt: Y, receivingCourt: X },
    [
      [D, "§22", "high"],
      [Y, "解释§20", "high"],
    ],
  ],
  // 解释§19, §25–28
  [
    "lease of a vehicle",
    { causeCode: "CIV2025:116(3)", ...both, leasedItemCourt: X },
    [
      [D, "§22", "high"],
      [X, "解释§19", "high"],
    ],
  ],
  [
    "finance lease",
    { causeCode: "CIV2025:117", ...both, leasedItemCourt: X },
    [
      [D, "§22", "high"],
      [X, "解释§19", "high"],
    ],
  ],
  [
    "insurance of a thing",
    { causeCode: "CIV2025:371(1)", ...both, insuredItemCourt: X },
    [
      [D, "§22", "high"],
      [X, "§25", "high"],
    ],
  ],
  [
    "insurance of a person",
    { causeCode: "CIV2025:372(3)", ...both, insuredPersonCourt: P },
    [
      [D, "§22", "high"],
      [P, "解释§21", "high"],
    ],
  ],
  [
    "insurance of a thing: where the insured lives does not count",
    { causeCode: "CIV2025:371(1)", ...both, insuredPersonCourt: P },
    [[D, "§22", "high"]],
  ],
  [
    "bill",
    { causeCode: "CIV2025:378", ...both, billPaymentCourt: X },
    [
      [X, "§26", "high"],
      [D, "§22", "high"],
    ],
  ],
  ["company: profits", { causeCode: "CIV2025:304", ...both, companyCourt: X }, [[X, "§27", "high"]]],
  ["company: right to know", { causeCode: "CIV2025:296", ...both, companyCourt: X }, [[X, "解释§22", "high"]]],
  [
    "company: transfer of shares is a contract",
    { causeCode: "CIV2025:298", ...both, companyCourt: X, subject: "money", moneyReceiver: "plaintiff" },
    [
      [D, "§22", "high"],
      [P, "解释§18", "high"],
    ],
  ],
  [
    "carriage",
    { causeCode: "CIV2025:121(2)", ...both, departureCourt: X, destinationCourt: Y },
    [
      [X, "§28", "high"],
      [Y, "§28", "high"],
      [D, "§22", "high"],
    ],
  ],
  // §29, §30, 解释§24–26: tort
  [
    "tort: where it was done and where it took effect",
    { causeCode: "CIV2025:1", ...both, tortCourts: [X], resultCourts: [Y] },
    [
      [D, "§22", "high"],
      [X, "§29", "high"],
      [Y, "解释§24", "high"],
    ],
  ],
  [
    "tort on the internet: also where the injured person lives",
    { causeCode: "CIV2025:6", ...both, online: true, tortCourts: [X] },
    [
      [D, "§22", "high"],
      [X, "§29", "high"],
      [P, "解释§25", "high"],
    ],
  ],
  [
    "tort by a product: made, sold",
    { causeCode: "CIV2025:410", ...both, productCourts: [X, Y] },
    [
      [D, "§22", "high"],
      [X, "解释§26", "high"],
      [Y, "解释§26", "high"],
    ],
  ],
  ["tort: places unknown are asked for", { causeCode: "CIV2025:413", ...both }, [[D, "§22", "high"]], "侵权行为实施地"],
  [
    "traffic",
    { causeCode: "CIV2025:411", ...both, accidentCourt: X, firstArrivalCourt: Y },
    [
      [X, "§30", "high"],
      [Y, "§30", "high"],
      [D, "§22", "high"],
    ],
  ],
  // §34, 解释§28: exclusive
  ["exclusive: neighbours", { causeCode: "CIV2025:55(7)", ...both, realEstateCourt: X }, [[X, "§34", "high"]]],
  [
    "exclusive: house rent, an agreement does not help",
    {
      causeCode: "CIV2025:116(2)",
      ...both,
      realEstateCourt: X,
      agreement: { kind: "court", courts: [P], written: true, connected: true },
    },
    [[X, "解释§28", "high"]],
    "专属管辖",
  ],
  ["exclusive: construction", { causeCode: "CIV2025:120(3)", ...both, realEstateCourt: X }, [[X, "解释§28", "high"]]],
  [
    "exclusive: contracted farmland",
    { causeCode: "CIV2025:140", ...both, realEstateCourt: X },
    [[X, "解释§28", "high"]],
  ],
  [
    "exclusive: houses sold under a policy",
    { causeCode: "CIV2025:96(5)", ...both, realEstateCourt: X },
    [[X, "解释§28", "high"]],
  ],
  [
    "an ordinary sale of a house is not exclusive",
    { causeCode: "CIV2025:96(3)", ...both, subject: "money", moneyReceiver: "plaintiff", realEstateCourt: X },
    [
      [D, "§22", "high"],
      [P, "解释§18", "high"],
    ],
  ],
  ["exclusive: port operations", { causeCode: "CIV2025:269", ...both, portCourt: X }, [[X, "§34", "low"]], "海事法院"],
  [
    "exclusive: inheritance",
    { causeCode: "CIV2025:29", ...both, deathCourt: X, mainEstateCourt: Y },
    [
      [X, "§34(三)", "high"],
      [Y, "§34(三)", "high"],
    ],
  ],
  ["exclusive: the place is asked for", { causeCode: "CIV2025:116(2)", ...both }, [], "不动产所在地"],
  // §35, 解释§29–31: agreement
  [
    "agreement: written and connected",
    { causeCode: "CIV2025:88", ...both, agreement: { kind: "court", courts: [X], written: true, connected: true } },
    [[X, "§35", "high"]],
  ],
  [
    "agreement: connection not told",
    { causeCode: "CIV2025:88", ...both, agreement: { kind: "court", courts: [X], written: true } },
    [[X, "§35", "medium"]],
  ],
  [
    "agreement: two courts",
    { causeCode: "CIV2025:88", ...both, agreement: { kind: "court", courts: [X, Y], written: true, connected: true } },
    [
      [X, "§35", "high"],
      [Y, "§35", "high"],
    ],
    "其中一个",
  ],
  [
    "agreement: by word of mouth",
    {
      causeCode: "CIV2025:108(3)",
      ...both,
      moneyReceiver: "plaintiff",
      agreement: { kind: "court", courts: [X], written: false },
    },
    [
      [D, "§22", "high"],
      [P, "解释§18", "high"],
    ],
    "书面形式",
  ],
  [
    "agreement: without connection",
    {
      causeCode: "CIV2025:108(3)",
      ...both,
      moneyReceiver: "plaintiff",
      agreement: { kind: "court", courts: [X], written: true, connected: false },
    },
    [
      [D, "§22", "high"],
      [P, "解释§18", "high"],
    ],
    "实际联系",
  ],
  [
    "agreement: hidden in a consumer's standard terms",
    {
      causeCode: "CIV2025:88(8)",
      ...both,
      receivingCourt: P,
      agreement: { kind: "court", courts: [X], written: true, connected: true, hiddenStandardTerm: true },
    },
    [
      [D, "§22", "high"],
      [P, "解释§20", "high"],
    ],
    "格式管辖条款",
  ],
  [
    "agreement: not in matters of family",
    { causeCode: "CIV2025:14", ...both, agreement: { kind: "court", courts: [X], written: true, connected: true } },
    [[D, "§22", "high"]],
    "合同或者其他财产权益",
  ],
  [
    "agreement: the level is kept",
    {
      causeCode: "CIV2025:88",
      ...both,
      amount: `${5 * YI}`,
      agreement: { kind: "court", courts: [X], written: true, connected: true },
    },
    [["鲁03", "法发〔2021〕27号", "high"]],
  ],
  [
    "arbitration agreed in writing",
    { causeCode: "CIV2025:88", ...both, agreement: { kind: "arbitration", written: true } },
    [],
    "申请仲裁",
  ],
  [
    "payment order: the debtor's basic court, whatever the amount",
    { causeCode: "CIV2025:458", ...both, amount: `${9 * YI}` },
    [[D, "解释§23", "high"]],
  ],
  [
    "§130: who answers accepts",
    { causeCode: "CIV2025:147", ...both, subject: "other", obligor: "defendant", defendantAnswered: true },
    [[D, "§22", "high"]],
    "视为受诉法院有管辖权",
  ],
  // from general knowledge
  [
    "labour: employer and place of work, after arbitration",
    { causeCode: "CIV2025:205(5)", plaintiffCourt: P, employerCourt: D, workCourt: X },
    [
      [D, "解释（一）§3", "medium"],
      [X, "解释（一）§3", "medium"],
    ],
    "申请仲裁",
  ],
  [
    "administrative: where the authority is",
    { causeCode: "ADM2021:3", ...both },
    [[D, "行政诉讼法§18", "medium"]],
    "六个月",
  ],
  [
    "administrative: liberty, also the plaintiff's",
    { causeCode: "ADM2021:13", ...both },
    [
      [D, "行政诉讼法§18", "medium"],
      [P, "行政诉讼法§19", "medium"],
    ],
  ],
  [
    "administrative: real estate alone",
    { causeCode: "ADM2021:31", ...both, realEstateCourt: X },
    [[X, "行政诉讼法§20", "medium"]],
  ],
  [
    "administrative: a county's government goes to the intermediate court",
    { causeCode: "ADM2021:134", realEstateCourt: X, authority: "county_government" },
    [["鲁03", "行政诉讼法§15", "medium"]],
  ],
  // internet courts, from 2025-11-01
  [
    "internet: virtual property",
    { causeCode: "CIV2025:204", defendantCourts: ["浙0106"], filedOn: "2025-11-01" },
    [["浙0192", "2025-11-01", "medium"]],
  ],
  [
    "internet: virtual property the day before",
    { causeCode: "CIV2025:204", defendantCourts: ["浙0106"], filedOn: "2025-10-31" },
    [["浙0106", "§22", "high"]],
    "侵权行为实施地",
  ],
  [
    "internet: personal information online",
    { causeCode: "CIV2025:8(2)", online: true, defendantCourts: ["京0105"], filedOn: "2025-11-01" },
    [["京0491", "2025-11-01", "medium"]],
  ],
  [
    "internet: personal information offline stays",
    { causeCode: "CIV2025:8(2)", online: false, defendantCourts: ["京0105"], tortCourts: ["京0105"] },
    [["京0105", "§22", "high"]],
  ],
  [
    "internet: data online",
    { causeCode: "CIV2025:201", online: true, defendantCourts: ["粤0106"], filedOn: "2025-12-01" },
    [["粤0192", "2025-11-01", "medium"]],
  ],
  [
    "internet: unfair competition online",
    { causeCode: "CIV2025:193", online: true, defendantCourts: ["粤0106"], filedOn: "2025-12-01" },
    [["粤0192", "2025-11-01", "low"]],
  ],
  [
    "internet: domain names are kept",
    { causeCode: "CIV2025:175", defendantCourts: ["粤0106"], filedOn: "2026-01-05" },
    [["粤0192", "2025-11-01", "low"]],
  ],
  [
    "internet: online purchase is kept",
    { causeCode: "CIV2025:88(8)", defendantCourts: ["浙0106"], receivingCourt: "浙0106", filedOn: "2026-01-05" },
    [["浙0192", "2025-11-01", "medium"]],
  ],
  [
    "internet: online purchase before",
    { causeCode: "CIV2025:88(8)", defendantCourts: ["浙0106"], receivingCourt: "浙0106", filedOn: "2025-10-31" },
    [["浙0192", "法释〔2018〕16号", "medium"]],
  ],
  [
    "internet: online service contracts are kept",
    { causeCode: "CIV2025:142(14)", defendantCourts: ["京0105"], performanceCourt: "京0105", filedOn: "2026-01-05" },
    [["京0491", "2025-11-01", "medium"]],
  ],
  [
    "internet: online loans are no longer theirs",
    {
      causeCode: "CIV2025:108(1)",
      online: true,
      defendantCourts: ["京0105"],
      performanceCourt: "京0105",
      filedOn: "2025-11-01",
    },
    [["京0105", "§22", "high"]],
  ],
  [
    "internet: online loans until then",
    {
      causeCode: "CIV2025:108(1)",
      online: true,
      defendantCourts: ["京0105"],
      performanceCourt: "京0105",
      filedOn: "2025-10-31",
    },
    [["京0491", "法释〔2018〕16号", "medium"]],
  ],
  [
    "internet: copyright online is no longer theirs",
    { causeCode: "CIV2025:164(13)", online: true, defendantCourts: ["京0105"], filedOn: "2025-11-01" },
    [["京0105", "§22", "low"]],
    "知识产权",
  ],
  [
    "internet: only in the three cities",
    { causeCode: "CIV2025:204", defendantCourts: ["粤0306"], filedOn: "2026-01-05" },
    [["粤0306", "§22", "high"]],
  ],
];

it("there are enough examples", () => expect(EXAMPLES.length).toBeGreaterThanOrEqual(60));

const asked = EXAMPLES.map(([what, question, courts, warned = ""]) => [what, question, courts, warned] as const);
it.each(asked)("%s", async (_what, question, courts, warned) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ filedOn: "2026-11-22", ...question }),
  });
  const advice = (await response.json()) as {
    courts: { code: string; reason: string; basis: string; confidence: Sure; confidenceLabel: string }[];
    warnings: { message: string; basis: string }[];
  };
  expect(response.status).toBe(200);
  expect(advice.courts.map(({ code, confidence }) => [code, confidence])).toEqual(
    courts.map(([code, , sure]) => [code, sure]),
  );
  for (const [at, [, article]] of courts.entries())
    for (const part of article.split("|"))
      expect(`${advice.courts[at]?.reason}${advice.courts[at]?.basis}`).toContain(part);
  for (const { confidence, confidenceLabel } of advice.courts)
    expect(confidenceLabel).toBe({ high: "依据明确", medium: "很可能", low: "请向法院确认" }[confidence]);
  expect(advice.warnings.map(({ message }) => message).join("\n")).toContain(warned);
  // It is advice: that is said with every answer, and no warning is without its article.
  if (courts.length > 0) expect(advice.warnings.at(-1)?.message).toContain("由受理法院审查决定");
  for (const { basis } of advice.warnings) expect(basis).not.toBe("");
});
