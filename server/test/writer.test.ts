import { createConnection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { Clock } from "#core/clock.ts";
import { type Database, openDatabase } from "#core/database.ts";
import { transactor } from "#core/work.ts";
import { asProblem } from "#http/answer-problems.ts";
import { freshDatabase } from "#test/database.ts";
import { Relay } from "#test/relay.ts";

/** What a real cluster does stands in `npm run rel -- G16`; here two lines lead to one server. */
describe("where the database is written to", () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let [left, right]: Relay[] = [];
  const open: Database[] = [];
  const through = (relay: Relay, spares: Relay[] = [], moves: string[] = []): Database => {
    const options = { spares: spares.map(({ port }) => `127.0.0.1:${port}`), poolSize: 2, silentMs: 1_500 };
    const onMove = (node: string) => void moves.push(node);
    const database = openDatabase({ ...options, url: relay.instead(fresh.appUrl), onMove });
    open.push(database);
    return database;
  };
  const named = async (node: string): Promise<void> => {
    const owner = await createConnection(fresh.ownerUrl);
    await owner.query("REPLACE INTO database_writer VALUES (1, ?, UTC_TIMESTAMP(3))", [node]);
    await owner.end();
  };
  const write = (database: Database) => transactor(database, new Clock())(SYSTEM, async (work) => work.at);
  const statusOf = async (run: Promise<unknown>) =>
    run.then(() => 200).catch((error: unknown) => asProblem(error).status);

  beforeAll(async () => {
    fresh = await freshDatabase("writer");
    [left, right] = [await Relay.to(fresh.appUrl), await Relay.to(fresh.appUrl)];
  });
  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    for (const relay of [left, right]) relay?.close();
    await fresh.drop();
  });

  it("refusals of a cluster are tried again, then answered with 503, never with 500", async () => {
    const database = through(left as Relay);
    for (const [state, code] of [
      ["40001", 1213],
      ["08S01", 1047],
      ["HY000", 1180],
    ]) {
      const refusal = `SIGNAL SQLSTATE '${state}' SET MYSQL_ERRNO = ${code}, MESSAGE_TEXT = 'refused'`;
      let tries = 0;
      const twice = transactor(database, new Clock())(SYSTEM, async (work) => {
        tries += 1;
        if (tries < 3) await work.query(refusal);
        return tries;
      });
      expect(await twice).toBe(3);
      const always = transactor(database, new Clock())(SYSTEM, (work) => work.query(refusal));
      expect(await statusOf(always)).toBe(503);
    }
  });

  it("a line that says nothing is cut, and used again when it speaks", async () => {
    const database = through(left as Relay);
    expect(await statusOf(write(database))).toBe(200);
    left?.silence();
    expect(await statusOf(write(database))).toBe(503);
    left?.mend();
    await expect.poll(() => statusOf(write(database)), { timeout: 20_000 }).toBe(200);
  });

  it("whoever starts while the first node is away is led to the writer before the first statement", async () => {
    await expect.poll(() => statusOf(write(through(right as Relay, [left as Relay])))).toBe(200);
    left?.cut();
    const database = through(left as Relay, [right as Relay]);
    expect(await statusOf(database.sequelize.query("SELECT 1"))).toBe(200);
    left?.mend();
  });

  it("nothing begins on a node that is not the writer; where the writer is gone, another is made", async () => {
    const moves: string[] = [];
    const database = through(left as Relay, [right as Relay], moves);
    let strayed = 0;
    const look = transactor(database, new Clock());
    const isHere = "SELECT node = @@wsrep_node_name AS here FROM database_writer";
    for (let turn = 0; turn < 30; turn += 1) {
      if (turn % 10 === 0) await named("somebody else");
      const done = look(SYSTEM, async (work) => {
        const [row] = await work.query<{ here: number }>(isHere);
        if (!row?.here) strayed += 1;
      });
      await done.catch(() => undefined);
    }
    expect(strayed).toBe(0);
    await expect.poll(() => statusOf(write(database)), { timeout: 20_000 }).toBe(200);
    left?.cut();
    await expect.poll(() => statusOf(write(database)), { timeout: 20_000 }).toBe(200);
    expect(moves).toHaveLength(1);
  });
});
