import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CasePeriods, CourtCase, Obligation } from "./contract.ts";
import PeriodsCard from "./PeriodsCard.vue";
import { isSame, reworked } from "./periods.ts";

const get = vi.hoisted(() => vi.fn());
const put = vi.hoisted(() => vi.fn());
vi.mock("@/api/index.ts", () => ({ api: { get, put } }));
const shown = (name: string) => document.querySelector<HTMLElement>(`[data-test=${name}]`);
const press = async (name: string) => {
  shown(name)?.click();
  await flushPromises();
};

const settled: CasePeriods = {
  evidenceDays: 20,
  answerDays: null,
  abroad: [],
  effectiveOn: null,
  performBy: null,
  entitled: [],
  preservations: [],
  version: 3,
  moves: [{ action: "settle", label: "变更" }],
};
const due = (rule: string, label: string, previousOn: string | null = null): Obligation => ({
  id: rule,
  party: { key: "d1", sideLabel: "被告", name: "李强" },
  rule: { code: rule, label },
  dueOn: "2026-12-22",
  previousOn,
  provisional: false,
  explanation: "",
});
const owed = [due("evidence", "举证", "2026-12-17"), due("answer", "答辩"), due("fee", "交费")];
const found = {
  id: "5",
  procedure: { code: "ordinary", label: "普通程序" },
  parties: [
    { key: "p1", side: "plaintiff", sideLabel: "原告", name: "王芳" },
    { key: "d1", side: "defendant", sideLabel: "被告", name: "李强" },
  ],
} as unknown as CourtCase;

async function card(periods: CasePeriods) {
  get.mockImplementation(async (path: string) => (path.endsWith("/periods") ? periods : { items: owed }));
  mount(PeriodsCard, { props: { found }, attachTo: document.body });
  await flushPromises();
}
beforeEach(() => {
  get.mockReset();
  put.mockReset();
});
afterEach(() => {
  document.body.innerHTML = "";
});
enableAutoUnmount(afterEach);

test("only what follows from a changed fact is worked out anew", () => {
  expect(isSame(settled, { ...settled })).toBe(true);
  const again = (change: Partial<CasePeriods>) =>
    reworked(settled, { ...settled, ...change }, owed).map(({ id }) => id);
  expect(again({})).toEqual([]);
  expect(again({ evidenceDays: 25 })).toEqual(["evidence"]);
  expect(again({ abroad: ["d1"] })).toEqual(["answer"]);
  expect(again({ effectiveOn: "2026-11-20" })).toEqual([]);
});

test("a day that was moved shows before and after; whoever may not settle has no button", async () => {
  await card({ ...settled, moves: [] });
  expect(shown("periods-before")?.textContent).toBe("2026-12-17");
  expect(shown("periods-due")?.textContent).toContain("2026-12-22");
  expect(shown("periods-settle")).toBeNull();
});

test("what stands is changed with a reason, under its version, and says what is worked out anew", async () => {
  await card(settled);
  await press("periods-settle");
  expect(shown("dialog-missing")?.textContent).toBe("还没有改动");
  const days = document.querySelector<HTMLInputElement>("#period-evidence");
  if (!days) throw new Error("no field for the days of evidence");
  days.value = "25";
  days.dispatchEvent(new Event("input"));
  days.dispatchEvent(new Event("change"));
  await flushPromises();
  expect(shown("period-again")?.textContent).toContain("被告李强 举证，现为 2026-12-22");
  expect(shown("period-again")?.textContent).not.toContain("答辩");
  expect(shown("dialog-missing")?.textContent).toBe("请写明改动的理由");
  const reason = document.querySelector<HTMLTextAreaElement>("#period-reason");
  if (!reason) throw new Error("no field for the reason");
  reason.value = "当事人申请延长";
  reason.dispatchEvent(new Event("input"));
  await flushPromises();
  put.mockResolvedValue({ ...settled, evidenceDays: 25, version: 4 });
  await press("dialog-send");
  const { version, moves, ...facts } = settled;
  expect(put).toHaveBeenCalledWith("/cases/5/periods", { ...facts, evidenceDays: 25, reason: "当事人申请延长" }, 3);
});
