import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { bring, type Ordered } from "#test/payments.ts";
import { openSnapshots } from "../edges/snapshot.ts";
import { pooled, seeded } from "./crowd.ts";
import { figure } from "./figure.ts";
import { paidOrders } from "./payment-storm.ts";

/** G8: each class so often; `FORGERIES=200` is the whole of it. */
const TIMES = Number(process.env["FORGERIES"] ?? 30);

describe("forged notices of a payment that was truly made", () => {
  const { random } = seeded("forged notices");
  let app: TestApp;
  let one: Ordered;
  let snapshots: Awaited<ReturnType<typeof openSnapshots>>;
  let outgoing = 0;
  beforeAll(async () => {
    app = await startApp("forged");
    [one] = (await paidOrders(app, 1)) as [Ordered];
    await app.settle();
    snapshots = await openSnapshots(app.ownerUrl);
    const { peer } = app.sandbox.wechatPay;
    const handle = peer.handle.bind(peer);
    Object.assign(peer, {
      handle: (call: Parameters<typeof handle>[0]) => {
        outgoing += 1;
        return handle(call);
      },
    });
  }, 120_000);
  afterAll(async () => {
    await snapshots?.close();
    await app?.stop();
  });

  it("are none of them accepted, change no row of any table, and make no call go out", async () => {
    const { forgeries, notice } = app.sandbox.wechatPay;
    const classes = Object.keys(forgeries);
    expect(classes.length).toBeGreaterThanOrEqual(32);
    const before = await snapshots.take();
    const answers = new Map<string, Set<string>>();
    let many = 0;
    for (const name of classes) {
      const make = forgeries[name] as (typeof forgeries)[string];
      const got = await pooled(Array(TIMES).fill(0), 8, async () => {
        const { status, text } = await bring(app.origin, make(notice(one.orderNumber), random));
        return `${status} ${text}`;
      });
      many += got.length;
      answers.set(name, new Set(got));
    }
    process.stdout.write(
      `forged notices: ${classes.length} classes × ${TIMES} = ${many}, outgoing calls ${outgoing}\n`,
    );
    for (const [name, got] of answers) {
      for (const answer of got) {
        expect(answer.slice(0, 1), `${name}: ${answer}`).toBe("4");
        expect(answer, name).not.toMatch(/\bat |sql|stack/i);
      }
      // Whoever forges learns nothing from how it is refused: one answer to all that came as far as the signature.
      expect(got.size, name).toBe(1);
    }
    expect([...new Set([...answers.values()].flatMap((got) => [...got]))]).toEqual([
      '401 {"code":"FAIL","message":"通知未通过验证"}',
    ]);
    const after = await snapshots.take();
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    figure("G8", "classes", classes.length, { atLeast: 32 });
    figure("G8", "forged", many);
    figure("G8", "accepted", [...answers.values()].filter((got) => [...got].some((one) => one < "4")).length, {
      atMost: 0,
    });
    figure("G8", "tables changed", changed.length, { atMost: 0 });
    expect(changed).toEqual([]);
    expect(outgoing).toBe(0);
    expect(app.unexpected).toEqual([]);

    // The true one is taken, and it alone: the test can tell them apart.
    expect((await bring(app.origin, notice(one.orderNumber))).status).toBe(204);
    expect(await snapshots.take()).not.toEqual(before);
  }, 180_000);
});
