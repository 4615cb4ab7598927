import type { WechatPayPeer } from "./wechat-pay.ts";
import type { Falsehood } from "./wechat-pay-bill.ts";
import type { Manners } from "./wechat-pay-notices.ts";
import { WechatPayRefusal } from "./wechat-pay-orders.ts";
import type { RefundState } from "./wechat-pay-refunds.ts";

type Answer = readonly [status: number, body: unknown];

/**
 * `POST /control/wechat-pay/<what>`: `pay {orderNumber, silent?}`, `manners {quiet, dropShare, repeat, delayMs, hold, seed}`,
 * `release {shuffle?}`, `refunds {ends}`, `refund {refundNumber, state}`, `purse {fen}`, `spoil {how, times}`,
 * `rotate {drop?}`, `mode {mode}`, `bill {falsehoods}`, `forge {orderNumber, kind}`, `leave {orderNumber, state}`.
 * `orders`, `forgeries` and `deliveries` tell what there is.
 */
export async function controlWechatPay(
  peer: WechatPayPeer,
  what: string,
  body: Record<string, unknown>,
): Promise<Answer> {
  const text = (name: string) => String(body[name] ?? "");
  try {
    if (what === "pay")
      return [200, { transactionId: peer.pay(text("orderNumber"), { silent: body["silent"] === true }).transactionId }];
    if (what === "manners") return done(() => peer.behave(body as Manners));
    if (what === "release") return [200, { released: peer.release({ shuffle: body["shuffle"] === true }) }];
    if (what === "refunds") return done(() => peer.endRefundsAs(...((body["ends"] ?? []) as RefundState[])));
    if (what === "refund")
      return [
        200,
        {
          status: peer.finishRefund(text("refundNumber"), (body["state"] as RefundState | undefined) ?? "SUCCESS")
            .status,
        },
      ];
    if (what === "purse")
      return done(() => {
        peer.purse.left = Number(body["fen"]);
      });
    if (what === "spoil")
      return done(() => peer.spoil(text("how") as Parameters<typeof peer.spoil>[0], Number(body["times"] ?? 1)));
    if (what === "rotate") return [200, { serial: peer.signer.rotate({ drop: body["drop"] === true }).serial }];
    if (what === "mode")
      return done(() => peer.signer.switchTo(text("mode") === "certificate" ? "certificate" : "public_key"));
    if (what === "bill") return done(() => peer.falsify((body["falsehoods"] ?? []) as Falsehood[]));
    if (what === "leave") return done(() => peer.leave(text("orderNumber"), text("state") as "USERPAYING"));
    if (what === "forge") return await forge(peer, text("orderNumber"), text("kind"));
    if (what === "orders") return [200, { items: [...peer.orders.values()] }];
    if (what === "forgeries")
      return [200, { forgeries: Object.keys(peer.forgeries), mismatches: Object.keys(peer.mismatches) }];
    if (what === "deliveries") return [200, { items: peer.deliveries }];
  } catch (error) {
    if (!(error instanceof WechatPayRefusal)) throw error;
    return [error.status, { code: error.code, message: error.message }];
  }
  return [404, {}];
}

function done(act: () => void): Answer {
  act();
  return [200, {}];
}

/** Brings a false notice of a paid order to where its true one went. */
async function forge(peer: WechatPayPeer, orderNumber: string, kind: string): Promise<Answer> {
  const make = peer.forgeries[kind] ?? peer.mismatches[kind];
  const order = peer.orders.get(orderNumber);
  if (!make || !order) return [404, {}];
  const { headers, body } = make(peer.notice(orderNumber));
  const sent = new Headers();
  for (const [name, values] of Object.entries(headers)) for (const value of [values].flat()) sent.append(name, value);
  const response = await fetch(order.notify_url, { method: "POST", headers: sent, body: new Uint8Array(body) });
  return [200, { status: response.status, body: await response.text() }];
}
