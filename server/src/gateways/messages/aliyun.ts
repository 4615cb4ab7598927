import { type Clock, type OutboundAnswer, outbound } from "../outbound.ts";
import { signAliyun } from "./aliyun-signature.ts";
import { GatewayError, type MessageFact, MessageNotSent, type MessageProvider, ReceiptRefused } from "./port.ts";
import { asRecord, courtDayOf, listOfRecords, textOf } from "./records.ts";

export interface AliyunSmsConfig {
  readonly baseUrl: string;
  readonly keyId: string;
  readonly keySecret: string;
  /** 短信签名 */
  readonly sign: string;
  /** 模板 CODE, with the variables court, matter and link. */
  readonly template: string;
  readonly totalMs?: number;
}

const NAME = "aliyun";
const VERSION = "2017-05-25";
/** The number itself is at fault: nobody else will reach it either. */
const ADDRESS = new Set(["isv.MOBILE_NUMBER_ILLEGAL", "isv.BLACK_KEY_CONTROL_LIMIT"]);
/** Their own trouble: it may have been sent all the same. */
const UNKNOWN = new Set(["isp.SYSTEM_ERROR", "isp.GATEWAY_ERROR"]);
const STATES = { 1: "sent", 2: "failed", 3: "delivered" } as const;

/** 阿里云短信服务 (dysmsapi 2017-05-25): SendSms with our reference as OutId, QuerySendDetails to ask, SmsReport to be told. */
export function aliyunSms(config: AliyunSmsConfig, clock?: Clock): MessageProvider {
  const { baseUrl, keyId, keySecret, sign, template, totalMs = 6000 } = config;
  // Attempts are planned where they are written down, so here there is one at a time.
  const call = outbound(`messages.${NAME}`, { baseUrl, totalMs, attempts: 1 }, clock);
  const ask = (action: string, query: Record<string, string>): Promise<OutboundAnswer> =>
    call({
      method: "POST",
      path: "/",
      query,
      repeatable: false,
      sign: (message) => signAliyun(message, { keyId, keySecret, action, version: VERSION }),
    });

  return {
    name: NAME,
    async send({ reference, to, words }) {
      const { court, title, link } = words;
      const answer = await ask("SendSms", {
        PhoneNumbers: to,
        SignName: sign,
        TemplateCode: template,
        TemplateParam: JSON.stringify({ court, matter: title, link }),
        OutId: reference,
      });
      const { Code: code, BizId: receipt } = asRecord(answer.json);
      if (code === "OK") return { receipt: typeof receipt === "string" ? receipt : null };
      if (typeof code !== "string") throw new GatewayError(NAME, `answered ${answer.status} without a code`);
      if (UNKNOWN.has(code)) throw new GatewayError(NAME, `answered ${code}`);
      throw new MessageNotSent(ADDRESS.has(code) ? "address" : "provider", `${NAME} ${code}`);
    },

    async find({ reference, to, triedAt }) {
      // By number and court day; a person gets a handful of messages a day.
      for (let page = 1; page <= 5; page += 1) {
        const answer = await ask("QuerySendDetails", {
          PhoneNumber: to,
          SendDate: courtDayOf(triedAt).replaceAll("-", ""),
          PageSize: "50",
          CurrentPage: String(page),
        });
        const body = asRecord(answer.json);
        if (body["Code"] !== "OK") throw new GatewayError(NAME, `answered ${answer.status} ${textOf(body["Code"])}`);
        const found = listOfRecords(asRecord(body["SmsSendDetailDTOs"])["SmsSendDetailDTO"]);
        const ours = found.find(({ OutId }) => OutId === reference);
        if (ours) return factOf(ours);
        if (found.length < 50) return null;
      }
      return null;
    },

    readReceipts(body) {
      return listOfRecords(parsed(body)).map((each) => ({
        reference: textOf(each["out_id"]) || null,
        to: textOf(each["phone_number"]),
        state: each["success"] === true ? ("delivered" as const) : ("failed" as const),
        receipt: textOf(each["biz_id"]) || null,
      }));
    },
    receiptAnswer: { code: 0, msg: "接收成功" },
  };
}

const factOf = ({ SendStatus, BizId }: Record<string, unknown>): MessageFact => ({
  state: STATES[Number(SendStatus) as keyof typeof STATES] ?? "sent",
  receipt: textOf(BizId) || null,
});

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ReceiptRefused("not JSON");
  }
}
