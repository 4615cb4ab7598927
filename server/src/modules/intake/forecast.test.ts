import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, addWorkdays, courtDayOf } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { chance } from "#test/day/chance.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted, supervisor } from "#test/filings.ts";
import { type Pace, playAhead, type Waiting } from "./forecast.ts";

const SEED = Number(process.env["DAY_SEED"] ?? 7);
const isWorkday = (day: string) => courtCalendar.statusOf(day).working;

/** The same days lived minute by minute: every clerk earns work with the time, and takes the first when one is earned. */
function live(
  now: Date,
  items: readonly Waiting[],
  clerks: readonly Pace[],
  slowness: () => number,
): Map<string, Date> {
  const done = new Map<string, Date>();
  const left = [...items];
  const desks = clerks.map((clerk) => ({ clerk, item: undefined as Waiting | undefined, needs: 0 }));
  for (let at = now.getTime(); left.length + desks.filter(({ item }) => item).length > 0; at += 60_000) {
    const local = new Date(at + 8 * 3_600_000);
    const day = courtDayOf(new Date(at));
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    if (minute < 9 * 60 || minute >= 17 * 60 || !isWorkday(day)) continue;
    for (const desk of desks) {
      if (desk.clerk.isAway(day)) continue;
      if (!desk.item) {
        const place = left.findIndex(({ only }) => only === null || only === desk.clerk.id);
        if (place < 0) continue;
        [desk.item] = left.splice(place, 1);
        desk.needs += (480 / desk.clerk.perDay) * slowness();
      }
      desk.needs -= 1;
      if (desk.needs <= 0 && desk.item) {
        done.set(desk.item.id, new Date(at + 60_000));
        desk.item = undefined;
      }
    }
    if (at > now.getTime() + 60 * 86_400_000) break;
  }
  return done;
}

describe("the forecast of breaches", () => {
  it.each([
    ["as measured", 0, 0.97],
    ["30 % now faster, now slower", 0.3, 0.9],
  ])("agrees with days that are lived minute by minute: %s", (_, noise, least) => {
    console.log(`seed ${SEED}`);
    const luck = chance(SEED);
    const tally = { both: 0, foretold: 0, happened: 0 };
    for (let trial = 0; trial < 30; trial += 1) {
      const now = new Date(Date.UTC(2026, luck.whole(12), luck.between(1, 28), luck.between(0, 10), luck.whole(60)));
      const today = courtDayOf(now);
      const clerks: Pace[] = Array.from({ length: 4 }, (__, at) => {
        const from = addDays(today, luck.between(0, 4));
        const until = addDays(from, luck.between(0, 3));
        return {
          id: String(at),
          perDay: luck.between(4, 30),
          isAway: (day) => at === 0 && day >= from && day <= until,
        };
      });
      const items: Waiting[] = Array.from({ length: luck.between(60, 260) }, (__, at) => ({
        id: String(at),
        dueOn: addDays(today, luck.between(0, 6)),
        only: luck.next() < 0.1 ? String(luck.whole(4)) : null,
      })).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : Number(a.id) - Number(b.id)));
      const { expectedAt } = playAhead(now, items, clerks, isWorkday);
      const lived = live(now, items, clerks, () => 1 + noise * (2 * luck.next() - 1));
      for (const { id, dueOn } of items) {
        const end = Date.parse(`${addDays(dueOn, 1)}T00:00:00+08:00`);
        const foretold = (expectedAt.get(id)?.getTime() ?? Number.POSITIVE_INFINITY) >= end;
        const happened = (lived.get(id)?.getTime() ?? Number.POSITIVE_INFINITY) >= end;
        tally.both += Number(foretold && happened);
        tally.foretold += Number(foretold);
        tally.happened += Number(happened);
      }
    }
    console.log(
      `${noise}: recall ${(tally.both / tally.happened).toFixed(3)}, precision ${(tally.both / tally.foretold).toFixed(3)}, ${JSON.stringify(tally)}`,
    );
    expect(tally.happened).toBeGreaterThan(200);
    expect(tally.both / tally.happened).toBeGreaterThanOrEqual(least);
    expect(tally.both / tally.foretold).toBeGreaterThanOrEqual(least);
  });

  it("nobody works on what was given to another, nor at night, nor on days of rest", () => {
    const now = new Date("2026-11-20T16:00:00+08:00");
    const clerks: Pace[] = [{ id: "a", perDay: 8, isAway: () => false }];
    const items = ["1", "2", "3"].map((id) => ({ id, dueOn: "2026-11-23", only: id === "2" ? "b" : null }));
    const { expectedAt } = playAhead(now, items, clerks, isWorkday);
    expect(expectedAt.get("1")?.toISOString()).toBe("2026-11-20T09:00:00.000Z");
    expect(expectedAt.get("2")).toBeNull();
    expect(expectedAt.get("3")?.toISOString()).toBe("2026-11-23T02:00:00.000Z");
  });
});

