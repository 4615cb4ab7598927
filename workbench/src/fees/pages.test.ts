import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FeeNotice } from "@/api/contract.ts";
import { ProblemError, UnknownOutcome } from "@/api/problem.ts";
import ChangeDialog from "./notice/ChangeDialog.vue";
import CounterDialog from "./notice/CounterDialog.vue";
import { wholeCaseNumber } from "./notice/filters.ts";
import NoticePage from "./notice/NoticePage.vue";
import NoticesPage from "./notice/NoticesPage.vue";
import { POLL_MS } from "./notice/use-counter.ts";
import { refundableFen } from "./refund/people.ts";
import RefundDialog from "./refund/RefundDialog.vue";
import RefundPanel from "./refund/RefundPanel.vue";
import { sampleNotice, samplePayment, sampleRefund } from "./samples.ts";

const get = vi.hoisted(() => vi.fn());
const post = vi.hoisted(() => vi.fn());
const postOpen = vi.hoisted(() => vi.fn());
const reader = vi.hoisted(() => ({
  account: { id: "1", role: "supervisor", court: { code: "鲁0102", name: "历下" } },
}));
vi.mock("@/api/index.ts", () => ({
  api: { get, post, postOpen, serverNow: () => Date.parse("2026-11-22T02:00:00Z") },
  newKey: () => "k",
}));
vi.mock("@/session/session.ts", () => ({ session: reader, hasRole: () => true }));
vi.mock("vue-router", () => ({
  useRouter: () => ({ push: vi.fn(), replace: vi.fn() }),
  useRoute: () => ({ query: {} }),
}));
const global = { stubs: { RouterLink: { template: "<a><slot /></a>" } } };
const hook = (name: string) => `[data-test=${name}]`;
const shown = (name: string) => document.querySelector<HTMLElement>(hook(name));
const press = async (name: string) => {
  shown(name)?.click();
  await flushPromises();
};

beforeEach(() => {
  for (const each of [get, post, postOpen]) each.mockReset();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.innerHTML = "";
});
// What is left mounted would go on asking in the next test. Hooks run last first: this one before the page is emptied.
enableAutoUnmount(afterEach);

describe("the page of a notice", () => {
  async function page(notice: FeeNotice, payments = [samplePayment()]) {
    get.mockImplementation(async (path: string) => {
      if (path === "/fee-notices/5") return notice;
      return { items: path.endsWith("/payments") ? payments : [] };
    });
    const wrapper = mount(NoticePage, { props: { id: "5" }, global });
    await flushPromises();
    return wrapper;
  }

  test("draws the moves the server offers and no others", async () => {
    const moves = ["pay", "serve", "change"].map((action) => ({ action, label: action }));
    const wrapper = await page(sampleNotice({ moves }));
    for (const there of ["pay", "serve", "change"]) expect(wrapper.find(hook(`notice-${there}`)).exists()).toBe(true);
    for (const absent of ["deem_withdrawn", "close"])
      expect(wrapper.find(hook(`notice-${absent}`)).exists()).toBe(false);
  });

  test("overdue does not offer 按撤诉处理 by itself", async () => {
    const overdue = { state: { code: "overdue", label: "逾期未交" }, daysLeft: null };
    expect((await page(sampleNotice(overdue))).find(hook("notice-deem_withdrawn")).exists()).toBe(false);
    const moves = [{ action: "deem_withdrawn", label: "按撤诉处理" }];
    expect((await page(sampleNotice({ ...overdue, moves }))).find(hook("notice-deem_withdrawn")).exists()).toBe(true);
  });

  test("the account adds up, and what is too much is shown as to be returned", async () => {
    const money = (wrapper: Awaited<ReturnType<typeof page>>, name: string) => wrapper.find(hook(`money-${name}`));
    const owing = await page(sampleNotice({ paidFen: 100_000, outstandingFen: 176_914 }));
    expect(money(owing, "outstanding").text()).toBe("1,769.14");
    const over = await page(
      sampleNotice({ assessedFen: 138_457, dueFen: 138_457, paidFen: 276_914, outstandingFen: 0 }),
    );
    expect(money(over, "back").text()).toBe("1,384.57");
    expect(money(over, "outstanding").exists()).toBe(false);
  });

  test("while money is under way it is read again by itself, otherwise not", async () => {
    const live = await page(sampleNotice(), [
      samplePayment({ state: { code: "processing", label: "等待支付结果" }, paidAt: null }),
    ]);
    const reads = () => get.mock.calls.filter(([path]) => path === "/fee-notices/5").length;
    expect(reads()).toBe(1);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(reads()).toBe(2);
    live.unmount();
    get.mockClear();
    await page(sampleNotice());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reads()).toBe(1);
  });
});

