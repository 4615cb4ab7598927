import { describe, expect, it } from "vitest";
import { pdfText } from "#test/pdf-text.ts";
import { type FeeBillPaper, type FeeNoticePaper, renderPdf } from "./index.ts";

const notice: FeeNoticePaper = {
  courtName: "山东省济南市历下区人民法院",
  number: "鲁0102交2026000123",
  caseNumber: "（2026）鲁0102民初1234号",
  payer: "王㛃𠮷",
  matter: "王㛃𠮷诉李强民间借贷纠纷",
  feeName: "案件受理费",
  steps: [
    {
      label: "不超过1万元的部分，每件交纳50元",
      basis: "《诉讼费用交纳办法》第十三条第一款第一项",
      amountFen: 5_000,
    },
    {
      label: "超过1万元至10万元的部分，按2.5%交纳",
      basis: "《诉讼费用交纳办法》第十三条第一款第一项",
      amountFen: 225_000,
    },
    { label: "适用简易程序，减半交纳", basis: "《诉讼费用交纳办法》第十六条", amountFen: -115_000 },
  ],
  assessedFen: 115_000,
  reliefFen: 0,
  paidFen: 0,
  outstandingFen: 115_000,
  dueOn: "2026-11-30",
  pay: { url: "https://court.example.cn/pay?code=ABCD2345EFGH6789", code: "ABCD2345EFGH6789" },
  issuedOn: "2026-11-22",
};
const read = async (pdf: Buffer): Promise<string> => (await pdfText(pdf)).join("");

describe("交费通知书", () => {
  it("says what is owed, how it was worked out, until when, and how to pay or ask for relief", async () => {
    const pdf = await renderPdf("fee-notice", notice);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const text = await read(pdf);
    for (const said of [
      "山东省济南市历下区人民法院交费通知书",
      "编号鲁0102交2026000123",
      "（2026）鲁0102民初1234号王㛃𠮷：",
      "应交纳案件受理费1,150.00元（人民币壹仟壹佰伍拾元整）",
      "1不超过1万元的部分，每件交纳50元《诉讼费用交纳办法》第十三条第一款第一项50.00",
      "3适用简易程序，减半交纳《诉讼费用交纳办法》第十六条-1,150.00",
      "合计人民币壹仟壹佰伍拾元整1,150.00",
      "交费期限2026年11月30日以前（含当日）",
      "缴款码：ABCD2345EFGH6789",
      "《诉讼费用交纳办法》第四十四条至第五十一条",
      "免交只适用于自然人；减交的比例不低于百分之三十",
      "山东省济南市历下区人民法院2026年11月22日",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("准予减免");
  });

  it("counts from service while that has not taken effect, and shows relief and what was paid", async () => {
    const text = await read(
      await renderPdf("fee-notice", {
        ...notice,
        dueOn: null,
        reliefFen: 40_000,
        paidFen: 5_000,
        outstandingFen: 70_000,
      }),
    );
    expect(text).toContain("交费期限自本通知书送达的次日起七日内");
    expect(text).toContain("准予减免400.00元（人民币肆佰元整）已交金额50.00元（人民币伍拾元整）尚应交纳700.00元");
  });

  it("asks for nothing where nothing is left", async () => {
    const text = await read(
      await renderPdf("fee-notice", { ...notice, paidFen: 115_000, outstandingFen: 0, pay: null }),
    );
    expect(text).toContain("尚应交纳0.00元（人民币零元整）");
    expect(text).toContain("无须再交");
    expect(text).not.toMatch(/缴款码|交费期限2|司法救助/);
  });
});

it("诉讼费收款凭证: every receipt, the sum, and where it can be checked", async () => {
  const bill: FeeBillPaper = {
    ...notice,
    receipts: [
      { number: "鲁0102-2026-000045", paidOn: "2026-11-23", channel: "微信支付", amountFen: 80_000, refundedFen: 0 },
      {
        number: "鲁0102-2026-000046",
        paidOn: "2026-11-24",
        channel: "微信支付",
        amountFen: 35_000,
        refundedFen: 5_000,
      },
    ],
    receivedFen: 115_000,
    refundedFen: 5_000,
    verifyUrl: "https://court.example.cn/receipts/1?code=x",
  };
  const text = await read(await renderPdf("fee-bill", bill));
  for (const said of [
    "诉讼费收款凭证",
    "交款人王㛃𠮷",
    "实收金额1,100.00元（人民币壹仟壹佰元整）",
    "鲁0102-2026-0000452026年11月23日微信支付800.00—",
    "鲁0102-2026-0000462026年11月24日微信支付350.0050.00",
    "合计人民币壹仟壹佰伍拾元整1,150.0050.00",
    "财政电子票据以财政部门票据系统开具的为准",
  ])
    expect(text).toContain(said);
});
