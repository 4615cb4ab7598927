import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ProblemError } from "@/api/problem.ts";
import CaseAssignDialog from "./CaseAssignDialog.vue";
import type { CourtCase, TrialLimit } from "./contract.ts";
import LimitCard from "./LimitCard.vue";
import SubmissionsPage from "./SubmissionsPage.vue";
import { dueView, limitView } from "./words.ts";

const get = vi.hoisted(() => vi.fn());
const post = vi.hoisted(() => vi.fn());
const reader = vi.hoisted(() => ({ account: { id: "1", role: "judge", court: { code: "鲁0102", name: "历下" } } }));
vi.mock("@/api/index.ts", () => ({
  api: { get, post, serverNow: () => Date.parse("2026-11-22T02:00:00Z") },
  newKey: () => "k",
}));
vi.mock("@/session/session.ts", () => ({ session: reader, hasRole: () => true }));
const global = { stubs: { RouterLink: { template: "<a><slot /></a>" } } };
const hook = (name: string) => `[data-test=${name}]`;
const shown = (name: string) => document.querySelector<HTMLElement>(hook(name));
const press = async (name: string) => {
  shown(name)?.click();
  await flushPromises();
};

beforeEach(() => {
  for (const each of [get, post]) each.mockReset();
});
afterEach(() => {
  document.body.innerHTML = "";
});
enableAutoUnmount(afterEach);

const limit = (change: Partial<TrialLimit> = {}): TrialLimit => ({
  state: { code: "running", label: "计算中" },
  lastDay: "2027-05-22",
  daysLeft: 181,
  excludedDays: 0,
  steps: [{ label: "普通程序，自立案次日起 6 个月", basis: "民诉法§152", lastDay: "2027-05-22" }],
  basis: ["民诉法§152"],
  mayExtend: { by: "president", unit: "month", most: 6, askBy: "2027-05-07" },
  warning: null,
  stoppedSince: null,
  moves: [],
  deductions: [],
  ...change,
});
const bench = [
  { id: "31", name: "韩法官", role: { code: "judge", label: "法官" }, open: 3 },
  { id: "33", name: "崔法官", role: { code: "judge", label: "法官" }, open: 1 },
  { id: "32", name: "纪书记员", role: { code: "court_clerk", label: "书记员" }, open: 2 },
];

describe("the time limit on the desk", () => {
  const card = async (view: TrialLimit | Error) => {
    get.mockImplementation(async () => {
      if (view instanceof Error) throw view;
      return view;
    });
    const props = { caseId: "5", acceptedOn: "2026-11-22", version: 0 };
    const wrapper = mount(LimitCard, { props, global, attachTo: document.body });
    await flushPromises();
    return wrapper;
  };

  test("offers what the server says this reader may record, and nothing else", async () => {
    const first = await card(limit());
    for (const action of ["extend", "deduct", "resume"]) expect(shown(`limit-${action}`)).toBeNull();
    first.unmount();
    await card(limit({ moves: [{ action: "deduct", label: "登记扣除" }] }));
    expect(shown("limit-deduct")?.textContent).toBe("登记扣除");
    expect(shown("limit-extend")).toBeNull();
  });

  test("an extension is recorded with who approved it and no more than the law allows", async () => {
    const wrapper = await card(limit({ moves: [{ action: "extend", label: "登记延长" }] }));
    await press("limit-extend");
    post.mockResolvedValue(limit({ lastDay: "2027-11-22", mayExtend: null }));
    await press("dialog-send");
    const sent = { action: "extend", by: "president", amount: 6, approvedOn: "2026-11-22", note: "" };
    expect(post).toHaveBeenCalledWith("/cases/5/time-limit/moves", sent, "k");
    expect(wrapper.text()).toContain("2027-11-22");
    expect(wrapper.emitted("changed")).toHaveLength(1);
  });

  test("a deduction needs its ground", async () => {
    const deductions = [{ code: "appraisal", label: "鉴定期间", basis: "民诉法解释§243" }];
    await card(limit({ moves: [{ action: "deduct", label: "登记扣除" }], deductions }));
    await press("limit-deduct");
    expect(shown("dialog-missing")?.textContent).toContain("请选择扣除的事由");
    await press("dialog-send");
    expect(post).not.toHaveBeenCalled();
  });

  test("a kind of case without a limit says so quietly", async () => {
    const wrapper = await card(new ProblemError(404, { code: "case.no_limit", title: "没有" }, null));
    expect(wrapper.text()).toContain("没有法定的审理期限");
    expect(wrapper.find('[role="alert"]').exists()).toBe(false);
  });

  test.each([
    [limit(), "剩 181 天", "green"],
    [limit({ daysLeft: 20, warning: 30 }), "剩 20 天", "amber"],
    [limit({ daysLeft: 5, warning: 7 }), "剩 5 天", "red"],
    [limit({ daysLeft: -2, warning: 3, state: { code: "overdue", label: "已超过" } }), "超过 2 天", "red"],
    [limit({ daysLeft: 90, state: { code: "stopped", label: "扣除中" } }), "停 · 剩 90 天", "amber"],
    [limit({ daysLeft: null, state: { code: "closed", label: "已结案" } }), "已结案", ""],
  ])("is coloured by the warnings of the practice (%#)", (view, text, tone) => {
    expect(limitView(view)).toEqual({ text, tone });
  });
});

