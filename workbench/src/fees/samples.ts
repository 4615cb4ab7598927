import type { FeeNotice, Payment, Refund, Relief } from "@/api/contract.ts";

/** A notice, a payment, a refund and a request for relief as the server tells them; tests say what differs. */
export function sampleNotice(part: Partial<FeeNotice> = {}): FeeNotice {
  return {
    id: "5",
    version: 1,
    number: "鲁0102交费2026000012",
    court: { code: "鲁0102", name: "济南市历下区人民法院" },
    caseId: "9",
    caseNumber: "（2026）鲁0102民初12号",
    title: "李秀英与刘强民间借贷纠纷",
    source: { code: "acceptance", label: "案件受理费" },
    payer: { name: "李秀英", kind: "natural" },
    mine: false,
    state: { code: "open", label: "待交" },
    moves: [],
    facts: { category: "property", amountFen: 12_345_678, halvings: [] },
    assessedFen: 276_914,
    reliefFen: 0,
    dueFen: 276_914,
    paidFen: 0,
    refundedFen: 0,
    outstandingFen: 276_914,
    steps: [{ label: "案件受理费", basis: "诉讼费用交纳办法§13(一)", amountFen: 276_914 }],
    basis: ["诉讼费用交纳办法§13(一)"],
    issuedAt: "2026-11-16T02:00:00.000Z",
    servedOn: "2026-11-16",
    presumed: false,
    dueOn: "2026-11-23",
    nominalDueOn: "2026-11-23",
    provisional: false,
    daysLeft: 1,
    deferredOn: null,
    payCode: "4000123412341234",
    next: "请在2026年11月23日前交纳。",
    relief: null,
    changes: [],
    ...part,
  };
}

export function samplePayment(part: Partial<Payment> = {}): Payment {
  return {
    id: "7",
    noticeId: "5",
    orderNumber: "ST20261117000001",
    channel: { code: "wechat_native", label: "微信扫码支付" },
    state: { code: "succeeded", label: "支付成功" },
    moves: [],
    amountFen: 276_914,
    refundedFen: 0,
    createdAt: "2026-11-17T01:00:00.000Z",
    expiresAt: "2026-11-17T03:00:00.000Z",
    paidAt: "2026-11-17T01:01:00.000Z",
    promisedAt: null,
    receiptNumber: "鲁0102-2026-000123",
    duplicate: false,
    transactionNumber: "4200001234",
    next: "已收到。",
    refunds: [],
    ...part,
  };
}

export function sampleRefund(part: Partial<Refund> = {}): Refund {
  return {
    id: "3",
    paymentId: "7",
    noticeId: "5",
    number: "RF20261120000001",
    amountFen: 138_457,
    reason: "调解结案减半",
    origin: { code: "staff", label: "法院提出" },
    state: { code: "requested", label: "待审批" },
    moves: [],
    requestedBy: "刘洋",
    requestedAt: "2026-11-20T02:00:00.000Z",
    approvedBy: null,
    approvedAt: null,
    finishedAt: null,
    dueOn: "2026-12-05",
    note: null,
    next: "待另一位负责人审批",
    ...part,
  };
}

export function sampleRelief(part: Partial<Relief> = {}): Relief {
  return {
    id: "4",
    noticeId: "5",
    notice: {
      number: "鲁0102交费2026000012",
      caseNumber: "（2026）鲁0102民初12号",
      payer: { name: "李秀英", kind: "natural" },
      dueFen: 276_914,
    },
    kind: { code: "exempt", label: "免交" },
    ground: { code: "subsistence", title: "最低生活保障对象", basis: "诉讼费用交纳办法§45(三)" },
    statement: "无力交纳",
    state: { code: "requested", label: "审查中" },
    moves: [
      { action: "grant", label: "准予" },
      { action: "refuse", label: "不予准许" },
    ],
    materials: [],
    requestedAt: "2026-11-18T02:00:00.000Z",
    askedUntil: null,
    decidedAt: null,
    decidedBy: null,
    reason: null,
    reliefFen: null,
    deferUntil: null,
    ...part,
  };
}
