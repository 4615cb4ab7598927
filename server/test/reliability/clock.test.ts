import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  claimed,
  clerk,
  type Filed,
  key,
  privateLoan,
  readyDraft,
  seedCourtsAndRules,
  submitted,
  supervisor,
} from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { rowsOf, withOwner } from "./crowd.ts";
import { figure } from "./figure.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);

describe("court days", () => {
  it("are the same whatever the machine's time zone", async () => {
    const zones = ["UTC", "Asia/Shanghai", "America/New_York"];
    const said = await Promise.all(
      zones.map(async (TZ) => {
        const { stdout } = await run(
          process.execPath,
          ["--conditions=source", "--import", "tsx", "server/test/reliability/due-dates.ts"],
          { cwd: ROOT, env: { PATH: process.env["PATH"], TZ }, maxBuffer: 1e7 },
        );
        return JSON.parse(stdout) as { zone: string; offset: number; courtDays: string[]; due: string[][] };
      }),
    );
    expect(
      said.map(({ offset }) => offset),
      "the processes did stand in three zones",
    ).toEqual([0, -480, 240]);
    const [first, ...others] = said.map(({ courtDays, due }) => ({ courtDays, due }));
    const differing = others.filter((other) => JSON.stringify(other) !== JSON.stringify(first)).length;
    figure("G14", "time zones that reckon other days", differing, { of: zones.length, atMost: 0 });
    for (const other of others) expect(other).toEqual(first);
    expect(first?.courtDays).toEqual([
      "2026-12-31",
      "2027-01-01",
      "2024-02-29",
      "2024-02-29",
      "2026-03-08",
      "2026-03-08",
      "2026-11-01",
      "2026-11-01",
    ]);
  }, 60_000);
});