describe("who tries a case", () => {
  const found = {
    id: "5",
    judge: { id: "31", name: "韩法官" },
    panel: [],
    courtClerk: null,
    procedure: null,
    exchange: { code: "synchronous", label: "同步" },
  } as unknown as CourtCase;

  test("only what was changed is sent", async () => {
    get.mockResolvedValue({ items: bench });
    const wrapper = mount(CaseAssignDialog, { props: { open: false, found }, global, attachTo: document.body });
    await wrapper.setProps({ open: true });
    await flushPromises();
    expect(shown("dialog-missing")?.textContent).toContain("还没有改动");
    await press("assign-summary");
    post.mockResolvedValue(found);
    await press("dialog-send");
    expect(post).toHaveBeenCalledWith("/cases/5/moves", { action: "assign", procedure: "summary" }, "k");
    expect(wrapper.emitted("done")).toHaveLength(1);
  });

  test("a panel and a procedure of one judge do not go together", async () => {
    get.mockResolvedValue({ items: bench });
    const withPanel = { ...found, panel: [{ id: "33", name: "崔法官" }] } as unknown as CourtCase;
    const wrapper = mount(CaseAssignDialog, {
      props: { open: false, found: withPanel },
      global,
      attachTo: document.body,
    });
    await wrapper.setProps({ open: true });
    await flushPromises();
    await press("assign-small");
    expect(shown("dialog-missing")?.textContent).toContain("独任审理");
    await press("dialog-send");
    expect(post).not.toHaveBeenCalled();
  });
});

describe("what waits on the desk", () => {
  const one = {
    id: "8",
    caseId: "5",
    caseNumber: "（2026）鲁0102民初1号",
    caseTitle: "王芳 诉 李强",
    title: "回避申请",
    party: { sideLabel: "被告", name: "李强" },
    state: { code: "submitted", label: "已提交" },
    queue: { code: "supervisor", label: "院庭长" },
    moves: [],
    submittedAt: "2026-11-20T02:00:00Z",
    dueOn: "2026-11-21",
  };

  test("a judge begins with their own cases, and sees what is late", async () => {
    get.mockResolvedValue({ items: [one] });
    const wrapper = mount(SubmissionsPage, { global });
    await flushPromises();
    expect(get).toHaveBeenCalledWith("/submissions", { state: "submitted", own: "true" });
    expect(wrapper.find(hook("submissions-late")).text()).toContain("1 件已超过答复期限");
    expect(wrapper.find(hook("desk-submission")).text()).toContain("超期 1 天");
    await wrapper.find(hook("submissions-all")).trigger("click");
    await flushPromises();
    expect(get).toHaveBeenLastCalledWith("/submissions", { state: "submitted" });
  });

  test("what the law sets no day for is not counted down", () => {
    expect(dueView(null, "2026-11-22")).toEqual({ text: "不限期", tone: "" });
    expect(dueView("2026-11-24", "2026-11-22")).toEqual({ text: "剩 2 天", tone: "amber" });
  });
});
