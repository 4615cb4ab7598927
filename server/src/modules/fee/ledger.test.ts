import type { RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Actor, SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { FeeFacts } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase, checkLedger, giveBack, ledgerOf, receive } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules } from "#test/filings.ts";
import { withOwner } from "#test/reliability/crowd.ts";
import { changeFee } from "./change.ts";
import { latestReliefs, listReliefRows } from "./relief-store.ts";
import { holdNotice, listNoticeRows, type NoticeFilter } from "./store.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp("feeledger");
  await seedCourtsAndRules(app);
});
afterAll(() => app.stop());

/** Mulberry32: the same seed, the same events. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
it(`agrees with every notice after every event, whatever the order of money and changes (seed ${seed})`, async () => {
  const pick = random(seed);
  const one = await acceptedCase(app, "卢明", { change: { amountFen: 20_000_000 } });
  const desk = {
    accountId: (await clerk(app)).accountId,
    role: "clerk",
    courtCode: "鲁0102",
    sessionId: null,
  } as const;
  let came = 0;
  let unapplied = 0;
  for (let step = 1; step <= 80; step += 1) {
    const what = pick(4);
    if (what < 2) {
      const fen = 1 + pick(300_000);
      const { appliedFen, surplusFen } = await receive(app, one.noticeId, String(step), fen);
      expect(appliedFen + surplusFen).toBe(fen);
      came += fen;
      unapplied += surplusFen;
    } else if (what === 2 && came > 0) {
      const isSurplus = unapplied > 0 && pick(2) === 0;
      const fen = isSurplus ? 1 + pick(unapplied) : 1 + pick(Math.max(1, came - unapplied));
      if (fen > (isSurplus ? unapplied : came - unapplied)) continue;
      await giveBack(app, one.noticeId, String(step), fen, isSurplus);
      came -= fen;
      if (isSurplus) unapplied -= fen;
    } else {
      const facts: FeeFacts = {
        category: "property",
        amountFen: 1 + pick(60_000_000),
        halvings: pick(2) ? ["summary"] : [],
      };
      await app.transact(desk, async (work) =>
        changeFee(work, app, await holdNotice(work, one.noticeId), { facts, reason: "correction" }),
      );
    }
    await checkLedger(app, one.noticeId, came);
  }
  const balances = await ledgerOf(app, one.noticeId);
  expect(Object.values(balances).reduce((sum, fen) => sum + fen, 0)).toBe(0);
  expect(balances["wechat"]).toBe(came);
}, 120_000);

it("takes each payment once, and what is written stays", { timeout: 60_000 }, async () => {
  const one = await acceptedCase(app, "石磊", { by: await clerk(app) });
  await receive(app, one.noticeId, "70001", 5_000);
  await expect(receive(app, one.noticeId, "70001", 5_000)).rejects.toMatchObject({ errno: 1062 });
  // Nor where the first has meanwhile left nothing to pay, so that all of a second would be surplus.
  await receive(app, one.noticeId, "70003", 100_000);
  for (const told of ["70001", "70003"])
    await expect(receive(app, one.noticeId, told, 100_000)).rejects.toMatchObject({ errno: 1062 });
  // A refund told again is refused, also where what it takes has changed from surplus to the fee.
  await receive(app, one.noticeId, "70004", 2_000);
  await giveBack(app, one.noticeId, "80001", 2_000, true);
  for (const fromSurplus of [true, false])
    await expect(giveBack(app, one.noticeId, "80001", 2_000, fromSurplus)).rejects.toMatchObject({ errno: 1062 });
  await checkLedger(app, one.noticeId, 105_000);
  await expect(receive(app, one.noticeId, "70002", 0.5)).rejects.toThrow(RangeError);
  for (const sql of ["UPDATE ledger_entry SET amount_fen = 1", "DELETE FROM ledger_entry"])
    await expect(
      app.transact(SYSTEM, (work) => work.change(`${sql} WHERE notice_id = ?`, [one.noticeId])),
    ).rejects.toThrow();
  await checkLedger(app, one.noticeId);
});

it("finds lists by an index, and reads no more rows than a page, among thousands", { timeout: 60_000 }, async () => {
  const one = await acceptedCase(app, "范舟", { by: await clerk(app, "clerk-of-lists") });
  const body = { kind: "reduce", ground: "reduce_other", statement: "家庭困难，无力负担。" };
  await one.owner.ask("POST", `${one.notice}/relief`, body, key());
  await multiply(app, one.noticeId);
  const desk = {
    accountId: (await clerk(app, "clerk-of-lists")).accountId,
    role: "clerk",
    courtCode: "鲁0102",
    sessionId: null,
  } as const;
  const owner = { accountId: one.owner.accountId, role: "litigant", courtCode: null, sessionId: null } as const;
  const lists: [string, (database: Database) => Promise<readonly unknown[]>, number][] = [];
  const notices = (actor: Actor, filter: Partial<NoticeFilter>, size: number) =>
    lists.push([
      `notices ${actor.role} ${JSON.stringify(filter)}`,
      (database) => listNoticeRows(database, actor, { limit: 20, now: new Date(), today: TODAY, ...filter }),
      size,
    ]);
  for (const state of ["open", "overdue", "paid", "exempted", "closed", "relief_pending"] as const)
    notices(desk, { state }, 21);
  notices(desk, { due: "soon" }, 12);
  notices(desk, { due: "overdue" }, 21);
  notices(desk, { state: "overdue", before: "1000" }, 21);
  notices(desk, {}, 21);
  notices(desk, { caseId: one.caseId }, 1);
  notices(owner, {}, 21);
  notices(owner, { state: "closed" }, 21);
  for (const actor of [desk, owner])
    for (const state of [undefined, "requested", "refused"] as const)
      lists.push([
        `reliefs ${actor.role} ${state}`,
        (database) => listReliefRows(database, actor, { state, limit: 20 }),
        21,
      ]);
  const three = [0, 1, 2].map((more) => String(Number(one.noticeId) + more));
  lists.push(["latest reliefs", async (database) => [...(await latestReliefs(database, three)).keys()], 3]);

  await withOwner(app, async (connection) => {
    for (const [name, list, size] of lists) {
      const plans: RowDataPacket[] = [];
      let read = 0;
      const measured = {
        ...app.database,
        read: async (sql: string, values: unknown[]) => {
          plans.push(...(await connection.query<RowDataPacket[]>(`EXPLAIN ${sql}`, values))[0]);
          await connection.query("FLUSH STATUS");
          const [rows] = await connection.query(sql, values);
          const [counts] = await connection.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Handler_read%'");
          for (const { Variable_name: what, Value: value } of counts)
            if (!/_deleted|_retry/.test(what)) read += Number(value);
          return rows;
        },
      } as Database;
      expect(await list(measured), name).toHaveLength(size);
      for (const { key: used, Extra, type, rows } of plans) {
        // Of a case's few people all are read.
        if (Number(rows) < 10 && type === "ALL") continue;
        expect([name, used], JSON.stringify(plans)).not.toEqual([name, null]);
        expect(type, name).not.toBe("ALL");
        // The few that are due soon, of one case or of one page are sorted; a list that can be long comes in its order.
        expect(Extra ?? "", name).not.toMatch(/soon|caseId|latest/.test(name) ? /temporary/ : /filesort|temporary/);
      }
      expect(read, `${name} read ${read}: ${JSON.stringify(plans)}`).toBeLessThanOrEqual(
        name.includes("closed") ? 600 : 300,
      );
    }
  });
  const ledger = await app.database.read<{ key: string | null }>(
    "EXPLAIN SELECT fact FROM ledger_entry WHERE notice_id = 5",
  );
  expect(ledger[0]?.key).not.toBeNull();
});

const TODAY = "2026-03-02";
const STATES = ["open", "overdue", "paid", "exempted", "closed", "relief_pending"];

/** Some four thousand notices and requests like one: of both states of time, a dozen of them due soon. */
async function multiply(of: TestApp, noticeId: string): Promise<void> {
  await withOwner(of, async (owner) => {
    const [[{ top }]] = (await owner.query("SELECT MAX(id) AS top FROM fee_notice")) as unknown as [[{ top: number }]];
    await owner.query(`CREATE TEMPORARY TABLE counted (n INT PRIMARY KEY)`);
    const values = Array.from({ length: 4000 }, (_, at) => `(${at + 1})`).join(",");
    await owner.query(`INSERT INTO counted VALUES ${values}`);
    const copy = async (table: string, where: string, changed: Record<string, string>) => {
      const [fields] = await owner.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
      const names = fields.map((field) => field["Field"] as string);
      const picked = names.map((name) => changed[name] ?? `t.${name}`);
      await owner.query(
        `INSERT INTO ${table} (${names.join(",")}) SELECT ${picked.join(",")} FROM counted c JOIN ${table} t ON ${where}`,
        [noticeId],
      );
      await owner.query(`ANALYZE TABLE ${table}`);
    };
    await copy("fee_notice", "t.id = ?", {
      id: `${Number(top)} + c.n`,
      number: "CONCAT('多', c.n)",
      case_id: "1000000 + c.n",
      pay_code: "LPAD(c.n, 16, '0')",
      state: `ELT(1 + c.n % ${STATES.length}, ${STATES.map((state) => `'${state}'`).join(",")})`,
      due_on: "IF(c.n % 6 = 0 AND c.n <= 72, '2026-03-03', '2026-05-01')",
    });
    await copy("fee_relief", "t.notice_id = ?", {
      id: "1000 + c.n",
      notice_id: `${Number(top)} + c.n`,
      state: "IF(c.n % 2, 'requested', 'refused')",
      open_of: `IF(c.n % 2, ${Number(top)} + c.n, NULL)`,
    });
  });
}
