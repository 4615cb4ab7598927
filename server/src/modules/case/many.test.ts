import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#core/actor.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase, judge } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules } from "#test/filings.ts";
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
    expect((await list("state=closed")).items).toEqual([]);
    const { cause } = (await first.owner.ask("GET", `/cases/${first.caseId}`)).json;
    expect((await list(`cause=${encodeURIComponent(cause.code)}&limit=5`)).items).toHaveLength(5);
    expect((await list(`cause=${encodeURIComponent("CIV2025:10")}`)).items).toEqual([]);
  });

  it("reads one page, not all of them", async () => {
    const actor = { accountId: first.owner.accountId, role: "litigant", courtCode: null } as unknown as Actor;
    const number = "（2026）鲁0102民初100777号";
    // A deep page passes over what is newer in the index, and no more than that.
    for (const [name, most, filter] of [
      ["first page", 200, {}],
      ["deep page", 4 * COPIES, { before: String(Number(first.caseId) + 500) }],
      ["by number", 20, { number }],
    ] as const) {
      const { sql, values } = caseListSql(actor, { ...filter, limit: 20 });
      expect(await rowsRead(app, sql, values), name).toBeLessThan(most);
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

/** How many rows the database touches to answer. */
const rowsRead = (app: TestApp, sql: string, values: readonly unknown[]): Promise<number> =>
  withOwner(app, async (owner) => {
    await owner.query("FLUSH STATUS");
    await owner.query(sql, values as unknown[]);
    const [counts] = await owner.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return (counts as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
  });
