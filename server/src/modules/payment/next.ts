import { readableYuan } from "#core/money.ts";
import { CHANNELS, type PaymentState, type RefundState } from "./workflow.ts";

/** What a payment is, said to the person who paid: one plain sentence, what happens next and by when. */
export interface PaymentSaid {
  readonly state: PaymentState;
  readonly channel: keyof typeof CHANNELS;
  readonly amountFen: number;
  readonly appliedFen: number;
  readonly paidFen: number | null;
  readonly refundedFen: number;
  readonly promisedAt: Date | null;
  readonly receiptNumber: string | null;
  /** By when what is on its way back is to be there, `YYYY-MM-DD`; null where nothing is. */
  readonly returnDueOn: string | null;
  /** People are looking at what WeChat said of it. */
  readonly quarantined: boolean;
}

export function nextOfPayment(payment: PaymentSaid, now: Date): string {
  const { state, amountFen, appliedFen, refundedFen, receiptNumber, returnDueOn } = payment;
  if (payment.quarantined)
    return "微信报来的信息与订单不一致，款项没有丢失，法院工作人员正在核对并会联系您，请不要再次支付。";
  const paid = payment.paidFen ?? amountFen;
  const surplus = paid - appliedFen;
  switch (state) {
    case "created":
      return `正在为您打开${CHANNELS[payment.channel]}。没有反应时请再点一次支付，不会重复扣款。${promise(payment, now)}`;
    case "processing":
      return `请在微信中完成支付。${promise(payment, now)}`;
    case "failed":
      return "这次没有付成，没有扣款。请重新支付。";
    case "closed":
      return "这笔订单已关闭，没有扣款。需要时请重新支付。";
    case "refunding":
      return `${surplus === paid ? "这笔是重复支付，" : ""}${readableYuan(paid - refundedFen)} 正在原路退回您的微信支付账户${due(returnDueOn)}。`;
    case "refunded":
      return `${surplus === paid ? "这笔是重复支付，" : ""}${readableYuan(refundedFen)} 已全部原路退回。`;
    default: {
      const received = `已收到您支付的诉讼费 ${readableYuan(appliedFen)}${receiptNumber ? `，票据号 ${receiptNumber}` : ""}。`;
      const back = refundedFen > 0 ? `其中 ${readableYuan(refundedFen)} 已原路退回。` : "";
      const coming = surplus > 0 && refundedFen < surplus ? `多付的 ${readableYuan(surplus)} 正在原路退回。` : "";
      const asked = !coming && returnDueOn ? `有退款正在办理${due(returnDueOn)}。` : "";
      return (
        received + (surplus > 0 && back ? `多付的 ${readableYuan(refundedFen)} 已原路退回。` : back) + coming + asked
      );
    }
  }
}

const due = (day: string | null): string => (day ? `，最迟 ${day} 到账` : "");

/** The promise is one that the schedule of asking keeps; where WeChat itself has not answered, that is said. */
function promise({ promisedAt }: PaymentSaid, now: Date): string {
  if (promisedAt === null || promisedAt <= now)
    return "微信暂时没有答复，我们会继续核实，有结果立即通知您；如已付款，款项不会丢失，请不要重复支付。";
  return `付款后我们会向微信核实，最迟 ${clockTime(promisedAt)} 给您准信，您可以离开此页。`;
}

export function nextOfRefund({
  state,
  amountFen,
  dueOn,
  finishedAt,
}: {
  state: RefundState;
  amountFen: number;
  dueOn: string;
  finishedAt: Date | null;
}): string {
  const money = readableYuan(amountFen);
  switch (state) {
    case "requested":
      return `${money} 的退款待另一位负责人审批，应在 ${dueOn} 前退回。`;
    case "approved":
      return `已批准，正在提交微信，${money} 将原路退回，应在 ${dueOn} 前到账。`;
    case "processing":
      return `微信正在退款，${money} 将原路退回，一般 1 至 3 个工作日到账，最迟 ${dueOn}。`;
    case "succeeded":
      return `${money} 已${finishedAt ? `于 ${clockTime(finishedAt, true)} ` : ""}原路退回。`;
    case "failed":
      return `${money} 没有退成，法院正在处理并会联系付款人，应在 ${dueOn} 前退回。`;
    default:
      return "这笔退款未获批准，理由见审批意见。";
  }
}

/** `10:32`, never earlier than the moment itself. */
export function clockTime(moment: Date, withDay = false): string {
  const up = withDay ? moment : new Date(Math.ceil(moment.getTime() / 60_000) * 60_000);
  return up.toLocaleString("zh-CN", {
    timeZone: "Asia/Shanghai",
    ...(withDay ? { month: "numeric", day: "numeric" } : {}),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
