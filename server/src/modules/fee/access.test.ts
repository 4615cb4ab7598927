import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

const FAR = "鲁0103";
const WRONG = "4000123412341234";

describe("whose a notice is", { timeout: 60_000 }, () => {
  let app: TestApp;
  let one: AcceptedCase;
  let reliefId: string;
  let version: number;
  beforeAll(async () => {
    app = await startApp("feeaccess");
    await seedCourtsAndRules(app);
    one = await acceptedCase(app, "苏禾");
    const body = { kind: "reduce", ground: "reduce_other", statement: "家庭困难，无力负担。" };
    reliefId = (await one.owner.ask("POST", `${one.notice}/relief`, body, key())).json.id;
    version = (await one.owner.ask("GET", one.notice)).json.version;
  });
  afterAll(async () => {
    expect(app.unexpected).toEqual([]);
    await app.stop();
  });

  it("for another court's people it does not exist: not to read, to move, to decide, nor in any list", async () => {
    const facts = { category: "property", amountFen: 100, halvings: [] };
    const far: StaffPerson[] = [];
    for (const role of ["clerk", "court_clerk", "judge", "supervisor"] as const)
      far.push(await staffMember(app, { username: `far-${role}`, role, courtCode: FAR }));
    for (const who of far) {
      for (const path of ["", "/documents", "/notice.pdf", "/bill.pdf", "/payments"])
        expect((await who.ask("GET", `${one.notice}${path}`)).status, `${who.username} ${path}`).toBe(404);
      expect((await who.ask("GET", `/fee-reliefs/${reliefId}`)).status).toBe(404);
      for (const list of ["/fee-notices", `/fee-notices?caseId=${one.caseId}`, "/fee-notices?due=soon", "/fee-reliefs"])
        expect((await who.ask("GET", list)).json.items, `${who.username} ${list}`).toEqual([]);
      for (const body of [
        { action: "serve", input: { mode: "direct", signed_at: "2026-01-05" } },
        { action: "change", reason: "correction", facts },
        { action: "deem_withdrawn" },
        { action: "close", note: "重复发出" },
      ])
        expect((await who.ask("POST", `${one.notice}/moves`, body, key())).status, body.action).toBe(404);
    }
    const [, , judge, head] = far as [StaffPerson, StaffPerson, StaffPerson, StaffPerson];
    for (const who of [judge, head]) {
      const refuse = { action: "refuse", reason: "不符合条件。" };
      expect((await who.ask("POST", `/fee-reliefs/${reliefId}/moves`, refuse, key())).status).toBe(404);
    }
    const own = await supervisor(app);
    expect((await own.ask("GET", one.notice)).json).toMatchObject({ state: { code: "relief_pending" }, version });
    expect((await own.ask("GET", "/fee-reliefs")).json.items).toHaveLength(1);
  });

  it("for a stranger a pay code is the only way to it, and the pay code of another notice is none", async () => {
    const other = await acceptedCase(app, "叶舟", { by: one.clerk });
    const { payCode } = (await one.owner.ask("GET", one.notice)).json;
    const theirs = (await other.owner.ask("GET", other.notice)).json.payCode;
    const stranger = await person(app, "路人");
    const pay = (who: Person, body: object) =>
      who.ask("POST", `${one.notice}/payments`, { channel: "wechat_jsapi", ...body }, key());
    for (const wrong of [{}, { payCode: WRONG }, { payCode: theirs }]) {
      const answer = await pay(stranger, wrong);
      expect(answer.status, JSON.stringify(wrong)).toBe(404);
      expect(answer.text).not.toContain("苏禾");
    }
    expect((await stranger.ask("POST", "/fee-notices/lookup", { payCode: WRONG })).status).toBe(404);
    const missed = await pay(stranger, { payCode: WRONG });
    const absent = await stranger.ask("POST", "/fee-notices/999999/payments", { channel: "wechat_jsapi" }, key());
    expect(missed.json.code).toBe(absent.json.code);
    expect(await app.database.read("SELECT id FROM payment")).toEqual([]);

    const opened = await pay(stranger, { payCode, amountFen: 100 });
    expect(opened.status, opened.text).toBe(201);
    // To pay is all it opens: of the notice nothing is shown by it, of its payments their own.
    for (const path of ["", "/documents", "/notice.pdf", "/bill.pdf"])
      expect((await stranger.ask("GET", `${one.notice}${path}`)).status).toBe(404);
    const { items } = (await stranger.ask("GET", `${one.notice}/payments`)).json;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([opened.json.payment.id]);
  });
});
