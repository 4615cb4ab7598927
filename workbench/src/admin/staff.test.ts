import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StaffMember } from "@/api/contract.ts";
import StaffPage from "./StaffPage.vue";
import { chipsOf, rightsOf } from "./staff-words.ts";

const [get, post, put] = vi.hoisted(() => [vi.fn(), vi.fn(), vi.fn()]);
vi.mock("@/api/index.ts", () => ({ api: { get, post, put }, newKey: () => "k" }));
vi.mock("@/session/session.ts", () => ({ session: { account: { court: { name: "历下区人民法院" } } } }));
const shown = (name: string) => document.querySelector<HTMLButtonElement>(`[data-test=${name}]`);
const press = async (name: string) => {
  shown(name)?.click();
  await flushPromises();
};

const member = (part: Partial<StaffMember> = {}): StaffMember => ({
  id: "7",
  username: "zhoujie",
  name: "周洁",
  title: "审判员",
  role: "judge",
  roleLabel: "法官",
  state: { code: "active", label: "启用" },
  locked: false,
  moves: [{ action: "disable", label: "停用" }],
  signedInAt: null,
  firstPasswordUntil: null,
  ...part,
});
const secrets = {
  staff: member(),
  password: "abcd-efgh-jkmn-pqrs",
  totpSecret: "GEZDGNBV",
  totpAddress: "otpauth://totp/x",
};

async function page(items = [member()]) {
  get.mockResolvedValue({ items, nextCursor: null });
  mount(StaffPage, { attachTo: document.body });
  await flushPromises();
}
beforeEach(() => {
  for (const each of [get, post, put]) each.mockReset();
});
afterEach(() => {
  document.body.innerHTML = "";
});
// Hooks run last first: this one before the page is emptied.
enableAutoUnmount(afterEach);

describe("the court's people", () => {
  test("somebody new is given a role, and what is handed over is shown once", async () => {
    await page();
    await press("staff-add");
    const type = async (name: string, text: string) => {
      const input = document.querySelector<HTMLInputElement>(`[data-test=${name}]`);
      if (input) input.value = text;
      input?.dispatchEvent(new Event("input"));
      await flushPromises();
    };
    await type("staff-name", " 林初夏 ");
    await type("staff-username", "linchuxia");
    expect(shown("dialog-missing")?.textContent).toBe("请选择岗位。");
    await press("staff-role-clerk");
    post.mockResolvedValueOnce(secrets);
    await press("dialog-send");
    expect(post).toHaveBeenCalledWith(
      "/staff",
      { username: "linchuxia", displayName: "林初夏", title: "", role: "clerk" },
      "k",
    );
    expect(shown("hand-over-password")?.textContent).toBe(secrets.password);
    await press("hand-over-done");
    expect(shown("hand-over-password")).toBeNull();
  });

  test("only what was changed is sent", async () => {
    await page();
    await press("staff-edit");
    await press("staff-role-supervisor");
    put.mockResolvedValue(null);
    await press("dialog-send");
    expect(put.mock.calls).toEqual([["/staff/7/role", { role: "supervisor" }]]);
  });

  test("new credentials need a word on what was shown", async () => {
    await page();
    await press("staff-reset");
    await press("dialog-send");
    expect(post).not.toHaveBeenCalled();
    await press("reset-work_card");
    post.mockResolvedValueOnce(secrets);
    await press("dialog-send");
    expect(post).toHaveBeenCalledWith("/staff/7/credentials", { shown: "work_card" }, "k");
    expect(shown("hand-over-password")).not.toBeNull();
  });

  test("one's own account has no buttons", async () => {
    await page([member({ moves: [] })]);
    expect(shown("staff-edit")).toBeNull();
    expect(shown("staff-row")?.textContent).toContain("由另一位管理员办理");
  });
});

test("what waits for a first sign-in is told, and when it is too late", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  const texts = (firstPasswordUntil: string) => chipsOf(member({ firstPasswordUntil }), now).map(({ text }) => text);
  expect(texts("2026-11-23T10:00:00Z")).toEqual(["启用", "待首次登录"]);
  expect(texts("2026-11-21T10:00:00Z")).toEqual(["启用", "首次密码已过期"]);
  expect(chipsOf(member({ locked: true }), now).map(({ text }) => text)).toEqual(["启用", "登录已锁定"]);
});

test("rights are what the document of the routes says", () => {
  const operation = (tag: string, summary: string, roles: string | string[]) => ({
    tags: [tag],
    summary,
    "x-roles": roles,
  });
  const rooms = rightsOf({
    tags: [
      { name: "account", description: "登录、实名与账号" },
      { name: "intake", description: "收案审查队列（法院工作人员）" },
      { name: "court", description: "法院目录" },
    ],
    paths: {
      "/staff": { get: operation("account", "本院工作人员", ["admin"]), post: operation("account", "新增", ["admin"]) },
      "/me": { get: operation("account", "我", "signed-in") },
      "/intake/items": { get: operation("intake", "待办的件", ["clerk", "supervisor"]) },
      "/filings": { get: operation("intake", "我的申请", ["litigant"]) },
      "/courts": { get: operation("court", "法院", "public") },
    },
  });
  expect(
    rooms.map(({ label, rows }) => [label, rows.map(({ summary, reads, roles }) => [summary, reads, roles.length])]),
  ).toEqual([
    [
      "登录、实名与账号",
      [
        ["本院工作人员", true, 1],
        ["新增", false, 1],
        ["我", true, 6],
      ],
    ],
    ["收案审查队列", [["待办的件", true, 2]]],
  ]);
});
