import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dispositionOf, partsOf } from "./terms.ts";

interface BadInput {
  readonly id: string;
  readonly category: string;
  readonly value?: unknown;
}

const HEADER = /^(inline|attachment); filename="([^"\\%;\r\n]*)"; filename\*=UTF-8''([A-Za-z0-9%!#$&+.^_`|~-]*)$/;
const { inputs } = JSON.parse(
  readFileSync(new URL("../../../../../shared/vectors/bad-inputs.json", import.meta.url), "utf8"),
) as { inputs: BadInput[] };
const names = inputs.filter((input) => input.category === "filename" && typeof input.value === "string");

test.each(names.map((input) => [input.id, String(input.value)]))("%s stays a label", (_, fileName) => {
  const header = dispositionOf({ fileName, contentType: "application/pdf", inline: true });
  expect(header).toMatch(HEADER);
  const label = decodeURIComponent(HEADER.exec(header)?.[3] ?? "");
  expect(label).not.toMatch(/[/\\\p{Cc}\p{Cf}]|^\./u);
  expect(label).not.toBe("");
});

test("any name at all makes one well-formed header", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (fileName) => {
      const header = dispositionOf({ fileName, contentType: "text/html", inline: true });
      expect(header).toMatch(HEADER);
      expect(header.startsWith("attachment;")).toBe(true);
      expect(header).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});

test("a Chinese name arrives as it is", () => {
  const header = dispositionOf({
    fileName: "民事起诉状（王芳 诉 李强）.pdf",
    contentType: "application/pdf",
    inline: true,
  });
  expect(decodeURIComponent(HEADER.exec(header)?.[3] ?? "")).toBe("民事起诉状（王芳 诉 李强）.pdf");
});

test("parts cover the file once, without gap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 500 }), (bytes, partBytes) => {
      let next = 0;
      partsOf(bytes, partBytes).forEach((part, at) => {
        expect([part.number, part.offset]).toEqual([at + 1, next]);
        expect(part.bytes).toBeGreaterThan(0);
        expect(part.bytes).toBeLessThanOrEqual(partBytes);
        next += part.bytes;
      });
      expect(next).toBe(bytes);
    }),
  );
});
