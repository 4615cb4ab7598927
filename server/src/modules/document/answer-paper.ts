import type { FormRow, Line, Paper } from "./paper.ts";
import { type PaperParty, rowsOfParty } from "./party-rows.ts";
import { ticked, writtenDay } from "./written.ts";

interface Head {
  readonly courtName: string;
  readonly caseNumber: string;
  readonly isDraft: boolean;
  readonly party: { readonly sideLabel: string; readonly name: string };
  readonly opposite: readonly string[];
  readonly evidence: readonly { readonly name: string; readonly purpose: string }[];
  readonly signature: { readonly picture: Buffer | null; readonly signedOn: string | null };
}

/** 答辩状: item by item against the complaint, as the model answers lay it out (法〔2025〕82号). */
export interface AnswerPaper extends Head {
  readonly causeName: string;
  readonly person: PaperParty | null;
  readonly sections: readonly {
    readonly title: string;
    readonly items: readonly {
      readonly label: string;
      /** What the complaint says. */
      readonly theirs: string;
      readonly objection: "yes" | "no" | null;
      readonly reason: string;
    }[];
  }[];
  readonly statement: string;
  readonly mediation: "yes" | "no" | "unsure" | null;
}

const WISHES = { yes: "是", no: "否", unsure: "暂不确定，想要了解更多内容" } as const;
const EXPLAINED = [
  "说明：",
  "为了方便您参加诉讼，保护您的合法权利，请逐项填写本表。对起诉状的每一项，在“无”或者“有”处打勾；有异议的，写明事实和理由。",
  "除签名和日期外，可以不填或者填“无”；不填写不影响案件审理。",
];

export function answerPleading(data: AnswerPaper): Paper {
  const { person } = data;
  const rows: FormRow[] = [
    { wide: EXPLAINED },
    { label: "案号", lines: [data.caseNumber] },
    { band: "当事人信息" },
    ...(person
      ? rowsOfParty(person, person.kind === "natural" ? "答辩人（自然人）" : "答辩人（法人、非法人组织）")
      : [{ label: "答辩人", lines: [data.party.name] }]),
    { label: "对方当事人", lines: [data.opposite.join("、")] },
    ...data.sections.flatMap(({ title, items }): FormRow[] => [
      { band: title },
      ...items.map(({ label, theirs, objection, reason }, at) => ({
        label: `${at + 1}. ${label}`,
        lines: [
          ...(theirs === "" ? [] : [{ label: "起诉状所写", text: theirs }]),
          ticked(["无", "有"], objection === null ? [] : [objection === "yes" ? "有" : "无"]),
          { label: "事实和理由", text: reason },
        ] satisfies Line[],
      })),
    ]),
    { band: "其他答辩意见" },
    { wide: data.statement === "" ? ["无"] : data.statement.split("\n") },
    ...evidenceRows(data),
    { band: "对纠纷解决方式的意愿" },
    {
      label: "是否考虑先行调解",
      lines: [ticked(Object.values(WISHES), data.mediation === null ? [] : [WISHES[data.mediation]])],
    },
    { wide: ["此致", data.courtName] },
  ];
  return {
    title: "民事答辩状",
    subtitle: `（${data.causeName}）`,
    ...marked(data),
    compact: true,
    blocks: [{ kind: "form", rows }, signed(data, "答辩人")],
  };
}

/** 反诉状、申请书: what is asked for, and why. */
export interface PetitionPaper extends Head {
  readonly title: string;
  readonly basis: string;
  readonly signer: string;
  readonly requests: readonly string[];
  readonly facts: string;
}

export function petition(data: PetitionPaper): Paper {
  const rows: FormRow[] = [
    { label: "案号", lines: [data.caseNumber] },
    { label: data.signer, lines: [`${data.party.name}（${data.party.sideLabel}）`] },
    { label: "对方当事人", lines: [data.opposite.join("、")] },
    { band: data.signer === "反诉人" ? "反诉请求" : "申请事项" },
    { wide: data.requests.length > 1 ? data.requests.map((text, at) => `${at + 1}. ${text}`) : [...data.requests] },
    { band: "事实和理由" },
    { wide: data.facts.split("\n") },
    ...(data.basis === "" ? [] : [{ label: "法律依据", lines: [data.basis] }]),
    ...evidenceRows(data),
    { wide: ["此致", data.courtName] },
  ];
  return {
    title: data.title,
    ...marked(data),
    compact: true,
    blocks: [{ kind: "form", rows }, signed(data, data.signer)],
  };
}

const marked = ({ isDraft, caseNumber, party, signature }: Head) => ({
  mark: isDraft ? `${caseNumber}　草稿，尚未提交` : caseNumber,
  author: party.name || "当事人",
  ...(signature.picture === null ? {} : { pictures: { signature: signature.picture } }),
});

const signed = ({ signature: { picture, signedOn } }: Head, signer: string): Paper["blocks"][number] => ({
  kind: "signature",
  label: `${signer}（签字、盖章）`,
  picture: picture === null ? null : "signature",
  date: signedOn === null ? "　　　年　　月　　日" : writtenDay(signedOn),
});

const evidenceRows = ({ evidence }: Head): FormRow[] => [
  { band: "证据清单" },
  {
    wide:
      evidence.length === 0
        ? ["（可另附页）"]
        : evidence.map(
            ({ name, purpose }, at) => `${at + 1}. ${name}${purpose === "" ? "" : `　证明目的：${purpose}`}`,
          ),
  },
];
