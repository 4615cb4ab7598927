import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openVault } from "./sealed.ts";

const index = randomBytes(32);
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const vault = openVault({ data: new Map([[1, oldKey]]), index });
const NAME = "王芳 110101199003077475 𠮷";

test("what is sealed opens again, and only where it belongs", () =>
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), fc.string(), (plain, here, elsewhere) => {
      const sealed = vault.seal(plain, here);
      expect(vault.open(sealed, here)).toBe(plain);
      if (here !== elsewhere) expect(() => vault.open(sealed, elsewhere)).toThrow();
    }),
  ));

test("every changed, cut or added byte is noticed", () => {
  const sealed = vault.seal(NAME, "filing:1");
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => vault.open(changed, "filing:1"), `byte ${at}`).toThrow();
    expect(() => vault.open(sealed.subarray(0, at), "filing:1"), `cut at ${at}`).toThrow();
  }
  expect(() => vault.open(Buffer.concat([sealed, Buffer.from([0])]), "filing:1")).toThrow();
});

test("two seals of one text have nothing in common, and the text stands in neither", () => {
  const [first, second] = [vault.seal(NAME, "a"), vault.seal(NAME, "a")];
  expect(first.subarray(2).equals(second.subarray(2))).toBe(false);
  expect(first.includes(Buffer.from("王芳"))).toBe(false);
});

test("after the yearly change of keys the old still open and the new one seals", () => {
  const sealed = vault.seal(NAME, "a");
  const next = openVault({
    data: new Map([
      [2, newKey],
      [1, oldKey],
    ]),
    index,
  });
  expect(next.open(sealed, "a")).toBe(NAME);
  expect(next.seal(NAME, "a")[1]).toBe(2);
  expect(() => vault.open(next.seal(NAME, "a"), "a")).toThrow("unknown version or key");
});

test("an index tells equal from different, within one kind, under its own key", () => {
  expect(vault.index("name", "王芳")).toMatch(/^[0-9a-f]{64}$/);
  expect(vault.index("name", "王芳")).toBe(openVault({ data: new Map([[1, newKey]]), index }).index("name", "王芳"));
  expect(vault.index("name", "王芳")).not.toBe(vault.index("phone", "王芳"));
  expect(vault.index("name", "王芳")).not.toBe(vault.index("name", "王芬"));
  expect(vault.index("name", "王芳")).not.toBe(
    openVault({ data: new Map([[1, oldKey]]), index: newKey }).index("name", "王芳"),
  );
});
