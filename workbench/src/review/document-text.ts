import type { Defect, Filing, Ground } from "@/api/contract.ts";

export interface DefectLine {
  code: string;
  pointer: string;
  note: string;
}
/** What the clerk chose, with the names a reader needs. */
export type Choice =
  | { action: "accept"; causeName: string; caseTypeName: string; note: string }
  | { action: "return"; lines: DefectLine[]; dueDays: number; overrideReason: string }
  | { action: "refuse"; ground: Ground | null; note: string }
  | { action: "transfer"; courtName: string; note: string }
  | { action: "mediate"; note: string };

interface Context {
  filing: Filing;
  today: string;
  catalogue: Defect[];
  labelOf: (pointer: string) => string;
}

/** The text the party will receive, for reading over before it is sent. The server writes the final one with number and seal line. */
export function documentText(choice: Choice, context: Context): { title: string; text: string } {
  const { filing } = context;
  const from = filing.content.parties
    .filter((party) => party.side === "plaintiff")
    .map((party) => party.name)
    .join("、");
  const against = filing.content.parties
    .filter((party) => party.side === "defendant")
    .map((party) => party.name)
    .join("、");
  const cause = choice.action === "accept" ? choice.causeName : (filing.cause?.name ?? "");
  const receipt = filing.receiptNumber ? `（收件编号 ${filing.receiptNumber}）` : "";
  const opening = `${from || "起诉人"}：\n    你（单位）诉${against || "对方当事人"}${cause}一案的起诉材料${receipt}，本院已收悉。`;
  const part = body(choice, context);
  return {
    title: part.title,
    text: [opening, ...part.lines, "", `    ${filing.court.name}`, `    ${context.today}`].join("\n"),
  };
}

function body(choice: Choice, context: Context): { title: string; lines: string[] } {
  switch (choice.action) {
    case "accept":
      return {
        title: "受理案件通知书",
        lines: [
          "    经审查，符合《中华人民共和国民事诉讼法》第一百二十二条规定的起诉条件，决定登记立案。",
          `    案由：${choice.causeName || "（未选）"}    案件类型：${choice.caseTypeName || "（未选）"}`,
          "    案号：登记时由系统按收案顺序编定。",
          "    诉讼费交纳通知书、举证通知书、诉讼权利义务告知书一并送达。",
          ...remark(choice.note),
        ],
      };
    case "return":
      return {
        title: "补正通知书",
        lines: [
          `    经审查，需要补正下列 ${choice.lines.length} 项，请于收到本通知之日起 ${choice.dueDays} 日内一次补齐：`,
          ...choice.lines.flatMap((line, index) => defectText(line, index, context)),
          "    补正材料提交的次日起，重新计算立案审查期限（民诉法解释第一百二十六条）。已在线提交的合规材料无须另交纸质件。",
          ...(choice.overrideReason ? [`    再次通知补正的说明：${choice.overrideReason}`] : []),
        ],
      };
    case "refuse":
      return {
        title: "不予受理民事裁定书",
        lines: [
          `    经审查，${choice.ground?.title ?? "（未选事由）"}。`,
          ...remark(choice.note),
          `    依照${choice.ground?.basis ?? "《中华人民共和国民事诉讼法》"}的规定，裁定如下：对上述起诉，本院不予受理。`,
          "    如不服本裁定，可以在裁定书送达之日起十日内，向本院递交上诉状，上诉于上一级人民法院。",
        ],
      };
    case "transfer":
      return {
        title: "移送（告知）通知书",
        lines: [
          `    经审查，本案应由${choice.courtName || "（未选法院）"}管辖，相关材料移送该院处理。原提交日期保留。`,
          ...remark(choice.note),
        ],
      };
    case "mediate":
      return {
        title: "诉前调解告知书",
        lines: [
          "    根据你（单位）同意先行调解的意思表示，本案转入诉前调解，调解期限三十日。",
          "    起诉材料的收件日期保留；调解不成或期限届满，自动转回立案审查，无须重新提交。",
          ...remark(choice.note),
        ],
      };
  }
}

function defectText(line: DefectLine, index: number, context: Context): string[] {
  const defect = context.catalogue.find((each) => each.code === line.code);
  const place = line.pointer ? `【${context.labelOf(line.pointer)}】` : "";
  return [
    `    ${index + 1}. ${place}${defect?.title ?? "（未选补正事项）"}${line.note ? `：${line.note}` : ""}`,
    ...(defect ? [`        怎样补正：${defect.fix}（${defect.basis}）`] : []),
  ];
}

const remark = (note: string) => (note.trim() ? [`    ${note.trim()}`] : []);
