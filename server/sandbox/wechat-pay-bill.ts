import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Order } from "./wechat-pay-orders.ts";
import { shanghai, WechatPayRefusal } from "./wechat-pay-orders.ts";
import type { Refund } from "./wechat-pay-refunds.ts";

/** How a bill is to differ from what happened. `hash` and `summary` make one that no reader may take. */
export interface Falsehood {
  readonly kind: "missing" | "extra" | "amount" | "hash" | "summary" | "cells" | "creating" | "elsewhere";
  /** Of which order; the first of the day where none is named. */
  readonly orderNumber?: string;
  /** `amount`: by how much; `extra`: how much. */
  readonly fen?: number;
  /** `elsewhere`: whose address the file is said to have. */
  readonly url?: string;
}

const COLUMNS =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
/** 0.60 %. */
const charge = (fen: number): bigint => (BigInt(fen) * 6n + 500n) / 1000n;

interface Line {
  readonly at: number;
  readonly order: Order;
  readonly paid: number;
  readonly refund: Refund | null;
}

/** The merchant's bills of a day, as zipped CSV in WeChat's own columns, fetched by a token that lives ten minutes. */
export function billOffice(
  books: { orders: ReadonlyMap<string, Order>; refunds: ReadonlyMap<string, Refund> },
  now: () => number,
) {
  const files = new Map<string, { bytes: Buffer; until: number }>();
  let falsehoods: Falsehood[] = [];

  return {
    falsify(next: readonly Falsehood[]): void {
      falsehoods = [...next];
    },
    /** The answer to `/v3/bill/tradebill`. */
    ask(query: URLSearchParams, base: string): Record<string, string> {
      const [day = "", type = "ALL", tar] = ["bill_date", "bill_type", "tar_type"].map(
        (name) => query.get(name) ?? undefined,
      );
      if (!/^\d{4}-\d\d-\d\d$/.test(day) || !["ALL", "SUCCESS", "REFUND"].includes(type) || (tar && tar !== "GZIP"))
        throw new WechatPayRefusal(400, "PARAM_ERROR", "参数错误");
      if (day >= shanghai(now()).slice(0, 10) || falsehoods.some(({ kind }) => kind === "creating"))
        throw new WechatPayRefusal(400, "STATEMENT_CREATING", "账单生成中");
      const lines = linesOf(day).filter(({ refund }) => type === "ALL" || (type === "REFUND") === (refund !== null));
      if (lines.length === 0) throw new WechatPayRefusal(400, "NO_STATEMENT_EXIST", "账单文件不存在");
      const text = Buffer.from(print(lines));
      const token = randomBytes(24).toString("base64url");
      files.set(token, { bytes: tar ? gzipSync(text) : text, until: now() + 600_000 });
      const isWrong = falsehoods.some(({ kind }) => kind === "hash");
      return {
        download_url: `${falsehoods.find(({ kind }) => kind === "elsewhere")?.url ?? base}/v3/billdownload/file?token=${token}`,
        hash_type: "SHA1",
        hash_value: createHash("sha1")
          .update(isWrong ? "another bill" : text)
          .digest("hex"),
      };
    },
    fetch(token: string): Buffer {
      const file = files.get(token);
      if (!file || file.until <= now()) throw new WechatPayRefusal(400, "INVALID_REQUEST", "账单下载地址已失效");
      return file.bytes;
    },
  };

  function linesOf(day: string): Line[] {
    const on = (at: number | null): at is number => at !== null && shanghai(at).slice(0, 10) === day;
    const lines: Line[] = [];
    for (const order of books.orders.values())
      if (on(order.paidAt)) lines.push({ at: order.paidAt, order, paid: order.total, refund: null });
    for (const refund of books.refunds.values())
      if (on(refund.createdAt) && refund.status !== "CLOSED")
        lines.push({ at: refund.createdAt, order: refund.order, paid: 0, refund });
    lines.sort((one, other) => one.at - other.at);
    for (const falsehood of falsehoods) falsifyLines(lines, falsehood);
    return lines;
  }

  function falsifyLines(lines: Line[], { kind, orderNumber, fen = 1 }: Falsehood): void {
    const place = lines.findIndex(
      ({ order, refund }) => !refund && (!orderNumber || order.out_trade_no === orderNumber),
    );
    const line = lines[place];
    if (!line) return;
    if (kind === "missing") lines.splice(place, 1);
    if (kind === "amount") lines[place] = { ...line, paid: line.paid + fen };
    if (kind === "extra") {
      const order = {
        ...line.order,
        out_trade_no: `EXTRA${randomBytes(8).toString("hex")}`,
        transactionId: `4200${"9".repeat(24)}`,
      };
      lines.push({ at: line.at, order, paid: fen, refund: null });
    }
  }

  function print(lines: readonly Line[]): string {
    const sum = (value: (line: Line) => bigint) => lines.reduce((total, line) => total + value(line), 0n);
    const extra = falsehoods.some(({ kind }) => kind === "summary") ? 1n : 0n;
    const paid = sum((line) => BigInt(line.paid)) + extra;
    const refunded = sum((line) => BigInt(line.refund?.refund ?? 0));
    const summary = [
      String(lines.length),
      yuan(paid),
      yuan(refunded),
      "0.00",
      yuan(sum(chargeOf)),
      yuan(paid),
      yuan(refunded),
    ];
    const rows = lines.map((line) => cells(rowOf(line)));
    if (falsehoods.some(({ kind }) => kind === "cells")) rows[0] = rows[0]?.replace(",`", ",") ?? "";
    return `\uFEFF${[COLUMNS, ...rows, SUMMARY, cells(summary), ""].join("\r\n")}`;
  }
}

const chargeOf = ({ paid, refund }: Line): bigint => (refund ? -charge(refund.refund) : charge(paid));
const cells = (row: readonly string[]): string => row.map((cell) => `\`${cell}`).join(",");

function rowOf(line: Line): string[] {
  const { at, order, paid, refund } = line;
  const refunded = yuan(BigInt(refund?.refund ?? 0));
  return [
    shanghai(at).slice(0, 19).replace("T", " "),
    order.appid,
    order.mchid,
    "0",
    "",
    order.transactionId ?? "",
    order.out_trade_no,
    order.payer ?? "",
    order.tradeType,
    refund ? "REFUND" : "SUCCESS",
    "OTHERS",
    "CNY",
    yuan(BigInt(paid)),
    "0.00",
    refund?.refundId ?? "0",
    refund?.out_refund_no ?? "0",
    refunded,
    "0.00",
    refund ? "ORIGINAL" : "",
    refund?.status ?? "",
    order.description,
    "",
    `${yuan(chargeOf(line))}000`,
    "0.60%",
    yuan(BigInt(paid)),
    refunded,
    "",
  ];
}

function yuan(fen: bigint): string {
  const text = String(fen < 0n ? -fen : fen).padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}
