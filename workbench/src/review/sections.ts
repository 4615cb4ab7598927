import type { Agent, ElementForm, Filing, FilingContent, Party } from "@/api/contract.ts";
import { fenText } from "@/style/format.ts";
import { answerSections } from "./answers.ts";
import {
  agentKindLabels,
  channelLabels,
  consentLabels,
  idTypeLabels,
  languageLabels,
  powerLabels,
  sideLabels,
  stageLabels,
  wishLabels,
} from "./words.ts";

export interface Row {
  /** Where the value stands in the filing: a JSON pointer, list elements by their key. */
  pointer: string;
  label: string;
  value: string;
  kind: "text" | "long" | "table" | "heading";
  depth: number;
  required?: boolean;
  table?: { columns: string[]; rows: string[][] };
  /** Personal data shown masked; the whole value is asked for with a reason. */
  masked?: boolean;
}
export interface Section {
  id: string;
  title: string;
  rows: Row[];
}

/** The filing as a clerk reads it, section by section. Empty optional fields are left out, required ones stay and show as missing. */
export function filingSections(filing: Filing, form: ElementForm | null): Section[] {
  const content = filing.content;
  return [
    applicationSection(filing),
    ...content.parties.map((party) => partySection(party, content.parties)),
    claimsSection(content),
    {
      id: "facts",
      title: "事实与理由",
      rows: content.facts || !content.formId ? [long("/facts", "事实与理由", content.facts, true)] : [],
    },
    ...answerSections(form, content.answers),
    serviceSection(content),
    consentSection(content),
  ].filter((section) => section.rows.length > 0);
}

/**
 * The same without what an element form left unanswered: such a form has dozens of optional questions. Fields that a
 * finding or a defect points at stay. `hidden` counts what is left out, by section.
 */
export function answeredOnly(
  sections: Section[],
  kept: ReadonlySet<string>,
): { sections: Section[]; hidden: Map<string, number> } {
  const hidden = new Map<string, number>();
  const shorter = sections.map((section) => {
    if (!section.id.startsWith("answers-")) return section;
    const said = section.rows.filter(
      (row) => row.kind === "heading" || row.value !== "" || row.required || kept.has(row.pointer),
    );
    // A heading stays as long as something stands below it.
    const rows = said.filter((row, index) => row.kind !== "heading" || (said[index + 1]?.depth ?? -1) > row.depth);
    const count =
      section.rows.filter((row) => row.kind !== "heading").length - rows.filter((row) => row.kind !== "heading").length;
    if (count > 0) hidden.set(section.id, count);
    return { ...section, rows };
  });
  return { sections: shorter, hidden };
}

function applicationSection(filing: Filing): Section {
  const rows = [
    text("/courtCode", "受诉法院", filing.court.name, true),
    text("/causeCode", "案由", filing.cause?.name ?? "", true),
  ];
  return { id: "application", title: "立案申请", rows };
}

function partySection(party: Party, parties: Party[]): Section {
  const sameSide = parties.filter((each) => each.side === party.side);
  const ordinal = sameSide.length > 1 ? String(sameSide.indexOf(party) + 1) : "";
  const at = `/parties/${party.key}`;
  const plaintiff = party.side === "plaintiff";
  const natural = party.kind === "natural";
  const rows = [
    text(`${at}/name`, natural ? "姓名" : "名称", party.name, true),
    ...(natural
      ? [
          text(`${at}/gender`, "性别", party.gender, plaintiff),
          text(`${at}/birthDate`, "出生日期", party.birthDate, plaintiff),
          text(`${at}/ethnicity`, "民族", party.ethnicity, plaintiff),
          text(`${at}/workplace`, "工作单位", party.workplace),
          text(`${at}/occupation`, "职业", party.occupation),
        ]
      : [
          text(
            `${at}/legalRepresentative`,
            "法定代表人",
            joined(party.legalRepresentative, party.legalRepresentativeTitle),
            plaintiff,
          ),
          text(`${at}/orgType`, "类型", joined(party.orgType, party.ownership)),
        ]),
    text(`${at}/idNumber`, idTypeLabels[party.idType ?? ""] ?? "证件号码", party.idNumber, plaintiff),
    text(`${at}/phone`, "联系电话", party.phone, plaintiff),
    text(`${at}/email`, "电子邮箱", party.email),
    text(`${at}/address`, natural ? "住所地" : "住所地（主要办事机构）", party.address, true),
    text(`${at}/habitualAddress`, natural ? "经常居住地" : "注册地", party.habitualAddress),
    ...party.agents.flatMap((agent, index) =>
      agentRows(`${at}/agents/${agent.key}`, agent, index, party.agents.length),
    ),
  ];
  const title = `${sideLabels[party.side] ?? party.side}${ordinal} · ${natural ? "自然人" : "法人、非法人组织"}`;
  return { id: `party-${party.key}`, title, rows: rows.filter(shown) };
}

