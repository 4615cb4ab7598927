import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { nextTick } from "vue";
import type { ReviewItem } from "@/api/contract.ts";
import { ProblemError } from "@/api/problem.ts";
import ActionBar from "./ActionBar.vue";
import DecisionDialog from "./DecisionDialog.vue";
import type { Standing } from "./decision.ts";
import { emptyDraft } from "./draft.ts";
import RevealValue from "./RevealValue.vue";

const post = vi.hoisted(() => vi.fn());
vi.mock("@/api/index.ts", () => ({
  api: { post, get: async () => ({ items: [] }), getOpen: async () => ({ items: [] }) },
  newKey: () => "k",
}));

describe("the bar of actions", () => {
  const move = (action: string) => ({ action, label: action });
  const bar = (actions: string[], mediationAgreed = true) =>
    mount(ActionBar, {
      props: { moves: actions.map(move), mediationAgreed, busy: "", marks: 0, canNext: true, autoNext: true },
    });

  test("draws what the server offers, decisions in their order, and nothing else", () => {
    const wrapper = bar(["skip", "refuse", "assign", "accept"]);
    expect(wrapper.findAll(".decide button").map((each) => each.attributes("data-test"))).toEqual([
      "act-accept",
      "act-refuse",
    ]);
    expect(wrapper.find("[data-test=act-skip]").exists()).toBe(true);
    for (const absent of ["return", "transfer", "mediate", "release", "claim"])
      expect(wrapper.find(`[data-test=act-${absent}]`).exists()).toBe(false);
  });

  test("mediation without recorded consent cannot be pressed", async () => {
    const wrapper = bar(["mediate"], false);
    await wrapper.find("[data-test=act-mediate]").trigger("click");
    expect(wrapper.emitted("act")).toBeUndefined();
    const agreed = bar(["mediate"], true);
    await agreed.find("[data-test=act-mediate]").trigger("click");
    expect(agreed.emitted("act")).toEqual([["mediate"]]);
  });
});

describe("the decision dialog", () => {
  const filing = {
    court: { code: "鲁0102", name: "某法院" },
    cause: { code: "c", name: "民间借贷纠纷" },
    corrections: [],
    receiptNumber: "1",
    materials: [],
    content: { parties: [] },
  };
  const item = {
    id: "1",
    filing,
    findings: [],
    mayMediate: false,
    suggestion: { causeCode: "c", caseTypeCode: "0301" },
  } as unknown as ReviewItem;
  const shown = async (standing: Standing, action: "accept" | "mediate" = "accept") => {
    const wrapper = mount(DecisionDialog, {
      attachTo: document.body,
      props: {
        action,
        title: "立案",
        item,
        sections: [],
        current: "",
        catalogue: { defects: [], grounds: [] },
        standing,
        difference: null,
        waitSeconds: 4,
        labelOf: String,
        draft: emptyDraft(item),
      },
    });
    await flushPromises();
    const find = (name: string) => document.querySelector<HTMLButtonElement>(`[data-test=${name}]`);
    return { wrapper, find };
  };
  afterEach(() => {
    document.body.innerHTML = "";
  });

  test("while the outcome is unknown it says so and cannot be left", async () => {
    const { wrapper, find } = await shown({ is: "unsure", attempt: 2, retryInMs: 4000 });
    expect(find("decision-unsure")?.textContent).toContain("正在确认是否已生效");
    expect(find("decision-unsure")?.textContent).toContain("4 秒后第 3 次");
    expect(find("decision-cancel")?.disabled).toBe(true);
    find("decision-cancel")?.click();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape" }));
    await nextTick();
    expect(wrapper.emitted("close")).toBeUndefined();
    find("decision-ask-now")?.click();
    expect(wrapper.emitted("askNow")).toHaveLength(1);
  });

  test("the first one's decision is told and the next item offered", async () => {
    const decided = { action: "accept", label: "立案", byName: "刘洋", at: "2026-11-22T04:38:00Z" };
    const { wrapper, find } = await shown({ is: "decided", decided });
    expect(find("decision-decided")?.textContent).toContain("刘洋");
    expect(find("decision-decided")?.textContent).toContain("2026-11-22 12:38");
    expect(find("decision-send")).toBeNull();
    find("decision-next")?.click();
    expect(wrapper.emitted("next")).toHaveLength(1);
  });

  test("shows the document as the server writes it, for exactly what is chosen", async () => {
    post.mockResolvedValue({ title: "受理案件通知书", text: "李强民间借贷纠纷一案，本院决定立案" });
    const { find } = await shown({ is: "editing" });
    await vi.waitFor(() => expect(find("decision-preview")?.textContent).toContain("本院决定立案"));
    expect(post).toHaveBeenCalledWith(
      `/intake/items/${item.id}/preview`,
      expect.objectContaining({ action: "accept" }),
      "k",
    );
    expect(post.mock.calls.at(-1)?.[1]).not.toHaveProperty("fence");
  });

  test("after the lease has passed it offers to claim again and keeps what was written", async () => {
    post.mockResolvedValue({ title: "受理案件通知书", text: "民间借贷纠纷" });
    const { wrapper, find } = await shown({
      is: "stale",
      problem: new ProblemError(409, { code: "intake.stale_fence" }, null),
    });
    find("decision-reclaim")?.click();
    expect(wrapper.emitted("reclaim")).toHaveLength(1);
    await vi.waitFor(() => expect(find("decision-preview")?.textContent).toContain("民间借贷纠纷"));
  });

  test("Ctrl and Enter send from wherever the focus is, the button too", async () => {
    const { wrapper, find } = await shown({ is: "editing" });
    find("decision-send")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    expect(wrapper.emitted("send")).toHaveLength(1);
    document
      .querySelector(".split")
      ?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    expect(wrapper.emitted("send")).toHaveLength(2);
  });

  test("no mediation without consent, whatever is pressed", async () => {
    const { wrapper, find } = await shown({ is: "editing" }, "mediate");
    expect(find("decision-send")?.disabled).toBe(true);
    document
      .querySelector(".split")
      ?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    expect(wrapper.emitted("send")).toBeUndefined();
  });
});

