import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#core/actor.ts";
import { startApp, type TestApp } from "#test/app.ts";
import {
  COURT,
  claimed,
  clerk,
  FIRST_INSTANCE,
  type Filed,
  key,
  letHold,
  PRIVATE_LOAN,
  seedCourtsAndRules,
  submitted,
  supervisor,
} from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { moveSeries } from "./decide-series.ts";

const ACCEPT = { action: "accept", causeCode: PRIVATE_LOAN, caseTypeCode: FIRST_INSTANCE };
interface Result {
  itemId: string;
  outcome: string;
  code: string | null;
  caseNumber: string | null;
}

describe("series", () => {
  let app: TestApp;
  let wang: StaffPerson;
  let li: StaffPerson;
  let chief: StaffPerson;
  beforeAll(async () => {
    app = await startApp("series");
    await seedCourtsAndRules(app);
  });
  beforeEach(async () => {
    app.clock.shiftMs += 120_000;
    [wang, li, chief] = [await clerk(app), await clerk(app, "clerk2"), await supervisor(app)];
  });
  afterAll(() => app.stop());

  /** Filings of one plaintiff against as many people, in the same words. */
  async function batch(
    plaintiff: string,
    defendants: readonly string[],
  ): Promise<{ filings: Filed[]; seriesId: string }> {
    const filings: Filed[] = [];
    for (const defendant of defendants) filings.push(await submitted(app, plaintiff, { defendant }));
    const { items } = (await wang.ask("GET", "/intake/series")).json;
    const series = items.find(({ name }: { name: string }) => name === plaintiff);
    return { filings, seriesId: series?.id };
  }
  const decide = (who: StaffPerson, seriesId: string, body: object, headers = key()) =>
    who.ask("POST", `/intake/series/${seriesId}/moves`, body, headers);
  const serials = (results: Result[]) =>
    results.flatMap(({ caseNumber }) => (caseNumber ? [Number(/(\d+)号$/.exec(caseNumber)?.[1])] : []));

  it("are shown before any number is given, and decided together with numbers in order", async () => {
    const { filings, seriesId } = await batch("物业甲", ["赵一鸣", "钱二宝", "孙三立", "周四海"]);
    const seen = (await wang.ask("GET", `/intake/series/${seriesId}`)).json;
    expect(seen).toMatchObject({
      basis: { code: "plaintiff", label: "同一原告" },
      name: "物业甲",
      counts: { all: 4, open: 4, decided: 0, duplicates: 0 },
      open: true,
      lastMove: null,
    });
    expect(seen.items.map(({ filingId }: { filingId: string }) => filingId)).toEqual(filings.map(({ id }) => id));
    expect(seen.moves.map(({ action }: { action: string }) => action)).toEqual([
      "accept",
      "return",
      "refuse",
      "transfer",
    ]);

    const headers = key();
    const first = await decide(wang, seriesId, ACCEPT, headers);
    expect(first.status, first.text).toBe(200);
    expect(first.json.move.counts).toEqual({ done: 4, refused: 0, pending: 0 });
    const numbers = serials(first.json.move.results);
    expect(numbers).toEqual([0, 1, 2, 3].map((more) => (numbers[0] as number) + more));
    const again = await decide(wang, seriesId, ACCEPT, headers);
    expect([again.text, again.headers.get("idempotent-replayed")]).toEqual([first.text, "true"]);
    expect((await decide(wang, seriesId, { ...ACCEPT, caseTypeCode: "0302" }, headers)).status).toBe(422);
    await app.settle();
    for (const { owner, path } of filings) expect((await owner.ask("GET", path)).json.state.code).toBe("accepted");
    expect((await wang.ask("GET", "/intake/series")).json.items).toEqual([]);
    const { items } = (await wang.ask("GET", "/intake/series?state=all")).json;
    expect(items.find(({ id }: { id: string }) => id === seriesId)).toMatchObject({ open: false, moves: [] });
    expect((await decide(wang, seriesId, ACCEPT)).json.code).toBe("intake.series_nothing_open");
  });

  it("what cannot be done to one does not stop the others; a suspected duplicate wants its own look", async () => {
    const { filings, seriesId } = await batch("物业乙", ["赵一鸣", "钱二宝", "孙三立", "孙三立"]);
    const held = await claimed(li, filings[1] as Filed);
    const answer = await decide(wang, seriesId, ACCEPT);
    expect(answer.status, answer.text).toBe(200);
    const results = answer.json.move.results as Result[];
    expect(results.map(({ outcome, code }) => [outcome, code])).toEqual([
      ["done", null],
      ["refused", "intake.leased"],
    ]);
    expect(answer.json.series.counts).toMatchObject({ open: 3, decided: 1, duplicates: 2 });
    await li.ask("POST", `${held.item}/moves`, { action: "release", fence: held.fence });
    const seen = (await wang.ask("GET", `/intake/series/${seriesId}`)).json;
    const open = seen.items.filter(({ state }: { state: { code: string } }) => state.code === "waiting");
    const named = await decide(wang, seriesId, {
      action: "return",
      defects: [{ code: "evidence_missing", note: "请补充物业服务合同" }],
      itemIds: open.map(({ id }: { id: string }) => id),
    });
    expect(named.json.move.counts).toEqual({ done: 3, refused: 0, pending: 0 });
    const other = await batch("物业丙", ["赵一鸣", "钱二宝"]);
    const foreign = (await wang.ask("GET", `/intake/series/${other.seriesId}`)).json.items[0].id;
    expect((await decide(wang, seriesId, { ...ACCEPT, itemIds: [foreign] })).json.code).toBe("intake.series_stranger");
    expect((await decide(wang, seriesId, { action: "assign", assigneeId: li.accountId })).status).toBe(409);
    const assigned = await decide(chief, other.seriesId, { action: "assign", assigneeId: li.accountId });
    expect(assigned.json.move.counts).toEqual({ done: 2, refused: 0, pending: 0 });
    const far = await clerk(app, "clerk9", "鲁0103");
    expect((await decide(far, other.seriesId, ACCEPT)).status).toBe(404);
    expect((await far.ask("GET", `/intake/series/${other.seriesId}`)).status).toBe(404);
  });

  it("two supervisors at once: each filing is decided once, numbers follow the receipt", async () => {
    const other = await supervisor(app, "supervisor2");
    const { seriesId } = await batch("物业丁", [
      "赵一鸣",
      "钱二宝",
      "孙三立",
      "周四海",
      "吴五常",
      "郑六和",
      "冯七巧",
      "陈八方",
    ]);
    const answers = await Promise.all([chief, other].map((who) => decide(who, seriesId, ACCEPT)));
    const results = answers.flatMap(({ json }) => json.move.results as Result[]);
    expect(results.filter(({ outcome }) => outcome === "done")).toHaveLength(8);
    for (const { outcome, code } of results) if (outcome === "refused") expect(code).toBe("intake.decided");
    const rows = await app.database.read<{ serial: number }>(
      "SELECT c.serial FROM intake_item i JOIN court_case c ON c.filing_id = i.filing_id WHERE i.series_id = ? ORDER BY i.received_at, i.id",
      [seriesId],
    );
    const given = rows.map(({ serial }) => serial);
    expect(given).toEqual(given.map((_, at) => (given[0] as number) + at));
  });

  it("goes on where it was broken off, and does nothing twice", async () => {
    const { seriesId } = await batch("物业戊", ["赵一鸣", "钱二宝", "孙三立", "周四海"]);
    const actor: Actor = { accountId: wang.accountId, role: "clerk", courtCode: COURT, sessionId: null };
    const request = { key: "broken-off", requestId: "r" };
    let calls = 0;
    const failing: typeof app.transact = (who, body, options) => {
      calls += 1;
      if (calls === 4) throw new Error("the node went away");
      return app.transact(who, body, options);
    };
    const means = { ...app.means, transact: failing };
    await expect(moveSeries(means, actor, seriesId, request, ACCEPT as never)).rejects.toThrow("went away");
    const outcomes = () =>
      app.database.read<{ outcome: string }>(
        "SELECT outcome FROM intake_series_result r JOIN intake_series_move m ON m.id = r.move_id WHERE m.series_id = ? ORDER BY position",
        [seriesId],
      );
    expect((await outcomes()).map(({ outcome }) => outcome)).toEqual(["done", "done", "pending", "pending"]);
    await moveSeries(app.means, actor, seriesId, request, ACCEPT as never);
    await moveSeries(app.means, actor, seriesId, request, ACCEPT as never);
    expect((await outcomes()).map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
    const [row] = await app.database.read<{ cases: string }>(
      "SELECT COUNT(*) AS cases FROM court_case c JOIN intake_item i ON i.filing_id = c.filing_id WHERE i.series_id = ?",
      [seriesId],
    );
    expect(Number(row?.cases)).toBe(4);
    expect(app.unexpected).toEqual([]);
  });

  it("nobody holds more than the court has settled", async () => {
    await letHold(app, 2);
    const filings: Filed[] = [];
    for (const name of ["满一", "满二", "满三", "满四"]) filings.push(await submitted(app, name));
    const { items } = (await wang.ask("GET", "/intake/items?limit=100&state=waiting")).json;
    const ids = filings.map(({ id }) => items.find(({ filingId }: { filingId: string }) => filingId === id).id);
    const claims = await Promise.all(ids.map((id) => li.ask("POST", `/intake/items/${id}/moves`, { action: "claim" })));
    expect(claims.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
    const full = claims.find(({ status }) => status === 409)?.json;
    expect(full).toMatchObject({ code: "intake.wip_full", inHand: 2, limit: 2 });
    expect(full.detail).toContain("在手 2 件，本院上限为 2 件");
    const queue = (await li.ask("GET", "/intake/queues")).json.items.find(
      ({ category }: { category: string }) => category === "civil",
    );
    expect((await li.ask("POST", `/intake/queues/${queue.id}/next`)).json.code).toBe("intake.wip_full");
    const mine = claims.find(({ status }) => status === 200)?.json;
    await li.ask("POST", `/intake/items/${mine.id}/moves`, { action: "release", fence: mine.lease.fence });
    expect((await li.ask("POST", `/intake/queues/${queue.id}/next`)).status).toBe(200);
    // What one holds already may be claimed again: that only extends it.
    const kept = claims.filter(({ status }) => status === 200)[1]?.json;
    expect((await li.ask("POST", `/intake/items/${kept.id}/moves`, { action: "claim" })).status).toBe(200);
  });
});
