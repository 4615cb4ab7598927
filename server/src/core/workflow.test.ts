import { expect, test } from "vitest";
import { ROLES } from "./actor.ts";
import { Problem } from "./problem.ts";
import { workflow } from "./workflow.ts";

const door = workflow({
  start: "open",
  states: { open: "开着", shut: "关着", locked: "锁着" },
  moves: {
    close: { label: "关门", from: ["open"], to: "shut", by: ["litigant", "clerk"] },
    lock: { label: "上锁", from: ["shut"], to: "locked", by: ["clerk"] },
  },
});

const refusal = (run: () => unknown): Problem => {
  try {
    run();
  } catch (error) {
    return error as Problem;
  }
  throw new Error("it was allowed");
};

test("a move leads where the table says", () => {
  expect(door.next("open", "close", "litigant")).toBe("shut");
  expect(door.next("shut", "lock", "clerk")).toBe("locked");
});

test("what is offered is what is allowed: no button lies, none is missing", () => {
  for (const state of ["open", "shut", "locked"] as const)
    for (const role of ROLES)
      for (const action of ["close", "lock"] as const) {
        const offered = door.open(state, role).some((move) => move.action === action);
        if (offered) expect(() => door.next(state, action, role)).not.toThrow();
        else expect(refusal(() => door.next(state, action, role))).toBeInstanceOf(Problem);
      }
});

test("a refusal says what stands in the way, without telling the wrong role the state", () => {
  const late = refusal(() => door.next("locked", "close", "litigant"));
  expect([late.code, late.status]).toEqual(["workflow.wrong_state", 409]);
  expect(late.extras.detail).toContain("锁着");
  expect(late.extras.members).toEqual({ state: { code: "locked", label: "锁着" } });
  const wrong = refusal(() => door.next("locked", "lock", "litigant"));
  expect([wrong.code, wrong.status, wrong.extras.members]).toEqual(["workflow.wrong_role", 403, undefined]);
});

test("the end is where no move leaves", () => {
  expect([door.isFinal("open"), door.isFinal("shut"), door.isFinal("locked")]).toEqual([false, false, true]);
});

test("the diagram holds every state and move", () => {
  expect(door.mermaid().split("\n")).toEqual([
    "stateDiagram-v2",
    "  open: 开着",
    "  shut: 关着",
    "  locked: 锁着",
    "  [*] --> open",
    "  open --> shut: 关门",
    "  shut --> locked: 上锁",
  ]);
});
