import type { FormRow, Line } from "./paper.ts";
import { ticked, writtenDay } from "./written.ts";

export interface PaperAgent {
  readonly kind: "lawyer" | "legal_worker" | "relative" | "employee" | "recommended" | "guardian" | null;
  readonly name: string;
  readonly phone: string;
  readonly firm: string;
  readonly licenseNumber: string;
  readonly relation: string;
  readonly powers: "general" | "special" | null;
  readonly specialPowers: readonly string[];
}

export interface PaperParty {
  readonly side: "plaintiff" | "defendant" | "third_party";
  readonly kind: "natural" | "organisation";
  readonly name: string;
  readonly gender: "男" | "女" | null;
  readonly birthDate: string | null;
  readonly ethnicity: string;
  readonly workplace: string;
  readonly occupation: string;
  readonly phone: string;
  readonly idType: string | null;
  readonly idNumber: string;
  readonly address: string;
  readonly habitualAddress: string;
  readonly legalRepresentative: string;
  readonly legalRepresentativeTitle: string;
  readonly orgType: string;
  readonly ownership: string;
  readonly agents: readonly PaperAgent[];
}

export interface ServiceAddress {
  readonly recipient: string;
  readonly phone: string;
  readonly postalCode: string;
  readonly address: string;
  readonly email: string;
  readonly electronic: boolean | null;
  readonly channels: readonly ("platform" | "sms" | "email")[];
}

type Sides = Readonly<Record<PaperParty["side"], string>>;
const ORDER = ["plaintiff", "defendant", "third_party"] as const;

/** Everybody who takes part, plaintiffs first; each plaintiff is followed by those who speak for them. */
export function partyRows(parties: readonly PaperParty[], naturalOnly: boolean, sides: Sides): FormRow[] {
  return ORDER.flatMap((side) => {
    const those = parties.filter((party) => party.side === side);
    // An empty block still shows what is asked for; nobody need be a third party.
    const shown = those.length > 0 ? those : side === "third_party" ? [] : [blank(side)];
    return shown.flatMap((party, at) => {
      const number = shown.length > 1 ? `${at + 1}` : "";
      const kind = party.kind === "natural" ? "自然人" : "法人、非法人组织";
      const title = `${sides[side]}${number}${naturalOnly && party.kind === "natural" ? "" : `（${kind}）`}`;
      return [
        { label: title, lines: party.kind === "natural" ? naturalLines(party) : organisationLines(party) },
        ...agentRows(party, number === "" ? "" : `（${sides[side]}${number}）`),
      ];
    });
  });
}

/** One party alone, under a name of its own, with those who speak for them. */
export function rowsOfParty(party: PaperParty, title: string): FormRow[] {
  const lines = party.kind === "natural" ? naturalLines(party) : organisationLines(party);
  return [{ label: title, lines }, ...agentRows({ ...party, side: "plaintiff" }, "")];
}

function naturalLines(party: PaperParty): Line[] {
  const { name, gender, birthDate, ethnicity, workplace, occupation, phone, address, habitualAddress } = party;
  return [
    { label: "姓名", text: name, strong: true },
    { label: "性别", text: ticked(["男", "女"], gender === null ? [] : [gender]) },
    `出生日期：${birthDate === null ? "　　　年　　月　　日" : writtenDay(birthDate)}　民族：${ethnicity}`,
    `工作单位：${workplace}　职务：${occupation}`,
    { label: "联系电话", text: phone },
    { label: "住所地（户籍所在地）", text: address },
    { label: "经常居住地", text: habitualAddress },
    { label: "证件类型", text: ID_LABELS[party.idType ?? (party.idNumber === "" ? "" : "resident_id")] ?? "" },
    { label: "证件号码", text: party.idNumber },
  ];
}

function organisationLines(party: PaperParty): Line[] {
  return [
    { label: "名称", text: party.name, strong: true },
    { label: "住所地（主要办事机构所在地）", text: party.address },
    { label: "注册地/登记地", text: party.habitualAddress },
    `法定代表人/负责人：${party.legalRepresentative}　职务：${party.legalRepresentativeTitle}`,
    { label: "联系电话", text: party.phone },
    { label: "统一社会信用代码", text: party.idNumber },
    { label: "类型", text: chosen(ORGANISATIONS, party.orgType) },
    { label: "所有制性质", text: chosen(OWNERSHIPS, party.ownership) },
  ];
}

/** The official list with a box before each; what stands in none of them is written behind. */
const chosen = (options: readonly string[], value: string): string =>
  `${ticked(options, [value])}${value === "" || options.includes(value) ? "" : `　${value}`}`;
