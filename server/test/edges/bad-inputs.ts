import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Answered } from "../app.ts";

/** One bad or borderline input: `value` as it is sent, or `gen` for what is too large or too broken to be written down. */
export interface BadInput {
  readonly id: string;
  readonly category: string;
  readonly field: string;
  readonly expect: string;
  readonly why: string;
  readonly value?: unknown;
  readonly gen?: Readonly<Record<string, unknown>>;
}

const SHARED = fileURLToPath(new URL("../../../../shared/vectors/bad-inputs.json", import.meta.url));
const OWN = fileURLToPath(new URL("./bad-inputs.json", import.meta.url));

/** The collection beside this project where there is one, and the project's own. */
export const badInputs: readonly BadInput[] = [...(existsSync(SHARED) ? read(SHARED) : []), ...read(OWN)];

function read(path: string): BadInput[] {
  return (JSON.parse(readFileSync(path, "utf8")) as { inputs: BadInput[] }).inputs;
}

export function inputsOf(...categories: string[]): BadInput[] {
  const found = badInputs.filter(({ category }) => categories.includes(category));
  expect(found.length, `inputs of ${categories.join(", ")}`).toBeGreaterThan(0);
  return found;
}

/** The value itself; repeated where the entry says so. */
export function givenIn({ value, gen }: BadInput): unknown {
  if (typeof gen?.["repeat"] === "string") return gen["repeat"].repeat(Number(gen["times"]));
  return value;
}

/** A body as text in which the place marked `"@"` holds a token JSON.stringify would not write. */
export const withToken = (body: unknown, token: string): string => JSON.stringify(body).replace('"@"', token);

const LEAKS =
  /\bat .{1,200}\.[jt]s:\d|Sequelize|\bER_[A-Z]|\bSQLSTATE|\bSELECT .{1,200} FROM\b|node_modules|server\/(src|dist)|\/(tmp|home|root)\//;

/** An answer that may be given to anything at all: understood or refused, never our own failure, nothing leaked. */
export function expectCivil(answer: Answered, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
  expect(answer.text, what).not.toMatch(LEAKS);
  if (answer.status >= 400 && !isPeerRefusal(answer, what)) expectProblem(answer, what);
}

/** WeChat Pay is refused in the words of its own protocol, and always in the same. */
const isPeerRefusal = ({ status, json }: Answered, what: string): boolean =>
  what.includes("/payments/wechat/notify") && status === 401 && json?.code === "FAIL" && Object.keys(json).length === 2;

export function expectProblem({ status, headers, json, text }: Answered, what: string): void {
  expect(
    [status >= 400 && status < 500, headers.get("content-type")],
    `${what}: ${status} ${text.slice(0, 300)}`,
  ).toEqual([true, "application/problem+json"]);
  expect(json, what).toMatchObject({
    status,
    type: expect.any(String),
    code: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/),
    title: expect.stringMatching(/^[^A-Za-z]*[\u4e00-\u9fff]/),
    detail: expect.stringMatching(/[\u4e00-\u9fff]/),
    errors: expect.any(Array),
    requestId: headers.get("x-request-id"),
  });
  for (const { pointer, code, message } of json.errors) {
    expect([typeof pointer, typeof code], what).toEqual(["string", "string"]);
    expect(message, what).toMatch(/[\u4e00-\u9fff]/);
  }
  expect(text, what).not.toMatch(LEAKS);
}