describe("absences and the forecast", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("forecast");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());
  const today = () => courtDayOf(app.clock.now());

  it("an absence empties the desk by itself and shows in the forecast", async () => {
    // After work, so that nothing is left of today to decide in.
    app.clock.shiftMs = Math.max(0, Date.parse(`${today()}T18:00:00+08:00`) - Date.now());
    let wang = await clerk(app);
    let chief = await supervisor(app);
    for (const name of ["甲先", "乙先"]) {
      const { item, fence } = await claimed(wang, await submitted(app, name));
      await wang.ask("POST", `${item}/moves`, accepting(fence), key());
    }
    const held = await submitted(app, "在手");
    const given = await submitted(app, "指派");
    const { itemId, item, fence } = await claimed(wang, held);
    const { itemId: givenId, item: givenItem, fence: givenFence } = await claimed(chief, given);
    await chief.ask("POST", `${givenItem}/moves`, { action: "assign", fence: givenFence, assigneeId: wang.accountId });

    const first = addWorkdays(courtCalendar, today(), 1).day;
    const planned = await wang.ask("POST", "/court-staff/absences", { from: first, until: addDays(first, 20) });
    expect(planned.status, planned.text).toBe(201);
    expect(planned.json).toMatchObject({ staff: { name: "clerk1" }, kind: { label: "休假" } });
    const twice = await wang.ask("POST", "/court-staff/absences", { from: first, until: first });
    expect([twice.status, twice.json.code]).toEqual([409, "absence.overlaps"]);
    const others = await wang.ask("POST", "/court-staff/absences", {
      staffId: chief.accountId,
      from: first,
      until: first,
    });
    expect([others.status, others.json.code]).toEqual([403, "absence.not_yours"]);
    const backwards = await chief.ask("POST", "/court-staff/absences", { from: first, until: addDays(first, -1) });
    expect(backwards.status).toBe(422);
    await app.settle();
    expect((await wang.ask("GET", item)).json.state.code).toBe("claimed");

    const { json: before } = await chief.ask("GET", "/intake/forecast?hours=240");
    const own = before.clerks.find(({ name }: { name: string }) => name === "clerk1");
    expect([own.perDay, own.measuredDays]).toEqual([2, 1]);
    expect(own.away).toContain(first);
    expect(before.capacity.find(({ day }: { day: string }) => day === first)).toMatchObject({
      working: true,
      items: 0,
    });
    const told = before.breaches.map(({ itemId: id }: { itemId: string }) => id);
    expect(told).toContain(givenId);
    expect(before.assumptions.join()).toContain("近 10 个工作日");

    // Its own first day begins: by the timer, nobody does anything.
    app.clock.shiftMs += Date.parse(`${first}T00:00:01+08:00`) - app.clock.now().getTime();
    await app.settle();
    [wang, chief] = [await clerk(app), await supervisor(app)];
    for (const id of [itemId, givenId]) {
      const seen = (await chief.ask("GET", `/intake/items/${id}`)).json;
      expect([seen.state.code, seen.assignee, seen.lease]).toEqual(["waiting", null, null]);
    }
    const late = await wang.ask("POST", `/intake/items/${itemId}/moves`, accepting(fence), key());
    expect([late.status, late.json.code]).toEqual([409, "intake.stale_fence"]);
    const refused = await chief.ask("POST", `/intake/items/${itemId}/moves`, {
      action: "assign",
      assigneeId: wang.accountId,
    });
    expect([refused.status, refused.json.code]).toEqual([422, "intake.staff_absent"]);
    expect((await chief.ask("DELETE", `/court-staff/absences/${planned.json.id}`)).status).toBe(204);
    expect((await chief.ask("DELETE", `/court-staff/absences/${planned.json.id}`)).status).toBe(404);
    expect(
      (await chief.ask("POST", `/intake/items/${itemId}/moves`, { action: "assign", assigneeId: wang.accountId }))
        .status,
    ).toBe(200);
  });

  it("an absence that begins while the clerk decides: the decision stands or hears of it, never half", async () => {
    const chief = await supervisor(app, "supervisor3");
    for (let round = 0; round < 6; round += 1) {
      const li = await clerk(app, `racing${round}`);
      const { item, fence } = await claimed(li, await submitted(app, `赛跑${round}`));
      const [decision] = await Promise.all([
        li.ask("POST", `${item}/moves`, accepting(fence), key()),
        chief
          .ask("POST", "/court-staff/absences", { staffId: li.accountId, from: today(), until: today(), kind: "sick" })
          .then(() => app.settle()),
      ]);
      await app.settle();
      const seen = (await chief.ask("GET", item)).json;
      if (decision.status === 200)
        expect([seen.state.code, seen.decision.byName]).toEqual(["decided", `racing${round}`]);
      else {
        expect(decision.json.code).toBe("intake.stale_fence");
        expect([seen.state.code, seen.lease, seen.decision]).toEqual(["waiting", null, null]);
      }
    }
    expect(app.unexpected).toEqual([]);
  });
});