describe("a masked value", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    post.mockReset();
  });
  afterEach(() => vi.useRealTimers());

  test("is shown for thirty seconds after a reason, then hidden", async () => {
    post.mockResolvedValue({ pointer: "/parties/p1/phone", value: "13800138021" });
    const wrapper = mount(RevealValue, {
      props: { masked: "138****8021", filingId: "9", pointer: "/parties/p1/phone", asked: 0 },
    });
    const value = () => wrapper.find("[data-test=reveal-value]").text();
    await wrapper.find("[data-test=reveal-open]").trigger("click");
    await wrapper.find("[data-test=reveal-confirm]").trigger("click");
    expect(post).not.toHaveBeenCalled();
    wrapper.findComponent({ name: "ElSelect" }).vm.$emit("update:modelValue", "核对送达地址");
    await nextTick();
    await wrapper.find("[data-test=reveal-confirm]").trigger("click");
    await vi.advanceTimersByTimeAsync(0);
    expect(post).toHaveBeenCalledWith(
      "/filings/9/reveal",
      { pointer: "/parties/p1/phone", reason: "核对送达地址" },
      "k",
    );
    expect(value()).toBe("13800138021");
    await vi.advanceTimersByTimeAsync(29_000);
    expect(value()).toBe("13800138021");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(value()).toBe("138****8021");
  });

  test("goes when the item changes", async () => {
    post.mockResolvedValue({ value: "13800138021" });
    const wrapper = mount(RevealValue, { props: { masked: "138****8021", filingId: "9", pointer: "/p", asked: 0 } });
    await wrapper.find("[data-test=reveal-open]").trigger("click");
    wrapper.findComponent({ name: "ElSelect" }).vm.$emit("update:modelValue", "核对送达地址");
    await nextTick();
    await wrapper.find("[data-test=reveal-confirm]").trigger("click");
    await vi.advanceTimersByTimeAsync(0);
    await wrapper.setProps({ filingId: "10", masked: "139****0000" });
    expect(wrapper.find("[data-test=reveal-value]").text()).toBe("139****0000");
  });
});
