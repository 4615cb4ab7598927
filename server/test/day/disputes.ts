import { idNumberOf } from "../people.ts";
import type { Chance } from "./chance.ts";

/** Somebody invented, with all that a complaint asks of them. */
export interface Invented {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
  readonly kind: "natural" | "organisation";
}

const SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎";
const GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文建国红梅志鹏慧婷宇浩然思远晨曦子涵雨欣嘉怡";
const STREETS = [
  "经十路",
  "解放路",
  "泺源大街",
  "山大路",
  "文化东路",
  "历山路",
  "花园路",
  "和平路",
  "燕子山路",
  "转山西路",
];

let made = 0;
export function inventPerson(luck: Chance): Invented {
  made += 1;
  const name = `${luck.pick([...SURNAMES])}${luck.pick([...GIVEN])}${luck.next() < 0.6 ? luck.pick([...GIVEN]) : ""}`;
  return {
    name,
    idNumber: idNumberOf(`${name} ${luck.seed} ${made}`),
    phone: `13${String(luck.whole(1_000_000_000)).padStart(9, "0")}`,
    address: `山东省济南市历下区${luck.pick(STREETS)}${luck.between(1, 300)}号${luck.between(1, 30)}号楼${luck.between(1, 6)}单元${luck.between(101, 1803)}室`,
    kind: "natural",
  };
}

const USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
export function inventCompany(luck: Chance, name: string): Invented {
  const seventeen = `91370102MA3${Array.from({ length: 6 }, () => luck.pick([...USCC])).join("")}`;
  const sum = [...seventeen].reduce(
    (total, letter, at) => total + USCC.indexOf(letter) * (USCC_WEIGHTS[at] as number),
    0,
  );
  const idNumber = seventeen + (USCC[(31 - (sum % 31)) % 31] as string);
  return {
    name,
    idNumber,
    phone: "053188886666",
    address: `山东省济南市历下区${luck.pick(STREETS)}${luck.between(1, 300)}号`,
    kind: "organisation",
  };
}

/** What a dispute is about; the same dispute told again keeps these and changes the words. */
export interface Dispute {
  readonly matter: keyof typeof MATTERS;
  readonly plaintiff: Invented;
  readonly defendant: Invented;
  readonly yuan: number;
  readonly on: string;
  readonly until: string;
  readonly contract: string;
  readonly agent?: string;
}

const day = (luck: Chance, year: number): string => `${year}年${luck.between(1, 12)}月${luck.between(1, 28)}日`;

export function inventDispute(luck: Chance, matter: Dispute["matter"], people?: Partial<Dispute>): Dispute {
  return {
    matter,
    plaintiff: inventPerson(luck),
    defendant: inventPerson(luck),
    yuan: luck.between(30, 3000) * 100 + luck.between(0, 9) * 10,
    on: day(luck, luck.between(2022, 2024)),
    until: day(luck, 2025),
    contract: `${luck.pick(["HT", "JK", "MM", "ZL"])}${luck.between(20220000, 20259999)}${luck.between(100, 999)}`,
    ...people,
  };
}

interface Told {
  readonly facts: string;
  readonly claims: readonly string[];
}
interface Matter {
  readonly causeCode: string;
  readonly formId: string;
  /** Another cause that people choose for the same thing. */
  readonly orElse?: string;
  readonly tellings: readonly ((d: Dispute) => Told)[];
}

