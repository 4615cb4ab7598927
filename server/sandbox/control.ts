import type { CourtPeer } from "./court.ts";
import type { Fault, Faults } from "./faults.ts";
import { asRecord, type Peer, readBody, reply } from "./peer.ts";
import type { WechatPeer } from "./wechat.ts";
import type { WechatPayPeer } from "./wechat-pay.ts";
import { controlWechatPay } from "./wechat-pay-control.ts";

/**
 * What a tester tells the sandbox, and no outside system has: `POST /control/faults/<peer>` with a `Fault`,
 * `DELETE /control/faults`, `POST /control/wechat/login-codes {name}` and `…/phone-codes {phone}` for codes as a phone
 * would get them; `POST /control/wechat/subscriptions {name | openid, template, times}` for a tap on “允许”; `POST /control/court/events {caseNumber, kind, facts}`; `POST /control/wechat-pay/…` as `wechat-pay-control` says.
 */
export function controlPeer(faults: Faults, wechat: WechatPeer, wechatPay: WechatPayPeer, court: CourtPeer): Peer {
  return {
    async handle({ request, response, path }) {
      const body = asRecord((await readBody(request)).toString("utf8"));
      const peer = /^\/faults\/([a-z-]+)$/.exec(path)?.[1];
      if (request.method === "DELETE" && path === "/faults") {
        faults.clear();
        return reply(response, 200, {});
      }
      if (request.method !== "POST") return reply(response, 405, {});
      if (peer) {
        faults.set(peer, body as Fault);
        return reply(response, 200, {});
      }
      const what = /^\/wechat-pay\/([a-z]+)$/.exec(path)?.[1];
      if (what) return reply(response, ...(await controlWechatPay(wechatPay, what, body)));
      if (path === "/wechat/login-codes") return reply(response, 200, { code: wechat.loginCode(String(body["name"])) });
      if (path === "/wechat/phone-codes")
        return reply(response, 200, { code: wechat.phoneCode(String(body["phone"])) });
      if (path === "/wechat/subscriptions") {
        const openid = body["openid"] ? String(body["openid"]) : wechat.openidOf(String(body["name"]));
        wechat.subscriptions.accept(openid, String(body["template"]), Number(body["times"] ?? 1));
        return reply(response, 200, { openid });
      }
      if (path === "/court/events")
        return reply(response, 200, court.tell(body as unknown as Parameters<CourtPeer["tell"]>[0]));
      reply(response, 404, {});
    },
  };
}
