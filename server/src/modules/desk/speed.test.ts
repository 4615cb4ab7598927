import { performance } from "node:perf_hooks";
import type { RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#core/database.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";
import { withOwner } from "#test/reliability/crowd.ts";
import { countWaiting, listChangeRows, listOwnObligations } from "./read.ts";

const CASES = 2000;
const EVENTS = 50_000;
/** Others at the same desk, so that reading a whole table would be seen. */
const OTHERS = 3;
const ROUNDS = 200;

/** One lawyer with two thousand cases and fifty thousand events, laid down by SQL; figures are printed, plans are tested. */
describe("the desk of a lawyer with two thousand cases", () => {
  let app: TestApp;
  let lawyer: Person;
  beforeAll(async () => {
    app = await startApp("desk-speed");
    await seedCourtsAndRules(app);
    const { caseId } = await acceptedCase(app, "王芳", { defendant: "李强" });
    lawyer = await person(app, "韩律师", { verified: true });
    await fill(app, caseId, lawyer.accountId);
  }, 240_000);
  afterAll(() => app.stop());

  it("reads its pages by index, and asks only about the rows of a page", async () => {
    const plans: string[] = [];
    const faults: string[] = [];
    const explaining = (name: string): Database => ({
      ...app.database,
      async read<T extends object>(sql: string, values: Parameters<Database["read"]>[1] = []): Promise<T[]> {
        const steps = await app.database.read<RowDataPacket>(`EXPLAIN ${sql}`, values);
        const said = steps
          .map((step) => `${step["table"]}:${step["type"]}/${step["key"] ?? "–"}/${step["rows"]}`)
          .join(" ");
        plans.push(`${name}: ${said}`);
        // A page of a derived table is the page itself; a table of ours is read by key.
        const scanned = steps.some((step) => step["type"] === "ALL" && !/^<derived/.test(String(step["table"])));
        const sorted = steps.some((step) => /filesort/.test(String(step["Extra"])));
        if (scanned || sorted) faults.push(`${name}: ${said} ${steps.map((step) => step["Extra"]).join(" | ")}`);
        return [];
      },
    });
    const id = { accountId: lawyer.accountId, ownRightOnly: true };
    const cursor = { acknowledged: 0, at: Date.UTC(2026, 5, 1), id: "40000" } as const;
    await listChangeRows(explaining("changes"), id, { limit: 20 });
    await listChangeRows(explaining("changes, next page"), id, { limit: 20, cursor });
    await listChangeRows(explaining("changes, page of what was seen"), id, {
      limit: 20,
      cursor: { ...cursor, acknowledged: 1 },
    });
    await listChangeRows(explaining("changes since"), id, { limit: 20, since: new Date(Date.UTC(2026, 5, 1)) });
    await countWaiting(explaining("waiting"), id);
    const open = { state: "open", limit: 20 } as const;
    await listOwnObligations(explaining("obligations"), id, open);
    await listOwnObligations(explaining("obligations until"), id, { ...open, until: "2026-12-31" });
    await listOwnObligations(explaining("obligations, next page"), id, {
      ...open,
      cursor: { dueOn: "2026-12-20", id: "500" },
    });
    console.log(plans.join("\n"));
    expect(faults).toEqual([]);
  });

  it("answers in time, and its pages hold each row once", async () => {
    const report: string[] = [];
    for (const path of [
      "/changes",
      "/changes?since=2026-06-01T00:00:00Z",
      "/obligations",
      "/obligations?until=2026-12-31",
      "/me",
    ]) {
      const { p50, p95, cpu } = await measure(() => lawyer.ask("GET", path));
      report.push(
        `GET ${path}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, CPU of this process ${cpu.toFixed(2)} ms`,
      );
    }
    console.log(`${CASES} cases, ${EVENTS} events for one lawyer\n${report.join("\n")}`);

    for (const path of ["/changes?limit=100", "/obligations?limit=100"]) {
      const ids: string[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < 12; page += 1) {
        const answer = await lawyer.ask("GET", `${path}${cursor ? `&cursor=${cursor}` : ""}`);
        ids.push(...answer.json.items.map(({ id }: { id: string }) => id));
        cursor = answer.json.nextCursor;
        if (cursor === null) break;
      }
      expect(ids.length, path).toBe(1200);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  }, 240_000);
});

async function measure(ask: () => Promise<{ status: number }>): Promise<{ p50: number; p95: number; cpu: number }> {
  for (let warm = 0; warm < 20; warm += 1) expect((await ask()).status).toBe(200);
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), cpu: (user + system) / 1000 / ROUNDS };
}