describe("the clock runs on", () => {
  let app: TestApp;
  /** A jump ends sessions: each test has a clerk of its own. */
  let wang: StaffPerson;
  let chief: StaffPerson;

  beforeAll(async () => {
    app = await startApp("clock");
    await seedCourtsAndRules(app);
    chief = await supervisor(app);
  }, 60_000);
  let passed = 0;
  afterEach(({ task }) => {
    if (task.result?.state !== "fail") passed += 1;
  });
  afterAll(async () => {
    figure("G14", "jumps and periods as by the table", passed, { of: 4, atLeast: 4 });
    await app.stop();
  });

  const goTo = (moment: string): void => {
    app.clock.shiftMs = Date.parse(moment) - Date.now();
  };
  const stateOf = async ({ id }: Filed) =>
    (await rowsOf<{ state: string }>(app, "SELECT state FROM filing WHERE id = ?", [id]))[0]?.state;
  const itemOf = async ({ id }: Filed) =>
    (
      await rowsOf<{ id: string; state: string; due: string }>(
        app,
        "SELECT id, state, DATE_FORMAT(due_on, '%Y-%m-%d') AS due FROM intake_item WHERE filing_id = ?",
        [id],
      )
    )[0];
  const dayAfter = (day: string): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

  it("a correction lapses when its last day has ended in the court, not before, and once", async () => {
    app.clock.shiftMs = 0;
    const filing = await submitted(app, "王芳");
    wang = await clerk(app, "clerk2");
    const { item, fence } = await claimed(wang, filing);
    const { json } = await wang.ask("GET", "/intake/defects");
    const returned = await wang.ask(
      "POST",
      `${item}/moves`,
      {
        action: "return",
        fence,
        defects: [{ code: json.items[0].code, pointer: "/facts", note: "请写明借款的交付方式。" }],
        dueDays: 7,
      },
      key(),
    );
    expect(returned.status, returned.text).toBe(200);
    await app.settle();
    const [{ dueOn }] = (await filing.owner.ask("GET", `${filing.path}/corrections`)).json.items;

    goTo(`${dueOn}T23:58:00+08:00`);
    await app.settle();
    expect(await stateOf(filing)).toBe("correction_required");
    goTo(`${dayAfter(dueOn)}T00:01:00+08:00`);
    await app.settle();
    expect(await stateOf(filing)).toBe("lapsed");
    expect((await itemOf(filing))?.state).toBe("decided");
    app.pass(40);
    await app.settle();
    expect(
      await rowsOf(app, "SELECT id FROM filing_step WHERE filing_id = ? AND action = 'lapse'", [filing.id]),
    ).toHaveLength(1);
    expect(app.unexpected).toEqual([]);
  });

  it("mediation gives the filing back by itself after thirty days, and the review's clock runs on", async () => {
    app.clock.shiftMs = 0;
    const change = { mediation: { understood: true, wish: "yes" }, consents: privateLoan("张伟").consents };
    const filing = await readyDraft(app, "张伟", { change });
    expect((await filing.owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key())).status).toBe(200);
    await app.settle();
    wang = await clerk(app, "clerk3");
    const { item, fence } = await claimed(wang, filing);
    const sent = await wang.ask("POST", `${item}/moves`, { action: "mediate", fence, note: "双方愿意先行调解" }, key());
    expect(sent.status, sent.text).toBe(200);
    await app.settle();
    app.pass(29.5);
    await app.settle();
    expect(await stateOf(filing)).toBe("in_mediation");
    app.pass(2);
    await app.settle();
    expect(await stateOf(filing)).toBe("submitted");
    const back = await itemOf(filing);
    expect(back?.state).toBe("waiting");
    const today = new Date(app.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(String(back?.due) > today).toBe(true);
    expect(app.unexpected).toEqual([]);
  });

  it("the supervisor hears before the period ends, once for each ring, and again when it has ended", async () => {
    app.clock.shiftMs = 0;
    const filing = await submitted(app, "刘洋");
    const item = await itemOf(filing);
    const rings = () =>
      rowsOf<{ id: string; due: string; done: number }>(
        app,
        "SELECT id, DATE_FORMAT(due_at, '%Y-%m-%dT%H:%i:%sZ') AS due, done_at IS NOT NULL AS done FROM outbox WHERE name = 'intake.escalation_due' AND about = ? ORDER BY id",
        [`intake_item:${item?.id}`],
      );
    const heard = async () =>
      (
        await rowsOf(
          app,
          "SELECT id FROM message WHERE account_id = ? AND template = 'intake.escalated' AND link_id = ?",
          [chief.accountId, item?.id ?? ""],
        )
      ).length;
    const [first] = await rings();
    expect(Date.parse(first!.due)).toBeLessThan(Date.parse(`${item?.due}T00:00:00+08:00`));

    goTo(first!.due);
    app.clock.shiftMs -= 60_000;
    await app.settle();
    expect(await heard()).toBe(0);
    app.clock.shiftMs += 120_000;
    await app.settle();
    expect(await heard()).toBe(1);
    // A worker that died after ringing, and before it said so, is followed by one that rings again.
    await withOwner(app, (owner) =>
      owner.query("UPDATE outbox SET done_at = NULL, due_at = ? WHERE id = ?", [
        new Date(app.clock.now().getTime() - 1000),
        first!.id,
      ]),
    );
    await app.settle();
    expect((await rings()).map(({ done }) => Number(done))).toEqual([1, 0]);
    expect(await heard()).toBe(1);

    goTo(`${dayAfter(String(item?.due))}T09:01:00+08:00`);
    await app.settle();
    expect(await heard(), "and again when the period has ended").toBe(2);
    app.pass(30);
    await app.settle();
    expect(await heard()).toBe(2);
    expect(app.unexpected).toEqual([]);
  });

  it("a clock set back by two hours ends no claim early", async () => {
    app.clock.shiftMs = 0;
    const filing = await submitted(app, "陈静");
    wang = await clerk(app, "clerk4");
    const { item, fence } = await claimed(wang, filing);
    app.clock.shiftMs = -2 * 3_600_000;
    const [{ id: queue }] = (await wang.ask("GET", "/intake/queues")).json.items;
    const other = await clerk(app, "clerk9");
    for (let pulled = 200; pulled === 200; ) {
      const next = await other.ask("POST", `/intake/queues/${queue}/next`);
      pulled = next.status;
      expect(next.json?.filingId).not.toBe(filing.id);
    }
    const kept = await wang.ask("POST", `${item}/moves`, { action: "extend", fence });
    expect(kept.status, kept.text).toBe(200);
  });
});
