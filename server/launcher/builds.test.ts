import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Build, isStale, runBuild } from "./builds.ts";

describe("a build", () => {
  let root: string;
  let build: Build;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "sutong-builds-"));
    mkdirSync(join(root, "src/test"), { recursive: true });
    writeFileSync(join(root, "src/a.txt"), "one");
    const script =
      "const fs=require('fs');fs.mkdirSync('out',{recursive:true});fs.copyFileSync('src/a.txt','out/a.txt')";
    build = {
      name: "copy",
      sources: ["src", "lock.json"],
      result: "out/a.txt",
      stamp: "out/.stamp",
      commands: [{ command: process.execPath, options: ["-e", script] }],
      log: join(root, "logs/copy.log"),
    };
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("is stale until it ran, and again when a source changed, came or went", async () => {
    expect(isStale(root, build)).toBe(true);
    await runBuild(root, build);
    expect(isStale(root, build)).toBe(false);

    writeFileSync(join(root, "src/a.txt"), "two");
    utimesSync(join(root, "src/a.txt"), 1_700_000_000, 1_700_000_000);
    expect(isStale(root, build)).toBe(true);
    await runBuild(root, build);
    expect(readFileSync(join(root, "out/a.txt"), "utf8")).toBe("two");

    writeFileSync(join(root, "lock.json"), "{}");
    expect(isStale(root, build)).toBe(true);
    rmSync(join(root, "lock.json"));
    expect(isStale(root, build)).toBe(false);

    rmSync(join(root, "out/a.txt"));
    expect(isStale(root, build)).toBe(true);
  });

  it("does not mind tests, which it is not made of", async () => {
    await runBuild(root, build);
    writeFileSync(join(root, "src/a.test.ts"), "");
    writeFileSync(join(root, "src/test/b.txt"), "");
    expect(isStale(root, build)).toBe(false);
  });

  it("stays stale when it fails, and says why in the words of the tool", async () => {
    const broken = {
      ...build,
      commands: [{ command: process.execPath, options: ["-e", "throw new Error('no glue left')"] }],
    };
    await expect(runBuild(root, broken)).rejects.toThrow(/no glue left/);
    expect(isStale(root, build)).toBe(true);
  });
});
