import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { asRecord, type Call, type Peer, readBody, reply } from "./peer.ts";
import type { PhoneBook } from "./sms-phone.ts";
import type { ReceiptPost } from "./sms-receipts.ts";

export interface TencentSmsKeys {
  readonly secretId: string;
  readonly secretKey: string;
  readonly appId: string;
  readonly sign: string;
  readonly template: string;
}

interface Sent {
  readonly phone: string;
  readonly session: string;
  readonly serial: string;
  readonly at: number;
}

const WINDOW_S = 300;

/** Tencent Cloud's SMS service: `SendSms` and `PullSmsSendStatusByPhoneNumber` (2021-01-11) behind TC3-HMAC-SHA256. */
export function tencentSmsPeer(
  keys: TencentSmsKeys,
  phones: PhoneBook,
  receipts: ReceiptPost,
  now: () => number = Date.now,
) {
  const sent = new Map<string, Sent[]>();
  const peer: Peer = {
    async handle(call) {
      const bytes = await readBody(call.request);
      const answer = (body: object) =>
        reply(call.response, 200, { Response: { RequestId: randomBytes(8).toString("hex"), ...body } });
      const refuse = (Code: string) => answer({ Error: { Code, Message: Code } });
      const wrong = verify(call, bytes);
      if (wrong) return refuse(wrong);
      const body = asRecord(bytes.toString("utf8"));
      if (body["SmsSdkAppId"] !== keys.appId) return refuse("UnauthorizedOperation.SmsSdkAppIdVerifyFail");
      const action = call.request.headers["x-tc-action"];
      if (action === "SendSms") return answer({ SendStatusSet: [send(body)] });
      if (action === "PullSmsSendStatusByPhoneNumber") return answer({ PullSmsSendStatusSet: pull(body) });
      refuse("InvalidAction");
    },
  };
  return { peer };

  function send(body: Record<string, unknown>): object {
    const given = Array.isArray(body["PhoneNumberSet"]) ? String(body["PhoneNumberSet"][0]) : "";
    const phone = given.replace(/^\+86/, "");
    const session = String(body["SessionContext"] ?? "");
    const status = (Code: string, SerialNo = "") => ({
      SerialNo,
      PhoneNumber: given,
      Fee: Code === "Ok" ? 1 : 0,
      SessionContext: session,
      Code,
      Message: Code,
      IsoCode: "CN",
    });
    if (!/^1[3-9]\d{9}$/.test(phone)) return status("InvalidParameterValue.IncorrectPhoneNumber");
    if (body["SignName"] !== keys.sign) return status("FailedOperation.SignatureIncorrectOrUnapproved");
    if (body["TemplateId"] !== keys.template) return status("FailedOperation.TemplateIncorrectOrUnapproved");
    const values = body["TemplateParamSet"];
    if (!Array.isArray(values) || values.length !== 3)
      return status("FailedOperation.TemplateParamSetNotMatchApprovedTemplate");
    const serial = `2019:${randomBytes(8).readBigUInt64BE()}`;
    const at = now();
    const text = `【${keys.sign}】${values[0]}：${values[1]}。请在小程序“诉通”查看，或打开 ${values[2]} 。本短信只作提示，不是送达。`;
    sent.set(phone, [...(sent.get(phone) ?? []), { phone, session, serial, at }]);
    phones.reach({ channel: "sms", provider: "tencent", to: phone, text, reference: session, number: serial, at });
    void receipts.bring("tencent", [
      { mobile: phone, nationcode: "86", report_status: "SUCCESS", errmsg: "DELIVRD", sid: serial, ext: session },
    ]);
    return status("Ok", serial);
  }

  function pull(body: Record<string, unknown>): object[] {
    const phone = String(body["PhoneNumber"]).replace(/^\+86/, "");
    const [from, offset, limit] = [Number(body["BeginTime"]), Number(body["Offset"]), Number(body["Limit"])];
    return (sent.get(phone) ?? [])
      .filter(({ at }) => at / 1000 >= from)
      .slice(offset, offset + Math.min(limit, 100))
      .map(({ session, serial, at }) => ({
        UserReceiveTime: Math.floor(at / 1000),
        CountryCode: "86",
        SubscriberNumber: phone,
        PhoneNumber: `+86${phone}`,
        SerialNo: serial,
        ReportStatus: "SUCCESS",
        Description: "DELIVRD",
        SessionContext: session,
      }));
  }

  function verify({ request, url }: Call, body: Buffer): string | null {
    const { headers } = request;
    const given =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/sms\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? "",
      );
    if (!given) return "AuthFailure.InvalidAuthorization";
    const [, id, day = "", names = "", signature = ""] = given;
    if (id !== keys.secretId) return "AuthFailure.SecretIdNotFound";
    const time = Number(headers["x-tc-timestamp"]);
    if (!(Math.abs(Date.now() / 1000 - time) < WINDOW_S)) return "AuthFailure.SignatureExpire";
    if (!names.split(";").includes("host") || !names.split(";").includes("content-type"))
      return "AuthFailure.InvalidAuthorization";
    const hash = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");
    const mac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();
    const head = names.split(";").map(
      (name) =>
        `${name}:${String(headers[name] ?? "")
          .trim()
          .toLowerCase()}\n`,
    );
    const canonical = [request.method, url.pathname, url.search.slice(1), head.join(""), names, hash(body)].join("\n");
    const toSign = ["TC3-HMAC-SHA256", String(time), `${day}/sms/tc3_request`, hash(canonical)].join("\n");
    const wanted = mac(mac(mac(mac(`TC3${keys.secretKey}`, day), "sms"), "tc3_request"), toSign);
    return timingSafeEqual(wanted, Buffer.from(signature, "hex")) ? null : "AuthFailure.SignatureFailure";
  }
}