function agentRows(at: string, agent: Agent, index: number, count: number): Row[] {
  const special = agent.specialPowers.map((power) => powerLabels[power] ?? power).join("、");
  const powers =
    agent.powers === "special" ? `特别授权：${special || "未列明"}` : agent.powers === "general" ? "一般授权" : "";
  return [
    { pointer: at, label: `代理人${count > 1 ? index + 1 : ""}`, value: "", kind: "heading", depth: 0 },
    text(`${at}/name`, "姓名", joined(agent.name, agentKindLabels[agent.kind] ?? agent.kind), true, 1),
    text(`${at}/firm`, "单位", agent.firm, false, 1),
    text(`${at}/licenseNumber`, "执业证号", agent.licenseNumber, false, 1),
    text(`${at}/relation`, "与当事人关系", agent.relation, false, 1),
    text(`${at}/idNumber`, idTypeLabels[agent.idType ?? ""] ?? "证件号码", agent.idNumber, false, 1),
    text(`${at}/phone`, "联系电话", agent.phone, false, 1),
    { ...text(`${at}/powers`, "代理权限", powers, true, 1), kind: powers.length > 30 ? "long" : "text" },
  ];
}

function claimsSection(content: FilingContent): Section {
  const many = content.claims.length > 1;
  const rows = content.claims.map((claim, index) => {
    const amount = claim.amountFen === null ? "" : `（${fenText(claim.amountFen)}）`;
    return long(
      `/claims/${claim.key}/text`,
      many ? `第 ${index + 1} 项` : "请求",
      claim.text && `${claim.text}${amount}`,
      true,
    );
  });
  if (rows.length === 0 && !content.formId) rows.push(long("/claims", "诉讼请求", "", true));
  return {
    id: "claims",
    title: "诉讼请求",
    rows: [...rows, text("/amountFen", "标的总额", fenText(content.amountFen))].filter(shown),
  };
}

function serviceSection(content: FilingContent): Section {
  const service = content.service;
  const rows = [
    text("/service/recipient", "收件人", service.recipient, true),
    text("/service/phone", "电话", service.phone, true),
    text("/service/address", "送达地址", joined(service.address, service.postalCode), true),
    text("/service/email", "电子邮箱", service.email),
    text("/service/electronic", "电子送达", yesNo(service.electronic, "同意", "不同意"), true),
    text("/service/channels", "送达方式", labels(service.channels, channelLabels)),
    text("/service/judgments", "裁判文书电子送达", yesNo(service.judgments, "同意", "不同意")),
    text("/service/stages", "适用阶段", labels(service.stages, stageLabels)),
    text("/service/language", "使用的语言", languageLabels[service.language ?? ""] ?? ""),
    text("/service/interpreter", "需要翻译", service.interpreter ? "需要，由法院提供，不收费" : ""),
    text("/service/confirmed", "确认书", service.confirmed ? "已确认" : "", true),
  ];
  return { id: "service", title: "送达地址确认", rows: rows.filter(shown) };
}

function consentSection(content: FilingContent): Section {
  const rows = Object.entries(consentLabels).map(([stage, label]) => {
    const given = content.consents[stage];
    return text(`/consents/${stage}`, label, given === "agree" ? "同意" : given === "refuse" ? "不同意" : "");
  });
  rows.push(
    text("/mediation/wish", "调解意愿", wishLabels[content.mediation.wish ?? ""] ?? ""),
    text("/signature/signedOn", "具状日期", content.signature.signedOn, true),
  );
  return { id: "consents", title: "各环节同意与调解意愿", rows: rows.filter(shown) };
}

const shown = (row: Row) => row.value !== "" || row.kind === "heading" || row.required === true;

function text(pointer: string, label: string, value: string | null, required = false, depth = 0): Row {
  const clean = value ?? "";
  return { pointer, label, value: clean, kind: "text", depth, required, masked: /[*＊]/.test(clean) };
}

function long(pointer: string, label: string, value: string, required: boolean): Row {
  return { pointer, label, value, kind: "long", depth: 0, required, masked: false };
}

const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(" · ");
const labels = (codes: string[], names: Record<string, string>) => codes.map((code) => names[code] ?? code).join("、");
const yesNo = (value: boolean | null, yes: string, no: string) => (value === null ? "" : value ? yes : no);
