import { flushPromises, mount } from "@vue/test-utils";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { ProblemError } from "@/api/problem.ts";
import { idleLimitMs, isIdle, lastActive, watchIdle } from "./idle.ts";
import SignInPage from "./SignInPage.vue";

const signIn = vi.hoisted(() => vi.fn());
const replace = vi.hoisted(() => vi.fn());
vi.mock("./session.ts", () => ({ signIn, session: { farewell: "" } }));
vi.mock("vue-router", () => ({ useRouter: () => ({ replace }), useRoute: () => ({ query: {} }) }));

describe("signing in", () => {
  const page = async () => {
    const wrapper = mount(SignInPage, { attachTo: document.body });
    await wrapper.find("[data-test=signin-username]").setValue("clerk1");
    await wrapper.find("[data-test=signin-password]").setValue("secret");
    return wrapper;
  };
  beforeEach(() => {
    signIn.mockReset();
    replace.mockReset();
    vi.useFakeTimers();
  });

  test("asks for the second factor only when the server does, and sends it with the first", async () => {
    signIn.mockRejectedValueOnce(new ProblemError(401, { code: "session.totp_required", title: "x" }, null));
    signIn.mockResolvedValueOnce({ role: "clerk" });
    const wrapper = await page();
    expect(wrapper.find("[data-test=signin-totp]").exists()).toBe(false);
    await wrapper.find("form").trigger("submit");
    await flushPromises();
    await wrapper.find("[data-test=signin-totp]").setValue("123456");
    await wrapper.find("form").trigger("submit");
    await flushPromises();
    expect(signIn.mock.calls).toEqual([
      ["clerk1", "secret", "", ""],
      ["clerk1", "secret", "123456", ""],
    ]);
    expect(replace).toHaveBeenCalledWith("/intake");
  });

  test("with a password that was handed over one sets one's own, on the same code", async () => {
    for (const code of ["session.totp_required", "session.password_due", "staff.weak_password"])
      signIn.mockRejectedValueOnce(
        new ProblemError(code === "staff.weak_password" ? 422 : 401, { code, title: "x" }, null),
      );
    signIn.mockResolvedValueOnce({ role: "clerk" });
    const wrapper = await page();
    const submit = async () => {
      await wrapper.find("form").trigger("submit");
      await flushPromises();
    };
    await submit();
    await wrapper.find("[data-test=signin-totp]").setValue("123456");
    await submit();
    for (const words of ["weak-weak-weak", "My-own-words-26"]) {
      await wrapper.find("[data-test=signin-new-password]").setValue(words);
      await submit();
    }
    expect(signIn.mock.calls.at(-1)).toEqual(["clerk1", "secret", "123456", "My-own-words-26"]);
    expect(replace).toHaveBeenCalledWith("/intake");
  });

  test("a locked account tells how long to wait, counts down, and sends nothing meanwhile", async () => {
    signIn.mockRejectedValue(new ProblemError(429, { code: "session.locked", title: "登录失败次数过多" }, "62"));
    const wrapper = await page();
    await wrapper.find("form").trigger("submit");
    await flushPromises();
    expect(wrapper.find("[data-test=signin-wait]").text()).toContain("1 分 02 秒");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(wrapper.find("[data-test=signin-wait]").text()).toContain("59 秒");
    await wrapper.find("form").trigger("submit");
    expect(signIn).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    await wrapper.find("form").trigger("submit");
    expect(signIn).toHaveBeenCalledTimes(2);
  });
});

describe("idle sign-out", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });

  test("leaves after thirty quiet minutes, not before", async () => {
    const leave = vi.fn();
    const stop = watchIdle(leave);
    await vi.advanceTimersByTimeAsync(idleLimitMs - 16_000);
    expect(leave).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(32_000);
    expect(leave).toHaveBeenCalled();
    stop();
  });

  test("a key in any tab counts", async () => {
    const leave = vi.fn();
    const stop = watchIdle(leave);
    await vi.advanceTimersByTimeAsync(idleLimitMs - 60_000);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "j" }));
    await vi.advanceTimersByTimeAsync(idleLimitMs - 60_000);
    expect(leave).not.toHaveBeenCalled();
    stop();
  });

  test("nobody is idle who never was active", () => {
    expect(isIdle(Date.now(), lastActive())).toBe(false);
  });
});
