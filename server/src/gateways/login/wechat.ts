import { GatewayError } from "../gateway-error.ts";
import { type OutboundAnswer, type OutboundConfig, outbound } from "../outbound.ts";
import { isTokenGone, isWechatBusy, wechatErrcode, wechatToken } from "../wechat-token.ts";
import { type Login, type LoginRefusal, LoginRefused } from "./port.ts";

export interface WechatLoginConfig extends Partial<OutboundConfig> {
  readonly appId: string;
  readonly appSecret: string;
}

const WECHAT = "https://api.weixin.qq.com";
const NAME = "login";
/** WeChat's numbers for what is wrong with the code or its holder. */
const REFUSALS: Readonly<Record<number, LoginRefusal>> = {
  40029: "invalid",
  40163: "used",
  45011: "too_many",
  40226: "blocked",
};

/** WeChat's mini-program sign-in: `jscode2session` and `getuserphonenumber`. The session key is dropped unread. */
export function wechatLogin(config: WechatLoginConfig, now: () => number = () => performance.now()): Login {
  const { appId, appSecret, ...limits } = config;
  const call = outbound(NAME, { baseUrl: WECHAT, totalMs: 5000, ...limits });
  const token = wechatToken(NAME, call, { appId, appSecret }, now);

  return {
    async exchange(code) {
      // A code is good once: where the answer was lost, sending it again could only be refused.
      const answer = await call({
        method: "GET",
        path: "/sns/jscode2session",
        query: { appid: appId, secret: appSecret, js_code: plain(code), grant_type: "authorization_code" },
        repeatable: false,
        busy: isWechatBusy,
      });
      const { openid, unionid } = accepted(answer);
      if (typeof openid !== "string" || openid === "") throw new GatewayError(NAME, "answered without an openid");
      return typeof unionid === "string" ? { openid, unionid } : { openid };
    },

    async phone(code) {
      let answer = await askPhone(code, await token.get());
      if (isTokenGone(answer)) answer = await askPhone(code, await token.renew());
      const info = accepted(answer)["phone_info"];
      const phone = isRecord(info) ? (info["purePhoneNumber"] ?? info["phoneNumber"]) : undefined;
      if (typeof phone !== "string" || phone === "") throw new GatewayError(NAME, "answered without a phone number");
      if (!isOurs(info)) throw new LoginRefused("invalid");
      return { phone };
    },
  };

  function askPhone(code: string, accessToken: string): Promise<OutboundAnswer> {
    return call({
      method: "POST",
      path: "/wxa/business/getuserphonenumber",
      query: { access_token: accessToken },
      body: { code: plain(code) },
      repeatable: false,
      busy: isWechatBusy,
    });
  }

  function isOurs(info: unknown): boolean {
    const watermark = isRecord(info) ? info["watermark"] : undefined;
    return isRecord(watermark) && watermark["appid"] === appId;
  }
}

/** WeChat answers 200 to everything; the truth is in `errcode`. */
function accepted(answer: OutboundAnswer): Record<string, unknown> {
  if (answer.status !== 200 || !isRecord(answer.json)) throw new GatewayError(NAME, `answered ${answer.status}`);
  const code = wechatErrcode(answer);
  const refusal = REFUSALS[code];
  if (refusal) throw new LoginRefused(refusal);
  if (code !== 0) throw new GatewayError(NAME, `answered errcode ${code}`);
  return answer.json;
}

/** A code is short and plain; anything else is refused without asking. */
function plain(code: string): string {
  if (!/^[\x21-\x7e\u00b7\u3400-\u9fff]{1,128}$/u.test(code)) throw new LoginRefused("invalid");
  return code;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
