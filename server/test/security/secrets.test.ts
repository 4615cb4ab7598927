import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findSecrets } from "./find-secrets.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
interface Allowed {
  readonly print: string;
  readonly first: string;
  readonly why: string;
}
const allowed = JSON.parse(
  readFileSync(new URL("secrets.allowed.json", import.meta.url), "utf8"),
) as readonly Allowed[];
const printOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Secrets are handed over as environment and stand in no file. What looks like one and is none stands in the list, with the reason. */
describe("no secret in the repository", () => {
  it("none in any file that is tracked", () => {
    const files = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0").filter(Boolean);
    expect(files.length).toBeGreaterThan(1000);
    const known = new Map(allowed.map((entry) => [entry.print, entry]));
    const used = new Set<string>();
    const faults: string[] = [];
    for (const file of files) {
      const text = readTracked(file);
      if (text === null) continue;
      for (const { rule, line, text: what } of findSecrets(text)) {
        const print = printOf(what);
        if (known.has(print)) used.add(print);
        else faults.push(`${file}:${line} ${rule}: ${what.slice(0, 6)}… (print ${print})`);
      }
    }
    expect(faults.join("\n")).toBe("");
    // A reason for what is no longer there is taken out.
    expect(allowed.filter(({ print }) => !used.has(print))).toEqual([]);
    for (const { why } of allowed) expect(why.length).toBeGreaterThan(10);
  });

  it("finds what it is meant to find, and not what merely is long", () => {
    const made = {
      "private key": `-----BEGIN ${"RSA PRIVATE"} KEY-----\n${"Ab9+".repeat(20)}\n-----END RSA PRIVATE KEY-----`,
      "Alibaba Cloud key": `LTAI${"5tAbCdEfGh12"}`,
      "Tencent Cloud key": `AKID${"zAbCdEfGh12345"}`,
      "AWS key": `AKIA${"ABCDEFGH12345678"}`,
      "GitHub token": `ghp_${"aB3".repeat(12)}`,
      "token of ours": `sutong_${"aB3-x".repeat(8)}abc`,
      "signed token": `eyJ${"hbGciOiJIUzI1"}.eyJ${"zdWIiOiIxMjM0"}.${"aB3_".repeat(8)}`,
      "address with a password": `mysql://sutong:${"hunter22"}@10.0.0.1/sutong`,
      "named secret": `OSS_ACCESS_KEY_SECRET = "${"abcdefabcdefabcdef"}"`,
      "high entropy": createHash("sha512").update("a planted one").digest("base64").slice(0, 44),
    };
    for (const [rule, text] of Object.entries(made))
      expect(
        findSecrets(`const it = '${text}';`).map((find) => find.rule),
        rule,
      ).toContain(rule);
    const harmless = [
      "miniprogram/src/pages/hearing/parts/DeviceCheckTranscript",
      "postFilingsIdConfirmationsConfirmationIdMandatePdf",
      "mysql://用户:口令@host:3306/sutong",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
      "0".repeat(64),
    ];
    for (const text of harmless) expect([text, findSecrets(text)]).toEqual([text, []]);
  });
});

/** Its text, without the checksums of lockfiles; null for pictures, typefaces and what is being moved at this moment. */
function readTracked(file: string): string | null {
  try {
    const bytes = readFileSync(join(ROOT, file));
    if (bytes.subarray(0, 4096).includes(0)) return null;
    const text = bytes.toString("utf8");
    return file.endsWith("package-lock.json") ? text.replace(/"integrity": "[^"]+"/g, "") : text;
  } catch {
    return null;
  }
}
