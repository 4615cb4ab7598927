import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemError } from "@/api/problem.ts";
import AbsencesPage from "./AbsencesPage.vue";

const api = vi.hoisted(() => ({ get: vi.fn(), post: vi.fn(), delete: vi.fn(), serverNow: (): number => 0 }));
const reader = vi.hoisted(() => ({ role: "clerk" }));
vi.mock("@/api/index.ts", () => ({ api, newKey: () => "k" }));
vi.mock("@/session/session.ts", () => ({
  hasRole: (...roles: string[]) => roles.includes(reader.role),
  session: { account: { id: "7" } },
}));
// Half past midnight in the court is still yesterday in London.
const NOW = Date.parse("2026-11-21T16:30:00Z");
const shown = (name: string) => document.querySelector<HTMLElement>(`[data-test=${name}]`);
const type = async (name: string, value: string) => {
  const input = document.querySelector<HTMLInputElement>(`input[data-test=${name}]`);
  input!.value = value;
  input!.dispatchEvent(new Event("input"));
  await flushPromises();
};
const press = async (name: string) => {
  shown(name)?.click();
  await flushPromises();
};
beforeEach(() => {
  reader.role = "clerk";
  api.serverNow = () => NOW;
  for (const each of [api.get, api.post, api.delete]) each.mockReset();
  api.get.mockResolvedValue({ items: [] });
});
afterEach(() => {
  document.body.innerHTML = "";
});
// Hooks run last first: this one before the page is emptied.
enableAutoUnmount(afterEach);

const absence = (from: string, until: string) => ({
  id: "3",
  staff: { id: "7", name: "赵敏" },
  from,
  until,
  kind: { code: "leave", label: "休假" },
});
async function page() {
  const wrapper = mount(AbsencesPage, { attachTo: document.body });
  await flushPromises();
  return wrapper;
}

test("one's own days are sent without a name, counted by the court's calendar", async () => {
  await page();
  await press("absence-add");
  expect(document.querySelector<HTMLInputElement>("input[data-test=absence-from]")?.value).toBe("2026-11-22");
  expect(shown("absence-staff")).toBeNull();
  await type("absence-until", "2026-11-25");
  await press("dialog-send");
  expect(api.post).toHaveBeenCalledWith(
    "/court-staff/absences",
    { from: "2026-11-22", until: "2026-11-25", kind: "leave" },
    "k",
  );
  expect(api.get).toHaveBeenCalledTimes(2);
});

test("days that end before they begin are not sent, and what the server says stands in the dialog", async () => {
  await page();
  await press("absence-add");
  await type("absence-until", "2026-11-20");
  expect(shown("dialog-missing")?.textContent).toContain("止日不能早于起日");
  await press("dialog-send");
  expect(api.post).not.toHaveBeenCalled();
  await type("absence-until", "2026-11-22");
  api.post.mockRejectedValueOnce(
    new ProblemError(409, { code: "absence.overlaps", title: "该人员在这几天已有不在岗登记，请先撤销原登记" }, null),
  );
  await press("dialog-send");
  expect(shown("dialog-problem")?.textContent).toContain("请先撤销原登记");
});

test("a supervisor may enter a colleague, whose name is then sent", async () => {
  reader.role = "supervisor";
  api.get.mockImplementation(async (path: string) => ({
    items: path === "/intake/staff" ? [{ id: "8", name: "钱进", open: 0, doneToday: 0 }] : [],
  }));
  const wrapper = await page();
  await press("absence-add");
  const select = wrapper
    .findAllComponents({ name: "ElSelect" })
    .find((each) => each.attributes("data-test") === "absence-staff");
  select?.vm.$emit("update:modelValue", "8");
  await flushPromises();
  await press("dialog-send");
  expect(api.post.mock.calls[0]?.[1]).toEqual({ staffId: "8", from: "2026-11-22", until: "2026-11-22", kind: "leave" });
});

test("who is away today is marked, on the last day too", async () => {
  api.get.mockResolvedValue({
    items: [absence("2026-11-20", "2026-11-22"), { ...absence("2026-11-23", "2026-11-24"), id: "4" }],
  });
  const wrapper = await page();
  expect(wrapper.findAll("[data-test=absence-row]").map((row) => row.text().includes("今日不在岗"))).toEqual([
    true,
    false,
  ]);
});
