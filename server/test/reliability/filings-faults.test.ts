import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import {
  accepting,
  claimed,
  clerk,
  type Filed,
  key,
  readyDraft,
  seedCourtsAndRules,
  supervisor,
} from "#test/filings.ts";
import { noticesLike, order, payAndTell } from "#test/payments.ts";
import { person, type StaffPerson } from "#test/people.ts";
import { openSnapshots } from "../edges/snapshot.ts";
import { draftsLike, submitAll } from "./crowd.ts";
import { figure } from "./figure.ts";
import { failNthCall, type NthCall } from "./nth-call.ts";

interface Asked {
  readonly who: { ask: Filed["owner"]["ask"] };
  readonly method: string;
  readonly path: string;
  readonly body: object;
  readonly headers: Record<string, string>;
}

/** G24 for filings and refunds; payments have their own. */
describe("the n-th call of a request fails", () => {
  let app: TestApp;
  let nthCall: NthCall;
  let snapshots: Awaited<ReturnType<typeof openSnapshots>>;
  let model: Filed;
  let paid: AcceptedCase;
  let wang: StaffPerson;
  let chief: StaffPerson;
  let drafts: Filed[] = [];

  beforeAll(async () => {
    app = await startApp("filing_faults");
    // Told of a refund later, WeChat Pay would change rows between two looks.
    app.sandbox.wechatPay.behave({ hold: true });
    await seedCourtsAndRules(app);
    model = await readyDraft(app, "王芳");
    paid = await acceptedCase(app, "张伟");
    wang = await clerk(app);
    chief = await supervisor(app);
    snapshots = await openSnapshots(app.ownerUrl);
    nthCall = failNthCall(app);
  }, 120_000);
  afterAll(async () => {
    vi.restoreAllMocks();
    await snapshots?.close();
    await app?.stop();
  });

  const draft = async (): Promise<Filed> => {
    if (drafts.length === 0) drafts = await draftsLike(app, model, 10, { width: 2 });
    return drafts.pop() as Filed;
  };
  const item = async () => {
    const one = await draft();
    await submitAll([one]);
    await app.settle();
    return claimed(wang, one);
  };
  const order1 = async () => {
    const [noticeId = ""] = await noticesLike(app, paid.noticeId, 1);
    const one = await order(await person(app, "张伟"), `/fee-notices/${noticeId}`);
    expect(await payAndTell(app, one)).toBe(204);
    await app.settle();
    return one;
  };
  const REFUND = { amountFen: 50_000, reason: "原告撤诉，减半收取" };

  /** What is asked for, prepared anew each time. */
  const flows: Readonly<Record<string, () => Promise<Asked>>> = {
    async save() {
      const { owner, path } = await draft();
      const { content, version } = (await owner.ask("GET", path)).json;
      const body = { content: { ...content, facts: `${content.facts}补充。` } };
      return { who: owner, method: "PUT", path, body, headers: { "if-match": `"${version}"` } };
    },
    async submit() {
      const { owner, path } = await draft();
      return { who: owner, method: "POST", path: `${path}/moves`, body: { action: "submit" }, headers: key() };
    },
    async accept() {
      const held = await item();
      return { who: wang, method: "POST", path: `${held.item}/moves`, body: accepting(held.fence), headers: key() };
    },
    async return() {
      const held = await item();
      const { json } = await wang.ask("GET", "/intake/defects");
      const defects = [{ code: json.items[0].code, pointer: "/facts", note: "请写明借款的交付方式。" }];
      const body = { action: "return", fence: held.fence, defects, dueDays: 7 };
      return { who: wang, method: "POST", path: `${held.item}/moves`, body, headers: key() };
    },
    async "ask for a refund"() {
      const { path } = await order1();
      return { who: wang, method: "POST", path: `${path}/refunds`, body: REFUND, headers: key() };
    },
    async "approve a refund"() {
      const { path } = await order1();
      const { json } = await wang.ask("POST", `${path}/refunds`, REFUND, key());
      await app.settle();
      return {
        who: chief,
        method: "POST",
        path: `/refunds/${json.id}/moves`,
        body: { action: "approve" },
        headers: key(),
      };
    },
  };

  it.each(Object.entries(flows))(
    "%s: all of it or nothing, and the repeat does it",
    async (name, prepare) => {
      let before: Record<string, unknown> = {};
      const send = async ({ who, method, path, body, headers }: Asked) => {
        const { status, text } = await who.ask(method, path, body, headers);
        expect([200, 201, 500, 503], text).toContain(status);
        return status < 300;
      };
      let halves = 0;
      const made = await nthCall.failing({
        prepare: async () => {
          const asked = await prepare();
          before = await snapshots.take();
          return asked;
        },
        flow: send,
        async check(asked, went) {
          if (went) return;
          const after = await snapshots.take();
          const changed = Object.keys(after).filter(
            (table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]),
          );
          if (changed.length > 0) halves += 1;
          expect(changed, "tables that a failed request changed").toEqual([]);
          expect(await send(asked), "the same request again").toBe(true);
        },
      });
      figure("G24", `${name}: calls failed`, made, { atLeast: 5 });
      figure("G24", `${name}: half states`, halves, { atMost: 0 });
      expect(made).toBeGreaterThan(0);
    },
    600_000,
  );
});
