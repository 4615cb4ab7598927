import { createHash, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import { GatewayError } from "../gateway-error.ts";
import type { OutboundConfig } from "../outbound.ts";
import {
  type BillLine,
  PaymentAlreadyPaid,
  type PaymentOpening,
  type PaymentOrder,
  PaymentRefused,
  type Payments,
} from "./port.ts";
import { readBill } from "./wechat-bill.ts";
import { wechatClient } from "./wechat-client.ts";
import { paymentFact, refundAnswer, refundFact, transaction } from "./wechat-facts.ts";
import { readNotice } from "./wechat-notice.ts";
import { ORIGIN } from "./wechat-sign.ts";

export interface WechatPaymentsConfig extends Omit<OutboundConfig, "baseUrl"> {
  readonly baseUrl: string;
  readonly mchId: string;
  readonly appId: string;
  /** Serial and private key (PEM) of the merchant's own certificate. */
  readonly serial: string;
  readonly privateKey: string;
  readonly apiV3Key: string;
  readonly publicKey: { readonly id: string; readonly pem: string } | null;
  /** Where WeChat brings its notices. */
  readonly notifyUrl: string;
  readonly now?: () => number;
}

const NAME = "payments";
const REFRESH_MS = 6 * 3_600_000;
const RETRY_MS = 60_000;
const MAX_BILL_BYTES = 256 * 1024 * 1024;
const unzip = promisify(gunzip);
const billPlace = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-f]{40}$/i),
  download_url: z.url(),
});
const openings = {
  native: z.object({ code_url: z.string().min(1).max(512) }),
  h5: z.object({ h5_url: z.url({ protocol: /^https?$/ }).max(512) }),
  // The library has made a sheet of the prepay id; ours is signed when it is needed.
  jsapi: z.object({ package: z.string().regex(/^prepay_id=[A-Za-z0-9_-]{1,64}$/) }),
};

/**
 * WeChat Pay, API v3. The library builds and signs; what WeChat answers is verified before it is read, here and in
 * `wechat-client`. In certificate mode the certificates are renewed by a timer that keeps nobody awake.
 */
export function wechatPayments(settings: WechatPaymentsConfig): Payments & { stop(): void } {
  const config = { now: Date.now, ...settings };
  const { mchId, appId, apiV3Key, notifyUrl, now } = config;
  const client = wechatClient(config);
  const { pay, keys } = client;
  const stop = renew(client.refresh, config.publicKey === null);

  return {
    async open(order) {
      const answer = await asked(() => openingOf(order));
      return openedAs(order.channel, answer);
    },
    sheet: (prepayId) => pay.sheet(prepayId),
    async find(orderNumber) {
      const answer = await asked(() => pay.query({ out_trade_no: inPath(orderNumber) }), NOT_THERE);
      if (answer === undefined) return null;
      const told = read(transaction, answer);
      if (told.mchid !== mchId || told.appid !== appId || told.out_trade_no !== orderNumber)
        throw new GatewayError(NAME, "answered for another order");
      return paymentFact(told);
    },
    async close(orderNumber) {
      await asked(() => pay.close(inPath(orderNumber)), [...NOT_THERE, "ORDER_CLOSED", "ORDERCLOSED"]);
    },
    async refund({ orderNumber, refundNumber, refundFen, totalFen, reason }) {
      const answer = await asked(() =>
        pay.refunds({
          out_trade_no: numbered(orderNumber),
          out_refund_no: numbered(refundNumber, 64),
          reason: shortened(reason, 80),
          notify_url: notifyUrl,
          amount: { refund: money(refundFen), total: money(totalFen), currency: "CNY" },
        }),
      );
      const fact = refundTold(answer);
      if (
        fact.refundNumber !== refundNumber ||
        fact.orderNumber !== orderNumber ||
        fact.amountFen !== refundFen ||
        fact.totalFen !== totalFen
      )
        throw new GatewayError(NAME, "answered for another refund");
      return fact;
    },
    async findRefund(refundNumber) {
      const answer = await asked(() => pay.find_refunds(inPath(refundNumber, 64)), NOT_THERE);
      if (answer === undefined) return null;
      const fact = refundTold(answer);
      if (fact.refundNumber !== refundNumber) throw new GatewayError(NAME, "answered for another refund");
      return fact;
    },
    readNotice: (headers, body) => readNotice(headers, body, { mchId, appId, apiV3Key, keys, now }),
    bill,
    stop,
  };

  function openingOf(order: PaymentOrder) {
    const common = {
      description: shortened(order.title, 127),
      out_trade_no: numbered(order.orderNumber),
      time_expire: shanghai(order.expiresAt),
      notify_url: notifyUrl,
      amount: { total: money(order.amountFen), currency: "CNY" },
    };
    if (order.channel === "wechat_native") return pay.transactions_native(common);
    if (order.channel === "wechat_jsapi") {
      if (!order.openid) throw new TypeError("a jsapi order needs its payer's openid");
      return pay.transactions_jsapi({ ...common, payer: { openid: order.openid } });
    }
    return pay.transactions_h5({
      ...common,
      scene_info: { payer_client_ip: order.clientIp, h5_info: { type: "Wap", app_name: "诉通" } },
    });
  }

  async function bill(day: string): Promise<BillLine[]> {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new TypeError("a bill is of a day");
    const answer = await asked(
      () => pay.tradebill({ bill_date: day, bill_type: "ALL", tar_type: "GZIP" }),
      ["NO_STATEMENT_EXIST"],
    );
    if (answer === undefined) return [];
    const place = read(billPlace, answer);
    const zipped = await asked(() => pay.downloadBill(ORIGIN + pathOf(place.download_url)));
    const text = await unzip(zipped as Buffer, { maxOutputLength: MAX_BILL_BYTES }).catch((cause: unknown) => {
      throw new GatewayError(NAME, "sent a bill that is not zipped", { cause });
    });
    const hash = createHash("sha1").update(text).digest();
    if (!timingSafeEqual(hash, Buffer.from(place.hash_value, "hex")))
      throw new GatewayError(NAME, "sent a bill of another hash");
    try {
      return readBill(text.toString("utf8"), { mchId, appId });
    } catch (cause) {
      throw new GatewayError(NAME, "sent a bill that cannot be read", { cause });
    }
  }

  /** The file lies at WeChat, or nobody fetches it: our signature goes nowhere else. */
  function pathOf(address: string): string {
    for (const base of [config.baseUrl.replace(/\/$/, ""), ORIGIN]) {
      const path = address.slice(base.length);
      if (address.startsWith(base) && path.startsWith("/v3/billdownload/")) return path;
    }
    throw new GatewayError(NAME, "keeps the bill at a stranger's");
  }
}

