import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Ways that are closed because nobody goes them: each word here would open one, and must first be argued for. */
const RULES: readonly {
  readonly why: string;
  readonly at: readonly string[];
  readonly files: RegExp;
  readonly word: RegExp;
}[] = [
  {
    why: "text becomes HTML by the framework only",
    at: ["workbench/src", "miniprogram/src"],
    files: /\.(vue|ts)$/,
    word: /v-html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|<rich-text/,
  },
  {
    why: "no cookie, no WebSocket, no messages between windows",
    at: ["workbench/src", "miniprogram/src"],
    files: /\.(vue|ts)$/,
    word: /document\.cookie|new WebSocket|connectSocket|(window|parent|opener)\.postMessage|addEventListener\(["']message/,
  },
  {
    why: "no program is made of text",
    at: ["server/src", "workbench/src", "miniprogram/src", "server/data/templates"],
    files: /\.(vue|ts|js|typ)$/,
    word: /(^|[^.\w])eval\(|new Function\(|["']node:vm["']/m,
  },
  {
    // Each without a shell; what is to be said reaches the voice by its standard input.
    why: "no program is started but those of backups, of the voice and of films",
    at: ["server/src"],
    files: /^(?!backup-programs|restore-server|gateways\/voice\/espeak|gateways\/video\/mix).*\.ts$/,
    word: /child_process/,
  },
  {
    why: "certificates are always checked",
    at: ["server/src"],
    files: /\.ts$/,
    word: /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity|strictSSL/,
  },
  {
    why: "nothing secret is drawn by Math.random",
    at: ["server/src/modules/account", "server/src/core", "server/src/gateways/files", "server/src/gateways/video"],
    files: /\.ts$/,
    word: /Math\.random/,
  },
];

describe("words that open what is closed", () => {
  it.each(RULES)("$why", ({ at, files, word }) => {
    const read = at.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => files.test(name) && !/\.test\.ts$/.test(name))
        .map((name) => join(folder, name)),
    );
    expect(read.length).toBeGreaterThan(5);
    expect(read.filter((file) => word.test(readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
  });
});