describe("the list of notices", () => {
  test("a case number is looked up through the cases, each of which brings its notices", async () => {
    get.mockImplementation(async (path: string, query: Record<string, string>) => {
      if (path === "/cases") return { items: [{ id: "9" }, { id: "10" }], nextCursor: null };
      return { items: query["caseId"] ? [sampleNotice({ id: query["caseId"]! })] : [], nextCursor: null };
    });
    const wrapper = mount(NoticesPage, { global });
    await flushPromises();
    await wrapper.find(`input${hook("notices-number")}, ${hook("notices-number")} input`).setValue(" 民初12 ");
    await wrapper.find("form").trigger("submit");
    await flushPromises();
    expect(get).toHaveBeenCalledWith("/cases", { number: "（2026）鲁0102民初12号", limit: 20 }, expect.anything());
    expect(wrapper.findAll(hook("notice-row"))).toHaveLength(2);
  });
});

describe("a case number as it is typed", () => {
  test.each([
    ["12", "（2026）鲁0102民初12号"],
    ["民终 7 号", "（2026）鲁0102民终7号"],
    ["（2025）鲁0102民初3号", "（2025）鲁0102民初3号"],
    ["(2025)鲁0103民初3号", "(2025)鲁0103民初3号"],
    ["刘强", "刘强"],
  ])("%s", (typed, whole) => {
    expect(wholeCaseNumber(typed, "鲁0102", 2026)).toBe(whole);
  });
});

describe("a change of the fee", () => {
  const steps = [{ label: "案件受理费", basis: "诉讼费用交纳办法§13(一)", amountFen: 430_000 }];
  async function dialog(notice: FeeNotice) {
    const wrapper = mount(ChangeDialog, { props: { open: false, notice }, global, attachTo: document.body });
    await wrapper.setProps({ open: true });
    await flushPromises();
    return wrapper;
  }
  async function type(name: string, value: string) {
    const input = shown(name)?.matches("input") ? shown(name) : shown(name)?.querySelector("input");
    (input as HTMLInputElement).value = value;
    input?.dispatchEvent(new Event("input"));
    await flushPromises();
  }

  test("shows the new fee and its consequence before anything is sent, and sends whole facts", async () => {
    postOpen.mockResolvedValue({ feeFen: 430_000, steps, basis: [] });
    post.mockResolvedValue(sampleNotice());
    const wrapper = await dialog(sampleNotice({ paidFen: 276_914, outstandingFen: 0 }));
    expect(shown("dialog-send")).toHaveProperty("disabled", true);
    await press("change-claim_increased");
    await type("change-amount", "200000");
    await vi.advanceTimersByTimeAsync(400);
    expect(postOpen).toHaveBeenCalledWith("/fees/quote", {
      kind: "property_first_instance",
      input: { claim_amount: "200000.00" },
      courtCode: "鲁0102",
    });
    expect(shown("change-consequence")?.textContent).toContain("需补交 1,530.86 元");
    expect(post).not.toHaveBeenCalled();
    await press("dialog-send");
    expect(post).toHaveBeenCalledWith(
      "/fee-notices/5/moves",
      {
        action: "change",
        reason: "claim_increased",
        facts: { category: "property", amountFen: 20_000_000, halvings: [] },
        note: "",
      },
      "k",
    );
    expect(wrapper.emitted("done")).toHaveLength(1);
  });

  test("an old figure is never beside a new question", async () => {
    postOpen.mockResolvedValue({ feeFen: 430_000, steps, basis: [] });
    await dialog(sampleNotice({ paidFen: 276_914 }));
    await press("change-claim_increased");
    await type("change-amount", "200000");
    await vi.advanceTimersByTimeAsync(400);
    await type("change-amount", "300000");
    expect(shown("change-consequence")).toBeNull();
  });

  test("after the inquiry the fee stays, whatever the calculator says", async () => {
    postOpen.mockResolvedValue({ feeFen: 5_000, steps, basis: [] });
    await dialog(sampleNotice({ paidFen: 276_914, outstandingFen: 0 }));
    await press("change-claim_reduced");
    await press("change-after");
    await type("change-amount", "10000");
    await vi.advanceTimersByTimeAsync(400);
    expect(shown("change-consequence")?.textContent).toContain("不退");
  });
});

