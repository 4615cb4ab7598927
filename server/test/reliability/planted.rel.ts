import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { figure } from "./figure.ts";
import { PLANTED } from "./planted-faults.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const MINUTES = 60_000;
/** `PLANT=G6,G19` for some of them. */
const wanted = process.env["PLANT"]?.split(",") ?? PLANTED.map(({ goal }) => goal);
const faults = PLANTED.filter(({ goal }) => wanted.includes(goal));

/** G26: every fault is brought into a copy of the sources, and the tests of its goal must be red there. */
describe("a planted fault", () => {
  const copy = mkdtempSync(join(tmpdir(), "sutong-planted-"));
  const seen: string[] = [];
  beforeAll(() => {
    // A database of a test's own runs as nobody in particular, and must get through to its program.
    chmodSync(copy, 0o711);
    const files = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0").filter(Boolean);
    for (const file of files.filter((name) => existsSync(join(ROOT, name)))) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(ROOT, file), join(copy, file));
    }
    for (const shared of ["node_modules", "var/mariadb/program"]) {
      if (!existsSync(join(ROOT, shared))) continue;
      mkdirSync(dirname(join(copy, shared)), { recursive: true });
      symlinkSync(join(ROOT, shared), join(copy, shared));
    }
  });
  afterAll(() => {
    figure("G26", "planted faults seen", seen.length, { of: faults.length, atLeast: faults.length });
    rmSync(copy, { recursive: true, force: true });
  });

  it.each(faults)("$goal: $what", { timeout: 15 * MINUTES }, ({ goal, file, find, replace, tests, only }) => {
    const path = join(copy, file);
    const sound = readFileSync(path, "utf8");
    expect(sound.split(find).length, `"${find}" in ${file}`).toBeGreaterThan(1);
    writeFileSync(
      path,
      sound.replace(find, () => replace),
    );
    const results = join(copy, "results.json");
    rmSync(results, { force: true });
    const options = ["run", ...tests, "--reporter=json", `--outputFile=${results}`, "--maxWorkers=1", "--bail=1"];
    const { REL_FIGURES: _, ...environment } = process.env;
    spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", ...options, ...(only ? ["-t", only] : [])], {
      cwd: copy,
      stdio: "ignore",
      timeout: 14 * MINUTES,
      env: {
        ...environment,
        TEST_DATABASE_URL: inject("databaseUrl"),
        TEST_DATABASE_APP_URL: inject("databaseAppUrl"),
      },
    });
    writeFileSync(path, sound);
    expect(existsSync(results), "came to an end within its time").toBe(true);
    const { testResults } = JSON.parse(readFileSync(results, "utf8")) as Results;
    // Red by a test of its own, not because nothing could be started.
    const red = testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === "failed"),
    );
    for (const { fullName, failureMessages } of red)
      console.log(`${goal} red: ${fullName}: ${failureMessages[0]?.split("\n")[0]}`);
    if (red.length > 0) seen.push(goal);
    expect(red.length, `red tests; ${testResults.map(({ message }) => message).join("\n")}`).toBeGreaterThan(0);
  });
});

interface Results {
  testResults: {
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}
