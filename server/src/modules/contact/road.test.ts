import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, picture, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

interface Case {
  readonly caseId: string;
  readonly number: string;
  readonly plaintiff: Person;
  readonly defendant: Person;
}

const QUESTION = { subject: "能否延期举证", body: "银行流水要下周才能调取，能否延期举证？" };
const NOTE = "内部备注-先问合议庭意见-不要外传";

describe("contact the judge", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let scribe: StaffPerson;
  let supervisor: StaffPerson;
  let farClerk: StaffPerson;
  beforeAll(async () => {
    app = await startApp("contact");
    await seedCourtsAndRules(app);
    await signIn();
  });
  afterAll(() => app.stop());

  /** The court's people; again after the clock was moved, for nobody stays signed in overnight. */
  async function signIn(): Promise<void> {
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT, displayName: "周法官" });
    scribe = await staffMember(app, {
      username: "scribe1",
      role: "court_clerk",
      courtCode: COURT,
      displayName: "孙书记员",
    });
    supervisor = await staffMember(app, { username: "supervisor1", role: "supervisor", courtCode: COURT });
    farClerk = await clerk(app, "clerk9", "鲁0103");
  }
  async function travel(days: number): Promise<void> {
    app.pass(days);
    await signIn();
    await app.settle();
  }

  async function running(name: string, other: string): Promise<Case> {
    const filing = await submitted(app, name, { defendant: other });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    const defendant = await person(app, other, { verified: true });
    expect((await defendant.ask("POST", "/cases/join", { number, accessCode: code })).status).toBe(200);
    const assigned = { action: "assign", judgeId: judge.accountId, clerkId: scribe.accountId };
    expect((await staff.ask("POST", `/cases/${caseId}/moves`, assigned, key())).status).toBe(200);
    await app.settle();
    return { caseId, number, plaintiff: filing.owner, defendant };
  }
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  const opened = async (who: Person, { caseId }: Case, body: object = QUESTION): Promise<any> => {
    const made = await who.ask("POST", `/cases/${caseId}/threads`, body);
    expect(made.status, made.text).toBe(201);
    await app.settle();
    return made.json;
  };
  const write = async (who: Person, id: string, body: string, more: object = {}) => {
    const answer = await who.ask("POST", `/threads/${id}/messages`, { body, ...more });
    await app.settle();
    return answer;
  };
  const move = async (who: Person, id: string, body: object) => {
    const answer = await who.ask("POST", `/threads/${id}/moves`, body, key());
    await app.settle();
    return answer;
  };
  const seen = async (who: Person, id: string) => (await who.ask("GET", `/threads/${id}`)).json;

  it("is asked in a case, answered by the court clerk, closed and rated; each step says who is awaited and by when", async () => {
    const one = await running("王芳", "李强");
    const asked = await opened(one.plaintiff, one);
    expect(asked).toMatchObject({
      subject: QUESTION.subject,
      owner: { name: "孙书记员", roleLabel: "书记员" },
      awaiting: "court",
      overdue: false,
      canWrite: true,
      asker: { name: "王芳", sideLabel: "原告" },
      moves: [{ action: "close" }],
      messages: [{ n: 1, side: "party", author: "王芳", body: QUESTION.body }],
    });
    expect(asked.awaitedText).toMatch(/^法院应在 (\d{4}年)?\d+月\d+日（周[一二三四五六日]）下班前答复$/);
    expect(asked.dueAt).toMatch(/T10:00:00\.000Z$/);
    // A second message in a row leaves what is due as it is, also on a later day.
    await travel(1);
    const plaintiff = await person(app, "王芳");
    const defendant = await person(app, "李强");
    const more = await write(plaintiff, asked.id, "补充：流水共 12 页。");
    expect([more.status, more.json.dueAt, more.json.messages.length]).toEqual([201, asked.dueAt, 2]);

    expect((await defendant.ask("GET", `/threads/${asked.id}`)).status).toBe(404);
    expect((await defendant.ask("GET", "/threads")).json.items).toEqual([]);
    expect((await farClerk.ask("GET", `/threads/${asked.id}`)).status).toBe(404);
    expect((await write(farClerk, asked.id, "您好")).status).toBe(404);
    expect((await write(staff, asked.id, "您好")).json.code).toBe("thread.not_owner");
    expect((await move(scribe, asked.id, { action: "close" })).json.code).toBe("thread.unanswered");

    const answered = await write(scribe, asked.id, "可以延期七日，请于下周五前提交。");
    expect(answered.json).toMatchObject({ awaiting: "party", overdue: false });
    const read = await seen(plaintiff, asked.id);
    expect(read.messages[2]).toMatchObject({ side: "court", author: "孙书记员", roleLabel: "书记员" });
    expect(read.awaitedText).toContain("法院已答复");
    const told = (await plaintiff.ask("GET", "/messages")).json.items;
    expect(told[0]).toMatchObject({ title: "法院已答复您的留言", link: { kind: "thread", id: asked.id } });

    expect((await move(plaintiff, asked.id, { action: "rate", rating: 5 })).status).toBe(409);
    expect((await move(plaintiff, asked.id, { action: "close" })).json).toMatchObject({
      state: { code: "closed" },
      awaiting: "nobody",
      moves: [{ action: "rate" }],
    });
    expect((await move(scribe, asked.id, { action: "rate", rating: 1 })).status).toBe(403);
    const rated = await move(plaintiff, asked.id, { action: "rate", rating: 5, words: "答复很快" });
    expect(rated.json.rating).toEqual({ score: 5, words: "答复很快" });
    expect((await move(plaintiff, asked.id, { action: "rate", rating: 1 })).json.code).toBe("thread.rated_already");
    // Taken up again by a new message, as long as it may be.
    expect((await write(plaintiff, asked.id, "还有一个问题")).json).toMatchObject({
      awaiting: "court",
      state: { code: "open" },
    });
    expect((await move(plaintiff, asked.id, { action: "close" })).status).toBe(200);
    await travel(60);
    const late = await write(await person(app, "王芳"), asked.id, "很久以后");
    expect(late.json.code).toBe("thread.over");
  });

  it("tells all parties what touches the case, and nobody else's question", async () => {
    const one = await running("吴琼", "郑凯");
    const { id } = await opened(one.plaintiff, one);
    const said = await write(judge, id, "举证期限对双方均延长至下月五日。", { toAll: true });
    expect(said.json.messages[1]).toMatchObject({ toAll: true });
    const line = (await one.defendant.ask("GET", `/cases/${one.caseId}/timeline`)).text;
    expect(line).toContain("举证期限对双方均延长至下月五日。");
    expect(line).not.toContain(QUESTION.subject);
    expect((await one.defendant.ask("GET", "/messages")).json.items[0]).toMatchObject({
      title: "法院告知本案各方",
      link: { kind: "case" },
    });
    // Only the court's word is told to all.
    const own = await write(one.plaintiff, id, "谢谢", { toAll: true });
    expect(own.json.messages[2]).toMatchObject({ toAll: false });
    const question = (await one.plaintiff.ask("POST", "/threads", { courtCode: COURT, ...QUESTION })).json;
    expect((await write(supervisor, question.id, "您好", { toAll: true })).json.code).toBe("thread.no_case");
  });

  it("keeps internal notes inside: no route of the public gives them, in no form", async () => {
    const one = await running("孔明明", "司马义");
    const { plaintiff, defendant } = one;
    const { id } = await opened(plaintiff, one);
    expect((await scribe.ask("POST", `/threads/${id}/notes`, { body: NOTE })).status).toBe(201);
    expect((await move(scribe, id, { action: "reassign", staffId: judge.accountId, note: `${NOTE}转` })).status).toBe(
      200,
    );
    expect((await move(judge, id, { action: "escalate", note: `${NOTE}报` })).status).toBe(200);
    const inside = (await judge.ask("GET", `/threads/${id}/notes`)).json.items;
    expect(inside.map(({ body }: { body: string }) => body)).toEqual([NOTE, `${NOTE}转`, `${NOTE}报`]);
    expect((await farClerk.ask("GET", `/threads/${id}/notes`)).status).toBe(404);
    expect((await farClerk.ask("POST", `/threads/${id}/notes`, { body: "x" })).status).toBe(404);
    await write(judge, id, "收到");
    // Every way that is open to the public, with everything it answers, headers too.
    const gets = app.routes.filter(({ method, path }) => method === "GET" && path !== "/openapi.json");
    let tried = 0;
    for (const who of [plaintiff, defendant]) {
      for (const { path } of gets) {
        const filled = path.replace(/:\w+/g, path.startsWith("/cases/") ? one.caseId : id);
        const answer = await who.ask("GET", filled);
        expect(answer.text, filled).not.toContain("内部备注-");
        expect([...answer.headers].join(), filled).not.toContain("内部备注-");
        tried += 1;
      }
      for (const body of [{ action: "close" }, { action: "rate", rating: 4 }])
        expect((await move(who, id, body)).text).not.toContain("内部备注-");
      expect((await who.ask("GET", `/threads/${id}/notes`)).status).toBe(403);
      expect((await who.ask("POST", `/threads/${id}/notes`, { body: "x" })).status).toBe(403);
    }
    expect(tried).toBeGreaterThan(60);
    expect((await seen(plaintiff, id)).messages.length).toBe(2);
    // Nor does what is stored, told or audited hold it in the clear.
    for (const table of ["outbox", "audit_entry", "message", "thread_note", "thread_message", "case_event"]) {
      const rows = await app.database.read(`SELECT * FROM ${table}`);
      expect(JSON.stringify(rows), table).not.toContain("内部备注-");
      for (const row of rows)
        for (const value of Object.values(row))
          if (Buffer.isBuffer(value)) expect(value.includes(Buffer.from("内部备注-")), table).toBe(false);
    }
  });

  it("is closed to former agents, strangers and co-parties", async () => {
    const one = await running("钱多多", "孙少少");
    const agent = await person(app, "金代理", { verified: true });
    const asking = { number: one.number, partyName: "钱多多", agent: { kind: "relative", powers: "general" } };
    const { id: agency } = (await agent.ask("POST", "/cases/agents", asking)).json;
    const to = `/cases/${one.caseId}/participants/${agency}/moves`;
    const { id } = await opened(one.plaintiff, one);
    expect((await agent.ask("GET", `/threads/${id}`)).status).toBe(404);
    expect((await one.plaintiff.ask("POST", to, { action: "confirm" }, key())).status).toBe(200);
    expect((await write(agent, id, "我是代理人，请告知开庭时间")).status).toBe(201);
    expect((await agent.ask("GET", "/threads")).json.items).toHaveLength(1);
    expect((await one.plaintiff.ask("POST", to, { action: "end", reason: "解除委托" }, key())).status).toBe(200);
    for (const answer of [
      await agent.ask("GET", `/threads/${id}`),
      await write(agent, id, "还能留言吗"),
      await move(agent, id, { action: "close" }),
      await agent.ask("POST", `/cases/${one.caseId}/threads`, QUESTION),
      await one.defendant.ask("GET", `/threads/${id}`),
      await write(one.defendant, id, "对方说什么"),
      await move(one.defendant, id, { action: "close" }),
    ])
      expect(answer.status).toBe(404);
    for (const who of [agent, one.defendant])
      expect((await who.ask("GET", `/threads?caseId=${one.caseId}`)).json.items).toEqual([]);
    const own = (await agent.ask("POST", "/threads", { courtCode: COURT, ...QUESTION })).json;
    expect((await one.plaintiff.ask("GET", `/threads/${own.id}`)).status).toBe(404);
  });

  it("takes photographs and voice notes with a message, and keeps them as they were sent", async () => {
    const one = await running("施工", "包工头");
    const { id } = await opened(one.plaintiff, one);
    const bytes = await picture("a paper");
    const order = { name: "流水.jpg", kind: "other", bytes: bytes.length, contentType: "image/jpeg" };
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const to = `/threads/${id}/materials`;
    const { material, upload } = (await one.plaintiff.ask("POST", to, { ...order, sha256 })).json;
    expect((await write(one.plaintiff, id, "", { materials: [material.id] })).json.code).toBe("thread.material");
    await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    expect((await one.plaintiff.ask("POST", `/materials/${material.id}/complete`)).status).toBe(200);
    await app.settle();
    expect((await write(one.plaintiff, id, "", {})).status).toBe(422);
    // Until it is sent it is its author's alone: not the court's, not a colleague's.
    for (const path of [`/materials/${material.id}`, `/materials/${material.id}/content`])
      expect((await scribe.ask("GET", path)).status, path).toBe(404);
    expect((await one.plaintiff.ask("GET", `/materials/${material.id}`)).status).toBe(200);
    const agent = await person(app, "金同事", { verified: true });
    const asking = { number: one.number, partyName: "施工", agent: { kind: "relative", powers: "general" } };
    const agency = (await agent.ask("POST", "/cases/agents", asking)).json.id;
    const confirmed = await one.plaintiff.ask(
      "POST",
      `/cases/${one.caseId}/participants/${agency}/moves`,
      { action: "confirm" },
      key(),
    );
    expect(confirmed.status).toBe(200);
    expect((await agent.ask("GET", `/threads/${id}`)).status).toBe(200);
    expect((await agent.ask("GET", `/materials/${material.id}`)).status).toBe(404);
    expect((await agent.ask("DELETE", `/materials/${material.id}`)).status).toBe(404);
    expect((await write(agent, id, "看", { materials: [material.id] })).json.code).toBe("thread.material");
    const sent = await write(one.plaintiff, id, "", { materials: [material.id] });
    expect(sent.json.messages[1].materials).toMatchObject([{ id: material.id, name: "流水.jpg" }]);
    expect((await one.plaintiff.ask("DELETE", `/materials/${material.id}`)).status).toBe(409);
    expect((await scribe.ask("GET", `/materials/${material.id}`)).status).toBe(200);
    for (const who of [one.defendant, farClerk])
      expect((await who.ask("GET", `/materials/${material.id}`)).status).toBe(404);
    const voice = { name: "留言.m4a", kind: "other", contentType: "audio/mp4", sha256: "a".repeat(64) };
    expect((await one.plaintiff.ask("POST", to, { ...voice, bytes: 11 * 1024 ** 2 })).status).toBe(413);
    expect((await one.plaintiff.ask("POST", to, { ...voice, bytes: 9 * 1024 ** 2 })).status).toBe(201);
  });

  it("goes to a stand-in while the owner is away, comes back, and follows the case; what is due stays", async () => {
    const one = await running("方圆", "万里");
    const before = await opened(one.plaintiff, one);
    const today = courtDayOf(app.clock.now());
    // Tomorrow and the day after.
    const away = { from: addDays(today, 1), until: addDays(today, 2) };
    expect((await scribe.ask("POST", "/court-staff/absences", away)).status).toBe(201);
    await app.settle();
    expect((await seen(one.plaintiff, before.id)).owner.name).toBe("孙书记员");
    await travel(1);
    const during = await seen(await person(app, "方圆"), before.id);
    expect([during.owner.name, during.dueAt]).toEqual(["周法官", before.dueAt]);
    await travel(2);
    const back = await seen(await person(app, "方圆"), before.id);
    expect([back.owner.name, back.dueAt]).toEqual(["孙书记员", before.dueAt]);
    const stepsOf = () =>
      app.database.read("SELECT why, to_id AS toId FROM thread_step WHERE thread_id = ? AND action = 'reassign'", [
        before.id,
      ]);
    expect((await stepsOf()).map(({ why }) => why)).toEqual(["away", "back"]);
    const given = await move(judge, before.id, { action: "reassign", staffId: staff.accountId });
    expect(given.json.owner.id).toBe(staff.accountId);
    expect((await move(judge, before.id, { action: "reassign", staffId: farClerk.accountId })).json.code).toBe(
      "thread.no_staff",
    );
    // What somebody gave away by hand stays when the case gets another judge.
    const assigned = { action: "assign", judgeId: judge.accountId };
    expect((await staff.ask("POST", `/cases/${one.caseId}/moves`, assigned, key())).status).toBe(200);
    await app.settle();
    expect((await seen(judge, before.id)).owner.id).toBe(staff.accountId);
  });

  it("counts what is new for each reader until they have had it before them", async () => {
    const one = await running("新消息", "旧消息");
    const { id } = await opened(one.plaintiff, one);
    const listed = async (who: Person) => {
      const { items, unread } = (await who.ask("GET", `/threads?caseId=${one.caseId}`)).json;
      return [items.find((each: { id: string }) => each.id === id)?.unread, unread];
    };
    expect(await listed(one.plaintiff)).toEqual([0, 0]);
    expect(await listed(scribe)).toEqual([1, 1]);
    // Whoever does not own it has not read it, and is not called to it.
    expect(await listed(judge)).toEqual([1, 0]);
    expect((await seen(scribe, id)).unread).toBe(1);
    expect(await listed(scribe)).toEqual([0, 0]);
    await write(scribe, id, "可以延期");
    await write(scribe, id, "请在下周五前提交");
    expect(await listed(one.plaintiff)).toEqual([2, 1]);
    expect(await listed(one.defendant)).toEqual([undefined, 0]);
    expect((await seen(one.plaintiff, id)).unread).toBe(2);
    expect((await seen(one.plaintiff, id)).unread).toBe(0);
    expect(await listed(one.plaintiff)).toEqual([0, 0]);
  });

  it("keeps templates and duty per court, and lists the soonest due first", async () => {
    const made = await supervisor.ask("POST", "/contact-templates", { title: "延期举证", body: "可以延期七日。" });
    expect(made.status).toBe(201);
    expect((await supervisor.ask("POST", "/contact-templates", { title: "延期举证", body: "x" })).json.code).toBe(
      "contact.template_taken",
    );
    expect((await scribe.ask("GET", "/contact-templates")).json.items).toMatchObject([{ title: "延期举证" }]);
    expect((await farClerk.ask("GET", "/contact-templates")).json.items).toEqual([]);
    const far = await supervisor.ask("PUT", "/contact-duty", { staffIds: [farClerk.accountId] });
    expect(far.json.code).toBe("contact.duty_staff");
    const set = await supervisor.ask("PUT", "/contact-duty", { staffIds: [judge.accountId] });
    expect(set.json.items.find(({ duty }: { duty: number | null }) => duty === 1).id).toBe(judge.accountId);
    const asker = await person(app, "郭靖");
    const { owner } = (await asker.ask("POST", "/threads", { courtCode: COURT, ...QUESTION })).json;
    expect(owner.id).toBe(judge.accountId);
    expect((await asker.ask("POST", "/threads", { courtCode: "鲁0104", ...QUESTION })).json.code).toBe(
      "thread.court_away",
    );
    const dues = (await supervisor.ask("GET", "/threads?awaiting=court&limit=100")).json.items;
    const sorted = dues.map(({ dueAt }: { dueAt: string }) => dueAt);
    expect(sorted).toEqual([...sorted].sort());
    const pages: string[] = [];
    for (let cursor = ""; ; ) {
      const { items, nextCursor } = (await supervisor.ask("GET", `/threads?limit=2${cursor && `&cursor=${cursor}`}`))
        .json;
      pages.push(...items.map(({ id }: { id: string }) => id));
      if (!nextCursor) break;
      cursor = nextCursor;
    }
    const [{ n }] = (await app.database.read("SELECT COUNT(*) AS n FROM thread WHERE court_code = ?", [COURT])) as [
      { n: string },
    ];
    expect([pages.length, new Set(pages).size]).toEqual([Number(n), Number(n)]);
    const mine = (await judge.ask("GET", "/threads?mine=true")).json.items;
    expect(mine.length).toBeGreaterThan(0);
    await supervisor.ask("PUT", "/contact-duty", { staffIds: [] });
    await supervisor.ask("DELETE", `/contact-templates/${made.json.id}`);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
