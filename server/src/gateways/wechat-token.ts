import { GatewayError } from "./gateway-error.ts";
import type { Outbound, OutboundAnswer } from "./outbound.ts";

const BUSY = -1;
const TOKEN_GONE = new Set([40001, 40014, 42001]);

export interface WechatToken {
  get(): Promise<string>;
  renew(): Promise<string>;
}

/**
 * The token of the whole mini-program (7,200 s), renewed five minutes early and asked for once at a time. `stable_token`
 * gives everybody who asks the same one, so several doors to WeChat may each hold their own copy.
 */
export function wechatToken(
  gateway: string,
  call: Outbound,
  app: { readonly appId: string; readonly appSecret: string },
  now: () => number,
): WechatToken {
  let held: { value: string; until: number } | null = null;
  let asking: Promise<string> | null = null;
  const ask = async () => {
    const answer = await call({
      method: "POST",
      path: "/cgi-bin/stable_token",
      body: { grant_type: "client_credential", appid: app.appId, secret: app.appSecret, force_refresh: false },
      repeatable: true,
      busy: isWechatBusy,
    });
    const code = wechatErrcode(answer);
    if (answer.status !== 200 || code !== 0)
      throw new GatewayError(gateway, `answered ${answer.status} errcode ${code} for a token`, { unsent: true });
    const { access_token: value, expires_in: seconds } = answer.json as Record<string, unknown>;
    if (typeof value !== "string" || typeof seconds !== "number")
      throw new GatewayError(gateway, "gave no access token", { unsent: true });
    held = { value, until: now() + (seconds - 300) * 1000 };
    return value;
  };
  const once = () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
  return { get: async () => (held && held.until > now() ? held.value : once()), renew: once };
}

export const isWechatBusy = (answer: OutboundAnswer): boolean => wechatErrcode(answer) === BUSY;
export const isTokenGone = (answer: OutboundAnswer): boolean => TOKEN_GONE.has(wechatErrcode(answer));

/** WeChat answers 200 to everything; the truth is in `errcode`. */
export function wechatErrcode({ json }: OutboundAnswer): number {
  const code = typeof json === "object" && json !== null ? (json as Record<string, unknown>)["errcode"] : undefined;
  return typeof code === "number" ? code : 0;
}
