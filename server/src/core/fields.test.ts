import { describe, expect, it, test } from "vitest";
import type { z } from "zod";
import {
  courtCodeField,
  dayField,
  emailField,
  fenField,
  idField,
  line,
  mobileField,
  nameField,
  page,
  paging,
  phoneField,
  prose,
} from "./fields.ts";

const takes = (field: z.ZodType, value: unknown): unknown => {
  const parsed = field.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};
const refuses = (field: z.ZodType, values: readonly unknown[]) => {
  for (const value of values) expect(takes(field, value), JSON.stringify(value)).toBeUndefined();
};

test("an id is what BIGINT UNSIGNED holds, written one way", () => {
  for (const id of ["1", "42", "9007199254740993", "18446744073709551615"]) expect(takes(idField, id)).toBe(id);
  refuses(idField, [
    "",
    "0",
    "01",
    "-1",
    "1.0",
    "1e3",
    " 1",
    "１",
    "18446744073709551616",
    "99999999999999999999",
    1,
    null,
  ]);
});

describe("text", () => {
  it("is brought to one form", () => {
    expect(takes(line(10), "  e\u0301  ")).toBe("\u00e9");
    expect(takes(nameField(), "阿依古丽•买买提")).toBe("阿依古丽·买买提");
    expect(takes(nameField(), "𠮷野家")).toBe("𠮷野家");
  });
  it("counts characters, not code units", () => {
    expect(takes(line(2), "𠮷𠮷")).toBe("𠮷𠮷");
    refuses(line(2), ["𠮷𠮷𠮷"]);
    refuses(line(10, 1), ["", "   "]);
  });
  it("refuses what cannot be seen or is no text", () => {
    refuses(line(50), [
      "a\u0000b",
      "a\u202eb",
      "a\u200bb",
      "\ud800",
      "a\nb",
      "\ufeffa",
      "a\u0301\u0302\u0303",
      5,
      null,
      ["a"],
      {},
    ]);
    refuses(prose(50), ["a\u0000b", "\ud800"]);
    expect(takes(prose(50), "第一行\n第二行\t完")).toBe("第一行\n第二行\t完");
  });
});

test("phones", () => {
  expect(takes(phoneField, "+86 13800000000")).toBe("13800000000");
  expect(takes(phoneField, "１３８００００００００")).toBe("13800000000");
  expect(takes(phoneField, "0531-88888888")).toBe("0531-88888888");
  expect(takes(phoneField, "")).toBe("");
  refuses(mobileField, ["", "12800000000", "1380000000", "138000000000", "0531-88888888"]);
  refuses(phoneField, ["abc", "123", "1".repeat(41)]);
});

test("mail", () => {
  for (const value of ["", "a@b.cn", "wang.fang+court@mail.example.com"]) expect(takes(emailField, value)).toBe(value);
  refuses(emailField, ["a@b", "a b@c.cn", "a@b..cn", "a..b@c.cn", `${"a".repeat(65)}@b.cn`, "a@b.cn\n"]);
});

test("days exist in the calendar", () => {
  for (const value of ["2024-02-29", "1900-01-01", "2199-12-31"]) expect(takes(dayField, value)).toBe(value);
  refuses(dayField, [
    "2023-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-1-1",
    "1899-12-31",
    "2200-01-01",
    "2026-01-01T00:00:00Z",
    20260101,
  ]);
});

test("money is whole fen", () => {
  for (const value of [0, 1, 99_999_999_999_999]) expect(takes(fenField, value)).toBe(value);
  refuses(fenField, [-1, -0, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e14, "1", null]);
});

test("codes of courts", () => {
  for (const value of ["鲁0102", "鲁01", "鲁", "最高法"]) expect(takes(courtCodeField, value)).toBe(value);
  refuses(courtCodeField, ["", "0102", "鲁010", "鲁01020", "鲁０１", "鲁0102 "]);
});

test("pages", () => {
  expect(takes(paging.limit, "1000")).toBe(100);
  refuses(paging.limit, ["0", "-1", "1.5", "1e2", ""]);
  refuses(paging.cursor, ["", "a b", "'", "a".repeat(201)]);
  expect(page([1, 2, 3], 2, String)).toEqual({ items: [1, 2], nextCursor: "2" });
  expect(page([1, 2], 2, String)).toEqual({ items: [1, 2], nextCursor: null });
  expect(page([], 2, String)).toEqual({ items: [], nextCursor: null });
});