const ORGANISATIONS = [
  "有限责任公司",
  "股份有限公司",
  "上市公司",
  "其他企业法人",
  "事业单位",
  "社会团体",
  "基金会",
  "社会服务机构",
  "机关法人",
  "农村集体经济组织法人",
  "城镇农村的合作经济组织法人",
  "基层群众性自治组织法人",
  "个人独资企业",
  "合伙企业",
  "不具有法人资格的专业服务机构",
];
const OWNERSHIPS = ["国有（控股）", "国有（参股）", "民营", "其他"];

function agentRows({ side, agents }: PaperParty, whose: string): FormRow[] {
  const guardians = agents.filter(({ kind }) => kind === "guardian");
  const others = agents.filter(({ kind }) => kind !== "guardian");
  return [
    ...(guardians.length === 0
      ? []
      : [
          {
            label: `法定代理人（监护人）${whose}`,
            lines: guardians.flatMap(({ name, relation, phone }): Line[] => [
              { label: "姓名", text: name },
              `与被代理人关系：${relation}　联系电话：${phone}`,
            ]),
          },
        ]),
    ...(side === "plaintiff" || others.length > 0
      ? [
          {
            label: `委托诉讼代理人${whose}`,
            lines: [ticked(["有", "无"], [others.length > 0 ? "有" : "无"]), ...others.flatMap(agentLines)],
          },
        ]
      : []),
  ];
}

function agentLines(agent: PaperAgent): Line[] {
  const { name, kind, firm, licenseNumber, relation, phone, powers, specialPowers } = agent;
  const special = specialPowers.map((power) => POWERS[power] ?? power).join("、");
  return [
    `姓名：${name}　身份：${kind === null ? "" : AGENT_LABELS[kind]}${relation === "" ? "" : `（${relation}）`}`,
    `单位：${firm}${licenseNumber === "" ? "" : `　执业证号：${licenseNumber}`}`,
    { label: "联系电话", text: phone },
    `代理权限：${ticked(["一般授权", "特别授权"], powers === null ? [] : [powers === "special" ? "特别授权" : "一般授权"])}${special === "" ? "" : `（${special}）`}`,
  ];
}

/** 送达地址确认: it holds for all stages unless changed in writing. */
export function serviceRows(service: ServiceAddress): FormRow[] {
  const { recipient, phone, postalCode, address, email, electronic, channels } = service;
  return [
    {
      label: "送达地址（所填信息除书面特别声明更改外，适用于案件一审、二审、再审所有后续程序）及收件人、电话",
      lines: [
        { label: "地址", text: postalCode === "" ? address : `${address}（邮编 ${postalCode}）` },
        `收件人：${recipient}　电话：${phone}`,
      ],
    },
    {
      label: "是否接受电子送达",
      lines: [
        ticked(["是", "否"], electronic === null ? [] : [electronic ? "是" : "否"]),
        {
          label: "方式",
          text: ticked(
            Object.values(CHANNELS),
            electronic === true ? channels.map((channel) => CHANNELS[channel]) : [],
          ),
        },
        { label: "邮箱", text: email },
      ],
    },
  ];
}

const CHANNELS = { platform: "本平台", sms: "短信", email: "邮箱" } as const;

const AGENT_LABELS: Readonly<Record<NonNullable<PaperAgent["kind"]>, string>> = {
  lawyer: "律师",
  legal_worker: "基层法律服务工作者",
  relative: "近亲属",
  employee: "工作人员",
  recommended: "社区、单位、团体推荐的公民",
  guardian: "监护人",
};
const POWERS: Readonly<Record<string, string>> = {
  admit: "代为承认诉讼请求",
  waive: "代为放弃诉讼请求",
  change: "代为变更诉讼请求",
  settle: "进行和解",
  counterclaim: "提起反诉",
  appeal: "提起上诉",
};
const ID_LABELS: Readonly<Record<string, string>> = {
  resident_id: "居民身份证",
  hmt_residence_permit: "港澳台居民居住证",
  cn_passport: "中国护照",
  hk_macau_permit: "港澳居民来往内地通行证",
  tw_permit: "台湾居民来往大陆通行证",
  foreigner_pr_2023: "外国人永久居留身份证",
  foreigner_pr_2017: "外国人永久居留身份证",
  foreign_document: "外国证件",
  uscc: "统一社会信用代码",
};

function blank(side: PaperParty["side"]): PaperParty {
  return {
    side,
    kind: "natural",
    name: "",
    gender: null,
    birthDate: null,
    ethnicity: "",
    workplace: "",
    occupation: "",
    phone: "",
    idType: null,
    idNumber: "",
    address: "",
    habitualAddress: "",
    legalRepresentative: "",
    legalRepresentativeTitle: "",
    orgType: "",
    ownership: "",
    agents: [],
  };
}
