import type { RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#core/actor.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase, judge } from "#test/fees.ts";
import { COURT, clerk, key, seedCourtsAndRules } from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { withOwner } from "#test/reliability/crowd.ts";
import { caseListSql } from "./store.ts";

const COPIES = 2000;
type Listed = { readonly id: string; readonly number: string };

describe("the list of somebody with thousands of cases", () => {
  let app: TestApp;
  let desk: StaffPerson;
  let trial: StaffPerson;
  let first: AcceptedCase;
  beforeAll(async () => {
    app = await startApp("manycases");
    await seedCourtsAndRules(app);
    desk = await clerk(app);
    trial = await judge(app);
    first = await acceptedCase(app, "甲多", { by: desk });
    await copyCase(app, first, COPIES);
  });
  afterAll(() => app.stop());

  const list = async (query: string, who: Pick<StaffPerson, "ask"> = first.owner) =>
    (await who.ask("GET", `/cases?${query}`)).json as { items: Listed[]; nextCursor: string | null };

  it("comes page after page, each case once, the newest first", async () => {
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(`limit=100${cursor ? `&cursor=${cursor}` : ""}`);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    // Whoever acts for two parties of a case has it once: each copy knows its owner twice.
    expect(ids).toHaveLength(COPIES + 1);
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => Number(other) - Number(one)));
  });

  it("is searched by number in any way of writing, by party, by cause and by state", async () => {
    for (const number of [
      "（2026）鲁0102民初100777号",
      "(2026) 鲁0102 民初 100777 号",
      "〔2026〕鲁０１０２民初100777号",
    ])
      expect((await list(`number=${encodeURIComponent(number)}`)).items, number).toMatchObject([
        { number: "（2026）鲁0102民初100777号" },
      ]);
    expect((await list(`party=${encodeURIComponent("甲多")}&limit=5`)).items).toHaveLength(5);
    expect((await list(`party=${encodeURIComponent("无此人")}`)).items).toEqual([]);
    expect((await list(`text=${encodeURIComponent("(2026)鲁0102民初100777号")}`)).items).toHaveLength(1);
    expect((await list(`text=${encodeURIComponent("甲多")}&limit=5`)).items).toHaveLength(5);
    expect((await list("state=closed")).items).toEqual([]);
    const { cause } = (await first.owner.ask("GET", `/cases/${first.caseId}`)).json;
    expect((await list(`cause=${encodeURIComponent(cause.code)}&limit=5`)).items).toHaveLength(5);
    expect((await list(`cause=${encodeURIComponent("CIV2025:10")}`)).items).toEqual([]);
  });

  it("reads one page along an index, the last as cheaply as the first, whatever it is searched by", async () => {
    const lawyer = { accountId: first.owner.accountId, role: "lawyer", courtCode: null } as unknown as Actor;
    const clerkOf = { accountId: desk.accountId, role: "clerk", courtCode: COURT } as unknown as Actor;
    const { cause } = (await first.owner.ask("GET", `/cases/${first.caseId}`)).json;
    const [party] = await app.database.read<{ nameIndex: string }>(
      "SELECT name_index AS nameIndex FROM case_party WHERE case_id = ? AND party_key = 'p1'",
      [first.caseId],
    );
    const filters = {
      "no filter": {},
      court: { courtCode: COURT },
      state: { state: "accepted" },
      party: { partyIndex: String(party?.nameIndex) },
      cause: { causeCode: cause.code },
      "all of them": { courtCode: COURT, state: "accepted", causeCode: cause.code },
    } as const;
    const deep = { before: String(Number(first.caseId) + 100) };
    for (const [who, actor] of Object.entries({ lawyer, clerkOf }))
      for (const [by, filter] of Object.entries(filters)) {
        const pages = [];
        for (const before of [{}, deep]) {
          const { sql, values } = caseListSql(actor, { ...filter, ...before, limit: 20 });
          pages.push(await walked(app, sql, values));
        }
        for (const { plan } of pages) expect(plan, `${who}, ${by}`).not.toMatch(/:ALL|filesort|temporary/);
        const [top, bottom] = pages.map(({ reads }) => reads);
        expect(top, `${who}, ${by}`).toBeLessThan(200);
        expect(bottom, `${who}, ${by}`).toBeLessThanOrEqual(1.1 * Number(top));
      }
    // What hardly any case is, is not looked for among all that are not.
    for (const rare of [
      { state: "closed" },
      { causeCode: "CIV2025:10" },
      { number: "（2026）鲁0102民初100777号" },
    ] as const) {
      const { sql, values } = caseListSql(clerkOf, { ...rare, limit: 20 });
      expect((await walked(app, sql, values)).reads, JSON.stringify(rare)).toBeLessThan(20);
    }
  });

  it("is a judge's own where only their own is asked for", async () => {
    expect((await list("mine=true", trial)).items).toEqual([]);
    const bench = (await desk.ask("GET", "/case-staff")).json.items;
    expect(bench).toContainEqual(
      expect.objectContaining({ id: trial.accountId, role: { code: "judge", label: "法官" }, open: 0 }),
    );
    const set = { action: "assign", judgeId: trial.accountId, procedure: "summary" };
    expect((await desk.ask("POST", `/cases/${first.caseId}/moves`, set, key())).status).toBe(200);
    expect((await list("mine=true", trial)).items).toMatchObject([{ id: first.caseId }]);
    const after = (await desk.ask("GET", "/case-staff")).json.items;
    expect(after).toContainEqual(expect.objectContaining({ id: trial.accountId, open: 1 }));
    expect(app.unexpected).toEqual([]);
  });
});

