import { createHash, randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";

/** A refusal in WeChat's words. */
export class WechatPayRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export type TradeType = "JSAPI" | "NATIVE" | "MWEB";
export type TradeState = "SUCCESS" | "REFUND" | "NOTPAY" | "CLOSED" | "USERPAYING" | "PAYERROR";
export interface Order {
  readonly appid: string;
  readonly mchid: string;
  readonly description: string;
  readonly out_trade_no: string;
  readonly notify_url: string;
  readonly total: number;
  readonly tradeType: TradeType;
  readonly openid: string | null;
  readonly expiresAt: number;
  readonly asked: string;
  readonly prepayId: string;
  readonly codeUrl: string;
  state: TradeState;
  transactionId: string | null;
  paidAt: number | null;
  payer: string | null;
}

const orderNumber = z.string().regex(/^[0-9A-Za-z_|*-]{6,32}$/);
const fen = z.int().min(1).max(10_000_000_000);
const common = {
  appid: z.string().min(1).max(32),
  mchid: z.string().min(1).max(32),
  description: z.string().min(1).max(127),
  out_trade_no: orderNumber,
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: z.string().max(128).optional(),
  notify_url: z
    .url({ protocol: /^https?$/ })
    .max(256)
    .regex(/^[^?]*$/),
  amount: z.strictObject({ total: fen, currency: z.literal("CNY").optional() }),
};
const SHAPES = {
  JSAPI: z.strictObject({ ...common, payer: z.strictObject({ openid: z.string().min(1).max(128) }) }),
  NATIVE: z.strictObject(common),
  MWEB: z.strictObject({
    ...common,
    scene_info: z.strictObject({
      payer_client_ip: z.union([z.ipv4(), z.ipv6()]),
      h5_info: z.strictObject({ type: z.enum(["Wap", "iOS", "Android"]), app_name: z.string().max(64).optional() }),
    }),
  }),
};

/** The orders that merchants opened, and what became of them. */
export function orderBook({ merchant }: WechatPayKeys, now: () => number) {
  const orders = new Map<string, Order>();
  return { orders, open, find, seen, close, pay, of: (prepayId: string) => byPrepay(prepayId), byCode };

  function open(tradeType: TradeType, body: unknown): Order {
    const told = SHAPES[tradeType].safeParse(body);
    if (!told.success) {
      const [issue] = told.error.issues;
      throw new WechatPayRefusal(400, "PARAM_ERROR", `参数错误: /${issue?.path.join("/")} ${issue?.message}`);
    }
    const given = told.data;
    if (given.mchid !== merchant.mchId) throw new WechatPayRefusal(400, "PARAM_ERROR", "mchid与签名商户号不一致");
    if (!(merchant.appIds as readonly string[]).includes(given.appid))
      throw new WechatPayRefusal(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配");
    const expiresAt = given.time_expire ? Date.parse(given.time_expire) : now() + 7 * 86_400_000;
    const asked = createHash("sha256")
      .update(`${tradeType} ${JSON.stringify(given)}`)
      .digest("hex");
    const known = seen(given.out_trade_no);
    if (known) {
      if (known.state === "SUCCESS" || known.state === "REFUND")
        throw new WechatPayRefusal(400, "ORDERPAID", "该订单已支付");
      if (known.state === "CLOSED") throw new WechatPayRefusal(400, "ORDER_CLOSED", "该订单已关闭");
      if (known.asked !== asked) throw new WechatPayRefusal(403, "OUT_TRADE_NO_USED", "商户订单号重复");
      return known;
    }
    if (expiresAt <= now())
      throw new WechatPayRefusal(400, "PARAM_ERROR", "time_expire时间过短，刷卡至少1分钟，其他5分钟");
    const order: Order = {
      appid: given.appid,
      mchid: given.mchid,
      description: given.description,
      out_trade_no: given.out_trade_no,
      notify_url: given.notify_url,
      total: given.amount.total,
      tradeType,
      openid: "payer" in given ? (given as z.infer<typeof SHAPES.JSAPI>).payer.openid : null,
      expiresAt,
      asked,
      prepayId: `wx${randomBytes(17).toString("hex")}`,
      codeUrl: `weixin://wxpay/bizpayurl?pr=${randomBytes(8).toString("base64url")}`,
      state: "NOTPAY",
      transactionId: null,
      paidAt: null,
      payer: null,
    };
    orders.set(order.out_trade_no, order);
    return order;
  }

  /** The order as of now: whoever let it expire cannot pay it any more. */
  function seen(number: string): Order | undefined {
    const order = orders.get(number);
    if (order && (order.state === "NOTPAY" || order.state === "USERPAYING") && order.expiresAt <= now())
      order.state = "CLOSED";
    return order;
  }

  function find(number: string): Order {
    const order = seen(number);
    if (!order) throw new WechatPayRefusal(404, "ORDER_NOT_EXIST", "订单不存在");
    return order;
  }

  function close(number: string): void {
    const order = find(number);
    if (order.state === "SUCCESS" || order.state === "REFUND")
      throw new WechatPayRefusal(400, "ORDERPAID", "该订单已支付，不能发起关单，请当作已支付的正常交易");
    if (order.state === "USERPAYING") throw new WechatPayRefusal(202, "USERPAYING", "用户支付中，需要输入密码");
    order.state = "CLOSED";
  }

  /** Somebody pays. Refused as a phone would refuse it. */
  function pay(order: Order, payer = order.openid ?? `o${randomBytes(20).toString("hex").slice(0, 27)}`): void {
    const { state } = find(order.out_trade_no);
    if (state === "SUCCESS" || state === "REFUND") throw new WechatPayRefusal(400, "ORDERPAID", "该订单已支付");
    if (state === "CLOSED") throw new WechatPayRefusal(400, "ORDER_CLOSED", "订单已过期或已关闭");
    if (order.openid && payer !== order.openid)
      throw new WechatPayRefusal(400, "PARAM_ERROR", "支付者与下单用户不一致");
    order.state = "SUCCESS";
    order.transactionId = `4200${String(randomInt(10 ** 12)).padStart(12, "0")}${String(randomInt(10 ** 12)).padStart(12, "0")}`;
    order.paidAt = Math.floor(now() / 1000) * 1000;
    order.payer = payer;
  }

  function byPrepay(prepayId: string): Order | undefined {
    const found = [...orders.values()].find((order) => order.prepayId === prepayId);
    return found && seen(found.out_trade_no);
  }
  function byCode(codeUrl: string): Order | undefined {
    const found = [...orders.values()].find((order) => order.codeUrl === codeUrl);
    return found && seen(found.out_trade_no);
  }
}

export type OrderBook = ReturnType<typeof orderBook>;

const DESCRIPTIONS = {
  SUCCESS: "支付成功",
  REFUND: "转入退款",
  NOTPAY: "订单未支付",
  CLOSED: "订单已关闭",
  USERPAYING: "用户支付中",
  PAYERROR: "支付失败",
};

export const shanghai = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** The order as WeChat tells of it, in an answer and in a notice. */
export function transactionOf(order: Order): Record<string, unknown> {
  const paid = order.paidAt !== null;
  return {
    mchid: order.mchid,
    appid: order.appid,
    out_trade_no: order.out_trade_no,
    ...(paid ? { transaction_id: order.transactionId, trade_type: order.tradeType } : {}),
    trade_state: order.state,
    trade_state_desc: DESCRIPTIONS[order.state],
    ...(paid ? { bank_type: "OTHERS", success_time: shanghai(order.paidAt ?? 0) } : {}),
    attach: "",
    payer: paid ? { openid: order.payer } : {},
    amount: {
      total: order.total,
      ...(paid ? { payer_total: order.total, currency: "CNY", payer_currency: "CNY" } : {}),
    },
  };
}
