import { beforeEach, describe, expect, test, vi } from "vitest";
import { ProblemError, UnknownOutcome } from "@/api/problem.ts";
import { useAction } from "./use-action.ts";

const post = vi.hoisted(() => vi.fn());
const keys = vi.hoisted(() => ({ made: 0 }));
vi.mock("@/api/index.ts", () => ({ api: { post }, newKey: () => `k${++keys.made}` }));
vi.mock("@/api/settle.ts", async (actual) => {
  const real = await actual<typeof import("@/api/settle.ts")>();
  return { ...real, steady: <T>(call: () => Promise<T>) => real.steady(call, async () => {}) };
});
const usedKeys = () => post.mock.calls.map((call) => call[2]);
const refusal = (status: number, code: string, title = "不行") => new ProblemError(status, { code, title }, null);

describe("an action on money", () => {
  beforeEach(() => {
    post.mockReset();
    keys.made = 0;
  });

  test("an unknown outcome keeps its key: pressed again it asks, it does not do twice", async () => {
    post.mockRejectedValueOnce(new UnknownOutcome("x")).mockRejectedValueOnce(new UnknownOutcome("x"));
    post.mockRejectedValueOnce(new UnknownOutcome("x")).mockResolvedValueOnce({ id: "1" });
    const action = useAction();
    expect(await action.run("/refunds/1/moves", { action: "approve" })).toBeNull();
    expect(action.unsure.value).toBe(true);
    expect(action.message.value).toContain("不会重复办理");
    expect(await action.run("/refunds/1/moves", { action: "approve" })).toEqual({ id: "1" });
    expect(action.unsure.value).toBe(false);
    expect(usedKeys()).toEqual(["k1", "k1", "k1", "k1"]);
  });

  test("what is settled and asked anew is new work with a new key", async () => {
    post.mockResolvedValue({});
    const action = useAction();
    await action.run("/a", { x: 1 });
    await action.run("/a", { x: 1 });
    expect(usedKeys()).toEqual(["k1", "k2"]);
  });

  test("a refusal is known, and the next try has a key of its own", async () => {
    post.mockRejectedValueOnce(refusal(422, "refund.too_much", "退款金额超过可退金额")).mockResolvedValueOnce({});
    const action = useAction();
    await action.run("/a", { amountFen: 2 });
    expect(action.message.value).toBe("退款金额超过可退金额");
    expect(action.unsure.value).toBe(false);
    await action.run("/a", { amountFen: 2 });
    expect(usedKeys()).toEqual(["k1", "k2"]);
  });

  test("pressed twice at once it goes out once", async () => {
    let answer: (value: unknown) => void = () => {};
    post.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const action = useAction();
    const first = action.run("/a", {});
    expect(await action.run("/a", {})).toBeNull();
    answer({ id: "1" });
    expect(await first).toEqual({ id: "1" });
    expect(post).toHaveBeenCalledTimes(1);
  });

  test("two persons, a role that cannot, and somebody quicker are said in words", async () => {
    const action = useAction();
    post.mockRejectedValueOnce(refusal(403, "refund.same_person"));
    await action.run("/a", {});
    expect(action.message.value).toContain("须由另一人审批");
    post.mockRejectedValueOnce(refusal(403, "access.role", "没有权限"));
    await action.run("/a", {});
    expect(action.message.value).toContain("您的岗位不能办理此项");
    post.mockRejectedValueOnce(refusal(409, "workflow.not_open", "当前状态不能办理"));
    await action.run("/a", {});
    expect(action.overtaken.value).toBe(true);
    post.mockRejectedValueOnce(refusal(422, "x"));
    await action.run("/a", {});
    expect(action.overtaken.value).toBe(false);
  });
});
