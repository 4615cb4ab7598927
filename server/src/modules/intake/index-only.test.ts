import type { RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { candidateQuery } from "#modules/filing/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { withOwner } from "#test/reliability/crowd.ts";
import { STATISTICS_SQL } from "./court-statistics.ts";

/** What is asked at every submission or on every page stays index-only, however many filings there are. */
describe("plans over a large number of filings", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("plans");
    await withOwner(app, async (owner) => {
      await owner.query("INSERT INTO filing_likeness (value, filing_id) VALUES (UNHEX(MD5('1')), 1)");
      // Doubling: 2^16 rows of many values, and one value that thousands share.
      for (let round = 0; round < 16; round += 1)
        await owner.query(
          "INSERT IGNORE INTO filing_likeness (value, filing_id) SELECT UNHEX(MD5(CONCAT(HEX(value), ?))), filing_id + ? FROM filing_likeness",
          [round, 2 ** round],
        );
      await owner.query(
        "INSERT IGNORE INTO filing_likeness (value, filing_id) SELECT UNHEX(MD5('hot')), filing_id FROM filing_likeness",
      );
      await owner.query("ANALYZE TABLE filing_likeness");
    });
  });
  afterAll(() => app.stop());

  it("the court's figures are counted from covering indexes over its own days", async () => {
    await withOwner(app, async (owner) => {
      await owner.query(
        `INSERT INTO intake_record (court_code, on_day, action, round, staff_id, cause_code, hours, late, item_id, at)
         SELECT CONCAT('鲁', LPAD(filing_id MOD 40, 4, '0')), DATE_ADD('2024-01-01', INTERVAL filing_id MOD 700 DAY), ELT(1 + filing_id MOD 3, 'arrive', 'accept', 'return'),
           1, filing_id MOD 9, 'CIV2025:108', filing_id MOD 100, 0, filing_id, UTC_TIMESTAMP(3) FROM filing_likeness`,
      );
      await owner.query(
        "INSERT INTO intake_record_code (court_code, on_day, action, code, staff_id, record_id) SELECT court_code, on_day, 'return', 'facts_unclear', staff_id, id FROM intake_record WHERE action = 'return'",
      );
      await owner.query("ANALYZE TABLE intake_record, intake_record_code");
    });
    for (const [name, sql] of Object.entries(STATISTICS_SQL)) {
      const [step] = await explain(sql, ["鲁0002", "2025-01-01", "2025-01-31"]);
      expect([name, step?.["type"], /_period$/.test(step?.["key"]), /Using index/.test(step?.["Extra"])]).toEqual([
        name,
        "range",
        true,
        true,
      ]);
      expect(Number(step?.["rows"]), name).toBeLessThan(2000);
    }
  });

  const explain = (sql: string, values: unknown[]) =>
    withOwner(app, async (owner) => (await owner.query<RowDataPacket[]>(`EXPLAIN ${sql}`, values))[0]);

  it("candidates for a duplicate come from one index by equality, a bounded number of each", async () => {
    const hot = Buffer.from("27369b3bf4483e8dcfd85ba9a39a947f", "hex");
    const { sql, values } = candidateQuery([hot, Buffer.alloc(16, 1)], [Buffer.alloc(16, 2)], "77");
    const steps = (await explain(sql, values)).filter(({ table }) => table === "filing_likeness");
    expect(steps).toHaveLength(3);
    for (const { type, key, Extra } of steps) {
      expect(["ref", "range"]).toContain(type);
      expect(key).toBe("PRIMARY");
      expect(Extra).toContain("Using index");
      expect(Extra).not.toContain("filesort");
    }
    const found = await app.database.read(sql, values);
    expect(found.length).toBeLessThanOrEqual(40 + 40 + 20);
    expect(found.length).toBeGreaterThan(0);
  });
});
