import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SHIPPED } from "../../launcher/licences.ts";
import { figure } from "./figure.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

describe("G27: what the registry knows of what is shipped", () => {
  it("nothing high or worse, where it answers", { timeout: 200_000 }, () => {
    let [answered, high] = [0, 0];
    for (const { folder } of SHIPPED) {
      const { stdout } = spawnSync("npm", ["--prefix", folder, "audit", "--omit=dev", "--json"], {
        cwd: ROOT,
        encoding: "utf8",
        timeout: 60_000,
      });
      if (!stdout?.includes('"auditReportVersion"')) continue;
      answered += 1;
      const { metadata } = JSON.parse(stdout) as { metadata: { vulnerabilities: { high: number; critical: number } } };
      high += metadata.vulnerabilities.high + metadata.vulnerabilities.critical;
    }
    figure("G27", "audits that the registry answered", answered, { of: SHIPPED.length });
    figure("G27", "known weaknesses, high or worse", high, { atMost: 0 });
    expect(high).toBe(0);
  });
});
