import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  claimed,
  clerk,
  key,
  readyDraft,
  seedCourtsAndRules,
  submitted,
  supervisor,
} from "#test/filings.ts";
import { idNumberOf, type Person, person } from "#test/people.ts";
import { catalogue, type Facts, type Template } from "./catalogue.ts";
import { NAMELESS } from "./catalogue-account.ts";

const PRIVATE = /\d{15}|\d{17}[\dX]|1[3-9]\d{9}/;

describe("messages", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("notice");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  const messages = async (who: Person) => (await who.ask("GET", "/messages?limit=100")).json;
  const titles = async (who: Person) =>
    (await messages(who)).items.map(({ title }: { title: string }) => title).reverse();
  const unread = async (who: Person) => (await who.ask("GET", "/me")).json.unreadMessages;
  /** Has every event told again, as after a crash between telling and marking. */
  async function tellAgain(): Promise<void> {
    await app.transact({ accountId: "1", role: "system" } as never, (work) =>
      work.change("UPDATE outbox SET done_at = NULL, due_at = at WHERE done_at IS NOT NULL"),
    );
    await app.settle();
  }

  it("tell of each move once, also where events are told twice", async () => {
    const wang = await clerk(app);
    const filing = await submitted(app, "王芳");
    const { item, fence } = await claimed(wang, filing);
    await wang.ask("POST", `${item}/moves`, { action: "return", fence, defects: [{ code: "facts_unclear" }] }, key());
    await app.settle();
    await filing.owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key());
    await app.settle();
    const again = await claimed(wang, filing);
    await wang.ask("POST", `${again.item}/moves`, accepting(again.fence), key());
    await app.settle();
    const expected = [
      "法院已收到您的立案申请",
      "法院正在审查您的立案申请",
      "请补正您的立案申请",
      "法院已收到您的补正材料",
      "法院正在审查您的立案申请",
      "请交纳诉讼费",
      "您的案件已立案",
    ];
    expect(await titles(filing.owner)).toEqual(expected);
    await tellAgain();
    expect(await titles(filing.owner)).toEqual(expected);
    const { items } = await messages(filing.owner);
    const { caseId } = (await filing.owner.ask("GET", filing.path)).json;
    expect(items[0].link).toEqual({ kind: "case", id: caseId });
    expect(items.at(-1).link).toEqual({ kind: "filing", id: filing.id });
    for (const { title, body } of items) {
      expect(title + body).not.toMatch(PRIVATE);
      expect(title + body).not.toMatch(/undefined|null|于 {2}前/);
      expect(body).not.toContain(idNumberOf("王芳"));
    }
    expect(app.unexpected).toEqual([]);
  });

  it("say the day of the move, also where they are told late", async () => {
    const draft = await readyDraft(app, "迟来");
    await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key());
    const { clock } = (await draft.owner.ask("GET", draft.path)).json;
    await draft.owner.ask("POST", `${draft.path}/moves`, { action: "withdraw" }, key());
    await app.settle();
    const { items } = await messages(draft.owner);
    expect(items.map(({ title }: { title: string }) => title)).toEqual(["立案申请已撤回", "法院已收到您的立案申请"]);
    expect(items[1].body).toContain(`法院应在 ${clock.dueOn} 前作出决定`);
  });

  it("are silent about a draft that was never handed in", async () => {
    const draft = await readyDraft(app, "未交");
    await draft.owner.ask("POST", `${draft.path}/moves`, { action: "withdraw" }, key());
    await app.settle();
    expect(await titles(draft.owner)).toEqual([]);
  });

  it("are counted until they are read, one by one or all at once", async () => {
    const filing = await submitted(app, "阅读");
    await filing.owner.ask("POST", `${filing.path}/moves`, { action: "withdraw" }, key());
    await app.settle();
    expect(await unread(filing.owner)).toBe(2);
    const { items } = await messages(filing.owner);
    expect((await filing.owner.ask("POST", `/messages/${items[0].id}/read`)).status).toBe(204);
    const readAt = (await messages(filing.owner)).items[0].readAt;
    expect((await filing.owner.ask("POST", `/messages/${items[0].id}/read`)).status).toBe(204);
    expect((await messages(filing.owner)).items[0].readAt).toBe(readAt);
    expect(await unread(filing.owner)).toBe(1);
    const left = (await filing.owner.ask("GET", "/messages?unread=true")).json;
    expect(left.items.map(({ id }: { id: string }) => id)).toEqual([items[1].id]);
    expect((await filing.owner.ask("POST", "/messages/read-all")).status).toBe(204);
    expect(await unread(filing.owner)).toBe(0);
    const stranger = await person(app, "路人");
    expect((await stranger.ask("POST", `/messages/${items[0].id}/read`)).status).toBe(404);
    expect((await messages(stranger)).items).toEqual([]);
  });

  it("come page by page, none twice", async () => {
    const filing = await submitted(app, "翻页");
    await filing.owner.ask("POST", `${filing.path}/moves`, { action: "withdraw" }, key());
    await app.settle();
    const first = (await filing.owner.ask("GET", "/messages?limit=1")).json;
    const second = (await filing.owner.ask("GET", `/messages?limit=1&cursor=${first.nextCursor}`)).json;
    expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
      "立案申请已撤回",
      "法院已收到您的立案申请",
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it("stand sealed in the database", async () => {
    const rows = await app.database.read<{ body: Buffer }>("SELECT body FROM message");
    expect(rows.length).toBeGreaterThan(0);
    for (const { body } of rows) expect(body.includes("诉 李强")).toBe(false);
    expect(await titles(await supervisor(app))).toEqual([]);
  });
});

describe("the texts", () => {
  const facts: Facts = {
    matter: "王芳 诉 李强 民间借贷纠纷",
    courtName: "济南市历下区人民法院",
    receiptNumber: "收鲁0102-20261122-00001",
    caseNumber: "（2026）鲁0102民初1号",
    dueOn: "2026-11-30",
    round: 1,
    money: "1,050.00元",
    feeName: "案件受理费",
    documents: "起诉状副本、应诉通知书",
    duty: "提交答辩状",
    side: "被告",
    language: "维吾尔语",
    sitting: "开庭审理",
    hearingTime: "12月8日（周二）9:00",
  };
  it.each(Object.entries(catalogue as Record<string, Template>))(
    "%s names the matter, says what is next, blames nobody",
    (name, { title, body }) => {
      expect(title).toMatch(/\p{Script=Han}{4}/u);
      expect(title.length).toBeLessThanOrEqual(20);
      // A case that has a number is named by it; an alarm may belong to no case at all.
      const names = body(facts).includes(facts.matter) || body(facts).includes(facts.caseNumber);
      expect(names).toBe(!NAMELESS.includes(name));
      expect(body(facts)).toMatch(/。$/);
      expect(title + body(facts)).not.toMatch(/错误|失败|违规|您没有|[a-z]{3}/);
      expect(body(facts)).not.toMatch(PRIVATE);
    },
  );
});
