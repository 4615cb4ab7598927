import { randomUUID } from "node:crypto";
import { type Call, type Peer, readBody } from "./peer.ts";
import { billOffice } from "./wechat-pay-bill.ts";
import { wechatPayForgeries } from "./wechat-pay-forgeries.ts";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";
import { type Notice, type NoticeKind, noticePost } from "./wechat-pay-notices.ts";
import { type Order, orderBook, type TradeType, transactionOf, WechatPayRefusal } from "./wechat-pay-orders.ts";
import { answerPeople } from "./wechat-pay-people.ts";
import { type Refund, type RefundState, refundAnswerOf, refundBook, refundResourceOf } from "./wechat-pay-refunds.ts";
import { keepBooks } from "./wechat-pay-shelf.ts";
import { wechatPaySigner } from "./wechat-pay-signature.ts";

/** How the next answers are spoilt: by somebody on the way, or by somebody who only says to be WeChat. */
export type Spoil = "unsigned" | "wrong" | "stranger" | "other-body" | "old";

export type WechatPayPeer = ReturnType<typeof wechatPayPeer>;

/**
 * WeChat Pay, API v3, as a merchant sees it: requests must be rightly signed, answers and notices are, in public-key mode
 * or by certificates that rotate. `/v3/…` is WeChat's own; `/h5`, `/scan` and `/jsapi/pay` are the payer's phone.
 */
