import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EXCEPTIONS, isAllowed, objectionTo, SHIPPED, shippedOf } from "../../launcher/licences.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

describe("what is shipped", () => {
  const all = SHIPPED.map(({ name, folder, also }) => ({ name, components: shippedOf(ROOT, folder, also) }));

  it.each(all)("$name: every licence is known and allowed", ({ components }) => {
    expect(components.length).toBeGreaterThan(20);
    expect(components.flatMap((component) => objectionTo(component) ?? [])).toEqual([]);
  });

  it.each(all)(
    "$name: every package comes from the registry, with a checksum, in one exact version",
    ({ components }) => {
      for (const { place, version, integrity, resolved } of components) {
        expect(version, place).toMatch(/^\d+\.\d+\.\d+/);
        expect(integrity, place).toMatch(/^sha(512|1)-/);
        // No address in the lockfile stands for the registry itself.
        expect(resolved ?? "https://registry.npmjs.org/", place).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      }
    },
  );

  it("our own package files name exact versions", () => {
    for (const { folder } of SHIPPED) {
      const { dependencies, devDependencies } = JSON.parse(
        readFileSync(join(ROOT, folder, "package.json"), "utf8"),
      ) as {
        dependencies: Record<string, string>;
        devDependencies: Record<string, string>;
      };
      for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies }))
        expect([name, range]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    }
  });

  it("an exception that is used no more is taken out, and each has a reason", () => {
    const components = all.flatMap((part) => part.components);
    for (const { name, why } of EXCEPTIONS) {
      expect(
        components.some((component) => name.test(component.name)),
        String(name),
      ).toBe(true);
      expect(why.length).toBeGreaterThan(20);
    }
  });

  it("refuses what reaches our own code, and what says nothing", () => {
    for (const licence of [
      "GPL-3.0-only",
      "AGPL-3.0-or-later",
      "SSPL-1.0",
      "BUSL-1.1",
      "MIT AND GPL-2.0-only",
      "UNLICENSED",
      "SEE LICENSE IN x",
      "",
      "((MIT))",
    ])
      expect([licence, isAllowed(licence)]).toEqual([licence, false]);
    expect(objectionTo({ name: "x", licence: null })).toBe("x: no licence named");
    expect(objectionTo({ name: "ical.js", licence: "GPL-3.0-only" })).toBe("ical.js: GPL-3.0-only");
    expect(["(MIT OR GPL-3.0-or-later)", "(MIT AND Zlib)", "Apache-2.0"].every(isAllowed)).toBe(true);
  });
});
