import type { Actor } from "#core/actor.ts";
import { isStaff } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import type { Work } from "#core/work.ts";
import {
  GatewayError,
  PaymentAlreadyPaid,
  type PaymentChannel,
  type PaymentOpening,
  PaymentRefused,
} from "#gateways/payments/port.ts";
import { findOpenid } from "#modules/account/index.ts";
import { findPayable, holdNotice, markPaying, type NoticeRow, outstandingFen } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { closeAtWechat } from "./ask.ts";
import { changePayment, Payment } from "./model.ts";
import { orderNumber, requestKey } from "./numbers.ts";
import { problem } from "./problems.ts";
import { nextAsk, ORDER_LIFE_MS, promiseFor } from "./schedule.ts";
import { settleAlone } from "./settle.ts";
import { holdPayment } from "./store.ts";
import { isLive } from "./workflow.ts";

/** An order that will soon expire is not handed out again. */
const LEFT_MS = 5 * 60_000;
const TRIES = 3;

export interface OrderWanted {
  readonly noticeId: string;
  readonly channel: PaymentChannel;
  /** A part of what is outstanding; null for all of it. */
  readonly amountFen: number | null;
  readonly payCode: string | undefined;
  readonly key: string;
  readonly ip: string;
}

/** An order that stands at WeChat; what was answered is not written down yet. */
export interface Opened {
  readonly paymentId: string;
  readonly opening: PaymentOpening;
}

/**
 * Makes sure there is one order for this request: the row first, so that nothing can be paid that we do not know of; then
 * WeChat is asked, outside of any transaction. Asked again, with the same key or for the same thing, it is the same order;
 * another live order of this account is closed first, by asking. Throws `payment.already_paid` where that one was paid.
 */
export async function openOrder(means: Means, actor: Actor, wanted: OrderWanted): Promise<Opened> {
  const { payments } = means.gateways;
  const notice = await findPayable(means, actor, wanted.noticeId, wanted.payCode);
  const openid = await payerOf(means, actor, wanted.channel);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const claimed = await claimOrder(means, actor, wanted);
    if (claimed.inTheWay) {
      await giveUp(means, claimed.inTheWay);
      continue;
    }
    const { order } = claimed;
    if (order.opening) return { paymentId: String(order.id), opening: openingOf(means, order) };
    try {
      const opening = await payments.open({
        orderNumber: order.orderNumber,
        channel: order.channel,
        amountFen: order.amountFen,
        title: titleOf(notice),
        expiresAt: order.expiresAt,
        openid,
        clientIp: wanted.ip,
      });
      return { paymentId: String(order.id), opening };
    } catch (error) {
      // An order of this number stands already, was opened from elsewhere, closed or paid: what it is, WeChat says.
      if (!(error instanceof PaymentAlreadyPaid || error instanceof PaymentRefused)) throw error;
      await giveUp(means, order);
      throw problem("payment.not_open", { members: { paymentId: String(order.id) } });
    }
  }
  throw problem("payment.unsettled", { retryAfter: 10 });
}

/** Writes down what WeChat answered. Throws `payment.not_open` where the order ended in between. */
export async function keepOpening(work: Work, means: Means, { paymentId, opening }: Opened): Promise<void> {
  const { notice, payment } = await holdPayment(work, paymentId);
  if (!isLive(payment.state)) throw problem("payment.not_open");
  if (payment.state === "processing") return;
  await changePayment(work, payment, {
    state: "processing",
    opening: means.vault.seal(JSON.stringify(opening), boundTo(payment)),
  });
  await markPaying(work, notice, payment.expiresAt);
  await work.emit({
    name: "payment.opened",
    about: `payment:${payment.id}`,
    courtCode: payment.courtCode,
    paymentId,
    noticeId: String(payment.noticeId),
    amountFen: payment.amountFen,
  });
}

/** What the client needs to have it paid: the sheet is signed anew each time, and nobody is asked. */
export function presentOpening({ gateways: { payments } }: Means, opening: PaymentOpening) {
  switch (opening.channel) {
    case "wechat_jsapi":
      return payments.sheet(opening.prepayId);
    case "wechat_native":
      return { codeUrl: opening.codeUrl };
    default:
      return { h5Url: opening.h5Url };
  }
}

