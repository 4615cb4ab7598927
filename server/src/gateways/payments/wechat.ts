import { z } from "zod";
import { GatewayError } from "../gateway-error.ts";
import type { OutboundConfig } from "../outbound.ts";
import type { PaymentOpening, PaymentOrder, Payments } from "./port.ts";
import { asked, NOT_THERE, read } from "./wechat-answers.ts";
import { fetchBill } from "./wechat-bill-fetch.ts";
import { wechatClient } from "./wechat-client.ts";
import { paymentFact, refundAnswer, refundFact, transaction } from "./wechat-facts.ts";
import { inPath, money, numbered, shanghai, shortened } from "./wechat-fields.ts";
import { readNotice } from "./wechat-notice.ts";
import { renew } from "./wechat-renewal.ts";

export interface WechatPaymentsConfig extends Omit<OutboundConfig, "baseUrl"> {
  readonly baseUrl: string;
  readonly mchId: string;
  readonly appId: string;
  /** Serial and private key (PEM) of the merchant's own certificate. */
  readonly serial: string;
  readonly privateKey: string;
  readonly apiV3Key: string;
  readonly publicKey: { readonly id: string; readonly pem: string } | null;
  /** Where WeChat brings its notices. */
  readonly notifyUrl: string;
  readonly now?: () => number;
}

const NAME = "payments";
const openings = {
  native: z.object({ code_url: z.string().min(1).max(512) }),
  h5: z.object({ h5_url: z.url({ protocol: /^https?$/ }).max(512) }),
  // The library has made a sheet of the prepay id; ours is signed when it is needed.
  jsapi: z.object({ package: z.string().regex(/^prepay_id=[A-Za-z0-9_-]{1,64}$/) }),
};

/**
 * WeChat Pay, API v3. The library builds and signs; what WeChat answers is verified before it is read, here and in
 * `wechat-client`. In certificate mode the certificates are renewed by a timer that keeps nobody awake.
 */
export function wechatPayments(settings: WechatPaymentsConfig): Payments & { stop(): void } {
  const config = { now: Date.now, ...settings };
  const { mchId, appId, apiV3Key, notifyUrl, now } = config;
  const client = wechatClient(config);
  const { pay, keys } = client;
  const stop = config.publicKey ? () => {} : renew(client.refresh);

  return {
    async open(order) {
      const answer = await asked(() => openingOf(order));
      return openedAs(order.channel, answer);
    },
    sheet: (prepayId) => pay.sheet(prepayId),
    async find(orderNumber) {
      const answer = await asked(() => pay.query({ out_trade_no: inPath(orderNumber) }), NOT_THERE);
      if (answer === undefined) return null;
      const told = read(transaction, answer);
      if (told.mchid !== mchId || told.appid !== appId || told.out_trade_no !== orderNumber)
        throw new GatewayError(NAME, "answered for another order");
      return paymentFact(told);
    },
    async close(orderNumber) {
      await asked(() => pay.close(inPath(orderNumber)), [...NOT_THERE, "ORDER_CLOSED", "ORDERCLOSED"]);
    },
    async refund({ orderNumber, refundNumber, refundFen, totalFen, reason }) {
      const answer = await asked(() =>
        pay.refunds({
          out_trade_no: numbered(orderNumber),
          out_refund_no: numbered(refundNumber, 64),
          reason: shortened(reason, 80),
          notify_url: notifyUrl,
          amount: { refund: money(refundFen), total: money(totalFen), currency: "CNY" },
        }),
      );
      const fact = refundTold(answer);
      if (
        fact.refundNumber !== refundNumber ||
        fact.orderNumber !== orderNumber ||
        fact.amountFen !== refundFen ||
        fact.totalFen !== totalFen
      )
        throw new GatewayError(NAME, "answered for another refund");
      return fact;
    },
    async findRefund(refundNumber) {
      const answer = await asked(() => pay.find_refunds(inPath(refundNumber, 64)), NOT_THERE);
      if (answer === undefined) return null;
      const fact = refundTold(answer);
      if (fact.refundNumber !== refundNumber) throw new GatewayError(NAME, "answered for another refund");
      return fact;
    },
    readNotice: (headers, body) => readNotice(headers, body, { mchId, appId, apiV3Key, keys, now }),
    bill: (day) => fetchBill(day, { ...config, pay }),
    stop,
  };

  function openingOf(order: PaymentOrder) {
    const common = {
      description: shortened(order.title, 127),
      out_trade_no: numbered(order.orderNumber),
      time_expire: shanghai(order.expiresAt),
      notify_url: notifyUrl,
      amount: { total: money(order.amountFen), currency: "CNY" },
    };
    if (order.channel === "wechat_native") return pay.transactions_native(common);
    if (order.channel === "wechat_jsapi") {
      if (!order.openid) throw new TypeError("a jsapi order needs its payer's openid");
      return pay.transactions_jsapi({ ...common, payer: { openid: order.openid } });
    }
    return pay.transactions_h5({
      ...common,
      scene_info: { payer_client_ip: order.clientIp, h5_info: { type: "Wap", app_name: "诉通" } },
    });
  }
}

function refundTold(answer: unknown) {
  try {
    return refundFact(read(refundAnswer, answer));
  } catch (cause) {
    throw cause instanceof GatewayError ? cause : new GatewayError(NAME, "answered what was not agreed", { cause });
  }
}

function openedAs(channel: PaymentOrder["channel"], answer: unknown): PaymentOpening {
  if (channel === "wechat_native") return { channel, codeUrl: read(openings.native, answer).code_url };
  if (channel === "wechat_h5") return { channel, h5Url: read(openings.h5, answer).h5_url };
  return { channel, prepayId: read(openings.jsapi, answer).package.slice("prepay_id=".length) };
}
