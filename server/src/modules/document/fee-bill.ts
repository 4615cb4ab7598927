import { capitalYuan } from "#core/capital-yuan.ts";
import type { Paper } from "./paper.ts";
import { writtenAmount, writtenDay, writtenSum } from "./written.ts";

/** 诉讼费票据: what was received for one notice, each receipt with its number, and where to check that this is true. */
export interface FeeBillPaper {
  readonly courtName: string;
  readonly number: string;
  readonly caseNumber: string;
  readonly payer: string;
  readonly matter: string;
  readonly feeName: string;
  readonly receipts: readonly {
    readonly number: string;
    /** A court day. */
    readonly paidOn: string;
    /** 微信支付 … */
    readonly channel: string;
    readonly amountFen: number;
    readonly refundedFen: number;
  }[];
  readonly receivedFen: number;
  readonly refundedFen: number;
  /** Opens what the court itself knows of these receipts. */
  readonly verifyUrl: string;
  readonly issuedOn: string;
}

export function feeBill(data: FeeBillPaper): Paper {
  const { courtName, number, caseNumber, payer, matter, feeName, receipts, receivedFen, refundedFen, issuedOn } = data;
  const keptFen = receivedFen - refundedFen;
  return {
    court: courtName,
    title: "诉讼费收款凭证",
    mark: `编号 ${number}`,
    author: courtName,
    blocks: [
      {
        kind: "facts",
        strong: ["实收金额"],
        rows: [
          ["交款人", payer],
          ["案号", caseNumber],
          ["案件", matter],
          ["收费项目", feeName],
          ["收款合计", writtenSum(receivedFen)],
          ...(refundedFen > 0 ? [["已退金额", writtenSum(refundedFen)] as const] : []),
          ["实收金额", writtenSum(keptFen)],
        ],
      },
      {
        kind: "table",
        widths: [6, 5, 4, 3.4, 3.4],
        align: ["left", "center", "center", "right", "right"],
        head: ["收据号", "收款日期", "方式", "收款（元）", "已退（元）"],
        rows: receipts.map((receipt) => [
          receipt.number,
          writtenDay(receipt.paidOn),
          receipt.channel,
          writtenAmount(receipt.amountFen),
          receipt.refundedFen > 0 ? writtenAmount(receipt.refundedFen) : "—",
        ]),
        foot: [
          { span: 3, align: "left", text: `合计　${capitalYuan(receivedFen)}` },
          { span: 1, align: "right", text: writtenAmount(receivedFen) },
          { span: 1, align: "right", text: refundedFen > 0 ? writtenAmount(refundedFen) : "—" },
        ],
      },
      {
        kind: "code",
        content: data.verifyUrl,
        caption: "扫码核验",
        lines: [
          "扫描右侧二维码，可以在本平台核对收据号、金额和收款日期。内容与核验结果不一致的，以核验结果为准。",
          "本凭证证明款项已经收到。需要财政票据报销或者入账的，凭收据号向本院诉讼服务窗口或者代理银行换开；财政电子票据以财政部门票据系统开具的为准。",
        ],
      },
      { kind: "closing", lines: [courtName, writtenDay(issuedOn)] },
    ],
  };
}
