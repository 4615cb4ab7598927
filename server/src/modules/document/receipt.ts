import type { Paper } from "./paper.ts";

/** 收件凭证: what the court took in, and when; the hash of every file shows later that it is the same one. */
export interface ReceiptPaper {
  readonly courtName: string;
  readonly receiptNumber: string;
  /** `王芳 诉 李强 民间借贷纠纷`. */
  readonly title: string;
  readonly submitter: string;
  /** When it came in, as people read it: `2026年11月22日 10:31:05`. */
  readonly receivedAt: string;
  /** 1 for the first time, 2 after a correction… and when. */
  readonly rounds: readonly { readonly round: number; readonly at: string; readonly contentHash: string }[];
  readonly materials: readonly {
    readonly name: string;
    readonly kind: string;
    readonly pages: number | null;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly today: string;
}

export function receipt(data: ReceiptPaper): Paper {
  const { courtName, receiptNumber, title, submitter, receivedAt, rounds, materials, today } = data;
  return {
    court: courtName,
    title: "收件凭证",
    number: receiptNumber,
    author: courtName,
    compact: true,
    blocks: [
      {
        kind: "facts",
        strong: ["收到时间"],
        rows: [
          ["提交人", submitter],
          ["事项", title],
          ["收到时间", receivedAt],
          ["材料", `起诉状 1 份，其他材料 ${materials.length} 份`],
        ],
      },
      {
        kind: "table",
        widths: [0, 5, 3, 2.2, 2.4, 8],
        align: ["center", "left", "left", "right", "right", "left"],
        head: ["序号", "材料名称", "种类", "页数", "大小", "SHA-256 校验值"],
        rows: materials.map(({ name, kind, pages, bytes, sha256 }, at) => [
          `${at + 1}`,
          name,
          kind,
          pages === null ? "—" : `${pages}`,
          sizeOf(bytes),
          sha256,
        ]),
        foot: [],
      },
      {
        kind: "table",
        widths: [3, 6, 12],
        align: ["left", "left", "left"],
        head: ["提交", "时间", "起诉状内容 SHA-256 校验值"],
        rows: rounds.map(({ round, at, contentHash }) => [
          round === 1 ? "首次提交" : `第 ${round} 次（补正）`,
          at,
          contentHash,
        ]),
        foot: [],
      },
      {
        kind: "note",
        text: "本凭证证明法院收到上列材料的时间和内容，不表示已经立案。法院自收到起诉材料的次日起七日内决定是否立案；办理进度和期限可以在本平台查看。",
      },
      { kind: "closing", lines: [courtName, today] },
    ],
  };
}

/** `1.2 MB`: as people read sizes. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(Math.ceil((bytes * 10) / 1024 ** 2) / 10).toFixed(1)} MB`;
}
