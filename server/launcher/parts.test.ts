import { describe, expect, it } from "vitest";
import { countTests, runPart } from "./parts.ts";

describe("counting tests", () => {
  it("adds up what several runners print, coloured or not", () => {
    const output = [
      " Test Files  1 failed | 2 passed (3)",
      "      Tests  1 failed | 12 passed | 2 skipped (15)",
      "\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m3 passed\u001b[39m\u001b[22m\u001b[90m (3)\u001b[39m",
      "4 passed, 2 failed",
      "a line about 7 passed tests",
    ].join("\n");
    expect(countTests(output)).toEqual({ passed: 19, failed: 3, skipped: 2 });
  });

  it("counts a part that breaks down as a failure, whatever it printed", async () => {
    const node = (script: string) => ({
      name: "part",
      command: process.execPath,
      options: ["-e", script],
      counted: true,
    });
    // Not shown: whoever counts this run's output would count it too.
    const quiet = () => {};
    const broken = await runPart(".", node("console.log('      Tests  2 passed (2)'); process.exit(1)"), quiet);
    expect(broken).toMatchObject({ passed: 2, failed: 1 });
    const fine = await runPart(".", node("process.exit(0)"), quiet);
    expect(fine).toMatchObject({ passed: 1, failed: 0 });
    const gone = await runPart(".", { name: "part", command: "/no/such/command", options: [] }, quiet);
    expect(gone).toMatchObject({ passed: 0, failed: 1 });
  });
});
