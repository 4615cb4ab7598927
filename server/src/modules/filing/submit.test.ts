import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  COURT,
  claimed,
  clerk,
  type Filed,
  key,
  PRIVATE_LOAN,
  readyDraft,
  seedCourtsAndRules,
  submitted,
} from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";

const HOUR = 3_600_000;

describe("handing in", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("submit");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  const look = async ({ owner, path }: Filed) => (await owner.ask("GET", path)).json;
  const withdraw = ({ path }: Filed, owner: Person) =>
    owner.ask("POST", `${path}/moves`, { action: "withdraw", note: "已和解" }, key());
  const courtDay = () => new Date(app.clock.now().getTime() + 8 * HOUR).toISOString().slice(0, 10);
  /** Sets the application's time to the next time it is this hour and minute in Shanghai. */
  function waitUntil(time: string): void {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    const local = app.clock.now().getTime() + 8 * HOUR;
    const sinceMidnight = local % (24 * HOUR);
    const wanted = hour * HOUR + minute * 60_000;
    app.clock.shiftMs += wanted - sinceMidnight + (wanted <= sinceMidnight ? 24 * HOUR : 0);
  }

  it("lists everything that is missing, and hands in nothing", async () => {
    const owner = await person(app, "李未", { verified: false });
    const { json } = await owner.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN });
    const refused = await owner.ask("POST", `/filings/${json.id}/moves`, { action: "submit" }, key());
    expect([refused.status, refused.json.code]).toEqual([422, "filing.incomplete"]);
    const blocks = refused.json.findings.filter(({ severity }: { severity: string }) => severity === "block");
    expect(refused.json.errors.map(({ code }: { code: string }) => code)).toEqual(
      blocks.map(({ code }: { code: string }) => code),
    );
    const codes = refused.json.findings.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        "filer.unverified",
        "party.plaintiff_missing",
        "facts.missing",
        "signature.missing",
        "material.evidence_missing",
      ]),
    );
    expect(refused.json.detail).toBe(`还有 ${blocks.length} 项必须处理：${blocks[0].message}等。`);
    const { state, receiptNumber, submittedAt, clock } = (await owner.ask("GET", `/filings/${json.id}`)).json;
    expect({ code: state.code, receiptNumber, submittedAt, clock }).toEqual({
      code: "draft",
      receiptNumber: null,
      submittedAt: null,
      clock: null,
    });
    const check = (await owner.ask("POST", `/filings/${json.id}/precheck`)).json;
    expect(check.findings).toEqual(refused.json.findings);
  });

  it("needs a key of the caller's, and answers a repeat with the first answer", async () => {
    const draft = await readyDraft(app, "周复");
    expect((await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" })).status).toBe(428);
    const headers = key();
    const [first, second] = [
      await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, headers),
      await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, headers),
    ];
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
    const again = await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key());
    expect([again.status, again.json.code]).toEqual([409, "workflow.wrong_state"]);
  });

  it("counts receipts by court and by day; ten minutes before midnight is still today", async () => {
    app.pass(1);
    waitUntil("23:50");
    const today = courtDay();
    const [first, second, elsewhere] = [
      await submitted(app, "吴一"),
      await submitted(app, "吴二"),
      await submitted(app, "吴三", { courtCode: "鲁0103" }),
    ];
    const day = today.replaceAll("-", "");
    expect((await look(first)).receiptNumber).toBe(`收鲁0102-${day}-00001`);
    expect((await look(second)).receiptNumber).toBe(`收鲁0102-${day}-00002`);
    expect((await look(elsewhere)).receiptNumber).toBe(`收鲁0103-${day}-00001`);
    expect((await look(first)).clock).toMatchObject({ startedOn: today, segments: [{ event: "start", on: today }] });

    waitUntil("00:10");
    const next = await look(await submitted(app, "吴四"));
    expect(courtDay() > today).toBe(true);
    expect(next.receiptNumber).toBe(`收鲁0102-${courtDay().replaceAll("-", "")}-00001`);
    expect(next.clock.startedOn).toBe(courtDay());
  });

  it("keeps what was handed in, sealed, with the papers that went with it", async () => {
    const filing = await submitted(app, "郑留");
    const [kept, ...more] = await app.database.read<{
      round: number;
      content: Buffer;
      materialIds: string;
      contentHash: string;
    }>(
      "SELECT round, content, material_ids AS materialIds, content_hash AS contentHash FROM filing_submission WHERE filing_id = ?",
      [filing.id],
    );
    expect(more).toEqual([]);
    const { materials } = await look(filing);
    expect(JSON.parse(kept?.materialIds ?? "")).toEqual(materials.map(({ id }: { id: string }) => id));
    expect(kept?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(kept?.content.includes("郑留")).toBe(false);
  });

  describe("taking it back", () => {
    it("works in every state until the court has decided, and only once", async () => {
      const wang = await clerk(app);
      const decide = async (filing: Filed, body: object) => {
        const { item, fence } = await claimed(wang, filing);
        const answer = await wang.ask("POST", `${item}/moves`, { fence, ...body }, key());
        expect(answer.status, answer.text).toBe(200);
        await app.settle();
      };
      const wish = { mediation: { understood: true, wish: "yes" } };
      const draft = await readyDraft(app, "冯一");
      const waiting = await submitted(app, "冯二");
      const read = await submitted(app, "冯三");
      await claimed(wang, read);
      const returned = await submitted(app, "冯四");
      await decide(returned, { action: "return", defects: [{ code: "facts_unclear" }] });
      const mediated = await submitted(app, "冯五", { change: wish });
      await decide(mediated, { action: "mediate" });
      const states = {
        draft,
        submitted: waiting,
        under_review: read,
        correction_required: returned,
        in_mediation: mediated,
      };
      for (const [state, filing] of Object.entries(states)) {
        const before = await look(filing);
        expect(before.state.code).toBe(state);
        expect(before.moves.map(({ action }: { action: string }) => action)).toContain("withdraw");
        const answer = await withdraw(filing, filing.owner);
        expect([answer.status, answer.json.state.code, answer.json.editable], state).toEqual([200, "withdrawn", false]);
        expect(answer.json.clock?.state.code ?? "none", state).toBe(state === "draft" ? "none" : "stopped");
        expect((await withdraw(filing, filing.owner)).status).toBe(409);
      }
      await app.settle();
      const { items } = (await wang.ask("GET", "/intake/items?state=decided&limit=100")).json;
      const item = items.find(({ filingId }: { filingId: string }) => filingId === returned.id);
      expect(item).toMatchObject({
        state: { code: "decided" },
        decision: { label: "申请人撤回", byName: "系统" },
        moves: [],
      });
    });

    it("is no longer possible after a decision", async () => {
      const wang = await clerk(app);
      const filing = await submitted(app, "陈定");
      const { item, fence } = await claimed(wang, filing);
      await wang.ask(
        "POST",
        `${item}/moves`,
        { action: "refuse", fence, groundCode: "arbitration", note: "合同第八条约定仲裁" },
        key(),
      );
      const late = await withdraw(filing, filing.owner);
      expect([late.status, late.json.code]).toEqual([409, "workflow.wrong_state"]);
      expect(late.json.detail).toContain("不予受理");
      expect((await look(filing)).moves).toEqual([]);
    });
  });
});
