import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { PAY_APP_ID, payDriver, payOrder } from "#test/wechat-pay.ts";
import { DEMONSTRATION_MERCHANT as MERCHANT } from "./demonstration-merchant.ts";
import { readBill } from "./wechat-bill.ts";

const { Formatter } = createRequire(import.meta.url)("wechatpay-axios-plugin") as {
  Formatter: { castCsvBill(bill: Buffer): { rows: Record<string, string>[]; summary: Record<string, string> } };
};
const US = { mchId: MERCHANT.mchId, appId: PAY_APP_ID };
const DAY_MS = 86_400_000;
const clock = { at: Date.parse("2026-11-20T03:00:00Z") };
const now = () => clock.at;
let sandbox: Sandbox;
let payments: ReturnType<typeof payDriver>;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, payNow: now });
  payments = payDriver(sandbox, { now });
});
afterAll(async () => {
  payments.stop();
  await sandbox.stop();
});
afterEach(() => sandbox.wechatPay.falsify([]));

async function paid(amountFen: number): Promise<string> {
  const order = payOrder({ amountFen, expiresAt: new Date(clock.at + 3_600_000) });
  await payments.open(order);
  sandbox.wechatPay.pay(order.orderNumber, { silent: true });
  return order.orderNumber;
}

describe("a daily bill", () => {
  let orders: string[];
  beforeAll(async () => {
    orders = [await paid(1), await paid(2_550), await paid(99_999_999_99)];
    clock.at += 60_000;
    await payments.refund({
      orderNumber: orders[1] ?? "",
      refundNumber: "TK20261120001",
      refundFen: 1_275,
      totalFen: 2_550,
      reason: "减半",
    });
    // 23:59:59 in Shanghai is still this day; a second later is the next.
    clock.at = Date.parse("2026-11-20T15:59:59Z");
    orders.push(await paid(7));
    clock.at += 1_000;
    orders.push(await paid(8));
    clock.at += DAY_MS;
  });

  it("tells each payment and refund of the Shanghai day, to the fen", async () => {
    const lines = await payments.bill("2026-11-20");
    expect(
      lines.map(({ kind, orderNumber, amountFen, refundFen, refundNumber }) => [
        kind,
        orderNumber,
        amountFen,
        refundFen,
        refundNumber,
      ]),
    ).toEqual([
      ["payment", orders[0], 1, 0, null],
      ["payment", orders[1], 2_550, 0, null],
      ["payment", orders[2], 9_999_999_999, 0, null],
      ["refund", orders[1], 0, 1_275, "TK20261120001"],
      ["payment", orders[3], 7, 0, null],
    ]);
    expect(lines[0]?.at).toEqual(new Date("2026-11-20T03:00:00Z"));
    expect(lines[1]?.chargeFen).toBe(15);
    expect(lines[3]?.chargeFen).toBe(-8);
    expect((await payments.bill("2026-11-21")).map(({ orderNumber }) => orderNumber)).toEqual([orders[4]]);
  });

  it("is empty where nothing happened, and not there yet on the day itself", async () => {
    expect(await payments.bill("2026-11-19")).toEqual([]);
    await expect(payments.bill("2026-11-22")).rejects.toMatchObject({
      what: "answered 400 STATEMENT_CREATING",
    });
    await expect(payments.bill("20261120")).rejects.toBeInstanceOf(TypeError);
  });

  it("tells what WeChat says, even where it is not what happened: to find that is the reconciliation's work", async () => {
    const [first = ""] = orders;
    sandbox.wechatPay.falsify([{ kind: "missing", orderNumber: first }]);
    expect((await payments.bill("2026-11-20")).map(({ orderNumber }) => orderNumber)).not.toContain(first);
    sandbox.wechatPay.falsify([{ kind: "amount", orderNumber: first, fen: 1 }]);
    expect((await payments.bill("2026-11-20"))[0]).toMatchObject({ orderNumber: first, amountFen: 2 });
    sandbox.wechatPay.falsify([{ kind: "extra", fen: 33 }]);
    expect((await payments.bill("2026-11-20")).at(-1)).toMatchObject({
      orderNumber: expect.stringMatching(/^EXTRA/),
      amountFen: 33,
    });
  });

  it.each([
    ["hash", "sent a bill of another hash"],
    ["summary", "sent a bill that cannot be read"],
    ["cells", "sent a bill that cannot be read"],
  ] as const)("with a wrong %s is not taken at all", async (kind, what) => {
    sandbox.wechatPay.falsify([{ kind }]);
    await expect(payments.bill("2026-11-20")).rejects.toMatchObject({ what });
  });

  it("reads as the second client reads it", () => {
    const text = gunzipSync(sandbox.wechatPay.zippedBill("2026-11-20"));
    const theirs = Formatter.castCsvBill(text);
    const ours = readBill(text.toString("utf8"), US);
    expect(ours.map(({ orderNumber }) => orderNumber)).toEqual(theirs.rows.map((row) => row["商户订单号"]));
    expect(theirs.summary["总交易单数"]).toBe(String(ours.length));
    for (const [place, row] of theirs.rows.entries()) {
      const { amountFen, refundFen } = ours[place] as { amountFen: number; refundFen: number };
      const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
      expect([row["订单金额"], row["申请退款金额"]]).toEqual([yuan(amountFen), yuan(refundFen)]);
    }
  });

  it("no cell of money, time, number or sum can be other than agreed", () => {
    const text = gunzipSync(sandbox.wechatPay.zippedBill("2026-11-20")).toString("utf8");
    const bent = [
      text.replace("`25.50", "`25.5O"),
      text.replace("`25.50", "`25,50"),
      text.replaceAll("`0.01", "`1e-2"),
      text.replace("`25.50", "`25.51"),
      text.replace("2026-11-20 11:00:00", "2026-11-31 11:00:00"),
      text.replace("`CNY", "`USD"),
      text.replaceAll(MERCHANT.mchId, "1900000002"),
      text.replace("`SUCCESS", "`REVOKED"),
      text.replace("商户订单号", "订单"),
      text.split("\r\n").slice(0, -2).join("\r\n"),
      text.replace(/\r\n`2026-11-20 11:00:00[^\r]*/, ""),
    ];
    for (const [place, one] of bent.entries()) {
      expect(one, String(place)).not.toBe(text);
      expect(() => readBill(one, US), String(place)).toThrow();
    }
  });

  it("money is read exactly, whatever it is", () => {
    const row = (total: string, charge: string) =>
      `\`2026-11-20 11:00:00,\`${US.appId},\`${US.mchId},\`4200,\`SF1,\`NATIVE,\`SUCCESS,\`CNY,\`${total},\`0,\`0.00,\`${charge},\`${total},\`0.00`;
    const names =
      "交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易类型,交易状态,货币种类,应结订单金额,商户退款单号,退款金额,手续费,订单金额,申请退款金额";
    const sums = "总交易单数,应结订单总金额,退款总金额,手续费总金额,订单总金额,申请退款总金额";
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), (fen) => {
        const text = String(fen).padStart(3, "0");
        const yuan = `${text.slice(0, -2)}.${text.slice(-2)}`;
        const bill = [names, row(yuan, "0.00240"), sums, `\`1,\`${yuan},\`0.00,\`0.00,\`${yuan},\`0.00`].join("\r\n");
        expect(readBill(bill, US)).toMatchObject([{ amountFen: fen, chargeFen: 0 }]);
      }),
    );
  });
});
