import { expect, it } from "vitest";
import { asProblem } from "./answer-problems.ts";

it.each([
  ["the disk is full", { parent: { errno: 1114, code: "ER_RECORD_FILE_FULL" } }],
  ["a deadlock", { parent: { errno: 1213 } }],
  ["the connection is gone", { code: "ECONNRESET" }],
  ["no connection is free", { name: "SequelizeConnectionAcquireTimeoutError" }],
])("%s: come again, and when", (_, thrown) => {
  const { status, code, extras } = asProblem(thrown);
  expect([status, code, extras.retryAfter]).toEqual([503, "service.unavailable", 2]);
});

it("what nobody foresaw is ours", () => {
  expect(asProblem(new TypeError("x is not a function")).status).toBe(500);
  expect(asProblem({ parent: { errno: 1146 } }).status).toBe(500);
});
