import { setTimeout as sleep } from "node:timers/promises";
import type { RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { RETENTION } from "../../src/modules/operations/index.ts";
import { rowsOf, withOwner } from "./crowd.ts";
import { startWorker } from "./worker-process.ts";

/** Rule 39, of workers: what is under way when one is told to stop is finished, and nothing is said to have failed. */
describe("a worker that is told to stop in the middle of a job", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("worker_stop");
  });
  afterAll(() => app.stop());

  it("finishes it first", async () => {
    await withOwner(app, async (owner) => {
      await owner.query("LOCK TABLES idempotency_key WRITE");
      const worker = await startWorker(app);
      await vi.waitFor(async () => expect(await waiting(app)).toBe(1), 30_000);
      const stopped = worker.stop();
      // Long enough for one that does not wait to have let go of its connections.
      await sleep(500);
      await owner.query("UNLOCK TABLES");
      const { code, said } = await stopped;
      expect(said.filter(({ level }) => level >= 50)).toEqual([]);
      expect(code).toBe(0);
    });
    expect(await rowsOf(app, "SELECT rule FROM retention_run")).toHaveLength(RETENTION.length);
  }, 60_000);
});

/** Statements of the retention that wait for the table. */
const waiting = (app: TestApp): Promise<number> =>
  withOwner(app, async (owner) => {
    const [rows] = await owner.query<RowDataPacket[]>(
      "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND state LIKE 'Waiting for table%' AND info LIKE 'DELETE FROM idempotency_key%'",
    );
    return rows.length;
  });