export function wechatPayPeer(
  keys: WechatPayKeys,
  now: () => number = Date.now,
  { refundMs = 300, file = null as string | null } = {},
) {
  const signer = wechatPaySigner(keys, now);
  const book = orderBook(keys, now);
  const refunds = refundBook(book, now);
  const post = noticePost(signer, now);
  const office = billOffice({ orders: book.orders, refunds: refunds.refunds }, now);
  const shelf = file ? keepBooks(file, { orders: book.orders, refunds: refunds.refunds }) : null;
  const timers = new Set<NodeJS.Timeout>();
  let spoilt: { how: Spoil; left: number } | null = null;
  /** How often a merchant asked for anything. */
  const requests = { count: 0 };
  /** What the next refunds come to, in place of success. */
  let refundEnds: RefundState[] = [];

  for (const refund of refunds.refunds.values()) if (refund.status === "PROCESSING") endLater(refund, "SUCCESS");

  const peer: Peer = {
    async handle(call) {
      if (!call.path.startsWith("/v3/"))
        return await answerPeople(call, { book, pay, keys }).finally(() => shelf?.save());
      const body = await readBody(call.request);
      const asked = call.request.headers["wechatpay-serial"];
      requests.count++;
      try {
        await answerMerchant(call, body, String(asked ?? ""));
      } catch (error) {
        if (!(error instanceof WechatPayRefusal)) throw error;
        say(call, error.status, { code: error.code, message: error.message }, String(asked ?? ""));
      }
      shelf?.save();
    },
  };

  return {
    peer,
    keys,
    signer,
    orders: book.orders,
    refunds: refunds.refunds,
    purse: refunds.purse,
    requests,
    deliveries: post.deliveries,
    behave: post.behave,
    release: post.release,
    falsify: office.falsify,
    /** The bill of a day as its file lies there. */
    zippedBill(day: string): Buffer {
      const { download_url = "" } = office.ask(
        new URLSearchParams({ bill_date: day, tar_type: "GZIP" }),
        "http://wechat",
      );
      return office.fetch(new URL(download_url).searchParams.get("token") ?? "");
    },
    pay,
    finishRefund,
    /** A genuine notice of what happened, not sent: for tests that bring it themselves, as often as they like. */
    notice: (orderNumber: string): Notice => post.make("TRANSACTION.SUCCESS", transactionOf(book.find(orderNumber))),
    refundNotice(refundNumber: string): Notice {
      const refund = refunds.find(refundNumber);
      return post.make(kindOf(refund), refundResourceOf(refund));
    },
    /** A notice of any content, rightly sealed and signed. */
    makeNotice: (resource: Record<string, unknown>, kind: NoticeKind = "TRANSACTION.SUCCESS"): Notice =>
      post.make(kind, resource),
    ...wechatPayForgeries(keys, signer, now),
    /** The next `times` answers are spoilt. */
    spoil(how: Spoil, times = 1): void {
      spoilt = times > 0 ? { how, left: times } : null;
    },
    endRefundsAs(...states: RefundState[]): void {
      refundEnds = states;
    },
    /** The payer has begun and not finished, or failed. */
    leave(orderNumber: string, state: "USERPAYING" | "PAYERROR" | "NOTPAY"): void {
      book.find(orderNumber).state = state;
    },
    stop(): void {
      post.stop();
      for (const timer of timers) clearTimeout(timer);
      shelf?.save();
    },
  };

  /** Somebody pays the order; WeChat tells the merchant unless `silent`. */
  function pay(orderNumber: string, { payer, silent = false }: { payer?: string; silent?: boolean } = {}): Order {
    const order = book.find(orderNumber);
    book.pay(order, payer);
    if (!silent) post.send(order.notify_url, "TRANSACTION.SUCCESS", transactionOf(order));
    return order;
  }

  function finishRefund(refundNumber: string, state: RefundState = "SUCCESS"): Refund {
    const refund = refunds.find(refundNumber);
    refunds.finish(refund, state);
    if (refund.notify_url && refund.status !== "PROCESSING")
      post.send(refund.notify_url, kindOf(refund), refundResourceOf(refund));
    shelf?.save();
    return refund;
  }

  async function answerMerchant(call: Call, body: Buffer, asked: string): Promise<void> {
    const { request, path, url } = call;
    const { method } = request;
    const target = path + url.search;
    const wrong = signer.check(request, target, body);
    if (wrong) throw new WechatPayRefusal(401, "SIGN_ERROR", wrong);
    if (!request.headers["user-agent"] || !request.headers.accept)
      throw new WechatPayRefusal(400, "PARAM_ERROR", "Http头缺少Accept或User-Agent");

    const opening = /^\/v3\/pay\/transactions\/(jsapi|native|h5)$/.exec(path)?.[1];
    const order = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close)?$/.exec(path);
    const byId = /^\/v3\/pay\/transactions\/id\/([^/]+)$/.exec(path)?.[1];
    const refund = /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/.exec(path)?.[1];
    const { origin } = originOf(call);

    if (method === "POST" && opening) return say(call, 200, opened(opening, parsed(body), origin), asked);
    if (method === "POST" && order?.[2]) {
      ofUs((parsed(body) as { mchid?: unknown } | null)?.mchid);
      book.close(decoded(order[1]));
      return say(call, 204, null, asked);
    }
    if (method === "GET" && order && !order[2]) {
      ofUs(url.searchParams.get("mchid"));
      return say(call, 200, transactionOf(book.find(decoded(order[1]))), asked);
    }
    if (method === "GET" && byId) {
      ofUs(url.searchParams.get("mchid"));
      const found = [...book.orders.values()].find(({ transactionId }) => transactionId === byId);
      if (!found) throw new WechatPayRefusal(404, "ORDER_NOT_EXIST", "订单不存在");
      return say(call, 200, transactionOf(found), asked);
    }
    if (method === "POST" && path === "/v3/refund/domestic/refunds")
      return say(call, 200, refundAnswerOf(refunded(parsed(body))), asked);
    if (method === "GET" && refund) return say(call, 200, refundAnswerOf(refunds.find(decoded(refund))), asked);
    if (method === "GET" && path === "/v3/certificates") return say(call, 200, certificates(), asked);
    if (method === "GET" && path === "/v3/bill/tradebill")
      return say(
        call,
        200,
        office.ask(url.searchParams, `${origin}${call.url.pathname.slice(0, -path.length)}`),
        asked,
      );
    if (method === "GET" && path === "/v3/billdownload/file") {
      const file = office.fetch(url.searchParams.get("token") ?? "");
      call.response
        .writeHead(200, { "content-type": "application/octet-stream", "content-length": file.length })
        .end(file);
      return;
    }
    throw new WechatPayRefusal(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在");
  }

  function opened(kind: string, body: unknown, origin: string): Record<string, string> {
    const type = ({ jsapi: "JSAPI", native: "NATIVE", h5: "MWEB" } as Record<string, TradeType>)[kind] as TradeType;
    const order = book.open(type, body);
    if (type === "JSAPI") return { prepay_id: order.prepayId };
    if (type === "NATIVE") return { code_url: order.codeUrl };
    return { h5_url: `${origin}/wechat-pay/h5?prepay_id=${order.prepayId}&package=${randomUUID().slice(0, 8)}` };
  }

  function refunded(body: unknown): Refund {
    const { refund, fresh } = refunds.ask(body);
    if (!fresh) return refund;
    const end = refundEnds.shift() ?? "SUCCESS";
    if (end === "PROCESSING") return refund;
    endLater(refund, end);
    return refund;
  }

  function endLater(refund: Refund, end: RefundState): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      finishRefund(refund.out_refund_no, end);
    }, refundMs);
    timers.add(timer.unref());
  }

  function certificates() {
    if (signer.mode === "public_key")
      throw new WechatPayRefusal(
        404,
        "RESOURCE_NOT_EXISTS",
        "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥",
      );
    return {
      data: signer.certificates().map(({ serial, pem, from, until }) => ({
        serial_no: serial,
        effective_time: from.toISOString(),
        expire_time: until.toISOString(),
        encrypt_certificate: signer.seal(pem, "certificate"),
      })),
    };
  }

  function say({ response }: Call, status: number, body: Record<string, unknown> | null, asked: string): void {
    const text = body === null ? "" : JSON.stringify(body);
    // WeChat's gate turns away the wrongly signed without a signature of its own.
    const headers = status === 401 ? {} : signed(text, asked);
    response
      .writeHead(status, {
        ...(text
          ? { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(text) }
          : {}),
        "request-id": randomUUID(),
        ...headers,
      })
      .end(text);
  }

  function signed(text: string, asked: string): Record<string, string> {
    const how = spoilt?.how;
    if (spoilt && --spoilt.left <= 0) spoilt = null;
    const genuine = signer.sign(text, asked);
    if (how === "unsigned") return {};
    if (how === "other-body") return signer.sign(`${text} `, asked);
    if (how === "stranger") return { ...genuine, "wechatpay-serial": "0000000000000000000000000000000000000BAD" };
    if (how === "wrong") return { ...genuine, "wechatpay-signature": Buffer.alloc(256, 7).toString("base64") };
    if (how === "old") {
      const timestamp = String(Math.floor(now() / 1000) - 301);
      return { ...genuine, "wechatpay-timestamp": timestamp };
    }
    return genuine;
  }

  function ofUs(mchid: unknown): void {
    if (mchid !== keys.merchant.mchId) throw new WechatPayRefusal(400, "PARAM_ERROR", "mchid与签名商户号不一致");
  }
}

const kindOf = (refund: Refund): NoticeKind => `REFUND.${refund.status}` as NoticeKind;
const decoded = (part = ""): string => decodeURIComponent(part);
const originOf = ({ request }: Call) => ({ origin: `http://${request.headers.host ?? "127.0.0.1"}` });

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new WechatPayRefusal(400, "PARAM_ERROR", "请求体不是JSON");
  }
}
