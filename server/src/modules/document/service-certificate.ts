import type { Block, Paper } from "./paper.ts";
import { sizeOf } from "./receipt.ts";

/** 送达回证 (民事诉讼法§87; 在线诉讼规则§31: the electronic certificate is the proof of service). */
export interface ServiceCertificatePaper {
  readonly courtName: string;
  readonly number: string;
  readonly caseNumber: string;
  readonly matter: string;
  /** `被告　李强`. */
  readonly recipient: string;
  readonly documents: readonly { readonly title: string; readonly sha256: string; readonly bytes: number }[];
  /** Why electronic service was allowed; empty where it was not electronic. */
  readonly consent: string;
  /** Moments as people read them, empty where there is none. */
  readonly attempts: readonly {
    readonly channel: string;
    readonly address: string;
    readonly sent: string;
    readonly arrived: string;
    readonly read: string;
    readonly replied: string;
    readonly facts: readonly { readonly label: string; readonly value: string }[];
  }[];
  readonly effectiveOn: string;
  readonly presumed: boolean;
  readonly basis: string;
  readonly explanation: string;
  readonly keyId: string;
  readonly issued: string;
}

export function serviceCertificate(data: ServiceCertificatePaper): Paper {
  const { courtName, number, caseNumber, documents, attempts } = data;
  return {
    court: courtName,
    title: "送达回证",
    number: caseNumber,
    mark: `编号 ${number}`,
    author: courtName,
    compact: true,
    blocks: [
      {
        kind: "facts",
        strong: ["送达日期"],
        rows: [
          ["案件", data.matter],
          ["受送达人", data.recipient],
          ["送达日期", `${data.effectiveOn}${data.presumed ? "（推定送达）" : ""}`],
          ["依据", data.basis],
          ["说明", data.explanation],
          ...(data.consent === "" ? [] : [["同意依据", data.consent] as const]),
        ],
      },
      { kind: "heading", text: "送达的文书" },
      {
        kind: "table",
        widths: [0, 6, 2.2, 12],
        align: ["center", "left", "right", "left"],
        head: ["序号", "文书名称", "大小", "SHA-256 校验值"],
        rows: documents.map(({ title, sha256, bytes }, at) => [`${at + 1}`, title, sizeOf(bytes), sha256]),
        foot: [],
      },
      { kind: "heading", text: "送达过程" },
      ...attempts.map(
        ({ channel, address, sent, arrived, read, replied, facts }): Block => ({
          kind: "facts",
          strong: ["送达方式"],
          rows: [
            ["送达方式", channel],
            ...(
              [
                ["送达地址", address],
                ["发出时间", sent],
                ["到达时间", arrived],
                ["阅知时间", read],
                ["回复收悉时间", replied],
                ...facts.map(({ label, value }) => [label, value] as const),
              ] as const
            ).filter(([, value]) => value !== ""),
          ],
        }),
      ),
      {
        kind: "note",
        text: `本回证由系统根据送达全程的记录生成，与纸质送达回证具有同等效力。文件内附有送达信息和数字签名（签名公钥编号 ${data.keyId}），页面、文书校验值、时间、姓名中任何一处被改动都能离线核验出来；核验程序和公钥见本院诉讼服务平台。受送达人能够证明实际到达日期不一致的，可以在平台上提出异议。`,
      },
      { kind: "closing", lines: [courtName, data.issued] },
    ],
  };
}
