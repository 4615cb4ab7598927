import { type Clock, outbound } from "../outbound.ts";
import { signTencent } from "../tencent-signature.ts";
import { GatewayError, MessageNotSent, type MessageProvider, ReceiptRefused } from "./port.ts";
import { asRecord, listOfRecords, textOf } from "./records.ts";

export interface TencentSmsConfig {
  readonly baseUrl: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** SdkAppId */
  readonly appId: string;
  readonly sign: string;
  /** 模板 ID; {1} court, {2} matter, {3} link. */
  readonly template: string;
  readonly region?: string;
  readonly totalMs?: number;
}

const NAME = "tencent";
const VERSION = "2021-01-11";
const ADDRESS = new Set([
  "InvalidParameterValue.IncorrectPhoneNumber",
  "FailedOperation.PhoneNumberInBlacklist",
  "LimitExceeded.PhoneNumberDailyLimit",
]);

/** 腾讯云短信 (sms 2021-01-11): SendSms with our reference as SessionContext, PullSmsSendStatusByPhoneNumber to ask. */
export function tencentSms(config: TencentSmsConfig, clock?: Clock): MessageProvider {
  const { baseUrl, secretId, secretKey, appId, sign, template, region = "ap-guangzhou", totalMs = 6000 } = config;
  const call = outbound(`messages.${NAME}`, { baseUrl, totalMs, attempts: 1 }, clock);
  const ask = async (action: string, body: object): Promise<Record<string, unknown>> => {
    const signing = { secretId, secretKey, service: "sms", action, version: VERSION, region };
    const answer = await call({
      method: "POST",
      path: "/",
      body,
      repeatable: false,
      sign: (message) => signTencent(message, signing),
    });
    const response = asRecord(asRecord(answer.json)["Response"]);
    if (Object.keys(response).length === 0)
      throw new GatewayError(NAME, `answered ${answer.status} without a response`);
    return response;
  };

  return {
    name: NAME,
    async send({ reference, to, words }) {
      const response = await ask("SendSms", {
        PhoneNumberSet: [`+86${to}`],
        SmsSdkAppId: appId,
        SignName: sign,
        TemplateId: template,
        TemplateParamSet: [words.court, words.title, words.link],
        SessionContext: reference,
      });
      const status = listOfRecords(response["SendStatusSet"])[0];
      const code = textOf(status?.["Code"]) || textOf(asRecord(response["Error"])["Code"]);
      if (code === "Ok") return { receipt: textOf(status?.["SerialNo"]) || null };
      if (code === "" || code.startsWith("InternalError"))
        throw new GatewayError(NAME, `answered ${code || "nothing"}`);
      throw new MessageNotSent(ADDRESS.has(code) ? "address" : "provider", `${NAME} ${code}`);
    },

    async find({ reference, to, triedAt }) {
      const response = await ask("PullSmsSendStatusByPhoneNumber", {
        SmsSdkAppId: appId,
        PhoneNumber: `+86${to}`,
        // A little before: the clocks are two.
        BeginTime: Math.floor(triedAt.getTime() / 1000) - 300,
        Offset: 0,
        Limit: 100,
      });
      if (response["Error"]) throw new GatewayError(NAME, `answered ${textOf(asRecord(response["Error"])["Code"])}`);
      const ours = listOfRecords(response["PullSmsSendStatusSet"]).find(
        ({ SessionContext }) => SessionContext === reference,
      );
      if (!ours) return null;
      const state =
        ours["ReportStatus"] === "SUCCESS" ? "delivered" : ours["ReportStatus"] === "FAIL" ? "failed" : "sent";
      return { state, receipt: textOf(ours["SerialNo"]) || null };
    },

    readReceipts(body) {
      let told: unknown;
      try {
        told = JSON.parse(body.toString("utf8"));
      } catch {
        throw new ReceiptRefused("not JSON");
      }
      return listOfRecords(told).map((each) => ({
        reference: textOf(each["ext"]) || null,
        to: textOf(each["mobile"]),
        state: each["report_status"] === "SUCCESS" ? ("delivered" as const) : ("failed" as const),
        receipt: textOf(each["sid"]) || null,
      }));
    },
    receiptAnswer: { result: 0, errmsg: "OK" },
  };
}
