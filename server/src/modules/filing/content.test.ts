import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answered, startApp, type TestApp } from "#test/app.ts";
import {
  COURT,
  type Filed,
  PRIVATE_LOAN,
  privateLoan,
  readyDraft,
  seedCourtsAndRules,
  submitted,
} from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";

describe("the content of a filing", () => {
  let app: TestApp;
  let owner: Person;
  beforeAll(async () => {
    app = await startApp("content");
    await seedCourtsAndRules(app);
    owner = await person(app, "王芳");
  });
  afterAll(() => app.stop());

  const open = async (): Promise<Filed & { version: number }> => {
    const { json } = await owner.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN });
    return { id: json.id, version: json.version, owner, path: `/filings/${json.id}` };
  };
  const put = (path: string, content: unknown, ifMatch?: string): Promise<Answered> =>
    owner.ask("PUT", path, { content }, ifMatch === undefined ? {} : { "if-match": ifMatch });
  const edits = (path: string, ...list: [path: string, value: unknown, baseVersion: number][]): Promise<Answered> =>
    owner.ask("POST", `${path}/edits`, {
      edits: list.map(([at, value, baseVersion]) => ({ path: at, value, baseVersion })),
    });

  it("comes back as it was written, rare characters too", async () => {
    const { path } = await open();
    const rare = "㛃𠮷䶮·买买提\u{30EDD}";
    const facts = "  第一段：“借款”￥5，000——㈠①\n\n\t第二段 👍🏽 é e\u0301 ";
    const content = { ...privateLoan(rare), facts, answers: { "facts.1": "𠀀〇" } };
    expect((await put(path, content, '"1"')).status).toBe(200);
    const { json } = await owner.ask("GET", path);
    expect(json.content).toMatchObject({ facts, answers: { "facts.1": "𠀀〇" }, parties: [{ name: rare }, {}] });
    expect(json.title).toBe(`${rare} 诉 李强 民间借贷纠纷`);
  });

  it("takes a hundred parties and not one more", async () => {
    const { path } = await open();
    const parties = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        key: `p${at}`,
        side: "plaintiff",
        kind: "natural",
        name: `原告${at}`,
      }));
    expect((await put(path, { parties: parties(100) }, '"1"')).status).toBe(200);
    const refused = await put(path, { parties: parties(101) }, '"2"');
    expect(refused.status).toBe(422);
    expect(refused.json.errors[0]).toMatchObject({ pointer: "/content/parties", message: "当事人不能超过 100 个" });
    const one = await edits(path, ["/parties/one", { side: "defendant", kind: "natural" }, 2]);
    expect(one.status).toBe(422);
    expect((await owner.ask("GET", path)).json.content.parties).toHaveLength(100);
  });

  it.each([
    [{ extra: 1 }, "/content/extra"],
    [{ service: { hidden: true } }, "/content/service/hidden"],
    [{ parties: [{ key: "p1", side: "plaintiff", kind: "natural", admin: true }] }, "/content/parties/0/admin"],
    [{ parties: ["p1", "p1"].map((key) => ({ key, side: "plaintiff", kind: "natural" })) }, "/content/parties/1/key"],
    [{ causeCode: "CIV2025:9999" }, "/content/causeCode"],
    [{ formId: "no-form" }, "/content/formId"],
    [{ amountFen: 0.5 }, "/content/amountFen"],
    [{ facts: "a\u0000b" }, "/content/facts"],
  ])("refuses %j and says where", async (content, pointer) => {
    const { path } = await open();
    const refused = await put(path, content, '"1"');
    expect(refused.status).toBe(422);
    expect(refused.json.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect((await owner.ask("GET", path)).json.version).toBe(1);
  });

  it("is replaced only on the version that was seen", async () => {
    const { path } = await open();
    expect((await put(path, privateLoan("王芳"))).status).toBe(428);
    expect((await put(path, privateLoan("王芳"), '"1"')).json.version).toBe(2);
    const late = await put(path, { facts: "迟到的内容" }, '"1"');
    expect([late.status, late.json.version]).toEqual([412, 2]);
    expect((await owner.ask("GET", path)).json.content.parties).toHaveLength(2);
  });

  it("merges two devices, and lists what they both wrote", async () => {
    const { path } = await open();
    const phone = await edits(path, ["/facts", "手机上写的", 1], ["/amountFen", 100, 1]);
    expect(phone.json).toMatchObject({ version: 2, applied: ["/facts", "/amountFen"], refused: [] });
    const tablet = await edits(path, ["/claims/c1", { text: "归还借款" }, 1]);
    expect(tablet.json.content).toMatchObject({ facts: "手机上写的", claims: [{ key: "c1", text: "归还借款" }] });
    const clash = await edits(path, ["/facts", "平板上写的", 1], ["/claims/c2", { text: "利息" }, 1]);
    expect(clash.status).toBe(409);
    expect(clash.json).toMatchObject({
      code: "filing.conflict",
      conflicts: [{ path: "/facts", theirs: "手机上写的", version: 2 }],
    });
    const { json } = await owner.ask("GET", path);
    expect([json.version, json.content.claims.length]).toEqual([3, 1]);
  });

  it("of many edits at one moment none is lost", async () => {
    const { path } = await open();
    const keys = Array.from({ length: 12 }, (_, at) => `c${at}`);
    const answers = await Promise.all(keys.map((key) => edits(path, [`/claims/${key}`, { text: `请求${key}` }, 1])));
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200));
    const { json } = await owner.ask("GET", path);
    expect(json.content.claims.map(({ key }: { key: string }) => key).sort()).toEqual([...keys].sort());
    expect(json.version).toBe(13);
  });

  it("goes to another court while it is a draft", async () => {
    const { path } = await open();
    const moved = await edits(path, ["/courtCode", "鲁0103", 1], ["/facts", "一并修改", 1]);
    expect(moved.json.applied).toEqual(["/courtCode", "/facts"]);
    expect((await owner.ask("GET", path)).json.court.code).toBe("鲁0103");
    expect((await edits(path, ["/courtCode", "鲁9999", 2])).status).toBe(404);
  });

  it("does not change any more once it is handed in", async () => {
    const filing = await submitted(app, "赵一");
    const { version } = (await filing.owner.ask("GET", filing.path)).json;
    const body = { edits: [{ path: "/facts", value: "改", baseVersion: version }] };
    for (const refused of [
      await filing.owner.ask("POST", `${filing.path}/edits`, body),
      await filing.owner.ask("POST", `${filing.path}/edits`, {
        edits: [{ path: "/courtCode", value: "鲁0103", baseVersion: version }],
      }),
      await filing.owner.ask("PUT", filing.path, { content: {} }, { "if-match": `"${version}"` }),
    ]) {
      expect([refused.status, refused.json.code]).toEqual([409, "filing.not_editable"]);
    }
  });

  it("does not exist for a stranger, who hears of no other person's filings either", async () => {
    const filing = await submitted(app, "钱二", { defendant: "孙三" });
    const stranger = await readyDraft(app, "偶然同名", {
      defendant: "孙三",
      change: { parties: privateLoan("钱二", "孙三").parties },
    });
    for (const [method, path, body] of [
      ["GET", filing.path],
      ["POST", `${filing.path}/edits`, { edits: [{ path: "/facts", value: "改", baseVersion: 1 }] }],
      ["POST", `${filing.path}/precheck`],
      ["GET", `${filing.path}/documents`],
      ["POST", `${filing.path}/reveal`, { pointer: "/parties/p1/phone", reason: "核对身份信息" }],
    ] as const) {
      expect([403, 404], `${method} ${path}`).toContain((await stranger.owner.ask(method, path, body)).status);
    }
    const codes = async (one: Filed) =>
      (await one.owner.ask("POST", `${one.path}/precheck`)).json.findings.map(({ code }: { code: string }) => code);
    expect(await codes(stranger)).not.toContain("filing.duplicate");
    const again = await readyDraft(app, "钱二", { defendant: "孙三" });
    expect(await codes(again)).toContain("filing.duplicate");
  });
});
