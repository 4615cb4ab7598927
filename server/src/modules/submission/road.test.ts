import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { docxText } from "#test/docx-text.ts";
import { accepting, COURT, claimed, clerk, key, picture, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

interface Case {
  readonly caseId: string;
  readonly number: string;
  readonly plaintiff: Person;
  readonly defendant: Person;
}

describe("what parties hand in while a case runs", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let supervisor: StaffPerson;
  beforeAll(async () => {
    app = await startApp("submission");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    supervisor = await staffMember(app, { username: "supervisor1", role: "supervisor", courtCode: COURT });
  });
  afterAll(() => app.stop());

  async function running(name: string, other: string): Promise<Case> {
    const answers = {
      "claims.1.1": "2026-01-10",
      "claims.3": "no",
      "facts.1": "2025年3月5日在济南签订借条一份",
      "facts.7": "到期一次性还本付息",
    };
    const filing = await submitted(app, name, { defendant: other, change: { answers } });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    const defendant = await person(app, other, { verified: true });
    expect((await defendant.ask("POST", "/cases/join", { number, accessCode: code })).status).toBe(200);
    return { caseId, number, plaintiff: filing.owner, defendant };
  }
  async function attach(who: Person, id: string, kind: string, name = `${kind}.jpg`): Promise<string> {
    const bytes = await picture(`${id} ${kind} ${name}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const order = { name, kind, bytes: bytes.length, sha256, contentType: "image/jpeg" };
    const announced = await who.ask("POST", `/submissions/${id}/materials`, order);
    expect(announced.status, announced.text).toBe(201);
    const { material, upload } = announced.json;
    const put = await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    expect(put.ok).toBe(true);
    expect((await who.ask("POST", `/materials/${material.id}/complete`)).status).toBe(200);
    await app.settle();
    return material.id;
  }
  const open = async (who: Person, { caseId }: Case, body: object): Promise<string> => {
    const made = await who.ask("POST", `/cases/${caseId}/submissions`, body);
    expect(made.status, made.text).toBe(201);
    return made.json.id;
  };
  const save = async (who: Person, id: string, kind: string, content: object) => {
    const { version } = (await who.ask("GET", `/submissions/${id}`)).json;
    const saved = await who.ask("PUT", `/submissions/${id}`, { kind, content }, { "if-match": `"${version}"` });
    expect(saved.status, saved.text).toBe(200);
    return saved.json;
  };
  const move = (who: Person, id: string, body: object) => who.ask("POST", `/submissions/${id}/moves`, body, key());
  const listed = async (who: Person, { caseId }: Case): Promise<string[]> =>
    (await who.ask("GET", `/cases/${caseId}/submissions`)).json.items.map(({ id }: { id: string }) => id);
  const signatureOf = async (who: Person, id: string) => ({
    signature: { materialId: await attach(who, id, "signature"), signedOn: "2026-11-22" },
  });
  const asked = async (who: Person, one: Case, application: string): Promise<string> => {
    const id = await open(who, one, { kind: "application", application });
    const content = { request: "请求准许", facts: "理由如下", ...(await signatureOf(who, id)) };
    await save(who, id, "application", content);
    return id;
  };

  it("answers a complaint item by item, in the form's order, with paper; the other side and the judge read it once handed in", async () => {
    const one = await running("王芳", "李强");
    const { defendant, plaintiff, caseId } = one;
    const form = (await defendant.ask("GET", `/cases/${caseId}/answer-form`)).json;
    expect(form).toMatchObject({ title: "民事答辩状", subtitle: "民间借贷纠纷", party: { key: "d1", name: "李强" } });
    const items = form.sections.flatMap(({ items }: { items: object[] }) => items) as { key: string; theirs: string }[];
    expect(items.map(({ key: itemKey }) => itemKey)).toEqual([
      "claim-c1",
      "claim-c2",
      "field-claims.1",
      "field-claims.3",
      "facts",
      "field-facts.1",
      "field-facts.7",
      "evidence",
    ]);
    expect(items[0]?.theirs).toBe("请求判令被告归还借款本金50000元（50,000.00元）");
    expect(items[3]?.theirs).toBe("否");
    const id = await open(defendant, one, { kind: "answer" });
    expect((await defendant.ask("POST", `/cases/${caseId}/submissions`, { kind: "answer" })).json.code).toBe(
      "submission.open_already",
    );
    await attach(defendant, id, "evidence", "还款凭证.jpg");
    await save(defendant, id, "answer", {
      items: [
        { key: "claim-c1", objection: "yes", reason: "" },
        { key: "claim-c2", objection: "no" },
        { key: "facts", objection: "yes", reason: "已经归还 30000 元" },
      ],
      statement: "请求驳回超出的部分。",
    });
    const early = await move(defendant, id, { action: "submit" });
    expect([early.status, early.json.code]).toEqual([422, "submission.incomplete"]);
    expect(early.json.errors.map(({ code }: { code: string }) => code)).toEqual(["answer.reason", "signature.missing"]);
    for (const who of [plaintiff, judge, staff]) {
      expect((await who.ask("GET", `/submissions/${id}`)).status).toBe(404);
      expect(await listed(who, one)).toEqual([]);
    }
    const stale = await defendant.ask(
      "PUT",
      `/submissions/${id}`,
      { kind: "answer", content: {} },
      { "if-match": '"1"' },
    );
    expect(stale.status).toBe(412);
    await save(defendant, id, "answer", {
      items: [
        { key: "claim-c1", objection: "yes", reason: "本金已归还三万元" },
        { key: "claim-c2", objection: "no" },
        { key: "facts", objection: "yes", reason: "已经归还 30000 元" },
      ],
      statement: "请求驳回超出的部分。",
      ...(await signatureOf(defendant, id)),
    });
    const { findings } = (await defendant.ask("POST", `/submissions/${id}/precheck`)).json;
    expect(findings).toMatchObject([
      { code: "answer.open", severity: "warn", message: expect.stringContaining("5 项") },
    ]);
    const done = await move(defendant, id, { action: "submit" });
    expect(done.status, done.text).toBe(200);
    expect(done.json).toMatchObject({ state: { code: "submitted" }, moves: [{ action: "withdraw" }] });
    for (const who of [plaintiff, judge]) {
      const seen = (await who.ask("GET", `/submissions/${id}`)).json;
      expect(seen.content.items[0].reason).toBe("本金已归还三万元");
      expect(seen.materials.map(({ name }: { name: string }) => name)).toContain("还款凭证.jpg");
      const [evidence] = seen.materials;
      expect((await who.ask("GET", `/materials/${evidence.id}/content`)).status).toBe(302);
      const pdf = await fetch(`${app.origin}/api/v1/submissions/${id}/paper.pdf`, {
        headers: { authorization: `Bearer ${who.token}` },
      });
      const text = (await pdfText(Buffer.from(await pdf.arrayBuffer()))).join("");
      for (const words of [
        "民事答辩状",
        one.number,
        "对第1项诉讼请求有无异议",
        "本金已归还三万元",
        "☑有",
        "还款凭证.jpg",
        "答辩人（签字、盖章）",
      ])
        expect(text, words).toContain(plain(words));
      const docx = await fetch(`${app.origin}/api/v1/submissions/${id}/paper.docx`, {
        headers: { authorization: `Bearer ${who.token}` },
      });
      expect(docxText(Buffer.from(await docx.arrayBuffer()))).toContain(plain("本金已归还三万元"));
    }
    // The plaintiff may not move the defendant's answer, nor change its papers.
    expect((await move(plaintiff, id, { action: "withdraw" })).json.code).toBe("submission.not_for_you");
    expect(
      (
        await plaintiff.ask("POST", `/submissions/${id}/materials`, {
          name: "a.jpg",
          kind: "evidence",
          bytes: 10,
          sha256: "a".repeat(64),
          contentType: "image/jpeg",
        })
      ).status,
    ).toBe(409);
    expect((await move(judge, id, { action: "grant" })).json.code).toBe("submission.nothing_to_decide");
    expect((await move(judge, id, { action: "receive" })).json.state.code).toBe("received");
    const { items: timeline } = (await plaintiff.ask("GET", `/cases/${caseId}/timeline`)).json;
    expect(timeline.at(-1)).toMatchObject({ title: "提交答辩状", detail: "被告李强" });
  });

  it("keeps everything from strangers, other courts and those who have left", async () => {
    const one = await running("沈一", "顾二");
    const id = await asked(one.defendant, one, "jurisdiction_objection");
    expect((await move(one.defendant, id, { action: "submit" })).status).toBe(200);
    const stranger = await person(app, "路过", { verified: true });
    const far = await staffMember(app, { username: "far1", role: "judge", courtCode: "鲁0103" });
    for (const who of [stranger, far]) {
      for (const path of [
        `/submissions/${id}`,
        `/submissions/${id}/paper.pdf`,
        `/cases/${one.caseId}/submissions`,
        `/cases/${one.caseId}/answer-form`,
      ])
        expect((await who.ask("GET", path)).status, path).toBe(404);
    }
    expect((await move(stranger, id, { action: "withdraw" })).status).toBe(404);
    expect((await far.ask("GET", "/submissions")).json.items).toEqual([]);
    expect(
      (await judge.ask("GET", "/submissions?mine=true")).json.items.map((row: { id: string }) => row.id),
    ).toContain(id);
    const rows = (await judge.ask("GET", `/cases/${one.caseId}/participants`)).json.items;
    const own = rows.find(({ party }: { party: { key: string } }) => party.key === "d1");
    await judge.ask(
      "POST",
      `/cases/${one.caseId}/participants/${own.id}/moves`,
      { action: "end", reason: "主体不适格" },
      key(),
    );
    expect((await one.defendant.ask("GET", `/submissions/${id}`)).status).toBe(404);
    expect((await move(one.defendant, id, { action: "withdraw" })).status).toBe(404);
  });

  it("lets sides and agents make what is theirs to make", async () => {
    const one = await running("韩梅", "杨立");
    const refused = await one.plaintiff.ask("POST", `/cases/${one.caseId}/submissions`, { kind: "answer" });
    expect([refused.status, refused.json.code]).toEqual([403, "submission.not_for_you"]);
    const kinds = (await one.plaintiff.ask("GET", `/cases/${one.caseId}/submission-kinds`)).json.items as {
      kind: string;
      application: string | null;
      barred: string | null;
    }[];
    const barred = kinds.filter((each) => each.barred !== null).map((each) => each.application ?? each.kind);
    expect(barred).toEqual(["answer", "counterclaim", "admission", "jurisdiction_objection"]);
    const agent = await person(app, "许代理", { verified: true });
    const asking = {
      number: one.number,
      partyName: "韩梅",
      agent: { kind: "relative", powers: "special", specialPowers: ["settle"] },
    };
    const { id: agency } = (await agent.ask("POST", "/cases/agents", asking)).json;
    const to = `/cases/${one.caseId}/participants/${agency}/moves`;
    expect((await one.plaintiff.ask("POST", to, { action: "confirm" }, key())).status).toBe(200);
    const withdrawal = { kind: "application", application: "withdrawal" };
    const stopped = await agent.ask("POST", `/cases/${one.caseId}/submissions`, withdrawal);
    expect(stopped.json.detail).toContain("放弃诉讼请求");
    await open(agent, one, { kind: "application", application: "settlement" });
    // Whose power ends between draft and handing in does not hand in.
    const draft = await asked(agent, one, "adjournment");
    expect((await one.plaintiff.ask("POST", to, { action: "end", reason: "解除委托" }, key())).status).toBe(200);
    expect((await move(agent, draft, { action: "submit" })).status).toBe(404);
    expect((await move(one.plaintiff, draft, { action: "submit" })).status).toBe(200);
  });

  it("does not let an agent admit a claim without the power to", async () => {
    const one = await running("齐家", "国安");
    const agent = await person(app, "安代理", { verified: true });
    const asking = { number: one.number, partyName: "国安", agent: { kind: "relative", powers: "general" } };
    const { id: agency } = (await agent.ask("POST", "/cases/agents", asking)).json;
    await one.defendant.ask("POST", `/cases/${one.caseId}/participants/${agency}/moves`, { action: "confirm" }, key());
    const id = await open(agent, one, { kind: "answer" });
    const content = { items: [{ key: "claim-c1", objection: "no" }], ...(await signatureOf(agent, id)) };
    await save(agent, id, "answer", content);
    const stopped = await move(agent, id, { action: "submit" });
    expect(stopped.json.errors.map(({ code }: { code: string }) => code)).toEqual(["answer.power"]);
    expect((await move(one.defendant, id, { action: "submit" })).status).toBe(200);
  });

  it("decides applications in the queue of each, by the day the law names", async () => {
    const one = await running("冯春", "蒋夏");
    const recusal = await asked(one.defendant, one, "recusal");
    const given = await move(one.defendant, recusal, { action: "submit" });
    const today = new Date(app.clock.now().getTime() + 8 * 3_600_000);
    const dueOn = new Date(today.getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect(given.json).toMatchObject({ dueOn, title: "回避申请" });
    const tried = await move(judge, recusal, { action: "refuse", note: "不属于法定回避情形" });
    expect([tried.status, tried.json.code]).toEqual([403, "submission.other_queue"]);
    const answers = await Promise.all([
      move(supervisor, recusal, { action: "grant" }),
      move(supervisor, recusal, { action: "refuse", note: "不属于法定回避情形" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const back = await asked(one.plaintiff, one, "appraisal");
    await move(one.plaintiff, back, { action: "submit" });
    expect((await move(judge, back, { action: "return" })).status).toBe(422);
    expect((await move(judge, back, { action: "return", note: "请写明鉴定事项" })).status).toBe(200);
    expect((await one.defendant.ask("GET", `/submissions/${back}`)).status).toBe(404);
    expect((await one.plaintiff.ask("GET", `/submissions/${back}`)).json).toMatchObject({
      note: "请写明鉴定事项",
      moves: [{ action: "submit" }, { action: "withdraw" }],
    });
    expect((await move(one.plaintiff, back, { action: "submit" })).status).toBe(200);
    expect((await move(judge, back, { action: "refuse", note: "与待证事实无关" })).json.state.code).toBe("refused");
  });

  it("proposes closing the case where a withdrawal was granted; the judge closes it in one step", async () => {
    const one = await running("褚青", "卫蓝");
    const id = await asked(one.plaintiff, one, "withdrawal");
    expect((await move(one.plaintiff, id, { action: "submit" })).json.nextStep).toBeNull();
    expect((await judge.ask("GET", `/submissions/${id}`)).json.nextStep).toBeNull();
    const granted = await move(judge, id, { action: "grant" });
    expect(granted.status, granted.text).toBe(200);
    const { close, text } = granted.json.nextStep;
    expect(text).toContain("事由选“撤诉”");
    // The parties are told what becomes of the fee; who may not close the case is offered nothing to send.
    for (const who of [one.plaintiff, one.defendant])
      expect((await who.ask("GET", `/submissions/${id}`)).json.nextStep).toMatchObject({
        text: expect.stringContaining("减半收取"),
        close: null,
      });
    expect((await staff.ask("GET", `/submissions/${id}`)).json.nextStep.close).toBeNull();
    const closed = await judge.ask("POST", close.path, close.body, key());
    expect(closed.status, closed.text).toBe(200);
    expect(closed.json).toMatchObject({ state: { code: "closed" }, outcome: { code: "withdrawal" } });
    expect((await judge.ask("GET", `/submissions/${id}`)).json.nextStep.close).toBeNull();
  });

  it("shows evidence to the other side when the court lays it open; at once where the exchange is asynchronous", async () => {
    const one = await running("朱秋", "秦冬");
    const evidence = async () => {
      const id = await open(one.defendant, one, { kind: "evidence", content: { note: "还款" } });
      expect((await move(one.defendant, id, { action: "submit" })).json.errors[0].code).toBe("evidence.none");
      await attach(one.defendant, id, "evidence");
      expect((await move(one.defendant, id, { action: "submit" })).status).toBe(200);
      return id;
    };
    const first = await evidence();
    expect(await listed(one.plaintiff, one)).toEqual([]);
    expect((await move(judge, first, { action: "receive" })).status).toBe(200);
    expect(await listed(one.plaintiff, one)).toEqual([first]);
    const assigned = { action: "assign", exchange: "asynchronous" };
    expect((await judge.ask("POST", `/cases/${one.caseId}/moves`, assigned, key())).status).toBe(200);
    const second = await evidence();
    expect(await listed(one.plaintiff, one)).toEqual([second, first]);
    const [material] = (await one.plaintiff.ask("GET", `/submissions/${second}`)).json.materials;
    const opinion = await open(one.plaintiff, one, { kind: "opinion" });
    const said = { materialId: material.id, authenticity: "yes", legality: "yes", relevance: "no", note: "" };
    await save(one.plaintiff, opinion, "opinion", { items: [said] });
    expect((await move(one.plaintiff, opinion, { action: "submit" })).json.errors[0].code).toBe("opinion.reason");
    await save(one.plaintiff, opinion, "opinion", { items: [{ ...said, note: "与本案借款无关" }] });
    expect((await move(one.plaintiff, opinion, { action: "submit" })).status).toBe(200);
    expect(await listed(one.defendant, one)).toContain(opinion);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
