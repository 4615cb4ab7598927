import type { RowDataPacket } from "mysql2/promise";
import type { TestApp } from "#test/app.ts";
import { withOwner } from "#test/reliability/crowd.ts";

/** Fills the table of filings by doubling copies of one that is real, spread over accounts, courts and states. */
export async function fillFilings(app: TestApp, filingId: string, count: number): Promise<void> {
  await withOwner(app, async (owner) => {
    const [columns] = await owner.query<RowDataPacket[]>("SHOW COLUMNS FROM filing");
    const spread: Record<string, string> = {
      receipt_number: "NULL",
      account_id: "1000000 + FLOOR(RAND() * 5000)",
      court_code: "ELT(1 + FLOOR(RAND() * 4), court_code, '鲁0103', '鲁0104', '鲁0105')",
      state: "ELT(1 + FLOOR(RAND() * 4), 'submitted', 'under_review', 'accepted', 'refused')",
    };
    const names = columns.map((row) => row["Field"] as string).filter((name) => name !== "id");
    const copy = `INSERT INTO filing (${names.join(",")}) SELECT ${names.map((name) => spread[name] ?? name).join(",")} FROM filing WHERE submitted_at IS NOT NULL`;
    await owner.query(`${copy} AND id = ?`, [filingId]);
    for (let have = 2; have < count; ) {
      const step = Math.min(have, count - have, 50_000);
      await owner.query(`${copy} LIMIT ${step}`);
      have += step;
    }
  });
}
