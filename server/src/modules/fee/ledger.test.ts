import { afterAll, beforeAll, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import type { FeeFacts } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase, checkLedger, giveBack, ledgerOf, receive } from "#test/fees.ts";
import { clerk, seedCourtsAndRules } from "#test/filings.ts";
import { changeFee } from "./change.ts";
import { holdNotice } from "./store.ts";

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

it("takes each payment once, and what is written stays", async () => {
  const one = await acceptedCase(app, "石磊", { by: await clerk(app) });
  await receive(app, one.noticeId, "70001", 5_000);
  await expect(receive(app, one.noticeId, "70001", 5_000)).rejects.toMatchObject({
    name: "SequelizeUniqueConstraintError",
  });
  await expect(receive(app, one.noticeId, "70002", 0.5)).rejects.toThrow(RangeError);
  for (const sql of ["UPDATE ledger_entry SET amount_fen = 1", "DELETE FROM ledger_entry"])
    await expect(
      app.transact(SYSTEM, (work) => work.change(`${sql} WHERE notice_id = ?`, [one.noticeId])),
    ).rejects.toThrow();
  await checkLedger(app, one.noticeId);
});

it("finds lists by an index, in their order", async () => {
  const asked = [
    "SELECT id FROM fee_notice n WHERE n.account_id = 5 ORDER BY n.id DESC LIMIT 21",
    "SELECT id FROM fee_notice n WHERE n.court_code = '鲁0102' ORDER BY n.id DESC LIMIT 21",
    "SELECT id FROM fee_notice n WHERE n.court_code = '鲁0102' AND n.state = 'overdue' ORDER BY n.id DESC LIMIT 21",
    "SELECT id FROM fee_relief r WHERE r.court_code = '鲁0102' ORDER BY r.id DESC LIMIT 21",
    "SELECT id FROM fee_relief r WHERE r.court_code = '鲁0102' AND r.state = 'requested' ORDER BY r.id DESC LIMIT 21",
    "SELECT id FROM fee_relief r WHERE r.account_id = 5 ORDER BY r.id DESC LIMIT 21",
    "SELECT fact FROM ledger_entry WHERE notice_id = 5",
  ];
  for (const sql of asked) {
    const [plan] = await app.database.read<{ key: string | null; Extra: string }>(`EXPLAIN ${sql}`);
    expect(plan?.key, sql).not.toBeNull();
    expect(plan?.Extra ?? "", sql).not.toMatch(/filesort|temporary/);
  }
});
