import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, key, letHold, seedCourtsAndRules, submitted } from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { again, clerks, queueCopies, rowsOf, seeded } from "./crowd.ts";
import { figure } from "./figure.ts";

/** G6; the full sizes stand in goals.ts. */
const ITEMS = Number(process.env["ITEMS"] ?? 250);
const EXPIRIES = Number(process.env["EXPIRIES"] ?? 40);
const LONG = 20 * 60_000;
const CLERKS = 50;
const LEASE_MINUTES = 15;

interface Claimed {
  readonly who: StaffPerson;
  readonly id: string;
  readonly fence: number;
}

describe("claiming from one queue", () => {
  const { random } = seeded("claiming");
  let app: TestApp;
  let staff: StaffPerson[];
  let queueId: string;

  beforeAll(async () => {
    app = await startApp("claiming");
    await seedCourtsAndRules(app);
    await letHold(app, ITEMS);
    staff = await clerks(app, CLERKS);
    const filing = await submitted(app, "王芳");
    queueId = (await staff[0]!.ask("GET", "/intake/queues")).json.items[0].id;
    await queueCopies(app, filing.id, ITEMS - 1);
  }, LONG);
  afterAll(() => app.stop());

  const next = async (who: StaffPerson): Promise<Claimed | null> => {
    const { status, json, text } = await who.ask("POST", `/intake/queues/${queueId}/next`);
    if (status === 204) return null;
    if (status !== 200) throw new Error(`next answered ${status}: ${text}`);
    return { who, id: json.id, fence: json.lease.fence };
  };
  const all: Claimed[] = [];

  it(
    `${CLERKS} clerks pull ${ITEMS} items: each item goes to one of them`,
    async () => {
      await Promise.all(
        staff.map(async (who) => {
          for (let got = await next(who); got; got = await next(who)) all.push(got);
        }),
      );
      const once = new Set(all.map(({ id }) => id)).size;
      figure("G6", "claimed", once, { of: ITEMS, atLeast: ITEMS });
      figure("G6", "claimed twice", all.length - once, { atMost: 0 });
      expect(once).toBe(ITEMS);
      expect(all).toHaveLength(ITEMS);
      const order = await rowsOf<{ about: string }>(
        app,
        "SELECT about FROM outbox WHERE name = 'intake.moved' AND about IN (SELECT CONCAT('intake_item:', id) FROM intake_item WHERE state = 'claimed') ORDER BY id",
      );
      const passedOver = mostPassedOver(order.map(({ about }) => Number(about.split(":")[1])));
      // Whoever else pulls at this moment may be a step ahead, and nobody is left behind for longer.
      figure("G6", "an item passed over by younger ones of its standing", passedOver, { atMost: CLERKS });
      expect(order).toHaveLength(ITEMS);
      expect(passedOver).toBeLessThanOrEqual(CLERKS);
      const held = await rowsOf<{ id: string; holder: string; fence: string }>(
        app,
        "SELECT id, holder_id AS holder, fence FROM intake_item WHERE state = 'claimed'",
      );
      const holders = new Map(all.map(({ id, who, fence }) => [id, `${who.accountId} ${fence}`]));
      expect(held.map(({ id }) => id).length).toBe(ITEMS);
      for (const { id, holder, fence } of held) expect(holders.get(String(id))).toBe(`${holder} ${fence}`);
      expect(app.unexpected).toEqual([]);
    },
    LONG,
  );

  it("refuses the number of a claim that ran out, before and after somebody else has the item", async () => {
    const one = all[Math.floor(random() * all.length)] as Claimed;
    const decide = (who: StaffPerson, fence: number) =>
      who.ask("POST", `/intake/items/${one.id}/moves`, accepting(fence), key());

    app.clock.shiftMs += (LEASE_MINUTES * 60 - 300) * 1000;
    let who = await again(app, one.who);
    const early = await who.ask("POST", `/intake/items/${one.id}/moves`, { action: "extend", fence: one.fence });
    expect(early.status, "a claim holds until its minute").toBe(200);

    app.clock.shiftMs += (LEASE_MINUTES * 60 + 1) * 1000;
    who = await again(app, who);
    const late = await decide(who, one.fence);
    expect([late.status, late.json.code]).toEqual([409, "intake.stale_fence"]);

    const other = await again(app, staff.find(({ accountId }) => accountId !== who.accountId) as StaffPerson);
    const claimed = await other.ask("POST", `/intake/items/${one.id}/moves`, { action: "claim" });
    expect(claimed.status, claimed.text).toBe(200);
    expect(claimed.json.lease.fence).toBeGreaterThan(one.fence);
    for (const action of ["release", "extend", "skip"]) {
      const refused = await who.ask("POST", `/intake/items/${one.id}/moves`, {
        action,
        fence: one.fence,
        ...(action === "skip" ? { reason: "稍后再看" } : {}),
      });
      expect([action, refused.status, refused.json.code]).toEqual([action, 409, "intake.stale_fence"]);
    }
    const stale = await decide(who, one.fence);
    expect([stale.status, stale.json.code]).toEqual([409, "intake.stale_fence"]);
    const stolen = await decide(who, claimed.json.lease.fence);
    expect([stolen.status, stolen.json.code], "the right number in the wrong hand").toEqual([409, "intake.leased"]);

    const done = await decide(other, claimed.json.lease.fence);
    expect(done.status, done.text).toBe(200);
    expect(await rowsOf(app, "SELECT decided_by AS clerk FROM intake_item WHERE state = 'decided'")).toEqual([
      { clerk: other.accountId },
    ]);
  }, 60_000);

  it(
    "gives back every claim that ran out, each once more to one clerk",
    async () => {
      const regained: Claimed[] = [];
      const hands = await Promise.all(staff.slice(0, 10).map((who) => again(app, who)));
      await Promise.all(
        hands.map(async (who) => {
          for (let count = 0; count < EXPIRIES / hands.length; count += 1) {
            const got = await next(who);
            if (got) regained.push(got);
          }
        }),
      );
      expect(new Set(regained.map(({ id }) => id)).size).toBe(EXPIRIES);
      const before = new Map(all.map(({ id, fence }) => [id, fence]));
      for (const { id, fence } of regained) expect(fence).toBeGreaterThan(before.get(id) ?? Number.POSITIVE_INFINITY);
      // Whoever had it decides late, with the number of a claim that ran out.
      const former = new Map(all.map((one) => [one.id, one]));
      const signedIn = new Map<string, StaffPerson>();
      let stale = 0;
      for (const { id } of regained) {
        const { who, fence } = former.get(id) as Claimed;
        const hand = signedIn.get(who.username) ?? (await again(app, who));
        signedIn.set(who.username, hand);
        const { status } = await hand.ask("POST", `/intake/items/${id}/moves`, accepting(fence), key());
        if (status < 400) stale += 1;
      }
      figure("G6", "stale decisions accepted", stale, { of: EXPIRIES, atMost: 0 });
      expect(stale).toBe(0);
      expect(app.unexpected).toEqual([]);
    },
    LONG,
  );
});

/** How many greater numbers stand before a smaller one, for the one that has the most of them before it. */
function mostPassedOver(order: readonly number[]): number {
  return Math.max(0, ...order.map((id, at) => order.slice(0, at).filter((earlier) => earlier > id).length));
}
