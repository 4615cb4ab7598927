import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { PaymentOrder } from "../src/api/payments";
import { offlineProblem, Problem } from "../src/api/problem";
import type { OpenedPayment, Payment } from "../src/api/types";
import { PayDesk } from "../src/fee/pay-desk";
import { isLive, ownLive, plainPayment } from "../src/fee/plain-payment";
import { Poll, pollDelayMs } from "../src/fee/poll";
import { usePaying } from "../src/fee/use-paying";
import { browserChannel, payInBrowser, withReturn } from "../src/platform/browser-pay";
import { storage } from "../src/platform/storage";
import { serve } from "./uni-world";

const NOW = new Date("2026-11-23T02:00:00Z");
const PAY = "请在微信中完成支付。付款后我们会向微信核实，最迟 10:02 给您准信，您可以离开此页。";
const payment = (state: string, more: Partial<Payment> = {}): Payment => ({
  id: "1",
  noticeId: "9",
  orderNumber: "P1",
  channel: { code: "wechat_h5", label: "" },
  state: { code: state, label: "" },
  moves: isLive({ state: { code: state } } as Payment) ? [{ action: "check", label: "我已付款，请核实" }] : [],
  amountFen: 115000,
  refundedFen: 0,
  createdAt: "2026-11-23T01:59:00Z",
  expiresAt: "2026-11-23T02:39:00Z",
  paidAt: null,
  promisedAt: "2026-11-23T02:01:10Z",
  receiptNumber: null,
  duplicate: false,
  transactionNumber: null,
  next: PAY,
  refunds: [],
  ...more,
});

// ---- five plain states
test.each([
  ["created", "", "unpaid"],
  ["created", "confirmed", "asking"],
  ["processing", "", "asking"],
  ["processing", "confirmed", "asking"],
  ["processing", "unfinished", "unpaid"],
  ["processing", "scanning", "unpaid"],
  ["succeeded", "unfinished", "paid"],
  ["refunding", "", "paid"],
  ["refunded", "", "refunded"],
  ["failed", "confirmed", "failed"],
  ["closed", "confirmed", "failed"],
] as const)("%s, seen %s: %s", (state, seen, code) => {
  expect(plainPayment(payment(state), seen, NOW).code).toBe(code);
});

test("whatever the phone saw, only the court makes a payment paid", () => {
  for (const seen of ["", "confirmed", "unfinished", "scanning"] as const)
    for (const state of ["created", "processing", "failed", "closed"])
      expect(plainPayment(payment(state), seen, NOW).code).not.toBe("paid");
});

test("the promise names its time, never earlier than it is, and what the court says otherwise goes first", () => {
  const said = (next: string) => plainPayment(payment("processing", { next }), "confirmed", NOW).sentence;
  expect(said(PAY)).toBe("我们正在向微信核实，最迟 10:02 给您准信，您可以离开。");
  expect(said("微信报来的信息与订单不一致，请不要再次支付。")).toContain("不一致");
  expect(plainPayment(payment("processing"), "", NOW).sentence).toBe(PAY);
});

test("an order whose time has passed is being looked into, not waiting to be paid", () => {
  const late = new Date("2026-11-23T03:00:00Z");
  expect(plainPayment(payment("created"), "", late).code).toBe("asking");
  expect(plainPayment(payment("processing"), "scanning", late).code).toBe("asking");
});

test("another person's order under way does not stand in mine's place", () => {
  expect(ownLive([payment("processing", { moves: [] }), payment("succeeded")])).toBeNull();
  expect(ownLive([payment("processing", { moves: [] }), payment("created", { id: "2" })])?.id).toBe("2");
});

// ---- the quiet poll
test("the poll asks within seconds at first, ever more rarely, never more than a minute apart", () => {
  const delays = Array.from({ length: 30 }, (_, n) => pollDelayMs(n));
  expect(delays[0]).toBeLessThanOrEqual(2000);
  for (let n = 1; n < delays.length; n++) expect(delays[n]).toBeGreaterThanOrEqual(delays[n - 1]!);
  expect(Math.max(...delays)).toBe(60_000);
  // Ten minutes on the page cost the court fewer than twenty questions.
  const spent = delays.map((_, n) => delays.slice(0, n + 1).reduce((sum, ms) => sum + ms, 0));
  expect(spent.findIndex((ms) => ms > 600_000)).toBeLessThan(20);
});

