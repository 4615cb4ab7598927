import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { person, type StaffPerson } from "#test/people.ts";
import { rowsOf, withOwner } from "./crowd.ts";
import { figure } from "./figure.ts";

/** G25: where numbers of 31, 32 and 53 bits end. */
const EDGES = [2n ** 31n - 2n, 2n ** 32n - 2n, 2n ** 53n - 2n];
const WRITES = 10;
const TABLES = [
  "account",
  "session",
  "filing",
  "material",
  "outbox",
  "intake_item",
  "court_case",
  "fee_notice",
  "message",
];

describe("ids at the end of a number's bits", () => {
  let app: TestApp;
  const wrong: string[] = [];
  let written = 0;
  let wang: StaffPerson;
  beforeAll(async () => {
    app = await startApp("large_ids");
    await seedCourtsAndRules(app);
    wang = await clerk(app);
  });
  afterEach(() => expect(app.unexpected).toEqual([]));
  afterAll(async () => {
    figure("G25", "writes", written, { of: EDGES.length * WRITES, atLeast: EDGES.length * WRITES });
    figure("G25", "wrong ids", wrong.length, { atMost: 0 });
    await app.stop();
  });

  it.each(EDGES)("from %s on every id is the row's own", async (edge) => {
    await withOwner(app, async (owner) => {
      for (const table of TABLES) await owner.query(`ALTER TABLE ${table} AUTO_INCREMENT = ${edge}`);
    });
    const name = `大号${edge}`;
    const who = await person(app, name, { verified: true });
    expect(BigInt(who.accountId)).toBeGreaterThanOrEqual(edge);
    const seen = new Set<string>();
    for (let at = 0; at < WRITES; at += 1) {
      const opened = await who.ask("POST", "/filings", { courtCode: COURT }, key());
      expect(opened.status, opened.text).toBe(201);
      const { id } = opened.json as { id: string };
      const [row] = await rowsOf<{ id: string }>(app, "SELECT id FROM filing ORDER BY id DESC LIMIT 1");
      const read = await who.ask("GET", `/filings/${id}`);
      if (String(row?.id) !== id || read.json?.id !== id || seen.has(id)) wrong.push(`${id} for ${row?.id}`);
      seen.add(id);
      written += 1;
    }
    expect(wrong).toEqual([]);
    // The whole road: what is handed in, claimed and accepted is this one, by its large number.
    const filing = await submitted(app, `当事人${edge}`);
    expect(BigInt(filing.id)).toBeGreaterThan(edge);
    const { item, fence } = await claimed(wang, filing);
    const accepted = await wang.ask("POST", `${item}/moves`, accepting(fence), key());
    expect(accepted.status, accepted.text).toBe(200);
    await app.settle();
    expect(await rowsOf(app, "SELECT id FROM court_case WHERE filing_id = ?", [filing.id])).toHaveLength(1);
  });

  it("a counter past 2^53 gives no number rather than a wrong one", async () => {
    const first = await submitted(app, "末号甲");
    await withOwner(app, (owner) => owner.query("UPDATE counter SET value = 9007199254740991"));
    const refused = await submitted(app, "末号乙").then(
      () => "taken",
      (error: Error) => error.message,
    );
    expect(refused).toContain("service.unavailable");
    expect((await first.owner.ask("GET", first.path)).json.state.code).toBe("submitted");
    app.unexpected.splice(0);
  });
});