describe("the counter", () => {
  const waiting = samplePayment({
    state: { code: "processing", label: "等待支付结果" },
    paidAt: null,
    receiptNumber: null,
    expiresAt: "2026-11-22T04:00:00.000Z",
  });
  async function counter() {
    post.mockResolvedValue({ payment: waiting, wechat: { codeUrl: "weixin://wxpay/bizpayurl?pr=x" } });
    const notice = sampleNotice();
    const wrapper = mount(CounterDialog, { props: { open: false, notice }, global, attachTo: document.body });
    await wrapper.setProps({ open: true });
    await flushPromises();
    return wrapper;
  }

  test("shows the code, waits quietly, and says when the money has come", async () => {
    get
      .mockResolvedValueOnce(waiting)
      .mockRejectedValueOnce(new UnknownOutcome("x"))
      .mockResolvedValue(samplePayment());
    const wrapper = await counter();
    expect(post).not.toHaveBeenCalled();
    await press("counter-start");
    expect(post).toHaveBeenCalledWith("/fee-notices/5/payments", { channel: "wechat_native", amountFen: 276_914 }, "k");
    expect(shown("qr")).not.toBeNull();
    expect(shown("counter-waiting")?.textContent).toContain("正在等待付款");
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(shown("counter-waiting")).not.toBeNull();
    // A lost answer is not a lost payment.
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(shown("counter-waiting")).not.toBeNull();
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(shown("counter-received")?.textContent).toContain("鲁0102-2026-000123");
    const asked = get.mock.calls.length;
    await vi.advanceTimersByTimeAsync(POLL_MS * 4);
    expect(get.mock.calls.length).toBe(asked);
    await press("counter-done");
    expect(wrapper.emitted("close")).toEqual([[true]]);
  });

  test("a code that cannot be had is said, not a code that cannot be paid", async () => {
    await counter();
    post.mockRejectedValue(new ProblemError(409, { code: "payment.nothing_due", title: "没有需要支付的金额" }, null));
    await press("counter-start");
    expect(shown("qr")).toBeNull();
    expect(shown("counter-problem")?.textContent).toContain("没有需要支付的金额");
  });

  test("closed at WeChat without money is never shown as received", async () => {
    get.mockResolvedValue({ ...waiting, state: { code: "closed", label: "已关闭" } });
    await counter();
    await press("counter-start");
    await vi.advanceTimersByTimeAsync(POLL_MS);
    expect(shown("counter-ended")?.textContent).toContain("没有收到款项");
    expect(shown("counter-received")).toBeNull();
  });
});

