import { expect, test } from "vitest";
import { fenText, yuanText } from "@/style/format.ts";
import { pagesOf } from "./pages.ts";
import { pageAt } from "./pointers.ts";

test("pages follow the catalogue's order, and a PDF's pages once they are counted", () => {
  const material = (id: string, position: number, pages: number | null) =>
    ({
      id,
      position,
      pages,
      name: id,
      kindLabel: "证据",
      contentType: "application/pdf",
      state: { code: "ready", label: "" },
    }) as never;
  const materials = [material("b", 2, 2), material("a", 1, null)];
  expect(pagesOf(materials, new Map()).map((page) => `${page.materialId}${page.page}`)).toEqual(["a1", "b1", "b2"]);
  expect(pagesOf(materials, new Map([["a", 3]])).map((page) => `${page.materialId}${page.page}`)).toEqual([
    "a1",
    "a2",
    "a3",
    "b1",
    "b2",
  ]);
});

test("money is exact", () => {
  expect(fenText(12345678)).toBe("123,456.78 元");
  expect(fenText(5)).toBe("0.05 元");
  expect(fenText(0)).toBe("0.00 元");
  expect(fenText(null)).toBe("");
  expect(fenText(900719925474099)).toBe("9,007,199,254,740.99 元");
  expect(yuanText("1234567.5")).toBe("1,234,567.50 元");
  expect(yuanText("约三万")).toBe("约三万");
});

test("a material and its page", () => {
  expect(pageAt("/materials/12")).toEqual({ materialId: "12", page: 1 });
  expect(pageAt("/materials/12#page=3")).toEqual({ materialId: "12", page: 3 });
  expect(pageAt("/parties/p1")).toBeNull();
});
