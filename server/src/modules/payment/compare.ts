import type { BillLine } from "#gateways/payments/port.ts";
import { looksLikeOurs } from "./numbers.ts";
import type { RefundState } from "./workflow.ts";

/** 对账差异: what it is called, and what the court's people are to do about it. */
export const DIFFERENCES = {
  unsettled_found: {
    label: "账单找回未入账款项",
    advice: "微信已收款而系统当时未入账，现已按账单自动入账并出具票据，无须处理。",
  },
  missing_with_us: {
    label: "账单有、系统无此订单",
    advice:
      "订单号为本系统编制而库中没有。请立即报告系统管理员核查数据是否完整（例如从备份恢复后丢失），款项先在商户平台保留。",
  },
  unknown_order: {
    label: "账单中有其他来源的订单",
    advice: "订单号不是本系统编制的。请核对是否为同一商户号下其他系统的收款；不属于法院的，在商户平台原路退回。",
  },
  not_taken: {
    label: "账单有、系统未能入账",
    advice: "款项信息与订单不符，系统没有入账。请在“支付异常”中查看同一订单号的提示并处理。",
  },
  amount_differs: {
    label: "收款金额不一致",
    advice: "请以微信账单为准，在商户平台核对该订单实收金额；多收的原路退回，少收的通知当事人补交。",
  },
  missing_in_bill: {
    label: "系统已入账、账单没有",
    advice:
      "请先在商户平台按微信支付单号查询。确有交易的，可能是跨日，次日账单对平后本条自动消除；确无交易的，立即停止使用该票据并报告负责人。",
  },
  refund_unknown: {
    label: "账单有、系统无此退款",
    advice: "请在商户平台核对是谁发起的退款；确为法院线下办理的，在此写明依据。",
  },
  refund_missing: {
    label: "系统已退款、账单没有",
    advice: "请在商户平台按退款单号查询。确未退出的，报告负责人并由系统重新核实该笔退款。",
  },
  refund_amount_differs: {
    label: "退款金额不一致",
    advice: "请以微信账单为准，核对该退款单实退金额，差额由财务处理后在此写明。",
  },
  refund_not_approved: {
    label: "未批准的退款出现在账单中",
    advice: "请立即核对商户平台的操作记录，查明是谁发起了退款，并报告负责人。",
  },
  refund_unsettled_found: {
    label: "账单找回未登记的退款结果",
    advice: "微信已受理退款而系统当时不知道，现已自动核实并登记，无须处理。",
  },
} as const;
export type DifferenceKind = keyof typeof DIFFERENCES;

export interface Difference {
  readonly kind: DifferenceKind;
  /** The order or refund number. */
  readonly reference: string;
  readonly courtCode: string | null;
  readonly orderNumber: string | null;
  readonly refundNumber: string | null;
  readonly billFen: number | null;
  readonly oursFen: number | null;
}

export interface OurPayment {
  readonly orderNumber: string;
  readonly courtCode: string;
  readonly paid: boolean;
  readonly paidFen: number | null;
  readonly amountFen: number;
}
export interface OurRefund {
  readonly refundNumber: string;
  readonly orderNumber: string;
  readonly courtCode: string;
  readonly state: RefundState;
  readonly amountFen: number;
}

export interface ToCompare {
  readonly lines: readonly BillLine[];
  /** What we know of every number in the bill. */
  readonly payments: ReadonlyMap<string, OurPayment>;
  readonly refunds: ReadonlyMap<string, OurRefund>;
  /** What must be in this day's bill. */
  readonly paidThatDay: readonly OurPayment[];
  readonly refundedThatDay: readonly OurRefund[];
}

/** The bill beside our books, line by line, once everything that could be settled has been. Every difference has a name. */
export function compare({ lines, payments, refunds, paidThatDay, refundedThatDay }: ToCompare): Difference[] {
  const found: Difference[] = [];
  const billed = new Set<string>();
  for (const line of lines) {
    billed.add(line.kind === "refund" ? (line.refundNumber ?? "") : line.orderNumber);
    const difference =
      line.kind === "refund"
        ? differenceOfRefund(line, refunds.get(line.refundNumber ?? ""))
        : differenceOfPayment(line, payments.get(line.orderNumber));
    if (difference) found.push(difference);
  }
  for (const payment of paidThatDay) {
    if (!billed.has(payment.orderNumber)) found.push(ofPayment("missing_in_bill", payment.orderNumber, payment, null));
  }
  for (const refund of refundedThatDay) {
    if (!billed.has(refund.refundNumber))
      found.push(ofRefund("refund_missing", refund.refundNumber, refund, null, null));
  }
  return found;
}

function differenceOfPayment(line: BillLine, ours: OurPayment | undefined): Difference | null {
  const { orderNumber, amountFen } = line;
  const named = (kind: DifferenceKind) => ofPayment(kind, orderNumber, ours, amountFen);
  if (!ours) return named(looksLikeOurs(orderNumber) ? "missing_with_us" : "unknown_order");
  if (amountFen !== (ours.paidFen ?? ours.amountFen)) return named("amount_differs");
  return ours.paid ? null : named("not_taken");
}

function differenceOfRefund(line: BillLine, ours: OurRefund | undefined): Difference | null {
  const number = line.refundNumber ?? "";
  const named = (kind: DifferenceKind) => ofRefund(kind, number, ours, line.orderNumber, line.refundFen);
  if (!ours) return named("refund_unknown");
  if (ours.amountFen !== line.refundFen) return named("refund_amount_differs");
  // Under way or failed: the bill says that it was asked for, not how it ended.
  return ours.state === "requested" || ours.state === "rejected" ? named("refund_not_approved") : null;
}

function ofPayment(
  kind: DifferenceKind,
  orderNumber: string,
  ours: OurPayment | undefined,
  billFen: number | null,
): Difference {
  const oursFen = ours?.paid ? ours.paidFen : null;
  return {
    kind,
    reference: orderNumber,
    courtCode: ours?.courtCode ?? null,
    orderNumber,
    refundNumber: null,
    billFen,
    oursFen: kind === "amount_differs" ? (oursFen ?? ours?.amountFen ?? null) : oursFen,
  };
}

function ofRefund(
  kind: DifferenceKind,
  refundNumber: string,
  ours: OurRefund | undefined,
  orderNumber: string | null,
  billFen: number | null,
): Difference {
  return {
    kind,
    reference: refundNumber,
    courtCode: ours?.courtCode ?? null,
    orderNumber: ours?.orderNumber ?? orderNumber,
    refundNumber,
    billFen,
    oursFen: ours?.amountFen ?? null,
  };
}
