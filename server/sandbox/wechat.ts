import { createHash, randomBytes } from "node:crypto";
import { asRecord, type Peer, readBody, reply } from "./peer.ts";
import { phoneBook } from "./sms-phone.ts";
import { type Subscriptions, subscriptions } from "./subscribe.ts";

const CODE_MS = 5 * 60_000;
const TOKEN_SECONDS = 7200;
const CALLS_A_MINUTE = 100;

/**
 * WeChat's mini-program server API: `jscode2session`, `stable_token`, `getuserphonenumber`, `subscribe/send`, with WeChat's own query
 * names, answers (always 200) and error numbers. Codes live five minutes and are good once. Beyond WeChat: a code
 * `sandbox:<any name>` may be used again and again and always makes the same person (`sandbox:风险…` a blocked one,
 * `sandbox:<11 digits>` as a phone code that number).
 */
export function wechatPeer(
  app: { appId: string; appSecret: string },
  now: () => number = Date.now,
  subscribed: Subscriptions = subscriptions([], phoneBook(), now),
) {
  const codes = new Map<string, { value: string; until: number; used: boolean }>();
  const calls = new Map<string, { minute: number; count: number }>();
  let token: { value: string; until: number } | null = null;

  const peer: Peer = {
    async handle({ request, response, path, url }) {
      const answer = (body: unknown) => reply(response, 200, body, "text/plain");
      const query = url.searchParams;
      if (path === "/sns/jscode2session" && request.method === "GET") return answer(session(query));
      const body = asRecord((await readBody(request)).toString("utf8"));
      if (path === "/cgi-bin/stable_token" && request.method === "POST") return answer(stableToken(body));
      if (path === "/wxa/business/getuserphonenumber" && request.method === "POST")
        return answer(phoneNumber(query, body));
      if (path === "/cgi-bin/message/subscribe/send" && request.method === "POST")
        return answer(tokenTrouble(query) ?? subscribed.send(body));
      reply(response, 404, "", "text/plain");
    },
  };

  return {
    peer,
    subscriptions: subscribed,
    openidOf,
    /** What `wx.login` would hand out to the person of this name. */
    loginCode: (name: string) => mint("login", name),
    /** What the phone-number button would hand out to the holder of this number. */
    phoneCode: (phone: string) => mint("phone", phone),
  };

  function mint(kind: "login" | "phone", value: string): string {
    const code = `${kind === "login" ? "0" : "p"}${randomBytes(15).toString("hex")}`;
    codes.set(`${kind}:${code}`, { value, until: now() + CODE_MS, used: false });
    return code;
  }

  function session(query: URLSearchParams): object {
    if (query.get("appid") !== app.appId) return failure(40013, "invalid appid");
    if (query.get("secret") !== app.appSecret) return failure(40125, "invalid appsecret");
    if (query.get("grant_type") !== "authorization_code") return failure(40002, "invalid grant_type");
    const code = query.get("js_code");
    if (!code) return failure(41008, "missing code");
    const name = redeem("login", code);
    if (typeof name !== "string") return name;
    if (name.startsWith("风险")) return failure(40226, "code blocked");
    const openid = openidOf(name);
    if (tooMany(openid)) return failure(45011, "api minute-quota reach limit mustslower retry next minute");
    return { session_key: randomBytes(16).toString("base64"), openid, unionid: `u${digest(name).slice(0, 27)}` };
  }

  function openidOf(name: string): string {
    return `o${digest(`${app.appId} ${name}`).slice(0, 27)}`;
  }

  function stableToken(body: Record<string, unknown>): object {
    if (body["grant_type"] !== "client_credential") return failure(40002, "invalid grant_type");
    if (body["appid"] !== app.appId) return failure(40013, "invalid appid");
    if (body["secret"] !== app.appSecret) return failure(40125, "invalid appsecret");
    if (!token || token.until <= now() || body["force_refresh"] === true) {
      token = { value: randomBytes(60).toString("base64url"), until: now() + TOKEN_SECONDS * 1000 };
    }
    return { access_token: token.value, expires_in: Math.floor((token.until - now()) / 1000) };
  }

  function tokenTrouble(query: URLSearchParams): object | null {
    const given = query.get("access_token");
    if (!given) return failure(41001, "access_token missing");
    if (given !== token?.value) return failure(40001, "invalid credential, access_token is invalid or not latest");
    return token.until <= now() ? failure(42001, "access_token expired") : null;
  }

  function phoneNumber(query: URLSearchParams, body: Record<string, unknown>): object {
    const trouble = tokenTrouble(query);
    if (trouble) return trouble;
    const phone = redeem("phone", String(body["code"] ?? ""));
    if (typeof phone !== "string") return phone;
    const watermark = { timestamp: Math.floor(now() / 1000), appid: app.appId };
    return {
      errcode: 0,
      errmsg: "ok",
      phone_info: { phoneNumber: phone, purePhoneNumber: phone, countryCode: "86", watermark },
    };
  }

  function redeem(kind: "login" | "phone", code: string): string | object {
    const name = /^sandbox:(.+)$/su.exec(code)?.[1];
    if (name && (kind === "login" || /^1\d{10}$/.test(name))) return name;
    const known = codes.get(`${kind}:${code}`);
    if (!known || known.until <= now()) return failure(40029, "invalid code");
    if (known.used) return failure(40163, "code been used");
    known.used = true;
    return known.value;
  }

  function tooMany(openid: string): boolean {
    const minute = Math.floor(now() / 60_000);
    const seen = calls.get(openid);
    const count = seen?.minute === minute ? seen.count + 1 : 1;
    calls.set(openid, { minute, count });
    return count > CALLS_A_MINUTE;
  }
}

export type WechatPeer = ReturnType<typeof wechatPeer>;

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

const failure = (errcode: number, message: string) => ({
  errcode,
  errmsg: `${message}, rid: ${randomBytes(4).toString("hex")}-${randomBytes(4).toString("hex")}`,
});