export const MATTERS = {
  loan: {
    causeCode: "CIV2025:108(3)",
    formId: "09",
    orElse: "CIV2025:108",
    tellings: [
      (d) => ({
        facts: `${d.on}，被告${d.defendant.name}因资金周转困难向原告借款${d.yuan}元，并出具借条一张。原告当日通过银行转账将款项汇入被告账户，约定${d.until}前归还。借款到期后，原告多次以电话、微信方式催要，被告以各种理由拖延，至今未归还分文。`,
        claims: [`请求判令被告归还借款本金${d.yuan}元`, "请求判令被告支付自逾期之日起至实际清偿之日止的利息"],
      }),
      (d) => ({
        facts: `原被告是多年的同事。被告说家里装修急用钱，${d.on}从我这里借走${d.yuan}元，我用手机银行转给了他，他写了借条，说好${d.until}一定还清。可是到了日子他就不接电话了，我去他单位和家里找过好几次，他都躲着不见。没有办法，只好向法院起诉。`,
        claims: [`让被告把借的${d.yuan}元还给我`, "利息按法律规定从到期那天算到还清那天"],
      }),
      (d) => ({
        facts: `双方于${d.on}签订借款合同（编号${d.contract}），约定原告出借${d.yuan}元，借款期限至${d.until}届满。合同签订后原告依约足额交付。期限届满后被告未履行还款义务，已构成违约，应当承担相应的民事责任。`,
        claims: [`依法判令被告偿还原告借款${d.yuan}元及逾期利息`, "本案诉讼费用由被告承担"],
      }),
    ],
  },
  sale: {
    causeCode: "CIV2025:88",
    formId: "06",
    tellings: [
      (d) => ({
        facts: `${d.on}，原告与被告签订货物买卖合同（合同编号${d.contract}），约定原告向被告供应建筑用钢材，货款共计${d.yuan}元，被告应于${d.until}前付清。合同签订后原告按约将全部货物送至被告指定工地，被告现场人员验收签字。付款期限届满后，被告以工程款未到账为由拒不付款。`,
        claims: [`判令被告支付货款${d.yuan}元`, "判令被告按合同约定支付逾期付款违约金"],
      }),
      (d) => ({
        facts: `被告在原告处订购一批家具，合同号${d.contract}，${d.on}下的订单，总价${d.yuan}元。原告已经送货上门并安装完毕，被告当时表示满意，承诺${d.until}以前把钱付了。此后原告多次打电话、发短信要钱，被告要么说下个月，要么不回，到现在一分钱没有给。`,
        claims: [`要求被告支付所欠家具款${d.yuan}元`, "要求被告赔偿拖延付款造成的利息损失"],
      }),
    ],
  },
  rent: {
    causeCode: "CIV2025:116(2)",
    formId: "11",
    tellings: [
      (d) => ({
        facts: `原告系历下区某房屋的产权人。${d.on}，原被告签订房屋租赁合同（编号${d.contract}），约定被告承租该房屋用于居住，租金按季度支付。截至${d.until}，被告累计拖欠租金${d.yuan}元，经原告书面催告后仍不支付，亦拒绝腾退房屋。`,
        claims: [`请求判令被告支付拖欠的租金${d.yuan}元`, "请求判令解除双方签订的房屋租赁合同，被告限期腾退房屋"],
      }),
      (d) => ({
        facts: `我有一套房子从${d.on}开始租给被告住，签了合同，号码是${d.contract}。一开始还按时给房租，后来就一直欠着，到${d.until}一共欠了${d.yuan}元。我催了很多次他都不给，也不肯搬走。`,
        claims: [`被告把欠的房租${d.yuan}元付清`, "被告从房子里搬出去"],
      }),
    ],
  },
  wages: {
    causeCode: "CIV2025:205(5)",
    formId: "15",
    tellings: [
      (d) => ({
        facts: `原告自${d.on}起受雇于被告，从事装修木工工作，双方口头约定按天计算工资。工程于${d.until}完工，经双方核对，被告尚欠原告劳动报酬${d.yuan}元，并为原告出具欠条一份。此后原告多次索要，被告均以没有钱为由拒绝支付。`,
        claims: [`请求判令被告支付劳动报酬${d.yuan}元`, "请求判令被告承担本案的诉讼费用"],
      }),
    ],
  },
  property: {
    causeCode: "CIV2025:126",
    formId: "14",
    tellings: [
      (d) => ({
        facts: `原告系依法成立的物业服务企业，与小区建设单位签订《前期物业服务合同》，为小区提供物业服务。被告${d.defendant.name}系该小区业主，住${d.defendant.address}。自${d.on}起至${d.until}止，被告拖欠物业服务费共计${d.yuan}元。原告通过张贴催费通知、上门催缴、寄送律师函等方式多次催告，被告至今未交。原告认为，被告作为业主享受了原告提供的物业服务，依法应当按照合同约定的标准交纳物业服务费，其行为已构成违约。`,
        claims: [`判令被告支付物业服务费${d.yuan}元`, "判令被告支付逾期付款的违约金", "判令被告承担本案诉讼费"],
      }),
    ],
  },
  card: {
    causeCode: "CIV2025:115(2)",
    formId: "10",
    tellings: [
      (d) => ({
        facts: `被告${d.defendant.name}于${d.on}向原告申领信用卡一张（卡号尾号及合同编号${d.contract}），承诺遵守《信用卡领用合约》。被告领卡后持卡透支消费，未按约定期限偿还。截至${d.until}，被告共欠透支本金、利息、违约金及分期手续费合计${d.yuan}元。原告多次通过短信、电话、信函等方式催收，被告均未履行还款义务，其行为严重违反合约约定，损害了原告的合法权益。`,
        claims: [
          `判令被告偿还信用卡欠款共计${d.yuan}元`,
          "判令被告支付此后至实际清偿之日止的利息、违约金",
          "本案诉讼费由被告负担",
        ],
      }),
    ],
  },
} as const satisfies Record<string, Matter>;

const consents = Object.fromEntries(
  ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"].map((stage) => [stage, "agree"]),
);

/** The content of a complaint, complete but for papers and signature. */
export function complaintOf(d: Dispute, telling = 0) {
  const matter: Matter = MATTERS[d.matter];
  const { facts, claims } = (matter.tellings[telling % matter.tellings.length] as Matter["tellings"][number])(d);
  const party = (key: string, side: string, one: Invented) => ({
    key,
    side,
    kind: one.kind,
    name: one.name,
    idType: one.kind === "natural" ? "resident_id" : "uscc",
    idNumber: one.idNumber,
    phone: one.phone,
    address: one.address,
    ...(one.kind === "organisation"
      ? { legalRepresentative: "方正", legalRepresentativeTitle: "执行董事", orgType: "有限责任公司" }
      : {}),
  });
  return {
    causeCode: matter.causeCode as string | null,
    formId: matter.formId as string | null,
    parties: [party("p1", "plaintiff", d.plaintiff), party("d1", "defendant", d.defendant)] as Record<
      string,
      unknown
    >[],
    claims: claims.map((text, at) => ({
      key: `c${at + 1}`,
      text,
      ...(at === 0 ? { amountFen: d.yuan * 100 } : {}),
    })) as Record<string, unknown>[],
    amountFen: (d.yuan * 100) as number | null,
    facts,
    answers: {} as Record<string, unknown>,
    service: {
      recipient: d.plaintiff.kind === "natural" ? d.plaintiff.name : "方正",
      phone: d.plaintiff.kind === "natural" ? d.plaintiff.phone : "13800138000",
      address: d.plaintiff.address,
      electronic: true,
      channels: ["platform", "sms"],
      judgments: true,
      stages: ["first"],
      confirmed: true,
    } as Record<string, unknown>,
    consents: { ...consents } as Record<string, unknown>,
    mediation: { understood: true, wish: "no" } as Record<string, unknown>,
    signature: {} as Record<string, unknown>,
  };
}
export type Complaint = ReturnType<typeof complaintOf>;
