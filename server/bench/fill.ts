import { performance } from "node:perf_hooks";
import type { Connection, RowDataPacket } from "mysql2/promise";
import type { TestApp } from "#test/app.ts";
import { withOwner } from "#test/reliability/crowd.ts";

/** The rows that are copied. */
export interface Models {
  /** Handed in, and waiting in a queue. */
  readonly waiting: { readonly id: string };
  readonly case: { readonly caseId: string; readonly owner: { readonly accountId: string } };
}

const STEP = 50_000;
/** Copies begin here: what stands below was made by the product's own road. */
const FIRST = 1_000_000;
/** Of the copies, every fourth has its case: so many that the one who reads lists has forty. */
const OWN = 160;

/**
 * Lays down copies of real rows until there are `count` filings: spread over 5,000 people, four courts and all states, every
 * fourth with its case, its parties and participants. Goes on where it stopped. Gives the seconds it took.
 */
export async function fillFilings(app: TestApp, models: Models, count: number): Promise<number> {
  const began = performance.now();
  await withOwner(app, async (owner) => {
    await owner.query("SET SESSION max_recursive_iterations = 100000, unique_checks = 0, foreign_key_checks = 0");
    await owner.query("CREATE TABLE IF NOT EXISTS bench_number (n INT PRIMARY KEY)");
    await owner.query(
      "INSERT IGNORE INTO bench_number WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < ?) SELECT n FROM s",
      [STEP],
    );
    // What was handed in and opened since the last time has ids behind the copies.
    const [[row]] = await owner.query<RowDataPacket[]>(
      "SELECT GREATEST(?, (SELECT MAX(id) FROM filing), (SELECT MAX(id) FROM court_case)) AS last",
      [FIRST],
    );
    for (let last = Number(row?.["last"]); last < FIRST + count; last += STEP) {
      const step = Math.min(STEP, FIRST + count - last);
      const id = `(${last} + n.n)`;
      const person = `IF(${id} <= ${FIRST + OWN}, ${models.case.owner.accountId}, 1000000 + ${id} % 5000)`;
      const fourth = `AND ${id} % 4 = 0`;
      const court = `ELT(1 + ${id} % 4, t.court_code, '鲁0103', '鲁0104', '鲁0105')`;
      await copy(owner, "filing", "id", models.waiting.id, step, {
        id,
        receipt_number: `CONCAT('复', ${id})`,
        account_id: person,
        court_code: court,
        case_id: "NULL",
        case_number: "NULL",
        state: `ELT(1 + (${id} DIV 4) % 4, 'submitted', 'under_review', 'accepted', 'refused')`,
      });
      await copy(owner, "filing_party", "filing_id", models.waiting.id, step, { filing_id: id });
      await copy(
        owner,
        "court_case",
        "id",
        models.case.caseId,
        step,
        {
          id,
          filing_id: id,
          account_id: person,
          court_code: court,
          serial: id,
          number: `CONCAT('（2026）复', ${id}, '号')`,
        },
        fourth,
      );
      // Of what stands on a desk, only the one who reads lists has any: no other desk is looked at.
      const desk = `${fourth} AND ${id} <= ${FIRST + OWN}`;
      const ofCase: readonly [table: string, set: Record<string, string>, only: string][] = [
        ["case_party", {}, fourth],
        ["case_participant", { account_id: person }, fourth],
        ["case_change", { event_id: `t.id * 10000000 + ${id}` }, desk],
        ["obligation", { id: `t.id * 10000000 + ${id}` }, desk],
        ["obligation_holder", { obligation_id: `t.obligation_id * 10000000 + ${id}` }, desk],
      ];
      for (const [table, set, only] of ofCase)
        await copy(owner, table, "case_id", models.case.caseId, step, { case_id: id, ...set }, only);
    }
    await owner.query(
      "ANALYZE TABLE filing, filing_party, court_case, case_party, case_participant, intake_item, outbox",
    );
  });
  return (performance.now() - began) / 1000;
}

/** `step` copies of the rows whose `key` is `from`; `set` says in SQL what differs in the copy number `n.n`. */
async function copy(
  owner: Connection,
  table: string,
  key: string,
  from: string,
  step: number,
  set: Record<string, string>,
  only = "",
): Promise<void> {
  const [columns] = await owner.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
  const names = columns
    .filter(({ Extra, Field }) => set[Field] !== undefined || !/auto_increment|GENERATED/i.test(Extra))
    .map(({ Field }) => Field as string);
  await owner.query(
    `INSERT INTO ${table} (${names.join(", ")}) SELECT ${names.map((name) => set[name] ?? `t.${name}`).join(", ")}
     FROM ${table} t JOIN bench_number n WHERE t.${key} = ? AND n.n <= ? ${only}`,
    [from, step],
  );
}