/** Copies of a case under numbers of their own, in which the same people take part. */
async function copyCase(app: TestApp, { caseId }: AcceptedCase, count: number): Promise<void> {
  const digits =
    "(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
  const numbers = `(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM ${digits} a, ${digits} b, ${digits} c, ${digits} e)`;
  await withOwner(app, async (owner) => {
    const columnsOf = async (table: string): Promise<string[]> => {
      const [columns] = await owner.query(`SHOW COLUMNS FROM ${table}`);
      return (columns as { Field: string }[]).map(({ Field }) => Field).filter((name) => name !== "id");
    };
    const copy = async (table: string, from: string, own: Readonly<Record<string, string>>, order = "") => {
      const names = await columnsOf(table);
      const taken = names.map((name) => own[name] ?? `o.${name}`).join(",");
      await owner.query(`INSERT INTO ${table} (${names.join(",")}) SELECT ${taken} FROM ${table} o, ${from} ${order}`, [
        caseId,
      ]);
    };
    await copy("court_case", `${numbers} k WHERE o.id = ? AND k.n < ${count} ORDER BY k.n`, {
      filing_id: "5000000 + k.n",
      serial: "100000 + k.n",
      number: "CONCAT('（2026）鲁0102民初', 100000 + k.n, '号')",
    });
    const copies = "court_case c WHERE c.filing_id >= 5000000";
    await copy("case_party", `${copies} AND o.case_id = ?`, { case_id: "c.id" });
    await copy("case_participant", `${copies} AND o.case_id = ?`, { case_id: "c.id" });
    // Of every case the owner acts for a second party, too.
    await copy("case_participant", `${copies} AND o.case_id = ?`, { case_id: "c.id", party_key: "'d1'" });
    await owner.query("ANALYZE TABLE court_case, case_party, case_participant");
  });
}

/** How the database goes about a statement, and how many rows it touches to answer. */
const walked = (app: TestApp, sql: string, values: readonly unknown[]): Promise<{ plan: string; reads: number }> =>
  withOwner(app, async (owner) => {
    const [steps] = await owner.query<RowDataPacket[]>(`EXPLAIN ${sql}`, values as unknown[]);
    await owner.query("FLUSH STATUS");
    await owner.query(sql, values as unknown[]);
    const [counts] = await owner.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return {
      plan: steps.map((step) => `${step["table"]}:${step["type"]}/${step["key"]} ${step["Extra"]}`).join("; "),
      reads: counts.reduce((sum, { Value }) => sum + Number(Value), 0),
    };
  });
