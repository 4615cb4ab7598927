import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, claimed, clerk, type Filed, key, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import type { Person } from "#test/people.ts";
import { readConfig } from "../../src/config.ts";
import { draftsLike, rowsOf, submitAll } from "./crowd.ts";
import { type NodeProcess, startNode } from "./node-process.ts";

describe("kill -9 of the server between COMMIT and answer", () => {
  let app: TestApp;
  let drafts: Filed[];
  const nodes: NodeProcess[] = [];

  beforeAll(async () => {
    app = await startApp("kill");
    await seedCourtsAndRules(app);
    drafts = await draftsLike(app, await readyDraft(app, "王芳"), 2);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await app.stop();
  });

  it("the repeat finds one row and gives the same answer", async () => {
    const [first, second] = drafts as [Filed, Filed];
    await submitAll([second]);
    await app.settle();
    const wang = await clerk(app);
    const { item, fence } = await claimed(wang, second);
    const moves = [
      { who: first.owner, path: `${first.path}/moves`, body: { action: "submit" } as object, once: key() },
      { who: wang as Person, path: `${item}/moves`, body: accepting(fence) as object, once: key() },
    ];
    const before = (await rowsOf(app, "SELECT id FROM idempotency_key")).length;
    // A node that stops dead after its first commit, for each of the two.
    const stalled = await Promise.all(moves.map(() => startNode(app, { STALL_AT: "after-commit" })));
    nodes.push(...stalled);
    const sent = moves.map((move, at) =>
      send(stalled[at]!.origin, move).then(
        () => "answered",
        () => "cut off",
      ),
    );
    await until(async () => (await rowsOf(app, "SELECT id FROM idempotency_key")).length === before + moves.length);
    expect(await Promise.race([...sent, sleep(200, "no answer yet")])).toBe("no answer yet");
    await Promise.all(stalled.map((node) => node.kill()));
    expect(await Promise.all(sent)).toEqual(["cut off", "cut off"]);
    const answers = () =>
      rowsOf<{ id: string; answer: string }>(app, "SELECT id, answer FROM idempotency_key ORDER BY id");
    const kept = await answers();

    const fresh = await startNode(app);
    nodes.push(fresh);
    for (const move of moves) {
      const repeats = [await send(fresh.origin, move), await send(fresh.origin, move), await send(app.origin, move)];
      for (const { status, replayed } of repeats) expect([status, replayed]).toEqual([200, "true"]);
      expect(new Set(repeats.map(({ text }) => text)).size).toBe(1);
    }
    expect(await answers(), "the answers that were on their way").toEqual(kept);
    expect(await rowsOf(app, "SELECT id FROM filing_submission WHERE filing_id = ?", [first.id])).toHaveLength(1);
    expect(
      await rowsOf(app, "SELECT receipt_number FROM filing WHERE id = ? AND state = 'submitted'", [first.id]),
    ).toHaveLength(1);
    expect(await rowsOf(app, "SELECT serial FROM court_case WHERE filing_id = ?", [second.id])).toEqual([
      { serial: 1 },
    ]);
    // What was to be told is told by whoever is left.
    await until(
      async () => (await rowsOf(app, "SELECT id FROM intake_item WHERE filing_id = ?", [first.id])).length === 1,
      () => app.settle(),
    );
  }, 240_000);

  it("the hook that stalls is no part of a court's server", () => {
    const message = (STALL_AT?: string): string => {
      try {
        const secret = (text: string) => Buffer.alloc(32, text).toString("base64");
        const keys = {
          TOKEN_SECRET: secret("t"),
          STORE_SECRET: secret("s"),
          AUDIT_SECRET: secret("a"),
          CERTIFICATE_KEY: secret("c"),
          INDEX_KEY: secret("i"),
          DATA_KEYS: `1:${secret("d")}`,
        };
        readConfig({
          SUTONG_MODE: "production",
          DATABASE_URL: "mysql://a:b@db/sutong",
          ...keys,
          ...(STALL_AT ? { STALL_AT } : {}),
        });
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message("after-commit")).toContain("STALL_AT");
    expect(message()).not.toContain("STALL_AT");
  });
});

interface Sent {
  readonly who: Person;
  readonly path: string;
  readonly body: object;
  readonly once: Record<string, string>;
}

async function send(
  origin: string,
  { who, path, body, once }: Sent,
): Promise<{ status: number; text: string; replayed: string | null }> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.token}`, "content-type": "application/json", ...once },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    text: await response.text(),
    replayed: response.headers.get("idempotent-replayed"),
  };
}

async function until(isSo: () => Promise<boolean>, meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(20)) {
    await meanwhile();
    if (await isSo()) return;
  }
  throw new Error("it did not come about within 60 s");
}
