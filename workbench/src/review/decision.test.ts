import { describe, expect, test } from "vitest";
import type { IntakeItem } from "@/api/contract.ts";
import { ProblemError, UnknownOutcome } from "@/api/problem.ts";
import { type Decision, pauseBefore, pendingDecisions, type Standing, settleDecision } from "./decision.ts";

const decision: Decision = { itemId: "7", key: "one-key", body: { action: "accept", fence: 3, causeCode: "c" } };
const done = { id: "7", title: "甲 诉 乙" } as IntakeItem;
const problem = (status: number, code: string, more: Record<string, unknown> = {}) =>
  new ProblemError(status, { code, title: code, ...more }, null);

/** Answers one by one; what is left over is a failure of the test. */
async function play(answers: (IntakeItem | Error)[]) {
  const sent: Decision[] = [];
  const told: Standing[] = [];
  const waits: number[] = [];
  const end = await settleDecision(decision, {
    send: async (each) => {
      sent.push(each);
      const next = answers.shift();
      if (next === undefined) throw new Error("asked once too often");
      if (next instanceof Error) throw next;
      return next;
    },
    wait: async (ms) => {
      waits.push(ms);
    },
    tell: (standing) => told.push(standing),
  });
  return { sent, waits, end, told: told.map((standing) => standing.is) };
}

describe("a decision's standing", () => {
  test("answered at once", async () => {
    const { end, told, sent } = await play([done]);
    expect(told).toEqual(["sending", "done"]);
    expect(end).toEqual({ is: "done", item: done });
    expect(sent).toHaveLength(1);
  });

  test("the net drops in the middle: the same key and body until the answer is known", async () => {
    const lost = new UnknownOutcome("no answer");
    const { end, told, sent, waits } = await play([lost, lost, lost, done]);
    expect(told).toEqual(["sending", "unsure", "unsure", "unsure", "done"]);
    expect(end.is).toBe("done");
    expect(new Set(sent.map((each) => each.key))).toEqual(new Set(["one-key"]));
    expect(new Set(sent.map((each) => JSON.stringify(each.body))).size).toBe(1);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test("the first copy still running, or a full server, says nothing about the outcome", async () => {
    const { told, end } = await play([problem(409, "idempotency.in_flight"), problem(429, "limit.reached"), done]);
    expect(told).toEqual(["sending", "unsure", "unsure", "done"]);
    expect(end.is).toBe("done");
  });

  test("somebody was first: who, what and when", async () => {
    const decided = { action: "refuse", label: "不予受理", byName: "刘洋", at: "2026-11-22T04:00:00Z" };
    const { end } = await play([new UnknownOutcome("x"), problem(409, "intake.decided", { decided })]);
    expect(end).toEqual({ is: "decided", decided: { ...decided, note: null } });
  });

  test.each(["intake.stale_fence", "intake.leased", "intake.not_claimed"])(
    "%s means the lease has passed",
    async (code) => {
      expect((await play([problem(409, code)])).end.is).toBe("stale");
    },
  );

  test.each([
    [422, "intake.no_consent"],
    [403, "intake.second_return"],
    [422, "idempotency.other_body"],
    [401, "session.expired"],
  ])("%i %s is a known no", async (status, code) => {
    const { end, sent } = await play([problem(status, code)]);
    expect(end.is).toBe("refused");
    expect(sent).toHaveLength(1);
  });

  test("a fault of our own page is not taken for a lost answer", async () => {
    await expect(play([new TypeError("bug")])).rejects.toThrow("bug");
  });
});

test("the pause grows to ten seconds and honours what the server asks for", () => {
  const lost = new UnknownOutcome("x");
  expect([1, 2, 3, 4, 5, 9].map((attempt) => pauseBefore(attempt, lost))).toEqual([
    1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
  expect(pauseBefore(1, new UnknownOutcome("503", 20))).toBe(20_000);
  expect(pauseBefore(1, new UnknownOutcome("503", 9000))).toBe(60_000);
});

test("a decision on its way survives a reload, for its own item only", () => {
  const pending = pendingDecisions(sessionStorage);
  pending.keep(decision);
  expect(pendingDecisions(sessionStorage).of("7")).toEqual(decision);
  expect(pending.of("8")).toBeNull();
  pending.drop();
  expect(pending.of("7")).toBeNull();
  sessionStorage.setItem("sutong.workbench.pending-decision", "{broken");
  expect(pending.of("7")).toBeNull();
});
