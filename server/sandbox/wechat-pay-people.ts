import { createVerify } from "node:crypto";
import { asRecord, type Call, readBody, reply } from "./peer.ts";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";
import { type Order, type OrderBook, WechatPayRefusal } from "./wechat-pay-orders.ts";
import { outcome, paySheet, safeReturn, scanForm, yuan } from "./wechat-pay-sheet.ts";

interface Phone {
  readonly book: OrderBook;
  readonly keys: WechatPayKeys;
  pay(orderNumber: string, by?: { payer?: string }): Order;
}

/** The payer's side: the pay page of H5, a scanned code, and `wx.requestPayment` of a mini-program. */
export async function answerPeople(call: Call, phone: Phone): Promise<void> {
  const { request, response, path, url } = call;
  if (path === "/jsapi/pay") return answerRequestPayment(call, phone);
  const token = /^\/h5(?:\/([A-Za-z0-9]+))?$/.exec(path);
  if (!token && path !== "/scan") return reply(response, 404, {});
  const code = url.searchParams.get("code");
  if (path === "/scan" && !code) return scanForm(response);
  const order = token
    ? phone.book.of(token[1] ?? url.searchParams.get("prepay_id") ?? "")
    : phone.book.byCode(code ?? "");
  const back = safeReturn(url.searchParams.get("redirect_url"));
  if (!order || (token && order.tradeType !== "MWEB")) {
    const text = "没有找到这笔订单，请回到原来的页面重新发起支付。";
    return outcome(response, { title: "打不开这笔支付", text, good: false, back });
  }
  const ended = endOf(order);
  if (request.method === "POST") return answerButton(call, phone, order);
  if (ended) return outcome(response, { ...ended, back });
  paySheet(response, order, { payee: phone.keys.merchant.name, action: `${url.pathname}${url.search}`, back });
}

async function answerButton({ request, response }: Call, phone: Phone, order: Order): Promise<void> {
  const form = new URLSearchParams((await readBody(request)).toString("utf8"));
  const back = safeReturn(form.get("redirect_url"));
  if (form.get("answer") !== "pay")
    return outcome(response, { title: "已取消", text: "没有付款。需要时可以重新打开付款页。", good: true, back });
  const ended = endOf(order);
  if (ended) return outcome(response, { ...ended, back });
  phone.pay(order.out_trade_no);
  outcome(response, { title: "支付成功", text: `已付 ¥${yuan(order.total)}`, good: true, back });
}

function endOf({ state, total }: Order): { title: string; text: string; good: boolean } | null {
  if (state === "SUCCESS" || state === "REFUND")
    return { title: "支付成功", text: `这笔订单已付 ¥${yuan(total)}，不用再付。`, good: true };
  if (state === "CLOSED")
    return { title: "订单已关闭", text: "这笔订单已过期或已关闭，请回到原来的页面重新发起支付。", good: false };
  return null;
}

/** `wx.requestPayment` as a phone does it: the merchant's signature over the sheet is looked at before anybody pays. */
async function answerRequestPayment({ request, response }: Call, phone: Phone): Promise<void> {
  response.setHeader("access-control-allow-origin", "*");
  if (request.method === "OPTIONS") {
    response.setHeader("access-control-allow-headers", "content-type");
    return reply(response, 200, {});
  }
  if (request.method !== "POST") return reply(response, 405, {});
  const given = asRecord((await readBody(request)).toString("utf8"));
  const [appId, timeStamp, nonceStr, prepay, signType, paySign] = [
    "appId",
    "timeStamp",
    "nonceStr",
    "package",
    "signType",
    "paySign",
  ].map((name) => String(given[name] ?? "")) as [string, string, string, string, string, string];
  const fail = (why: string) => reply(response, 400, { errMsg: `requestPayment:fail ${why}` });
  if (!(phone.keys.merchant.appIds as readonly string[]).includes(appId)) return fail("appid is not this merchant's");
  if (signType !== "RSA" || !/^\d{10}$/.test(timeStamp)) return fail("parameter error");
  const verify = createVerify("RSA-SHA256").update(`${appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`);
  if (!verify.verify(phone.keys.merchant.publicKey, paySign, "base64")) return fail("支付验证签名失败");
  const order = phone.book.of(/^prepay_id=(.+)$/.exec(prepay)?.[1] ?? "");
  if (order?.tradeType !== "JSAPI" || order.appid !== appId) return fail("prepay_id 无效");
  if (given["answer"] === "cancel") return reply(response, 200, { errMsg: "requestPayment:fail cancel" });
  try {
    phone.pay(order.out_trade_no, typeof given["openid"] === "string" ? { payer: given["openid"] } : {});
  } catch (error) {
    if (!(error instanceof WechatPayRefusal)) throw error;
    return fail(error.message);
  }
  reply(response, 200, { errMsg: "requestPayment:ok" });
}
