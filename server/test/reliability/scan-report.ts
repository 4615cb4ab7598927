import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface ScanResult {
  readonly program: string;
  readonly version: string;
  readonly what: string;
  readonly requests: number;
  readonly understood: number;
  readonly findings: readonly string[];
  /** Of the findings, those that are none, and why. */
  readonly known: readonly string[];
}

const FILE = fileURLToPath(new URL("../../../docs/security/scans.md", import.meta.url));
const HEADING = "## What was found, and what was done";

/** Replaces the figures of docs/security/scans.md; what was written about findings stays. */
export function writeScans(results: readonly ScanResult[], at = new Date()): void {
  const known = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  const written = known.includes(HEADING) ? known.slice(known.indexOf(HEADING)) : `${HEADING}\n\nNothing yet.\n`;
  writeFileSync(
    FILE,
    `${[
      "# Scans",
      "",
      "`npm run scan` starts the product over a fresh database with the world of the authorisation tests, signs in everybody,",
      "and lets sqlmap and wapiti at it (Debian: `apt-get install sqlmap wapiti`), all on loopback. sqlmap gets, for every route,",
      "the request the authorisation table is checked with, and puts its own into each id, query parameter and field of the body.",
      "Both must first find what is planted for them.",
      "",
      `Last run: ${at.toISOString().slice(0, 16).replace("T", " ")} UTC.`,
      "",
      "| program | version | looked at | requests | of these understood (2xx, 3xx) | findings |",
      "|---|---|---|---|---|---|",
      ...results.map(
        (one) =>
          `| ${one.program} | ${one.version} | ${one.what} | ${one.requests} | ${one.understood} | ${one.findings.length} |`,
      ),
      "",
      ...results.flatMap(({ program, findings }) => findings.map((line) => `- ${program}: ${line}`)),
      "",
      ...results.flatMap(({ known }) => known.map((line) => `- known: ${line}`)),
      "",
    ].join("\n")}\n${written}`,
  );
}
