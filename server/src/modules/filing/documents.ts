import { readableYuan } from "#core/money.ts";
import type { Defect } from "./defects.ts";

/** Texts of the documents that go with a decision at intake; the seal and the layout come with service of documents. */
export interface DocumentFacts {
  readonly courtName: string;
  readonly receiptNumber: string;
  readonly title: string;
  readonly plaintiffs: readonly string[];
  readonly defendants: readonly string[];
  readonly causeName: string;
  readonly receivedOn: string;
  readonly today: string;
  readonly amountFen: number | null;
}
export interface DocumentText {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

const day = (value: string): string => value.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
const people = (list: readonly string[]): string => list.join("、") || "（未填写）";
const head = ({ plaintiffs }: DocumentFacts): string => `${people(plaintiffs)}：\n\n`;
const foot = ({ courtName, today }: DocumentFacts): string => `\n\n${courtName}\n${day(today)}`;
const matter = (facts: DocumentFacts): string =>
  `本院于${day(facts.receivedOn)}收到你（单位）诉${people(facts.defendants)}${facts.causeName}一案的起诉材料（收件编号 ${facts.receiptNumber}）。`;

/** 补正通知书: every defect at once, each with its article, place and how to mend it (登记立案规定§7). */
export function correctionNotice(
  facts: DocumentFacts,
  defects: readonly Defect[],
  dueOn: string,
  overrideReason: string | null,
): DocumentText {
  const list = defects.map(
    ({ title, basis, note, fix }, index) =>
      `${index + 1}. ${title}${note ? `：${note}` : ""}\n   依据：${basis}\n   如何补正：${fix}`,
  );
  const late = defects.flatMap(({ visibleBefore }, index) => (visibleBefore ? [index + 1] : []));
  const again = overrideReason
    ? `\n\n本次为再次告知，理由：${overrideReason}。${late.length > 0 ? `其中第 ${late.join("、")} 项在上一轮即可发现而未告知，经立案庭负责人批准提出。` : ""}`
    : "";
  return {
    kind: "correction_notice",
    title: "补正通知书",
    text: `${head(facts)}${matter(facts)}经审查，需要补正下列事项，现一次性告知：\n\n${list.join("\n\n")}${again}\n\n请于${day(dueOn)}前在线补正并重新提交。自本院收到补正材料的次日起重新计算审查期限。逾期不补正的，退回起诉材料并记录在册；坚持起诉的，本院依法裁定。已在线提交合格电子材料的，不需要再交纸质材料。${foot(facts)}`,
  };
}

export function acceptanceNotice(facts: DocumentFacts, caseNumber: string, note: string): DocumentText {
  const amount = facts.amountFen === null ? "" : `标的额${readableYuan(facts.amountFen)}。`;
  return {
    kind: "acceptance_notice",
    title: "受理案件通知书",
    text: `${head(facts)}${matter(facts)}经审查，符合法律规定的起诉条件，本院决定立案，案号为${caseNumber}。案由：${facts.causeName}。${amount}${note}\n\n一、请按交费通知书在收到次日起七日内预交案件受理费；确有困难的，可以申请缓交、减交或者免交。\n二、当事人有权委托代理人、申请回避、收集和提供证据、请求调解，也有义务遵守诉讼秩序、履行生效文书。\n三、请关注平台消息和送达地址，法院文书将按您确认的方式送达。${foot(facts)}`,
  };
}

export function refusalRuling(
  facts: DocumentFacts,
  ground: { title: string; basis: string },
  note: string,
): DocumentText {
  return {
    kind: "refusal_ruling",
    title: "民事裁定书（不予受理）",
    text: `${head(facts)}${matter(facts)}\n\n本院经审查认为：${ground.title}。${note}\n\n依照${ground.basis}的规定，裁定如下：\n\n对${people(facts.plaintiffs)}的起诉，本院不予受理。\n\n如不服本裁定，可在裁定书送达之日起十日内，向本院递交上诉状，上诉于上一级人民法院。对不予受理裁定的上诉不交纳案件受理费。${foot(facts)}`,
  };
}

export function transferNotice(
  facts: DocumentFacts,
  target: { name: string; open: boolean },
  note: string,
): DocumentText {
  const next = target.open
    ? `本院已将您提交的全部内容和材料移送${target.name}，您不需要重新提交；收到起诉材料的日期（${day(facts.receivedOn)}）予以保留，受移送法院自收到之日起依法审查。如不同意移送，可以在“我的立案”中撤回。`
    : `告知你（单位）向${target.name}起诉。本件已填写的内容保留在“我的立案”中，可以对照填写。`;
  return {
    kind: "transfer_notice",
    title: "管辖告知书",
    text: `${head(facts)}${matter(facts)}经审查，本院对该纠纷没有管辖权，有管辖权的法院为${target.name}。${note}\n\n依照《中华人民共和国民事诉讼法》第一百二十七条第四项的规定，${next}${foot(facts)}`,
  };
}

export function mediationNotice(facts: DocumentFacts, dueOn: string, note: string): DocumentText {
  return {
    kind: "mediation_notice",
    title: "诉前调解告知书",
    text: `${head(facts)}${matter(facts)}根据您的选择和同意，本件转入诉前调解。${note}\n\n调解期限为三十日，至${day(dueOn)}止；双方同意的可以延长。收到起诉材料的日期保持不变。调解不成的，本件自动恢复审查；调解过程保密，不影响您的诉讼权利。${foot(facts)}`,
  };
}

export function mediationResult(facts: DocumentFacts, note: string, confirmBy: string | null): DocumentText {
  const confirm = confirmBy
    ? `双方愿意申请司法确认的，请自调解协议生效之日起三十日内（${day(confirmBy)}前）共同向有管辖权的法院提出（民事诉讼法第二百零五条）。`
    : "请按约定自动履行。";
  return {
    kind: "mediation_result",
    title: "诉前调解结果告知书",
    text: `${head(facts)}${matter(facts)}经诉前调解，双方已达成协议，本件不再进入立案审查。${note}\n\n${confirm}一方不履行协议的，另一方可以重新提起诉讼。${foot(facts)}`,
  };
}

/** 收件凭证 for paper taken at the window: number, day, what was taken (登记立案规定§2). */
export function paperReceipt(taken: {
  courtName: string;
  receiptNumber: string;
  receivedOn: string;
  today: string;
  sheets: number | null;
  content: { parties: readonly { side: string; name: string }[] };
}): DocumentText {
  const named = (side: string) => taken.content.parties.filter((party) => party.side === side).map(({ name }) => name);
  const sheets = taken.sheets === null ? "" : `，共 ${taken.sheets} 页`;
  return {
    kind: "paper_receipt",
    title: "收件凭证",
    text: `${people(named("plaintiff"))}：\n\n本院窗口于${day(taken.receivedOn)}收到你（单位）诉${people(named("defendant"))}的起诉材料${sheets}。收件编号：${taken.receiptNumber}。\n\n凭此编号可以查询办理进展。${foot({ courtName: taken.courtName, today: taken.today } as DocumentFacts)}`,
  };
}

export function lapseNotice(facts: DocumentFacts, dueOn: string): DocumentText {
  return {
    kind: "lapse_notice",
    title: "退回起诉材料告知书",
    text: `${head(facts)}${matter(facts)}本院已一次性告知需要补正的事项，补正期限于${day(dueOn)}届满，未收到补正材料。依照《最高人民法院关于人民法院登记立案若干问题的规定》第七条的规定，退回起诉材料并记录在册。您可以补齐后重新起诉；坚持按原材料起诉的，请联系本院，本院依法作出裁定。${foot(facts)}`,
  };
}
