import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type Person, staffMember } from "#test/people.ts";
import { beat, leave } from "./nodes.ts";

let app: TestApp;
let admin: Person;
beforeAll(async () => {
  app = await startApp("operations");
  admin = await staffMember(app, { username: "admin-ops", role: "admin", courtCode: "鲁0102" });
});
afterAll(() => app.stop());

const page = async () => (await admin.ask("GET", "/operations")).json;
const alarm = async (id: string) => (await page()).alarms.find((each: { id: string }) => each.id === id);
const metric = async (name: string) => {
  const { text } = await app.ask("GET", "//metrics");
  return text.split("\n").find((line) => line.startsWith(name) && line[name.length]?.match(/[ {]/));
};
const worker = () => ({
  ...app.means,
  node: { id: "worker-here-1", process: "worker" as const, version: "0.1.0" },
});
const api = (name: string) => ({ ...app.means, node: { id: name, process: "api" as const, version: "0.1.0" } });

test("a worker that was never seen, is here, and falls silent", async () => {
  expect(await alarm("worker-silent")).toMatchObject({ state: { code: "act" }, value: null });
  await beat(worker());
  expect(await alarm("worker-silent")).toMatchObject({ state: { code: "ok" }, todo: null });
  app.clock.shiftMs += 70_000;
  expect(await alarm("worker-silent")).toMatchObject({ state: { code: "look" } });
  expect((await alarm("worker-silent")).todo).toContain("worker");
  app.clock.shiftMs += 120_000;
  expect(await alarm("worker-silent")).toMatchObject({ state: { code: "act" } });
  expect(Number((await metric("sutong_worker_silent_seconds"))?.split(" ").at(-1))).toBeGreaterThan(180);
  await beat(worker());
});

test("a process that leaves in good order is not missed, one that dies is", async () => {
  await beat(api("api-a-8080"));
  await beat(api("api-b-8080"));
  await leave(api("api-a-8080"));
  expect((await page()).nodes.map(({ id }: { id: string }) => id)).toEqual(["api-b-8080", "worker-here-1"]);
  app.clock.shiftMs += 40_000;
  expect(await alarm("node-silent")).toMatchObject({ state: { code: "look" }, value: 1 });
  expect(await metric("sutong_nodes_silent")).toBe("sutong_nodes_silent 1");
  await beat(api("api-b-8080"));
  expect(await alarm("node-silent")).toMatchObject({ state: { code: "ok" } });
  await leave(api("api-b-8080"));
});

test("an event that fails again and again is named", async () => {
  await app.settle();
  await app.database.read(
    `INSERT INTO outbox (name, about, payload, actor_id, role, at, attempts, due_at)
     VALUES ('filing.revealed', 'filing:1', '{}', 0, 'system', UTC_TIMESTAMP(3), 3, UTC_TIMESTAMP(3) + INTERVAL 2 MINUTE)`,
  );
  // A timer of the days to come is neither late nor failing.
  await app.database.read(
    `INSERT INTO outbox (name, about, payload, actor_id, role, at, attempts, due_at)
     VALUES ('filing.revealed', 'filing:1', '{}', 0, 'system', UTC_TIMESTAMP(3), 0, UTC_TIMESTAMP(3) + INTERVAL 9 DAY)`,
  );
  expect(await alarm("event-failing")).toMatchObject({ state: { code: "look" }, value: 1 });
  expect((await page()).events.failing).toEqual([{ name: "filing.revealed", count: 1, attempts: 3 }]);
  await app.database.read("UPDATE outbox SET due_at = due_at - INTERVAL 10 MINUTE WHERE attempts = 3");
  expect(await alarm("outbox-late")).toMatchObject({ state: { code: "act" } });
  await app.database.read("DELETE FROM outbox");
  expect(await alarm("outbox-late")).toMatchObject({ state: { code: "ok" }, value: 0 });
});

test("an outside system that answers nothing, until it does", async () => {
  const failing = {
    name: "court",
    lastSuccessAt: null,
    lastFailureAt: new Date(),
    failingSince: new Date(app.clock.now().getTime() - 2_000_000),
    open: true,
  };
  const beatWith = (health: object[]) =>
    beat({ ...worker(), gateways: { ...app.means.gateways, health: () => health as never } });
  await beatWith([failing]);
  expect(await alarm("gateway-down")).toMatchObject({ state: { code: "act" }, of: "court" });
  expect(await metric("sutong_gateway_failing_seconds")).toContain('gateway="court"');
  await beatWith([{ ...failing, lastSuccessAt: new Date(), failingSince: null, open: false }]);
  expect(await alarm("gateway-down")).toMatchObject({ state: { code: "ok" } });
});

test("payments, disks, the database and the last backup", async () => {
  expect(await alarm("backup-old")).toMatchObject({ state: { code: "act" }, value: null });
  await app.database.read(
    "INSERT INTO backup_run (kind, began_at, ended_at, bytes) VALUES ('physical', ?, ?, 1048576)",
    [app.clock.now(), app.clock.now()],
  );
  await app.database.read(
    "INSERT INTO payment_alarm (kind, source, facts, at) VALUES ('amount', 'x', '{}', UTC_TIMESTAMP(3))",
  );
  expect(await alarm("backup-old")).toMatchObject({ state: { code: "ok" } });
  expect(await alarm("payment-unsettled")).toMatchObject({ state: { code: "look" }, value: 1 });
  const { disks, database, backup } = await page();
  expect(disks.map(({ name }: { name: string }) => name).sort()).toEqual(["data"]);
  expect(disks[0].totalBytes).toBeGreaterThan(disks[0].freeBytes);
  expect(database.connections).toBeGreaterThan(0);
  const whole = { size: 3, state: "Synced", primary: true, missing: 0 };
  expect(database.cluster).toEqual(process.env["ON_CLUSTER"] ? whole : null);
  expect(backup.full).toMatchObject({ kind: "physical", bytes: 1_048_576 });
});

test("is for those who run the house", async () => {
  const clerk = await staffMember(app, { username: "clerk-ops", role: "clerk", courtCode: "鲁0102" });
  expect((await clerk.ask("GET", "/operations")).status).toBe(403);
  expect(app.unexpected).toEqual([]);
});