describe("refunds", () => {
  const moves = [
    { action: "approve", label: "批准" },
    { action: "reject", label: "不批准" },
  ];
  async function panel(refund = sampleRefund({ moves })) {
    get.mockImplementation(async (path: string) => (path.startsWith("/refunds/") ? refund : samplePayment()));
    const wrapper = mount(RefundPanel, { props: { id: "3" }, global });
    await flushPromises();
    return wrapper;
  }

  test("whoever asked sees why they cannot decide, and no buttons", async () => {
    const wrapper = await panel(sampleRefund({ moves: [] }));
    expect(wrapper.find(hook("refund-standing")).text()).toContain("须由另一人审批：这笔退费由您提出");
    expect(wrapper.find(hook("refund-approve")).exists()).toBe(false);
  });

  test("a rejection needs its reason", async () => {
    const wrapper = await panel();
    await wrapper.find(hook("refund-reject")).trigger("click");
    expect(post).not.toHaveBeenCalled();
    expect(wrapper.find(hook("refund-reject")).attributes("disabled")).toBeDefined();
    post.mockResolvedValue(sampleRefund({ state: { code: "rejected", label: "未批准" } }));
    await wrapper.find("textarea").setValue("金额应为一半");
    await wrapper.find(hook("refund-reject")).trigger("click");
    await flushPromises();
    expect(post).toHaveBeenCalledWith("/refunds/3/moves", { action: "reject", note: "金额应为一半" }, "k");
  });

  test("the second of two approvers is told that another was first, and sees what they did", async () => {
    const wrapper = await panel();
    post.mockRejectedValue(new ProblemError(409, { code: "workflow.not_open", title: "当前状态不能办理" }, null));
    get.mockImplementation(async (path: string) =>
      path.startsWith("/refunds/")
        ? sampleRefund({
            state: { code: "processing", label: "微信退款中" },
            approvedBy: "孙主任",
            approvedAt: "2026-11-22T01:00:00Z",
          })
        : samplePayment(),
    );
    await wrapper.find(hook("refund-approve")).trigger("click");
    await flushPromises();
    expect(wrapper.find(hook("refund-overtaken")).text()).toContain("另一人已审批");
    expect(wrapper.find(hook("refund-standing")).text()).toContain("孙主任");
    expect(wrapper.find(hook("refund-approve")).exists()).toBe(false);
  });

  test("a failed refund says what to do", async () => {
    const wrapper = await panel(
      sampleRefund({ state: { code: "failed", label: "退款未成功" }, moves: [{ action: "retry", label: "重新退款" }] }),
    );
    expect(wrapper.find(hook("refund-failed")).text()).toContain("充值后点“重新退款”");
    expect(wrapper.find(hook("refund-retry")).exists()).toBe(true);
  });

  test("what is asked for already cannot be asked for again", () => {
    const refunds = [
      sampleRefund({ amountFen: 100_000 }),
      sampleRefund({ amountFen: 50_000, state: { code: "rejected", label: "未批准" } }),
    ];
    expect(refundableFen(samplePayment({ refunds }))).toBe(176_914);
    expect(refundableFen(samplePayment({ state: { code: "processing", label: "" } }))).toBe(0);
  });

  test("no more than can be returned is sent", async () => {
    const payment = samplePayment({ refunds: [sampleRefund({ amountFen: 276_913 })] });
    const wrapper = mount(RefundDialog, { props: { modelValue: null as never }, global, attachTo: document.body });
    await wrapper.setProps({ modelValue: payment });
    await flushPromises();
    const amount = document.querySelector<HTMLInputElement>(
      `input${hook("refund-amount")}, ${hook("refund-amount")} input`,
    );
    expect(amount?.value).toBe("0.01");
    amount!.value = "0.02";
    amount!.dispatchEvent(new Event("input"));
    await flushPromises();
    expect(shown("dialog-missing")?.textContent).toContain("最多可退 0.01 元");
    expect(shown("dialog-send")).toHaveProperty("disabled", true);
  });
});