type Claimed = { readonly order: Payment; readonly inTheWay?: undefined } | { readonly inTheWay: Payment };

/** The row of this request: made, found by its key, or one that is live already; or else the one that stands in the way. */
function claimOrder(means: Means, actor: Actor, wanted: OrderWanted): Promise<Claimed> {
  return means.transact(
    actor,
    async (work): Promise<Claimed> => {
      const options = { transaction: work.tx, lock: work.tx.LOCK.UPDATE };
      const notice = await holdNotice(work, wanted.noticeId);
      const key = { accountId: actor.accountId, requestKey: requestKey(wanted.noticeId, wanted.key) };
      const known = await Payment.findOne({ where: key, ...options });
      if (known) {
        if (isLive(known.state)) return { order: known };
        throw problem(known.paidAt ? "payment.already_paid" : "payment.not_open", {
          members: { paymentId: String(known.id) },
        });
      }
      const outstanding = outstandingFen(notice);
      if (outstanding === 0 || !PAYABLE.has(notice.state)) throw problem("payment.nothing_due");
      const amountFen = wanted.amountFen ?? outstanding;
      if (amountFen > outstanding) {
        throw problem("payment.amount", {
          detail: `尚未交纳的金额为 ${readableYuan(outstanding)}。`,
          members: { outstandingFen: outstanding },
          errors: [{ pointer: "/amountFen", code: "too_much", message: `最多支付 ${readableYuan(outstanding)}` }],
        });
      }
      const liveOf = `${wanted.noticeId}:${actor.accountId}`;
      const live = await Payment.findOne({ where: { liveOf }, ...options });
      if (live) {
        const fits = live.channel === wanted.channel && live.amountFen === amountFen;
        return fits && live.expiresAt.getTime() - work.at.getTime() > LEFT_MS ? { order: live } : { inTheWay: live };
      }
      const expiresAt = new Date(work.at.getTime() + ORDER_LIFE_MS);
      const askAt = nextAsk({ createdAt: work.at, expiresAt }, work.at);
      const order = await Payment.create(
        {
          ...key,
          noticeId: wanted.noticeId,
          courtCode: notice.courtCode,
          orderNumber: orderNumber(work.at),
          channel: wanted.channel,
          amountFen,
          state: "created",
          liveOf,
          expiresAt,
          askAt,
          promisedAt: promiseFor(askAt),
          createdAt: work.at,
          updatedAt: work.at,
        },
        { transaction: work.tx },
      );
      return { order };
    },
    { repeatable: true },
  );
}

/** States of a notice in which money is taken. */
const PAYABLE: ReadonlySet<string> = new Set(["open", "overdue", "relief_pending"]);

/** Closes an order that stands in the way, by asking; if it was paid, that is what the caller must hear. */
async function giveUp(means: Means, order: Payment): Promise<void> {
  const { payments } = means.gateways;
  const fact = await closeAtWechat(payments, order, await payments.find(order.orderNumber));
  const outcome = await settleAlone(means, fact, "query");
  if (outcome === "settled" || outcome === "known")
    throw problem("payment.already_paid", { members: { paymentId: String(order.id) } });
  if (outcome === "quarantined")
    throw problem("payment.unsettled", { detail: "您之前的一笔付款正在由法院工作人员核对，请不要再次支付。" });
}

/** Who pays, in WeChat's terms. At the counter people scan a code. */
async function payerOf({ vault }: Means, actor: Actor, channel: PaymentChannel): Promise<string | null> {
  if (isStaff(actor) && channel !== "wechat_native") throw problem("payment.counter_only_native");
  if (channel !== "wechat_jsapi") return null;
  const openid = await findOpenid(vault, actor.accountId);
  if (openid === null) throw problem("payment.openid_missing");
  return openid;
}

/** What the payer's WeChat shows: no names. */
const titleOf = ({ caseNumber }: NoticeRow): string => `诉讼费 ${caseNumber}`.slice(0, 40);

const boundTo = ({ orderNumber: number }: { orderNumber: string }): string => `payment:${number} opening`;

function openingOf({ vault }: Means, order: Payment): PaymentOpening {
  if (!order.opening) throw new GatewayError("payments", "an order without an opening");
  return JSON.parse(vault.open(order.opening, boundTo(order))) as PaymentOpening;
}
