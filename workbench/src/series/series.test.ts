import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { IntakeItem, SeriesResult } from "@/api/contract.ts";
import { ProblemError, UnknownOutcome } from "@/api/problem.ts";
import DuplicatesPanel from "@/review/DuplicatesPanel.vue";
import { compareMembers } from "./compare.ts";
import { firstChoice } from "./members.ts";
import SeriesPage from "./SeriesPage.vue";
import { sampleItem, sampleMember, sampleSeries } from "./samples.ts";
import { type SeriesAnswer, type SeriesStanding, settleSeries } from "./settle-series.ts";

const get = vi.hoisted(() => vi.fn());
const post = vi.hoisted(() => vi.fn());
vi.mock("@/api/index.ts", () => ({
  api: { get, post, getOpen: async () => ({ items: [] }), serverNow: () => 0 },
  newKey: () => "k",
}));
vi.mock("@/session/session.ts", () => ({
  session: { account: { id: "1", role: "clerk", court: { code: "鲁0102" } } },
  hasRole: () => false,
}));
const global = { stubs: { RouterLink: { template: "<a><slot /></a>" } } };
const hook = (name: string) => `[data-test=${name}]`;
const shown = (name: string) => document.querySelector<HTMLButtonElement>(hook(name));
beforeEach(() => {
  get.mockReset();
  post.mockReset();
  sessionStorage.clear();
});
afterEach(() => {
  document.body.innerHTML = "";
});
// Hooks run last first: this one before the page is emptied.
enableAutoUnmount(afterEach);

const party = (side: "plaintiff" | "defendant", name: string) =>
  ({ key: `${side}-${name}`, side, kind: "natural", name, agents: [] }) as never;
const claim = (text: string) => ({ key: text, text, amountFen: null });

describe("members side by side", () => {
  const member = (id: string, defendant: string, text: string) =>
    sampleMember(
      { id },
      { parties: [party("plaintiff", "泉城物业"), party("defendant", defendant)], claims: [claim(text)] },
    );

  test("what all say stands once, what differs stands for each, whatever keys they have", () => {
    const { same, differs } = compareMembers([member("1", "赵敏", "给付物业费"), member("2", "钱伟", "给付物业费")]);
    expect(same).toContainEqual({ label: "诉讼请求", value: "给付物业费" });
    expect(same).toContainEqual({ label: "原告 姓名", value: "泉城物业" });
    const names = differs.find(({ label }) => label === "被告 姓名");
    expect(names?.values).toEqual(["赵敏", "钱伟"]);
    expect(names?.common).toBeNull();
  });

  test("who says otherwise than most is told apart", () => {
    const members = [member("1", "a", "给付"), member("2", "b", "给付"), member("3", "c", "腾退房屋")];
    const line = compareMembers(members).differs.find(({ label }) => label === "诉讼请求");
    expect(line?.common).toBe("给付");
  });

  test("suspected duplicates and what is decided are not chosen at first", () => {
    const items = [
      sampleItem({ id: "1" }),
      sampleItem({ id: "2", duplicates: 1 }),
      sampleItem({ id: "3", state: { code: "decided", label: "已办结" } }),
    ];
    expect([...firstChoice(items)]).toEqual(["1"]);
  });
});

describe("one decision about many", () => {
  const job = { seriesId: "7", key: "k1", body: { action: "accept", itemIds: ["1"] } };
  const answer = (pending: number) =>
    ({ move: { counts: { done: 1, refused: 0, pending } } }) as unknown as SeriesAnswer;
  const problem = (status: number, code: string) => new ProblemError(status, { code, title: "x" }, null);

  test("goes on under the same key until nothing is pending, and never busily", async () => {
    const send = vi
      .fn()
      .mockRejectedValueOnce(new UnknownOutcome("x"))
      .mockRejectedValueOnce(problem(409, "idempotency.in_flight"))
      .mockResolvedValueOnce(answer(3))
      .mockResolvedValueOnce(answer(0));
    const wait = vi.fn(async () => {});
    const told: SeriesStanding["is"][] = [];
    const settled = await settleSeries(job, { send, wait, tell: ({ is }) => told.push(is) });
    expect(settled.is).toBe("done");
    expect(told).toEqual(["running", "unsure", "done"]);
    expect(send.mock.calls.every(([sent]) => sent.key === "k1")).toBe(true);
    expect(wait).toHaveBeenCalledTimes(3);
  });

  test("a refusal is an end", async () => {
    const send = vi.fn().mockRejectedValue(problem(409, "intake.series_nothing_open"));
    const settled = await settleSeries(job, { send, wait: async () => {}, tell: () => {} });
    expect(settled.is).toBe("refused");
    expect(send).toHaveBeenCalledTimes(1);
  });
});

