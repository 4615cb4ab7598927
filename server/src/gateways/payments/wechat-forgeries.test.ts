import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { chance } from "#sandbox/wechat-pay-notices.ts";
import { payDriver, payOrder } from "#test/wechat-pay.ts";
import { NoticeRefused, type Payments } from "./port.ts";

const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const EACH = Number(process.env["EACH"] ?? 8);
let sandbox: Sandbox;
beforeAll(async () => {
  console.log(`forged notices: SEED=${SEED}`);
  sandbox = await startSandbox({ port: 0 });
});
afterAll(() => sandbox.stop());

/** What the driver makes of it: what it believed, or why not. */
function heard(
  payments: Payments,
  { headers, body }: { headers: Record<string, string | string[]>; body: Buffer } | never,
) {
  try {
    return payments.readNotice(headers, body);
  } catch (error) {
    if (error instanceof NoticeRefused) return error.reason;
    throw error;
  }
}

describe.each(["public_key", "certificate"] as const)("forged notices, %s mode", (mode) => {
  let payments: ReturnType<typeof payDriver>;
  let orderNumber: string;
  let asked = 0;

  beforeAll(async () => {
    sandbox.wechatPay.signer.switchTo(mode);
    // Listed by WeChat and over: only its validity speaks against it.
    sandbox.wechatPay.signer.expired();
    payments = payDriver(sandbox, mode === "certificate" ? { publicKey: null } : {});
    const order = payOrder({ amountFen: 2_550 });
    orderNumber = order.orderNumber;
    await payments.open(order);
    sandbox.wechatPay.pay(orderNumber, { silent: true });
    asked = sandbox.wechatPay.requests.count;
  });
  afterAll(() => payments.stop());

  it(`none of the classes is believed, ${EACH} times each, and nobody is asked`, () => {
    const random = chance(SEED);
    const classes = Object.entries(sandbox.wechatPay.forgeries);
    expect(classes.length).toBeGreaterThanOrEqual(32);
    const believed: string[] = [];
    for (const [name, make] of classes) {
      for (let time = 0; time < EACH; time++) {
        const notice = make(sandbox.wechatPay.notice(orderNumber), random);
        if (typeof heard(payments, { headers: { ...notice.headers }, body: notice.body }) !== "string")
          believed.push(name);
      }
    }
    expect(believed).toEqual([]);
    expect(sandbox.wechatPay.requests.count).toBe(asked);
  });

  it("each is refused for what is wrong with it, not for something else", () => {
    const why = (name: string) => {
      const make = sandbox.wechatPay.forgeries[name];
      const notice = make?.(sandbox.wechatPay.notice(orderNumber));
      return notice && heard(payments, { headers: { ...notice.headers }, body: notice.body });
    };
    expect(why("tag cut")).toBe("seal is broken");
    expect(why("amount by a fen, in the ciphertext")).toBe("seal is broken");
    expect(why("wrong AAD")).toBe("seal is broken");
    expect(why("other merchant")).toBe("of another merchant");
    expect(why("other application")).toBe("of another application");
    expect(why("old timestamp")).toBe("older or newer than five minutes");
    expect(why("future timestamp")).toBe("older or newer than five minutes");
    expect(why("certificate expired")).toBe("signed by an unknown or expired key");
    expect(why("serial __proto__")).toBe("signed by an unknown or expired key");
    expect(why("SIGNTEST signature")).toBe("a signature that tests whether we look");
    expect(why("signature base64url")).toBe("signature is not plain Base64");
    expect(why("signature of another body")).toBe("signature is not of these bytes");
    expect(why("body re-serialised")).toBe("signature is not of these bytes");
    expect(why("signature twice")).toBe("a signature header is missing or repeated");
    expect(why("body with a BOM, signed")).toBe("envelope is not as agreed");
    expect(why("body huge")).toBe("empty or too large");
    expect(why("not a success")).toBe("a success that is none");
    expect(why("other event")).toBe("envelope is not as agreed");
    expect(why("a day that is none")).toBe("transaction is not as agreed");
  });

  it("what WeChat says of other money is told as it is said: our row decides", () => {
    const told = (name: string) => {
      const make = sandbox.wechatPay.mismatches[name];
      const notice = make?.(sandbox.wechatPay.notice(orderNumber), () => 0.9);
      return notice && heard(payments, { headers: { ...notice.headers }, body: notice.body });
    };
    expect(told("amount by a fen")).toMatchObject({ fact: { orderNumber, amountFen: 2_551, currency: "CNY" } });
    expect(told("currency USD")).toMatchObject({ fact: { amountFen: 2_550, currency: "USD" } });
    expect(told("payer's currency USD")).toMatchObject({ fact: { amountFen: 2_550, currency: "USD" } });
    expect(told("order that nobody opened")).toMatchObject({ fact: { orderNumber: expect.stringMatching(/^NOBODY/) } });
  });

  it("the genuine one is believed up to five minutes either way, and any number of times", () => {
    const { headers, body } = sandbox.wechatPay.notice(orderNumber);
    const first = heard(payments, { headers: { ...headers }, body });
    expect(first).toMatchObject({ kind: "payment", fact: { orderNumber, amountFen: 2_550 } });
    expect(heard(payments, { headers: { ...headers }, body })).toEqual(first);
  });
});
