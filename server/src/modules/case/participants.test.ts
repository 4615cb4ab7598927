import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  COURT,
  claimed,
  clerk,
  type Filed,
  key,
  picture,
  privateLoan,
  readyDraft,
  seedCourtsAndRules,
  submitted,
  upload,
} from "#test/filings.ts";
import { idNumberOf, type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

describe("who takes part in a case", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  beforeAll(async () => {
    app = await startApp("participants");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
  });
  afterAll(() => app.stop());

  type Opened = Filed & { caseId: string; number: string };
  async function opened(name: string, options: Parameters<typeof submitted>[2] = {}): Promise<Opened> {
    return open(await submitted(app, name, options));
  }
  async function open(filing: Filed): Promise<Opened> {
    const { item, fence } = await claimed(staff, filing);
    const answer = await staff.ask("POST", `${item}/moves`, accepting(fence), key());
    expect(answer.status, answer.text).toBe(200);
    await app.settle();
    const { caseId, caseNumber } = (await filing.owner.ask("GET", filing.path)).json;
    return { ...filing, caseId, number: caseNumber };
  }
  const codeOf = async ({ caseId }: Opened, partyKey = "d1", renew = false): Promise<string> => {
    const shown = await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey, renew });
    expect(shown.status, shown.text).toBe(200);
    return shown.json.code;
  };
  const join = (who: Person, number: string, accessCode?: string) =>
    who.ask("POST", "/cases/join", { number, ...(accessCode ? { accessCode } : {}) });
  const sees = async (who: Person, { caseId, number }: Opened): Promise<boolean> => {
    const one = (await who.ask("GET", `/cases/${caseId}`)).status;
    const { items } = (await who.ask("GET", `/cases?${new URLSearchParams({ number })}`)).json;
    expect([one, items.length]).toEqual(one === 200 ? [200, 1] : [404, 0]);
    return one === 200;
  };
  const lawyer = async (name: string): Promise<Person> => {
    const one = await person(app, name, { verified: true });
    const serial = String(10_000 + ([...name].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 90_000));
    const practising = { licenseNumber: `137012020101${serial}`, firm: "山东明德律师事务所" };
    expect((await one.ask("PUT", "/me/practice", practising)).json.role).toBe("lawyer");
    return one;
  };
  const agency = (number: string, partyName: string, change: object = {}) => ({
    number,
    partyName,
    agent: { kind: "lawyer", powers: "special", specialPowers: ["settle"], ...change },
  });
  const participants = async (who: Person, { caseId }: Opened) =>
    (await who.ask("GET", `/cases/${caseId}/participants`)).json.items as {
      id: string;
      name: string;
      state: { code: string };
      moves: { action: string }[];
      mine: boolean;
      capacity: { code: string };
    }[];
  const move = (who: Person, { caseId }: Opened, id: string, body: object) =>
    who.ask("POST", `/cases/${caseId}/participants/${id}/moves`, body, key());

  it("begins with whoever filed; the defendant comes in by the code on the notice, however it is typed", async () => {
    const one = await opened("王芳", { defendant: "李强" });
    expect(await participants(one.owner, one)).toMatchObject([
      { name: "王芳", capacity: { code: "party" }, state: { code: "active" }, mine: true, moves: [] },
    ]);
    const li = await person(app, "李强", { verified: true });
    expect(await sees(li, one)).toBe(false);
    const code = await codeOf(one);
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    const typed = ` ${code.toLowerCase().replace("-", " ")} `;
    const joined = await join(li, one.number.replace("（", "(").replace("）", ") "), typed);
    expect(joined.status, joined.text).toBe(200);
    expect(joined.json).toMatchObject({ id: one.caseId, filingId: null });
    expect(joined.json.parties).toMatchObject([
      { name: "王芳", mine: false, joined: true },
      { name: "李强", mine: true, joined: true },
    ]);
    expect(await sees(li, one)).toBe(true);
    // Again is the same.
    expect((await join(li, one.number, code)).status).toBe(200);
    expect((await participants(li, one)).length).toBe(2);
    const { items } = (await one.owner.ask("GET", `/cases/${one.caseId}/timeline`)).json;
    expect(items.at(-1)).toMatchObject({ kind: "joined", detail: "被告李强" });
    await app.settle();
    const told = await app.database.read("SELECT about FROM outbox WHERE name = 'case.code_shown' AND about = ?", [
      `case:${one.caseId}`,
    ]);
    expect(told).toHaveLength(1);
  });

  it("refuses wrong code, wrong person and no such case in the same words", async () => {
    const one = await opened("钱多", { defendant: "孙立" });
    const code = await codeOf(one);
    const sun = await person(app, "孙立", { verified: true });
    const other = await person(app, "周游", { verified: true });
    const answers = [
      await join(other, one.number, code),
      await join(sun, one.number, "ZZZZ-ZZZZ"),
      await join(sun, "（2026）鲁0102民初99998号", code),
      await join(sun, "不是案号", code),
      await join(sun, one.number),
      await join(other, one.number),
    ];
    const told = answers.map(({ status, json: { requestId: _, ...rest } }) => JSON.stringify({ status, ...rest }));
    expect(new Set(told).size).toBe(1);
    expect(answers[0]?.json.code).toBe("case.join_refused");
    // Whoever tried with the right code did not use it up.
    expect((await join(sun, one.number, code)).status).toBe(200);
    const unverified = await person(app, "匿名来客");
    expect((await join(unverified, one.number, code)).json.code).toBe("account.unverified");
  });

  it("lets nobody guess: five tries an hour at one case, by one account, counted for all nodes", async () => {
    const one = await opened("赵一", { defendant: "冯二" });
    const code = await codeOf(one);
    const feng = await person(app, "冯二", { verified: true });
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, at) => join(feng, one.number, `AAAA-AAA${"BCDEFGHJKMNP"[at]}`)),
    );
    const counted = tries.map(({ status }) => status).sort();
    expect(counted).toEqual([...Array(5).fill(422), ...Array(7).fill(429)]);
    const locked = await join(feng, one.number, code);
    expect([locked.status, locked.json.code]).toEqual([429, "case.join_too_many"]);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(3000);
    expect(await sees(feng, one)).toBe(false);
    await app.database.read("UPDATE case_join_try SET since = since - INTERVAL 61 MINUTE WHERE account_id = ?", [
      feng.accountId,
    ]);
    expect((await join(feng, one.number, code)).status).toBe(200);
  });

  it("lets one person in by one code, whoever else comes at the same moment", async () => {
    const one = await opened("郑三", { defendant: "陈甲" });
    const code = await codeOf(one);
    const chen = await person(app, "陈甲", { verified: true });
    const answers = await Promise.all(Array.from({ length: 4 }, () => join(chen, one.number, code)));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
    const rows = await app.database.read("SELECT id FROM case_participant WHERE case_id = ? AND party_key = 'd1'", [
      one.caseId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it("lets a person whose document number the case knows in without a code; out by the court, not back by themselves", async () => {
    const filing = await opened("吴七", {
      change: {
        parties: [
          ...partiesOf("吴七"),
          {
            key: "d1",
            side: "defendant",
            kind: "natural",
            name: "卫八",
            idType: "resident_id",
            idNumber: idNumberOf("卫八"),
            address: "山东省济南市历下区解放路2号",
            phone: "13900139000",
          },
        ],
      },
    });
    const wei = await person(app, "卫八", { verified: true });
    expect((await join(wei, filing.number)).status).toBe(200);
    const own = (await participants(wei, filing)).find(({ mine }) => mine);
    expect(own?.moves).toEqual([]);
    expect((await move(wei, filing, own?.id as string, { action: "end", reason: "退出" })).status).toBe(403);
    expect((await move(judge, filing, own?.id as string, { action: "end", reason: "裁定准许撤诉" })).status).toBe(200);
    expect(await sees(wei, filing)).toBe(false);
    expect((await wei.ask("GET", `/cases/${filing.caseId}/participants`)).status).toBe(404);
    expect((await join(wei, filing.number)).json.code).toBe("case.join_refused");
    expect((await join(wei, filing.number, await codeOf(filing, "d1", true))).status).toBe(200);
  });

  const partiesOf = (name: string) => privateLoan(name).parties.slice(0, 1);

  it("makes a code anew: the one before opens nothing", async () => {
    const one = await opened("蒋九", { defendant: "沈十" });
    const old = await codeOf(one);
    const fresh = await codeOf(one, "d1", true);
    expect(fresh).not.toBe(old);
    expect(await codeOf(one)).toBe(fresh);
    const shen = await person(app, "沈十", { verified: true });
    expect((await join(shen, one.number, old)).status).toBe(422);
    expect((await join(shen, one.number, fresh)).status).toBe(200);
    const { items } = (await staff.ask("GET", `/cases/${one.caseId}/access-codes`)).json;
    expect(items).toMatchObject([
      { partyKey: "p1", state: { code: "none" } },
      { partyKey: "d1", state: { code: "used" } },
    ]);
    expect(JSON.stringify(items)).not.toContain(fresh);
    expect((await shen.ask("GET", `/cases/${one.caseId}/access-codes`)).status).toBe(403);
    const far = await clerk(app, "clerk9", "鲁0103");
    expect((await far.ask("POST", `/cases/${one.caseId}/access-codes`, { partyKey: "d1" })).status).toBe(404);
  });

  it("shows an agent nothing until the client has confirmed, and nothing once the agency has ended", async () => {
    const one = await opened("韩冬", { defendant: "杨梅" });
    const yang = await person(app, "杨梅", { verified: true });
    await join(yang, one.number, await codeOf(one));
    const lu = await lawyer("陆代理");
    const asked = await lu.ask("POST", "/cases/agents", agency(one.number, "杨梅"));
    expect(asked.status, asked.text).toBe(201);
    expect(await sees(lu, one)).toBe(false);
    expect((await lu.ask("POST", "/cases/agents", agency(one.number, "杨梅"))).json.code).toBe("case.agency_known");
    for (const body of [agency(one.number, "杨桃"), agency("（2026）鲁0102民初99997号", "杨梅")])
      expect((await lu.ask("POST", "/cases/agents", body)).json.code).toBe("case.agency_refused");
    // The other side neither sees the request nor decides it; nor does the agent themself.
    expect((await participants(one.owner, one)).map(({ name }) => name)).toEqual(["韩冬", "杨梅"]);
    const { id } = asked.json;
    expect((await move(one.owner, one, id, { action: "confirm" })).json.code).toBe("case.not_yours_to_decide");
    expect((await move(lu, one, id, { action: "confirm" })).json.code).toBe("case.not_yours_to_decide");
    const waiting = (await participants(yang, one)).find((row) => row.id === id);
    expect(waiting?.moves.map(({ action }) => action)).toEqual(["confirm", "refuse", "end"]);
    expect((await move(yang, one, id, { action: "confirm" })).status).toBe(200);
    expect(await sees(lu, one)).toBe(true);
    const { parties } = (await one.owner.ask("GET", `/cases/${one.caseId}`)).json;
    expect(parties[1].agents).toMatchObject([
      { name: "陆代理", kind: { label: "律师" }, firm: "山东明德律师事务所", powers: { label: "特别授权" } },
    ]);
    expect((await move(yang, one, id, { action: "end", reason: "解除委托" })).status).toBe(200);
    expect(await sees(lu, one)).toBe(false);
    const { items } = (await lu.ask("GET", "/case-agencies")).json;
    expect(items[0]).toMatchObject({
      caseId: null,
      caseNumber: one.number,
      state: { code: "ended" },
      endedReason: "解除委托",
    });
  });

  it("ends an agency with its last day, by the database's clock, and its place is free", async () => {
    const one = await opened("严寒", { defendant: "华夏" });
    const lu = await lawyer("陆期限");
    const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const { id } = (await lu.ask("POST", "/cases/agents", agency(one.number, "严寒", { until }))).json;
    expect((await move(one.owner, one, id, { action: "confirm" })).status).toBe(200);
    expect(await sees(lu, one)).toBe(true);
    await app.database.read(
      "UPDATE case_participant SET until_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE id = ?",
      [id],
    );
    expect(await sees(lu, one)).toBe(false);
    const shown = (await participants(one.owner, one)).find((row) => row.id === id);
    expect(shown).toMatchObject({ state: { code: "ended" }, moves: [] });
    app.pass(5);
    await app.settle();
    const [row] = await app.database.read("SELECT state, slot, live FROM case_participant WHERE id = ?", [id]);
    expect(row).toEqual({ state: "ended", slot: null, live: null });
    app.pass(-5);
  });

  it("gives a party two agents, however many are confirmed at the same moment; the court may confirm too", async () => {
    const one = await opened("金风", { defendant: "魏河" });
    const asked: string[] = [];
    for (const name of ["陆甲", "陆乙", "陆丙", "陆丁"]) {
      const answer = await (await lawyer(name)).ask("POST", "/cases/agents", agency(one.number, "魏河"));
      expect(answer.status, answer.text).toBe(201);
      asked.push(answer.json.id);
    }
    const answers = await Promise.all(asked.map((id) => move(judge, one, id, { action: "confirm" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe("case.two_agents");
    await expect(
      app.database.read("UPDATE case_participant SET slot = 1 WHERE case_id = ? AND slot = 2", [one.caseId]),
    ).rejects.toThrow(/case_participant_slot/);
    await expect(
      app.database.read("UPDATE case_participant SET slot = 3 WHERE case_id = ? AND slot = 2", [one.caseId]),
    ).rejects.toThrow(/case_participant_two_agents/);
    const free = asked[answers.findIndex(({ status }) => status === 200)] as string;
    const next = asked[answers.findIndex(({ status }) => status === 409)] as string;
    expect((await move(judge, one, free, { action: "end", reason: "变更代理人" })).status).toBe(200);
    expect((await move(judge, one, next, { action: "confirm" })).status).toBe(200);
  });

  it("knows who filed as the agent they are, with the powers of the filing and no more", async () => {
    const parties = partiesOf("陶源");
    const agent = {
      key: "a1",
      kind: "employee",
      name: "陆立案",
      idType: "resident_id",
      idNumber: idNumberOf("陆立案"),
      powers: "special",
      specialPowers: ["settle"],
      phone: "13800138000",
    };
    const defendant = {
      key: "d1",
      side: "defendant",
      kind: "natural",
      name: "姜汤",
      address: "山东省济南市历下区解放路2号",
      phone: "13900139000",
    };
    const draft = await readyDraft(app, "陆立案", {
      change: { parties: [{ ...parties[0], agents: [agent] }, defendant] },
    });
    await upload(app, draft.owner, draft.id, "employment", await picture("employment"));
    const paper = await upload(app, draft.owner, draft.id, "power_of_attorney", await picture("power_of_attorney"));
    await app.settle();
    const handed = await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key());
    expect(handed.status, handed.text).toBe(200);
    await app.settle();
    const one = await open(draft);
    const [first] = await participants(one.owner, one);
    expect(first).toMatchObject({ name: "陆立案", capacity: { code: "agent" }, mine: true });
    // Their client was given a code of their own.
    const { items } = (await staff.ask("GET", `/cases/${one.caseId}/access-codes`)).json;
    expect(items.map(({ state }: { state: { code: string } }) => state.code)).toEqual(["unused", "unused"]);
    const client = await person(app, "陶源", { verified: true });
    expect((await join(client, one.number)).status).toBe(200);
    const reads = [
      one.path,
      ...["steps", "clock", "sources", "documents", "corrections", "complaint.pdf", "receipt.pdf", "confirmations"].map(
        (what) => `${one.path}/${what}`,
      ),
    ];
    const readable = async () => {
      const statuses = await Promise.all(reads.map(async (path) => (await one.owner.ask("GET", path)).status));
      // The photograph itself goes by the same rule.
      statuses.push((await one.owner.ask("GET", `/materials/${paper}`)).status);
      const { items } = (await one.owner.ask("GET", "/filings")).json;
      return { statuses: [...new Set(statuses)], listed: items.some(({ id }: { id: string }) => id === one.id) };
    };
    expect(await readable()).toEqual({ statuses: [200], listed: true });
    expect((await move(client, one, first?.id as string, { action: "end", reason: "解除委托" })).status).toBe(200);
    expect(await sees(one.owner, one)).toBe(false);
    // What they filed for their client is read no more either, in the same commit.
    expect(await readable()).toEqual({ statuses: [404], listed: false });
    const again = { ...agency(one.number, "陶源"), agent: { kind: "employee", powers: "general", specialPowers: [] } };
    const asked = await one.owner.ask("POST", "/cases/agents", again);
    expect(asked.status, asked.text).toBe(201);
    expect(await readable()).toEqual({ statuses: [404], listed: false });
    expect((await move(client, one, asked.json.id, { action: "confirm" })).status).toBe(200);
    expect(await readable()).toEqual({ statuses: [200], listed: true });
  });

  it("leaves a party what they filed themselves, even where the court takes them out of the case", async () => {
    const one = await opened("白露", { defendant: "霍霜" });
    const [first] = await participants(one.owner, one);
    expect((await move(judge, one, first?.id as string, { action: "end", reason: "退出诉讼" })).status).toBe(200);
    expect(await sees(one.owner, one)).toBe(false);
    expect((await one.owner.ask("GET", one.path)).status).toBe(200);
  });

  it("is told who tries the case, by which procedure", async () => {
    const one = await opened("戚风", { defendant: "谢雨" });
    const courtClerk = await staffMember(app, { username: "cc1", role: "court_clerk", courtCode: COURT });
    const far = await staffMember(app, { username: "farjudge", role: "judge", courtCode: "鲁0103" });
    const assign = (body: object, who: Person = judge) =>
      who.ask("POST", `/cases/${one.caseId}/moves`, { action: "assign", ...body }, key());
    expect((await assign({ judgeId: far.accountId })).json.code).toBe("case.no_staff");
    expect((await assign({ judgeId: courtClerk.accountId })).json.code).toBe("case.no_staff");
    expect((await assign({})).status).toBe(422);
    expect((await assign({ procedure: "small" }, far)).status).toBe(404);
    const done = await assign({ judgeId: judge.accountId, clerkId: courtClerk.accountId, procedure: "summary" });
    expect(done.status, done.text).toBe(200);
    const { json } = await one.owner.ask("GET", `/cases/${one.caseId}`);
    expect(json).toMatchObject({
      judge: { name: "judge1" },
      courtClerk: { name: "cc1" },
      procedure: { code: "summary", label: "简易程序" },
      exchange: { code: "synchronous" },
      moves: [],
    });
    const { items } = (await one.owner.ask("GET", `/cases/${one.caseId}/timeline`)).json;
    expect(items.at(-1).detail).toBe("承办法官 judge1，书记员 cc1，适用简易程序");
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
