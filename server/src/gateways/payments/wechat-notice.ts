import { z } from "zod";
import { NoticeRefused, type PaymentNotice } from "./port.ts";
import { paymentFact, refundFact, refundNotice, transaction } from "./wechat-facts.ts";
import type { PlatformKeys } from "./wechat-keys.ts";
import { sealed, unseal } from "./wechat-seal.ts";
import { objectionTo, type SignedHeaders } from "./wechat-verify.ts";

const MAX_BYTES = 64 * 1024;
const envelope = z.object({
  id: z.string().min(1).max(64),
  event_type: z.enum(["TRANSACTION.SUCCESS", "REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED"]),
  resource_type: z.literal("encrypt-resource"),
  resource: sealed.extend({ original_type: z.enum(["transaction", "refund"]) }),
});

export interface NoticeMeans {
  readonly mchId: string;
  readonly appId: string;
  readonly apiV3Key: string;
  readonly keys: PlatformKeys;
  readonly now: () => number;
}

/**
 * Who says it, then to whom, then what: the signature over the bytes as they came, the seal, the merchant and the
 * application, and only then the facts. Looks at nothing outside of these bytes and our keys.
 */
export function readNotice(headers: SignedHeaders, body: Buffer, means: NoticeMeans): PaymentNotice {
  if (body.length === 0 || body.length > MAX_BYTES) throw new NoticeRefused("empty or too large");
  const objection = objectionTo(headers, body, means.keys, means.now());
  if (objection) throw new NoticeRefused(objection.reason);
  const told = parsed(envelope, body, "envelope");
  const isPayment = told.event_type === "TRANSACTION.SUCCESS";
  if ((told.resource.original_type === "transaction") !== isPayment)
    throw new NoticeRefused("resource of another kind");
  const resource = opened(told.resource, means.apiV3Key);
  return isPayment ? paymentIn(resource, means) : refundIn(resource, told.event_type, means);
}

function paymentIn(resource: Buffer, means: NoticeMeans): PaymentNotice {
  const told = parsed(transaction, resource, "transaction");
  if (told.appid !== means.appId) throw new NoticeRefused("of another application");
  if (told.mchid !== means.mchId) throw new NoticeRefused("of another merchant");
  if (told.trade_state !== "SUCCESS") throw new NoticeRefused("a success that is none");
  return { kind: "payment", fact: paymentFact(told) };
}

function refundIn(resource: Buffer, eventType: string, means: NoticeMeans): PaymentNotice {
  const { refund_status: status, ...told } = parsed(refundNotice, resource, "refund");
  if (told.mchid !== means.mchId) throw new NoticeRefused("of another merchant");
  if (`REFUND.${status}` !== eventType) throw new NoticeRefused("event and state of the refund differ");
  try {
    return { kind: "refund", fact: refundFact({ ...told, status }) };
  } catch (error) {
    throw new NoticeRefused((error as Error).message);
  }
}

function opened(resource: z.infer<typeof envelope>["resource"], apiV3Key: string): Buffer {
  try {
    return Buffer.from(unseal(resource, apiV3Key), "utf8");
  } catch {
    throw new NoticeRefused("seal is broken");
  }
}

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer, what: string): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)));
  } catch {
    throw new NoticeRefused(`${what} is not as agreed`);
  }
}
