import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, clerk, type Filed, key, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call } from "./submission-storm.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const git = (...words: string[]): string => execFileSync("git", words, { cwd: ROOT, encoding: "utf8" }).trim();
/** The commit that brought the newest migration; what came before still runs while that is carried out. */
const [newest = ""] = git("log", "--diff-filter=A", "-1", "--format=%H", "--", "sql").split("\n");
const migrations = git("log", "-1", "--diff-filter=A", "--name-only", "--format=", newest, "--", "sql");
/** Work is also committed in parts: whole is a commit that has every file its sources import. */
function isWhole(commit: string): boolean {
  const files = new Set(git("ls-tree", "-r", "--name-only", commit, "--", "server").split("\n"));
  const imports = ["grep", "-oE", 'from "(\\.\\.?|#[a-z]+)/[^"]+\\.ts"', commit, "--", "server/src", ":!*.test.ts"];
  return git(...imports)
    .split("\n")
    .every((line) => {
      const [, file = "", found = ""] = line.split(":");
      const path = found.slice(found.indexOf('"') + 1, -1);
      const place = path.startsWith("#") ? `server/src/${path.slice(1)}` : posix.join(posix.dirname(file), path);
      return files.has(place);
    });
}
const older = git("log", "-100", "--format=%h", `${newest}~1`).split("\n").filter(isWhole);
const MOST_TRIED = 10;

/** G22: the code before the newest migration, on a database that has it. */
describe("the last version, on the new tables", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-old-"));
  let before = "";
  let app: TestApp;
  let node: NodeProcess;
  let draft: Filed;
  let wang: StaffPerson;
  beforeAll(async () => {
    app = await startApp("old_code");
    await seedCourtsAndRules(app);
    draft = await readyDraft(app, "旧版原告");
    wang = await clerk(app);
    // Files that fit by their names may not by what is in them: what does not start was never released.
    for (const commit of older.slice(0, MOST_TRIED)) {
      const started = await startOld(commit).catch(() => null);
      if (!started) continue;
      node = started;
      before = commit;
      return;
    }
    throw new Error(`none of the ${MOST_TRIED} commits before ${newest} starts`);
  }, 600_000);
  afterAll(async () => {
    await node?.kill();
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  function startOld(commit: string): Promise<NodeProcess> {
    const root = join(folder, commit);
    mkdirSync(root);
    const archive = execFileSync("git", ["archive", commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
    spawnSync("tar", ["-x", "-C", root], { input: archive });
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
    return startNode(app, BEHIND_PROXY, { root });
  }

  it("signs in, saves, takes in, gives to a clerk and decides", async () => {
    const done: string[] = [];
    const ask = async (what: string, expected: number, path: string, sent: object = {}) => {
      const { status, text } = await call(node.origin, { path, from: "10.5.0.1", ...sent });
      if (status === expected) done.push(what);
      else console.log(`${what}: ${status} ${text.slice(0, 300)}`);
      return JSON.parse(text || "null");
    };
    const { accessToken: token } = await ask("sign in", 200, "/sessions/wechat", {
      body: { code: "sandbox:旧版原告" },
    });
    const { content, version } = await ask("read", 200, draft.path, { method: "GET", token });
    const headers = { "if-match": `"${version}"` };
    await ask("save", 200, draft.path, { method: "PUT", token, headers, body: { content } });
    await ask("submit", 200, `${draft.path}/moves`, { token, headers: key(), body: { action: "submit" } });
    const staff = { token: wang.token };
    // Either version may be the one that tells events, and takes its time.
    for (let tries = 0; tries < 180 && (await wang.ask("GET", "/intake/queues")).json.items.length === 0; tries += 1) {
      await app.settle();
      await sleep(500);
    }
    const queues = await ask("queues", 200, "/intake/queues", { ...staff, method: "GET" });
    const item = await ask("next", 200, `/intake/queues/${queues.items?.[0]?.id}/next`, staff);
    await ask("accept", 200, `/intake/items/${item?.id}/moves`, {
      ...staff,
      headers: key(),
      body: accepting(item?.lease?.fence),
    });
    await app.settle();
    const cases = await ask("cases", 200, "/cases", { method: "GET", token });
    if (cases.items?.length === 1) done.push("the case is there");
    console.log(`${before}, before ${migrations.replaceAll("\n", ", ")}`);
    figure("G22", "steps that the code before the newest migration takes on the new schema", done.length, {
      of: 9,
      atLeast: 9,
    });
    expect(done).toHaveLength(9);
  }, 240_000);
});
