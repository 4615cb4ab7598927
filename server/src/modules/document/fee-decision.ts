import type { Block, Paper } from "./paper.ts";
import { writtenDay, writtenSum } from "./written.ts";

/** 司法救助决定书: whether 缓交, 减交 or 免交 is granted, and why. */
export interface FeeDecisionPaper {
  readonly courtName: string;
  readonly caseNumber: string;
  /** The number of the fee notice it belongs to. */
  readonly noticeNumber: string;
  readonly applicant: string;
  readonly matter: string;
  readonly feeName: string;
  readonly dueFen: number;
  readonly asked: "defer" | "reduce" | "exempt";
  readonly ground: { readonly title: string; readonly basis: string };
  readonly requestedOn: string;
  readonly outcome: "granted" | "granted_in_part" | "refused";
  readonly reason: string;
  /** What is remitted; 0 where the fee is only deferred or nothing is granted. */
  readonly reliefFen: number;
  readonly deferUntil: string | null;
  /** What is to be paid after this decision. */
  readonly outstandingFen: number;
  readonly decidedOn: string;
}

const ASKED = { defer: "缓交", reduce: "减交", exempt: "免交" } as const;

export function feeDecision(data: FeeDecisionPaper): Paper {
  const { courtName, caseNumber, noticeNumber, applicant, matter, feeName, dueFen, asked, ground, requestedOn } = data;
  return {
    court: courtName,
    title: "司法救助决定书",
    number: caseNumber,
    mark: `交费通知书编号 ${noticeNumber}`,
    author: courtName,
    blocks: [
      { kind: "salutation", text: `申请人：${applicant}` },
      {
        kind: "paragraph",
        text: `关于${matter}一案，申请人于${writtenDay(requestedOn)}以“${ground.title}”为由，向本院申请${ASKED[asked]}${feeName}${writtenSum(dueFen)}。`,
      },
      { kind: "paragraph", text: `本院经审查认为：${data.reason}` },
      { kind: "paragraph", text: `依照${ground.basis}的规定，决定如下：` },
      ...outcome(data),
      { kind: "closing", lines: [courtName, writtenDay(data.decidedOn)] },
    ],
  };
}

function outcome(data: FeeDecisionPaper): Block[] {
  const { outcome: how, applicant, feeName, reliefFen, deferUntil, outstandingFen, asked } = data;
  if (how === "refused") {
    return [
      { kind: "paragraph", strong: true, text: `对${applicant}的${ASKED[asked]}申请，本院不予准许。` },
      {
        kind: "paragraph",
        text: `尚应交纳${writtenSum(outstandingFen)}，请自收到本决定书的次日起七日内交清。`,
      },
    ];
  }
  const granted = [
    ...(reliefFen > 0
      ? [
          outstandingFen === 0 && asked === "exempt"
            ? `准予${applicant}免交${feeName}${writtenSum(reliefFen)}`
            : `准予${applicant}减交${feeName}${writtenSum(reliefFen)}`,
        ]
      : []),
    ...(deferUntil !== null ? [`准予${applicant}缓交，至${writtenDay(deferUntil)}止`] : []),
  ].join("；");
  return [
    { kind: "paragraph", strong: true, text: `${granted}。` },
    ...(outstandingFen > 0
      ? [
          {
            kind: "paragraph",
            text:
              deferUntil !== null
                ? `尚应交纳${writtenSum(outstandingFen)}，请在${writtenDay(deferUntil)}以前（含当日）交清。`
                : `尚应交纳${writtenSum(outstandingFen)}，请自收到本决定书的次日起七日内交清。`,
          } as const,
        ]
      : [{ kind: "paragraph", text: "本案没有待交的费用。" } as const]),
  ];
}