test("a poll ends with the answer, and a stopped one asks no more", async () => {
  const waiting: (() => void)[] = [];
  let answers = 0;
  const poll = new Poll({
    ask: () => Promise.resolve(++answers === 3),
    after: (_ms, run) => {
      waiting.push(run);
      return () => waiting.splice(waiting.indexOf(run), 1);
    },
  });
  const step = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  poll.start();
  poll.start();
  for (let n = 0; n < 6; n++) await step();
  expect([answers, waiting.length]).toEqual([3, 0]);
  poll.start();
  poll.stop();
  await step();
  expect(answers).toBe(3);
});

test("a poll stopped while the answer is on its way does not begin again by itself", async () => {
  const waiting: (() => void)[] = [];
  let answer: (done: boolean) => void = () => {};
  const poll = new Poll({
    ask: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    after: (_ms, run) => {
      waiting.push(run);
      return () => waiting.splice(waiting.indexOf(run), 1);
    },
  });
  poll.start();
  waiting.shift()?.();
  poll.stop();
  answer(false);
  await new Promise((resolve) => setTimeout(resolve));
  expect(waiting).toEqual([]);
});

// ---- one wish, one order
class Court {
  readonly orders = new Map<string, string>();
  weather: () => "fine" | "lost" | "answer lost" = () => "fine";
  readonly keys: string[] = [];

  async open(_noticeId: string, order: PaymentOrder, key: string): Promise<OpenedPayment> {
    this.keys.push(key);
    await Promise.resolve();
    const weather = this.weather();
    if (weather === "lost") throw offlineProblem();
    if (!this.orders.has(key)) this.orders.set(key, JSON.stringify(order));
    expect(this.orders.get(key)).toBe(JSON.stringify(order));
    if (weather === "answer lost") throw offlineProblem();
    return { payment: payment("processing", { id: key }), wechat: { h5Url: "" } };
  }
}
function world() {
  const court = new Court();
  let keys = 0;
  let now = 0;
  const means = { storage, open: court.open.bind(court), newKey: () => `k${++keys}`, now: () => now };
  return { court, means, desk: new PayDesk(means), later: (ms: number) => (now += ms) };
}
const ALL: PaymentOrder = { channel: "wechat_h5", amountFen: 115000 };

test("two taps are one order", async () => {
  const { court, desk } = world();
  const [one, two] = await Promise.all([desk.open("9", ALL), desk.open("9", ALL)]);
  expect([one.payment.id, two.payment.id, court.keys.length]).toEqual(["k1", "k1", 1]);
});

test("a new tap after an answer is a new order", async () => {
  const { court, desk } = world();
  await desk.open("9", ALL);
  await desk.open("9", ALL);
  expect(court.keys).toEqual(["k1", "k2"]);
});

test("however often answers are lost and the app restarts, one wish is one order", async () => {
  const weathers = fc.array(fc.constantFrom("lost" as const, "answer lost" as const), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(weathers, fc.boolean(), async (bad, restarts) => {
      const { court, means } = world();
      storage.remove("cache:pay:9");
      let desk = new PayDesk(means);
      for (const weather of bad) {
        court.weather = () => weather;
        await expect(desk.open("9", ALL)).rejects.toThrow();
        if (restarts) desk = new PayDesk(means);
      }
      court.weather = () => "fine";
      await desk.open("9", ALL);
      expect(court.orders.size).toBe(1);
      expect(new Set(court.keys).size).toBe(1);
    }),
  );
});

test("another amount, or ten minutes later, is another wish", async () => {
  const { court, desk, later } = world();
  court.weather = () => "lost";
  await desk.open("9", ALL).catch(() => {});
  await desk.open("9", { ...ALL, amountFen: 100 }).catch(() => {});
  later(11 * 60_000);
  await desk.open("9", { ...ALL, amountFen: 100 }).catch(() => {});
  expect(court.keys).toEqual(["k1", "k2", "k3"]);
});

test.each([
  [409, "idempotency.in_flight", 1],
  [503, "x", 1],
  [500, "x", 1],
  [409, "payment.not_open", 2],
  [422, "payment.amount", 2],
])("%d %s: the next tap carries key %d", async (status, code, key) => {
  const { means } = world();
  const seen: string[] = [];
  const open = (_id: string, _order: PaymentOrder, given: string) => {
    seen.push(given);
    return Promise.reject(new Problem(status, { code }));
  };
  const desk = new PayDesk({ ...means, open });
  await desk.open("9", ALL).catch(() => {});
  await desk.open("9", ALL).catch(() => {});
  expect(seen).toEqual(["k1", `k${key}`]);
});