/** Copies one case, which its own people read, into two thousand of the lawyer's; nine tenths of what happened was seen. */
async function fill(app: TestApp, caseId: string, accountId: string): Promise<void> {
  await withOwner(app, async (owner) => {
    const copy = async (table: string, key: string, from: string, set: Record<string, string>) => {
      const [columns] = await owner.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
      const names = columns
        .filter(({ Extra }) => !/auto_increment|GENERATED/i.test(Extra))
        .map(({ Field }) => Field as string)
        .concat(table === "court_case" ? ["id"] : []);
      await owner.query(
        `INSERT INTO ${table} (${names.join(", ")}) SELECT ${names.map((name) => set[name] ?? `t.${name}`).join(", ")}
         FROM ${table} t JOIN number n WHERE t.${key} = ? AND n.n <= ?`,
        [from, CASES],
      );
    };
    await owner.query("SET SESSION max_recursive_iterations = 100000");
    await owner.query("CREATE TABLE number (n INT PRIMARY KEY)");
    await owner.query(
      "INSERT INTO number WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < ?) SELECT n FROM s",
      [EVENTS],
    );
    const far = "(100000 + n.n)";
    await copy("court_case", "id", caseId, {
      id: far,
      filing_id: far,
      serial: far,
      number: "CONCAT(t.number, '·', n.n)",
    });
    await copy("case_party", "case_id", caseId, { case_id: far });
    for (let other = 0; other <= OTHERS; other += 1) {
      const who = other === 0 ? accountId : String(900_000 + other);
      await owner.query(
        `INSERT INTO case_participant (seal_ref, case_id, account_id, party_key, capacity, powers, via, state, live, asked_at, since)
         SELECT MD5(CONCAT(?, n.n)), ${far}, ?, 'd1', 'agent', 'special', 'court', 'active', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
         FROM number n WHERE n.n <= ?`,
        [who, who, CASES],
      );
      await owner.query(
        `INSERT INTO case_change (account_id, case_id, event_id, kind, about, title, at, obligation_id, acknowledged)
         SELECT ?, 100001 + n.n % ${CASES}, 10000000 + n.n, 'service.effective', CONCAT('service:', n.n), '起诉状副本已送达被告',
           DATE_ADD('2026-01-01', INTERVAL n.n * 9 MINUTE), IF(n.n % 5 = 0, n.n DIV 5, NULL), IF(n.n % 10 = 0, 0, 1)
         FROM number n ORDER BY n.n`,
        [who],
      );
    }
    await owner.query(
      `INSERT INTO obligation (case_id, court_code, party_key, rule, source, source_event_id, inputs, rules_version, calendar_version,
         due_on, nominal_on, provisional, basis, explanation, state, created_at, updated_at)
       SELECT 100001 + n.n % ${CASES}, '鲁0102', 'd1', 'answer', CONCAT('service:', n.n), 10000000 + n.n, '{"eventDate":"2026-11-01"}', '2026-01',
         '2026', DATE_ADD('2026-11-01', INTERVAL n.n % 300 DAY), DATE_ADD('2026-11-01', INTERVAL n.n % 300 DAY), 0, '民事诉讼法§128',
         '收到起诉状副本之日起十五日', IF(n.n % 3 = 0, 'open', 'done'), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
       FROM number n WHERE n.n <= 10000`,
    );
    for (let other = 0; other <= OTHERS; other += 1)
      await owner.query(
        `INSERT INTO obligation_holder (account_id, obligation_id, case_id, state, due_on)
         SELECT ?, o.id, o.case_id, o.state, o.due_on FROM obligation o WHERE o.case_id > 100000`,
        [other === 0 ? accountId : String(900_000 + other)],
      );
    await owner.query(
      "ANALYZE TABLE court_case, case_participant, case_party, case_change, obligation, obligation_holder",
    );
  });
}
