import { capitalYuan } from "#core/capital-yuan.ts";
import type { Block, Paper } from "./paper.ts";
import { writtenAmount, writtenDay, writtenSum } from "./written.ts";

/** 交费通知书: what is owed, how it was worked out, until when, how to pay, and who may ask for relief. */
export interface FeeNoticePaper {
  readonly courtName: string;
  /** 交费通知书编号. */
  readonly number: string;
  readonly caseNumber: string;
  readonly payer: string;
  /** `王芳 诉 李强 民间借贷纠纷`. */
  readonly matter: string;
  /** 案件受理费, 申请保全费 … */
  readonly feeName: string;
  readonly steps: readonly { readonly label: string; readonly basis: string; readonly amountFen: number }[];
  readonly assessedFen: number;
  readonly reliefFen: number;
  /** Paid less what was returned. */
  readonly paidFen: number;
  readonly outstandingFen: number;
  /** The last day, once service has taken effect; null: counted from service. */
  readonly dueOn: string | null;
  /** 缓交 was granted until `dueOn`. */
  readonly deferred?: boolean;
  /** Where the QR code leads, and the code itself; null where nothing is left to pay. */
  readonly pay: { readonly url: string; readonly code: string } | null;
  readonly issuedOn: string;
}

export function feeNotice(data: FeeNoticePaper): Paper {
  const { courtName, number, caseNumber, payer, matter, feeName, steps, assessedFen, outstandingFen, issuedOn } = data;
  return {
    court: courtName,
    title: "交费通知书",
    number: caseNumber,
    mark: `编号 ${number}`,
    author: courtName,
    blocks: [
      { kind: "salutation", text: `${payer}：` },
      {
        kind: "paragraph",
        text: `关于${matter}一案，依照《诉讼费用交纳办法》的规定，应交纳${feeName}${writtenSum(assessedFen)}。计算如下：`,
      },
      {
        kind: "table",
        widths: [0, 6, 7, 3.4],
        align: ["center", "left", "left", "right"],
        head: ["序号", "计算步骤", "依据", "金额（元）"],
        rows: steps.map(({ label, basis, amountFen }, at) => [`${at + 1}`, label, basis, writtenAmount(amountFen)]),
        foot: [
          { span: 3, align: "left", text: `合计　${capitalYuan(assessedFen)}` },
          { span: 1, align: "right", text: writtenAmount(assessedFen) },
        ],
      },
      sums(data),
      ...(outstandingFen > 0 ? demand(data) : settled()),
      { kind: "closing", lines: [courtName, writtenDay(issuedOn)] },
    ],
  };
}

function sums({ assessedFen, reliefFen, paidFen, outstandingFen, dueOn, deferred }: FeeNoticePaper): Block {
  const last = dueOn === null ? "自本通知书送达的次日起七日内" : `${writtenDay(dueOn)}以前（含当日）`;
  return {
    kind: "facts",
    strong: ["尚应交纳", "交费期限"],
    rows: [
      ["应交金额", writtenSum(assessedFen)],
      ...(reliefFen > 0 ? [["准予减免", writtenSum(reliefFen)] as const] : []),
      ...(paidFen > 0 ? [["已交金额", writtenSum(paidFen)] as const] : []),
      ["尚应交纳", writtenSum(outstandingFen)],
      ...(outstandingFen > 0 ? [["交费期限", deferred ? `${last}（已准予缓交）` : last] as const] : []),
    ],
  };
}

function demand({ pay, feeName }: FeeNoticePaper): Block[] {
  return [
    {
      kind: "paragraph",
      text: "期限的最后一日是法定休假日的，顺延至休假日结束的次日。逾期不交，也没有申请缓交、减交、免交的，依法按撤回起诉（申请）处理。",
    },
    ...(pay === null
      ? []
      : ([
          {
            kind: "code",
            content: pay.url,
            caption: "微信扫码交费",
            lines: [
              { label: "缴款码", text: pay.code.replace(/(.{4})(?=.)/g, "$1 "), strong: true },
              {
                label: "交费方式",
                text: "微信扫描右侧二维码，或在本平台“交费”中输入缴款码；也可以到本院诉讼服务窗口办理。",
              },
              "可以由他人代交，也可以分次交纳；多交、重复交纳的部分原路退还。",
              "本院不会通过电话、短信索要验证码，也不要求向个人账户转账。",
            ],
          },
        ] as const)),
    { kind: "heading", text: "交费有困难的，可以申请司法救助" },
    {
      kind: "paragraph",
      text: `交纳${feeName}确有困难的，可以依照《诉讼费用交纳办法》第四十四条至第五十一条的规定，在交费期限内向本院书面申请缓交、减交或者免交，并提交证明材料。免交只适用于自然人；减交的比例不低于百分之三十。申请审查期间不计入交费期限；不予批准的，本院书面说明理由。`,
    },
  ];
}

const settled = (): Block[] => [{ kind: "paragraph", text: "本通知书所列费用没有待交的部分，无须再交。" }];
