import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { ElSelect } from "element-plus";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { IntakeRule } from "@/api/contract.ts";
import { ProblemError } from "@/api/problem.ts";
import TemplatePicker from "@/review/TemplatePicker.vue";
import { withTemplate } from "@/review/use-templates.ts";
import RoutingRulesPage from "./RoutingRulesPage.vue";
import { conditionsOf, wordsOf } from "./rule-words.ts";

const get = vi.hoisted(() => vi.fn());
const put = vi.hoisted(() => vi.fn());
const reader = vi.hoisted(() => ({ role: "admin" }));
vi.mock("@/api/index.ts", () => ({ api: { get, put, post: vi.fn() }, newKey: () => "k" }));
vi.mock("@/session/session.ts", () => ({ hasRole: (...roles: string[]) => roles.includes(reader.role) }));
const shown = (name: string) => document.querySelector<HTMLButtonElement>(`[data-test=${name}]`);
beforeEach(() => {
  reader.role = "admin";
  for (const each of [get, put]) each.mockReset();
});
afterEach(() => {
  document.body.innerHTML = "";
});
// Hooks run last first: this one before the page is emptied.
enableAutoUnmount(afterEach);

const rule = (part: Partial<IntakeRule>): IntakeRule => ({
  id: "4",
  own: true,
  priority: 10,
  category: "property",
  categoryName: "property",
  fits: { causeWords: ["物业服务"], belowFen: 1_000_000 },
  version: 3,
  ...part,
});
async function page() {
  get.mockImplementation(async (path: string) => ({
    items: path === "/intake/rules" ? [rule({}), rule({ id: "5", own: false, fits: {}, category: "civil" })] : [],
  }));
  const wrapper = mount(RoutingRulesPage, { attachTo: document.body });
  await flushPromises();
  return wrapper;
}

test("conditions and words", () => {
  expect(conditionsOf({ causeWords: ["物业", "供热"], belowFen: 1_000_000 })).toBe(
    "案由含物业、供热之一，且标的低于 10,000.00 元",
  );
  expect(conditionsOf({})).toBe("其余全部");
  expect(wordsOf(" 物业，供热、 物业\n")).toEqual(["物业", "供热"]);
});

test("a rule is saved on the version it was read in, and what another changed is not overwritten", async () => {
  await page();
  shown("rule-edit-4")?.click();
  await flushPromises();
  put.mockRejectedValueOnce(
    new ProblemError(412, { code: "intake.stale_version", title: "内容已被他人修改，请刷新后再改" }, null),
  );
  shown("dialog-send")?.click();
  await flushPromises();
  expect(put).toHaveBeenCalledWith(
    "/intake/rules/4",
    { priority: 10, category: "property", fits: { causeWords: ["物业服务"], belowFen: 1_000_000 } },
    3,
  );
  expect(shown("dialog-problem")?.textContent).toContain("内容已被他人修改");
});

test("the rules of every court, and all rules for a supervisor, are there to be seen only", async () => {
  const wrapper = await page();
  expect(wrapper.find("[data-test=rule-edit-5]").exists()).toBe(false);
  wrapper.unmount();
  reader.role = "supervisor";
  const seen = await page();
  expect(seen.findAll("[data-test=rule-row]")).toHaveLength(2);
  expect(seen.find("[data-test=rule-edit-4]").exists()).toBe(false);
  expect(seen.find("[data-test=rule-add]").exists()).toBe(false);
});

test("a template comes with the facts of the item, for its own code or any, below what was written", async () => {
  const template = (id: string, code: string, filled: string) => ({
    id,
    kind: { code: "ground", label: "" },
    code,
    title: id,
    body: "{原告}",
    filled,
    version: 1,
  });
  get.mockResolvedValue({
    items: [template("1", "", "王芳所诉"), template("2", "not_acceptable", "x"), template("3", "res_judicata", "y")],
  });
  const wrapper = mount(TemplatePicker, {
    props: { modelValue: "经查", itemId: "31", kind: "ground", code: "res_judicata", hook: "t", max: 1000 },
  });
  await flushPromises();
  expect(get).toHaveBeenCalledWith("/intake/templates", { item: "31" });
  expect(wrapper.findAllComponents({ name: "ElOption" }).map((each) => each.props("value"))).toEqual(["1", "3"]);
  wrapper.findComponent(ElSelect).vm.$emit("update:modelValue", "1");
  expect(wrapper.emitted("update:modelValue")).toEqual([["经查\n王芳所诉"]]);
  expect(withTemplate("", "甲")).toBe("甲");
});
