import type { Block, Paper } from "./paper.ts";

/** 庭审笔录 of a hearing that was held on the screen: page by page, with who signed what, and how the sitting went. */
export interface HearingTranscriptPaper {
  readonly courtName: string;
  readonly caseNumber: string;
  readonly matter: string;
  readonly kind: string;
  /** Not finished yet: a draft says so on every page. */
  readonly draft: boolean;
  readonly time: string;
  readonly place: string;
  readonly isPublic: string;
  /** Who was there, how and when: `原告　王芳（在线，09:02 签到，身份已核验）`. */
  readonly people: readonly string[];
  /** What was seen to before the first page. */
  readonly notes: readonly string[];
  readonly pages: readonly {
    readonly page: number;
    readonly text: string;
    readonly sha256: string;
    readonly corrections: readonly string[];
    readonly signatures: readonly { readonly who: string; readonly at: string; readonly how: string }[];
  }[];
  readonly signatures: readonly { readonly label: string; readonly picture: Buffer; readonly date: string }[];
  readonly recordings: readonly {
    readonly ordinal: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
    readonly files: string;
    readonly sha256: string;
  }[];
  readonly breaks: readonly {
    readonly who: string;
    readonly from: string;
    readonly to: string;
    readonly cause: string;
    readonly source: string;
  }[];
  readonly closing: string;
}

const TITLES: Readonly<Record<string, string>> = {
  调解: "调解笔录",
  庭前会议: "庭前会议笔录",
  远程接访: "接访笔录",
  远程提讯: "提讯笔录",
};

export function hearingTranscript(data: HearingTranscriptPaper): Paper {
  const { courtName, pages, signatures } = data;
  return {
    court: courtName,
    title: TITLES[data.kind] ?? "庭审笔录",
    number: data.caseNumber,
    author: courtName,
    ...(data.draft ? { mark: "尚未完成，仅供核对" } : {}),
    blocks: [
      {
        kind: "facts",
        strong: ["时间"],
        rows: [
          ["案件", data.matter],
          ["时间", data.time],
          ["地点", data.place],
          ["方式", data.isPublic],
          ["到庭人员", data.people.join("\n")],
        ],
      },
      ...data.notes.map((text): Block => ({ kind: "paragraph", text, flush: true })),
      ...pages.flatMap(pageBlocks),
      ...(signatures.length === 0 ? [] : [{ kind: "heading", text: "签名" } as const]),
      ...signatures.map(
        ({ label, date }, at): Block => ({ kind: "signature", label, picture: `signature-${at}`, date }),
      ),
      ...recordingBlocks(data),
      ...breakBlocks(data),
      {
        kind: "note",
        text: "本笔录由书记员在庭审中同步记录，到庭人员在线逐页核对后签名，与书面笔录具有同等效力（人民法院在线诉讼规则第三十三条、第三十四条）。每页的签名对应该页的校验值，内容改动后原签名不再有效。",
      },
      ...(data.draft ? [] : [{ kind: "closing", lines: [courtName, data.closing] } as const]),
    ],
    pictures: Object.fromEntries(signatures.map(({ picture }, at) => [`signature-${at}`, picture])),
  };
}

function pageBlocks({ page, text, sha256, corrections, signatures }: HearingTranscriptPaper["pages"][number]): Block[] {
  return [
    { kind: "heading", text: `第 ${page} 页` },
    ...text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line): Block => ({ kind: "paragraph", text: line, flush: /^.{1,12}[：:]/.test(line) })),
    ...(corrections.length === 0 ? [] : [{ kind: "note", text: `补正：${corrections.join("；")}` } as const]),
    ...(signatures.length === 0
      ? []
      : [
          {
            kind: "table",
            widths: [6, 4, 5],
            align: ["left", "left", "left"],
            head: ["签名人", "方式", "时间"],
            rows: signatures.map(({ who, how, at }) => [who, how, at]),
            foot: [],
          } as const,
        ]),
    { kind: "note", text: `第 ${page} 页校验值（SHA-256） ${sha256}` },
  ];
}

function recordingBlocks({ recordings }: HearingTranscriptPaper): Block[] {
  if (recordings.length === 0) return [];
  return [
    { kind: "heading", text: "录音录像" },
    {
      kind: "table",
      widths: [0, 4, 4, 3, 2],
      align: ["center", "left", "left", "left", "right"],
      head: ["序号", "开始", "停止", "停止原因", "文件"],
      rows: recordings.map(({ ordinal, from, to, reason, files }) => [ordinal, from, to, reason, files]),
      foot: [],
    },
    {
      kind: "note",
      text: `录制的是每位到庭人员到达服务器的画面和声音，各自成文件。校验值逐段相连：${recordings
        .map(({ ordinal, sha256 }) => `${ordinal} ${sha256}`)
        .join("；")}`,
    },
  ];
}

function breakBlocks({ breaks }: HearingTranscriptPaper): Block[] {
  if (breaks.length === 0) return [];
  return [
    { kind: "heading", text: "断线记录" },
    {
      kind: "table",
      widths: [3, 4, 4, 4, 3],
      align: ["left", "left", "left", "left", "left"],
      head: ["人员", "断开", "恢复", "原因", "记录来源"],
      rows: breaks.map(({ who, from, to, cause, source }) => [who, from, to, cause, source]),
      foot: [],
    },
  ];
}
