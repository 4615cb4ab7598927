import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { asRecord, type Call, type Peer, readBody, reply } from "./peer.ts";
import type { PhoneBook } from "./sms-phone.ts";
import type { ReceiptPost } from "./sms-receipts.ts";

export interface AliyunSmsKeys {
  readonly keyId: string;
  readonly keySecret: string;
  readonly sign: string;
  readonly template: string;
}

interface Sent {
  readonly phone: string;
  readonly outId: string;
  readonly bizId: string;
  readonly content: string;
  readonly at: number;
}

const WINDOW_MS = 15 * 60_000;

/**
 * Alibaba Cloud's SMS service: `SendSms` and `QuerySendDetails` (dysmsapi 2017-05-25) behind their V3 signature. Like the
 * real one it does not care whether it has seen an OutId before: what is sent twice arrives twice.
 */
export function aliyunSmsPeer(
  keys: AliyunSmsKeys,
  phones: PhoneBook,
  receipts: ReceiptPost,
  now: () => number = Date.now,
) {
  const sent = new Map<string, Sent[]>();
  const nonces = new Set<string>();
  const peer: Peer = {
    async handle(call) {
      const body = await readBody(call.request);
      const wrong = verify(call, body);
      const answer = (status: number, code: string, more: object = {}) =>
        reply(call.response, status, { Code: code, Message: code, RequestId: randomBytes(8).toString("hex"), ...more });
      if (wrong) return answer(400, wrong);
      const query = new URLSearchParams([...call.url.searchParams, ...new URLSearchParams(body.toString("utf8"))]);
      const action = call.request.headers["x-acs-action"];
      if (action === "SendSms") return answer(200, ...send(query));
      if (action === "QuerySendDetails") return answer(200, "OK", details(query));
      answer(404, "InvalidAction.NotFound");
    },
  };
  return { peer };

  function send(query: URLSearchParams): [code: string, more?: object] {
    const phone = query.get("PhoneNumbers") ?? "";
    if (!/^1[3-9]\d{9}$/.test(phone)) return ["isv.MOBILE_NUMBER_ILLEGAL"];
    if (query.get("SignName") !== keys.sign) return ["isv.SMS_SIGNATURE_ILLEGAL"];
    if (query.get("TemplateCode") !== keys.template) return ["isv.SMS_TEMPLATE_ILLEGAL"];
    const values = asRecord(query.get("TemplateParam") ?? "");
    const [court, matter, link] = [values["court"], values["matter"], values["link"]];
    if (![court, matter, link].every((value) => typeof value === "string" && value.length > 0 && value.length <= 100))
      return ["isv.TEMPLATE_MISSING_PARAMETERS"];
    const content = `【${keys.sign}】${court}：${matter}。请在小程序“诉通”查看，或打开 ${link} 。本短信只作提示，不是送达。`;
    const bizId = `${now()}${randomBytes(4).readUInt32BE() % 10_000}^0`;
    const outId = query.get("OutId") ?? "";
    const one: Sent = { phone, outId, bizId, content, at: now() };
    sent.set(phone, [...(sent.get(phone) ?? []), one]);
    phones.reach({
      channel: "sms",
      provider: "aliyun",
      to: phone,
      text: content,
      reference: outId,
      number: bizId,
      at: one.at,
    });
    void receipts.bring("aliyun", [
      { phone_number: phone, success: true, err_code: "DELIVERED", biz_id: bizId, out_id: outId, sms_size: "1" },
    ]);
    return ["OK", { BizId: bizId }];
  }

  function details(query: URLSearchParams): object {
    const [size, page] = [Number(query.get("PageSize")), Number(query.get("CurrentPage"))];
    const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", "");
    const all = (sent.get(query.get("PhoneNumber") ?? "") ?? [])
      .filter(({ at }) => day(at) === query.get("SendDate"))
      .reverse();
    const SmsSendDetailDTO = all.slice((page - 1) * size, page * size).map(({ phone, outId, bizId, content }) => ({
      PhoneNum: phone,
      OutId: outId,
      BizId: bizId,
      Content: content,
      SendStatus: 3,
      ErrCode: "DELIVERED",
    }));
    return { TotalCount: String(all.length), SmsSendDetailDTOs: { SmsSendDetailDTO } };
  }

  function verify({ request, url }: Call, body: Buffer): string | null {
    const headers = request.headers;
    const given = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
    if (!given) return "MissingAuthorization";
    const [, keyId, names = "", signature = ""] = given;
    if (keyId !== keys.keyId) return "InvalidAccessKeyId.NotFound";
    const hash = createHash("sha256").update(body).digest("hex");
    if (headers["x-acs-content-sha256"] !== hash) return "InvalidContentHash";
    const at = Date.parse(String(headers["x-acs-date"]));
    if (!(Math.abs(Date.now() - at) < WINDOW_MS)) return "InvalidTimeStamp.Expired";
    const nonce = String(headers["x-acs-signature-nonce"]);
    if (nonces.has(nonce)) return "SignatureNonceUsed";
    nonces.add(nonce);
    for (const name of ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-version"])
      if (!names.split(";").includes(name)) return "IncompleteSignature";
    const encode = (text: string) =>
      encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
    const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
    const head = names.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
    const canonical = [request.method, url.pathname, query.join("&"), head.join(""), names, hash].join("\n");
    const toSign = `ACS3-HMAC-SHA256\n${createHash("sha256").update(canonical).digest("hex")}`;
    const wanted = createHmac("sha256", keys.keySecret).update(toSign).digest();
    return timingSafeEqual(wanted, Buffer.from(signature, "hex")) ? null : "SignatureDoesNotMatch";
  }
}