const NOT_THERE = ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"];
const PAID = new Set(["ORDERPAID", "ORDER_PAID"]);

/** What WeChat answered; `undefined` where it said one of the refusals that are an answer too. */
async function asked(
  call: () => Promise<{ status: number; data?: unknown }>,
  fine: readonly string[] = [],
): Promise<unknown> {
  const { status, data } = await call();
  if (status === 200) return data;
  if (status === 204) return null;
  const told = z.object({ code: z.string().regex(/^[A-Z0-9_]{1,64}$/) }).safeParse(data);
  const code = told.success ? told.data.code : "";
  if (fine.includes(code)) return undefined;
  if (PAID.has(code)) throw new PaymentAlreadyPaid(code);
  if (!code || status === 401 || COME_AGAIN.has(code))
    throw new GatewayError(NAME, `answered ${status} ${code}`, { retryAfter: 60 });
  throw new PaymentRefused(code, status);
}

/** Refusals of the moment, or of our keys: not of what was asked. */
const COME_AGAIN = new Set(["SIGN_ERROR", "STATEMENT_CREATING", "USERPAYING", "FREQUENCY_LIMITED", "SYSTEM_ERROR"]);

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const told = schema.safeParse(answer);
  if (!told.success) throw new GatewayError(NAME, "answered what was not agreed");
  return told.data;
}

function refundTold(answer: unknown) {
  try {
    return refundFact(read(refundAnswer, answer));
  } catch (cause) {
    throw cause instanceof GatewayError ? cause : new GatewayError(NAME, "answered what was not agreed", { cause });
  }
}

function openedAs(channel: PaymentOrder["channel"], answer: unknown): PaymentOpening {
  if (channel === "wechat_native") return { channel, codeUrl: read(openings.native, answer).code_url };
  if (channel === "wechat_h5") return { channel, h5Url: read(openings.h5, answer).h5_url };
  return { channel, prepayId: read(openings.jsapi, answer).package.slice("prepay_id=".length) };
}

/** WeChat's rule for numbers of ours: 6 to 32 (refunds 64) letters, digits, `_`, `-`, `|`, `*`. */
function numbered(value: string, longest = 32): string {
  if (!/^[A-Za-z0-9_|*-]+$/.test(value) || value.length < 6 || value.length > longest)
    throw new TypeError("not a number WeChat takes");
  return value;
}
/** The library puts numbers into paths as they are. */
const inPath = (value: string, longest = 32): string => encodeURIComponent(numbered(value, longest));

function money(fen: number): number {
  if (!Number.isSafeInteger(fen) || fen < 1) throw new TypeError("not an amount that can be moved");
  return fen;
}

/** Cut to so many bytes, between characters. */
function shortened(text: string, bytes: number): string {
  let cut = "";
  for (const letter of text) {
    if (Buffer.byteLength(cut + letter) > bytes) break;
    cut += letter;
  }
  return cut;
}

const shanghai = (at: Date): string => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** Looks for new certificates every six hours, after a failure each minute; asks nothing before the process has begun. */
function renew(refresh: () => Promise<void>, needed: boolean): () => void {
  if (!needed) return () => {};
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (ms: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      refresh().then(
        () => again(REFRESH_MS),
        () => again(RETRY_MS),
      );
    }, ms).unref();
  };
  again(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
