import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Means } from "#modules/module.ts";
import { noticeSubscribers } from "./listen.ts";
import { SILENT } from "./silent.ts";

const SOURCES = new URL("../../", import.meta.url);

/** Every event the house declares, read from where it is declared: `EventMap` is gone when the program runs. */
function declaredEvents(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const names = files.flatMap((path) => {
    const text = readFileSync(new URL(path, SOURCES), "utf8");
    return [...text.matchAll(/interface EventMap \{\n([\s\S]*?)\n {2}\}/g)].flatMap(([, body = ""]) =>
      [...body.matchAll(/^ {4}"([a-z_]+\.[a-z_]+)":/gm)].map(([, name = ""]) => name),
    );
  });
  return [...new Set(names)].sort();
}

describe("events and those they concern", () => {
  const declared = declaredEvents();
  const told = Object.keys(noticeSubscribers({} as Means));
  const silent = Object.keys(SILENT);

  it("are all told to somebody, or left untold for a reason that is written down", () => {
    expect(declared.length).toBeGreaterThan(140);
    expect(declared.filter((name) => !told.includes(name) && !silent.includes(name))).toEqual([]);
  });

  it("are not both told and left untold, and none is left untold that does not exist", () => {
    expect(silent.filter((name) => told.includes(name))).toEqual([]);
    expect([...silent, ...told].filter((name) => !declared.includes(name))).toEqual([]);
    for (const [name, reason] of Object.entries(SILENT)) expect(reason, name).toMatch(/\p{Script=Han}{3}/u);
  });
});