describe("the page of a series", () => {
  const members = [
    sampleMember({ id: "1" }, { parties: [party("defendant", "赵敏")] }),
    sampleMember({ id: "2" }, { parties: [party("defendant", "钱伟")] }),
  ];
  async function page(detail = sampleSeries({ items: members as unknown as IntakeItem[] })) {
    get.mockImplementation(async (path: string) => {
      if (path.startsWith("/intake/series/")) return detail;
      if (path.startsWith("/intake/items/")) return members.find(({ id }) => path.endsWith(`/${id}`));
      return { items: [] };
    });
    const wrapper = mount(SeriesPage, { props: { id: "7" }, global, attachTo: document.body });
    await flushPromises();
    return wrapper;
  }
  const result = (itemId: string, outcome: SeriesResult["outcome"], message = ""): SeriesResult => ({
    itemId,
    title: "",
    outcome,
    code: outcome === "refused" ? "intake.leased" : null,
    message,
    caseNumber: outcome === "done" ? "（2026）鲁0102民初88号" : null,
  });

  test("draws the server's moves only", async () => {
    const wrapper = await page();
    expect(wrapper.find(hook("series-accept")).exists()).toBe(true);
    expect(wrapper.find(hook("series-refuse")).exists()).toBe(false);
    expect(wrapper.find(hook("compare-count")).text()).toContain("已比对 2 件");
  });

  test("what was not done is said item by item and is chosen for the next try", async () => {
    const wrapper = await page();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyA", bubbles: true }));
    await flushPromises();
    expect(shown("series-dialog")).not.toBeNull();
    post.mockResolvedValue({
      move: {
        id: "9",
        action: "accept",
        at: "",
        counts: { done: 1, refused: 1, pending: 0 },
        results: [result("1", "done"), result("2", "refused", "该件正由其他同事审查")],
      },
      series: sampleSeries(),
    });
    shown("series-send")?.click();
    await flushPromises();
    expect(post).toHaveBeenCalledWith(
      "/intake/series/7/moves",
      { action: "accept", causeCode: "CIV2025:1", caseTypeCode: "0301", itemIds: ["1", "2"] },
      "k",
    );
    expect(wrapper.find(hook("series-results")).text()).toContain("办成 1 件，未办成 1 件");
    expect(wrapper.findAll(hook("member-result")).map((each) => each.text())).toEqual([
      "已办成：（2026）鲁0102民初88号",
      "未办成：该件正由其他同事审查",
    ]);
    expect(wrapper.find(hook("series-chosen")).text()).toBe("已选 1 件");
  });
});

test("why a filing looks like another is told, and what may be the same twice stands first", () => {
  const duplicate = (filingId: string, code: string, reasons: string[]) => ({
    filingId,
    title: filingId,
    receiptNumber: "",
    court: { code: "c", name: "c" },
    state: { code: "s", label: "s" },
    submittedAt: null,
    kind: { code, label: code === "duplicate" ? "疑似重复" : "同一当事人的其他申请" },
    similarity: 0.9,
    reasons,
  });
  const wrapper = mount(DuplicatesPanel, {
    props: {
      duplicates: [duplicate("1", "related", ["同一原告"]), duplicate("2", "duplicate", ["当事人相同", "金额相同"])],
      seriesId: "7",
    },
    global,
  });
  const found = wrapper.findAll(hook("duplicate"));
  expect(found[0]?.text()).toContain("疑似重复");
  expect(found[0]?.findAll("li").map((each) => each.text())).toEqual(["当事人相同", "金额相同"]);
  expect(wrapper.find(hook("open-series")).exists()).toBe(true);
});
