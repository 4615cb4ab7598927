import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type Filed, readyDraft, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { RETENTION } from "./retention-rules.ts";

let app: TestApp;
let draft: Filed;
let filed: Filed;
beforeAll(async () => {
  app = await startApp("retention");
  await seedCourtsAndRules(app);
  draft = await readyDraft(app, "钱未交");
  filed = await submitted(app, "钱已交");
  await app.settle();
});
afterAll(() => app.stop());

const run = () => app.jobs.find(({ name }) => name === "retention")?.run();
const count = async (sql: string): Promise<number> =>
  Number((await app.database.read<{ n: string }>(`SELECT COUNT(*) AS n FROM ${sql}`))[0]?.n);
const rowsOfDraft = async () => ({
  filing: await count(`filing WHERE id = ${draft.id}`),
  parties: await count(`filing_party WHERE filing_id = ${draft.id}`),
  materials: await count(`material WHERE owner_kind = 'filing' AND owner_id = ${draft.id} AND live = 1`),
});

test("a draft stays for a year and is gone after it, with its materials; what was handed in stays", async () => {
  const keys = await app.database.read<{ key: string }>(
    `SELECT sealed_key AS \`key\` FROM material WHERE owner_kind = 'filing' AND owner_id = ${draft.id}`,
  );
  expect(keys.length).toBeGreaterThan(0);
  app.pass(364);
  await run();
  expect(await rowsOfDraft()).toMatchObject({ filing: 1 });
  expect((await rowsOfDraft()).materials).toBeGreaterThan(0);
  app.pass(2);
  await run();
  expect(await rowsOfDraft()).toEqual({ filing: 0, parties: 0, materials: 0 });
  app.pass(2);
  await app.settle();
  for (const { key } of keys) expect(await app.gateways.files.stat(key)).toBeNull();
  expect(await count(`filing WHERE id = ${filed.id} AND state = 'submitted'`)).toBe(1);
  expect(await count(`material WHERE owner_kind = 'filing' AND owner_id = ${filed.id} AND live = 1`)).toBeGreaterThan(
    0,
  );
});

test("what passes is let go, each rule once a day", async () => {
  expect(await count("session")).toBe(0);
  expect(await count("idempotency_key")).toBe(0);
  const ran = await app.database.read<{ rule: string; ranAt: Date }>(
    "SELECT rule, ran_at AS ranAt FROM retention_run ORDER BY rule",
  );
  expect(ran.map(({ rule }) => rule)).toEqual(RETENTION.map(({ id }) => id).sort());
  await app.database.read("UPDATE retention_run SET ran_at = ran_at + INTERVAL 2 DAY");
  const [before] = await app.database.read("SELECT MAX(ran_at) AS at FROM retention_run");
  await run();
  expect((await app.database.read("SELECT MAX(ran_at) AS at FROM retention_run"))[0]).toEqual(before);
  expect(app.unexpected).toEqual([]);
});