// ---- doors to WeChat
test("browsers: a phone goes to WeChat's page, a computer and WeChat's own browser scan", () => {
  expect(browserChannel("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari")).toBe(
    "wechat_h5",
  );
  expect(browserChannel("Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile")).toBe("wechat_h5");
  expect(browserChannel("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120")).toBe("wechat_native");
  expect(browserChannel("Mozilla/5.0 (Linux; Android 13) Mobile MicroMessenger/8.0")).toBe("wechat_native");
});

test("WeChat's page comes back to the notice with the payment's id, whatever stands in the address", () => {
  const back = "https://court.example/m/#/pages/fee/notice?id=1&payment=2";
  const url = new URL(withReturn("https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=a&package=b", back));
  expect(url.searchParams.get("redirect_url")).toBe(back);
  expect(url.searchParams.get("prepay_id")).toBe("a");
  expect(payInBrowser({ codeUrl: "weixin://x" }, back)).toEqual({ kind: "scan", codeUrl: "weixin://x" });
});

test("an opening that only WeChat understands is not paid in a browser", () => {
  const sheet = { timeStamp: "1", nonceStr: "n", package: "p", signType: "RSA", paySign: "s" };
  expect(payInBrowser(sheet, "x")).toEqual({ kind: "unfinished" });
});

// ---- all together, on a page
function page(settled: (payment: Payment) => void = () => {}) {
  return usePaying(() => ({ noticeId: "9", payCode: "", comeBackTo: (id) => `/p?id=${id}` }), settled);
}

test("scanning: the page believes the court, and tells once when it is settled", async () => {
  vi.useFakeTimers({ now: NOW });
  let state = "processing";
  serve(({ url }) => {
    if (url.endsWith("/payments"))
      return { status: 201, body: { payment: payment("processing"), wechat: { codeUrl: "weixin://x" } } };
    return { status: 200, body: payment(state) };
  });
  const done: string[] = [];
  const paying = page((each) => done.push(each.state.code));
  await paying.pay(115000);
  expect([paying.plain.value?.code, paying.codeUrl.value]).toEqual(["unpaid", "weixin://x"]);
  expect(paying.qr.value).toMatch(/^data:image\/svg/);
  await vi.advanceTimersByTimeAsync(6000);
  expect(done).toEqual([]);
  state = "succeeded";
  await vi.advanceTimersByTimeAsync(20_000);
  expect([paying.plain.value?.code, paying.codeUrl.value, done]).toEqual(["paid", "", ["succeeded"]]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(done).toEqual(["succeeded"]);
  vi.useRealTimers();
});

test("without network nothing is lost: the sentence is clear, and the next tap is the same order", async () => {
  const keys: unknown[] = [];
  serve(({ header }) => {
    keys.push(header["Idempotency-Key"]);
    return "lost";
  });
  const paying = page();
  await paying.pay(115000);
  expect(paying.problem.value).toContain("不会重复扣款");
  await paying.pay(115000);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(paying.busy.value).toBe(false);
});

test("an earlier order that was paid after all is shown in place of a second payment", async () => {
  serve(({ method, url }) => {
    if (method === "POST")
      return { status: 409, body: { code: "payment.already_paid", title: "您之前的付款已经成功", paymentId: "7" } };
    return { status: 200, body: payment("succeeded", { id: url.split("/").pop()! }) };
  });
  const paying = page();
  await paying.pay(115000);
  expect([paying.payment.value?.id, paying.plain.value?.code]).toEqual(["7", "paid"]);
});

test("a slow old answer does not undo a newer one", async () => {
  let checks = 0;
  serve(({ method }) => {
    if (method === "POST" && ++checks === 1) return { status: 200, body: payment("succeeded") };
    return { status: 200, body: payment("processing") };
  });
  const paying = page();
  await paying.follow(payment("processing"));
  expect(paying.plain.value?.code).toBe("paid");
  await paying.follow(payment("processing"));
  expect(paying.plain.value?.code).toBe("paid");
  paying.rest();
});
