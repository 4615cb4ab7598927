import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  COURT,
  claimed,
  clerk,
  key,
  runningCase,
  seedCourtsAndRules,
  submitted,
  supervisor,
} from "#test/filings.ts";
import { idNumberOf } from "#test/id-number.ts";
import { type TestJanus, testJanus } from "#test/janus.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, speaker, staffMember } from "#test/people.ts";
import { scrawl } from "#test/scrawl.ts";

const UPPER = "鲁01";
const PLACE = "济南市看守所";
const BADGE = "370112";
const devices = { camera: true, microphone: true, speaker: true, rttMs: 20 };
const QUARTER_MS = 900_000;
const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

describe("a remote questioning", () => {
  let app: TestApp;
  let janus: TestJanus;
  let chief: StaffPerson;
  let judge: StaffPerson;
  let keeper: StaffPerson;
  let above: StaffPerson;
  let held: Person;
  let opposite: Person;
  let counsel: Person;
  let caseId: string;
  let placeId: string;
  let id: string;
  let hearingId: string;
  let officer: Person;
  beforeAll(async () => {
    janus = await testJanus();
    app = await startApp("questioning", { environment: janus.settings });
    await seedCourtsAndRules(app);
    const desk = await clerk(app);
    chief = await supervisor(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT, displayName: "陆法官" });
    keeper = await staffMember(app, { username: "keeper1", role: "court_clerk", courtCode: COURT });
    above = await staffMember(app, { username: "above1", role: "judge", courtCode: UPPER, displayName: "高法官" });
    const running = await runningCase(app, desk, "闻在押", "闻对面");
    ({ caseId, plaintiff: held, defendant: opposite } = running);
    const bench = { action: "assign", judgeId: judge.accountId, clerkId: keeper.accountId, procedure: "summary" };
    expect((await chief.ask("POST", `/cases/${caseId}/moves`, bench, key())).status).toBe(200);
    counsel = await engaged(running.number);
  });
  afterAll(async () => {
    await app.stop();
    await janus.stop();
  });

  async function engaged(number: string): Promise<Person> {
    const one = await person(app, "辩律师", { verified: true });
    const practising = { licenseNumber: "13701202010155555", firm: "山东明德律师事务所" };
    expect((await one.ask("PUT", "/me/practice", practising)).json.role).toBe("lawyer");
    const agent = { kind: "lawyer", powers: "special", specialPowers: ["settle"] };
    const asked = await one.ask("POST", "/cases/agents", { number, partyName: "闻在押", agent });
    const path = `/cases/${caseId}/participants/${asked.json.id}/moves`;
    expect((await held.ask("POST", path, { action: "confirm" }, key())).status).toBe(200);
    await app.settle();
    return one;
  }
  /** Soon enough to check in now, and not over midnight. */
  const soonAt = (quarters = 0): string => {
    const at = (Math.ceil(app.clock.now().getTime() / QUARTER_MS) + 2 + quarters) * QUARTER_MS;
    const ofDay = (at + SHANGHAI_MS) % DAY_MS;
    return new Date(ofDay > DAY_MS - 3 * QUARTER_MS ? at - ofDay + DAY_MS : at).toISOString();
  };
  const when = (more: object = {}) => ({ placeId, placeRoom: "第一提讯室", startsAt: soonAt(), minutes: 15, ...more });
  const order = (more: object = {}) => ({ nature: "civil", partyKey: "p1", matter: "核对借款经过", ...when(more) });
  const ask = (who: Person, body: object, of = caseId) => who.ask("POST", `/cases/${of}/questionings`, body, key());
  const move = (who: Person, body: object, one = id) => who.ask("POST", `/questionings/${one}/moves`, body, key());
  const see = (who: Person, one = id) => who.ask("GET", `/questionings/${one}`);
  const room = (who: Person, body: object) => who.ask("POST", `/hearings/${hearingId}/room/moves`, body, key());
  const paper = (who: Person, body: object) => who.ask("POST", `/hearings/${hearingId}/transcript/moves`, body, key());
  const place = (more: object = {}) => ({
    kind: "detention",
    name: PLACE,
    phone: "0531-85080110",
    hours: "00:00-23:45",
    rooms: ["第一提讯室", "第二提讯室"],
    ...more,
  });
  async function linkTo(name: string, badge = BADGE, one = id): Promise<string> {
    const made = await judge.ask("POST", `/questionings/${one}/links`, { name, badge });
    expect(made.status, made.text).toBe(201);
    return made.json.path.split("word=")[1];
  }
  const open = (word: string, badge = BADGE) => app.ask("POST", "/questioning-links/open", { body: { word, badge } });
  const entering = async (word: string): Promise<Person> => {
    const opened = await open(word);
    expect(opened.status, opened.text).toBe(200);
    return speaker(app, { ...opened, json: opened.json.session });
  };

  it("has places that the court itself lists, with rooms and hours", async () => {
    const added = await chief.ask("POST", "/custody-places", place());
    expect(added.status, added.text).toBe(201);
    placeId = added.json.id;
    expect((await chief.ask("POST", "/custody-places", place())).json.code).toBe("custody.taken");
    expect(
      (await chief.ask("POST", "/custody-places", place({ name: "别处", hours: "上午九点至下午五点的时间" }))).json
        .code,
    ).toBe("custody.hours");
    expect((await judge.ask("POST", "/custody-places", place({ name: "别处" }))).status).toBe(403);
    const { json } = await judge.ask("GET", `/cases/${caseId}/questioning-choices`);
    expect(json).toMatchObject({
      parties: [{ key: "p1", name: "闻在押" }, { key: "d1" }],
      counsel: [{ id: counsel.accountId, partyKey: "p1" }],
      places: [{ name: PLACE, rooms: ["第一提讯室", "第二提讯室"] }],
      judgeId: judge.accountId,
      clerkId: keeper.accountId,
    });
    expect(json.assisting.map((one: { id: string }) => one.id)).toContain(above.accountId);
  });

  it("is asked for by the bench of the case, in open hours, with people who belong to it", async () => {
    const other = await staffMember(app, { username: "judge2", role: "judge", courtCode: COURT });
    expect((await ask(other, order())).json.code).toBe("hearing.not_bench");
    expect((await ask(judge, order({ placeRoom: "没有的房间" }))).json.code).toBe("questioning.place");
    expect((await ask(judge, order({ counselIds: [opposite.accountId] }))).json.code).toBe("questioning.counsel");
    expect((await ask(judge, order({ clerkId: other.accountId }))).json.code).toBe("questioning.bench");
    expect((await ask(judge, order({ assistId: other.accountId }))).json.code).toBe("questioning.assist");
    expect((await ask(judge, { ...order(), partyKey: undefined, name: "外人" })).json.code).toBe("questioning.party");
    const shut = await chief.ask("POST", "/custody-places", place({ name: "夜间场所", hours: "03:00-03:15" }));
    const late = order({ placeId: shut.json.id, minutes: 30 });
    expect((await ask(judge, late)).json.code).toBe("questioning.hours");
  });

  it("gives a room of the place to one only, however many courts ask at once", async () => {
    const far = await clerk(app, "farclerk", "鲁0103");
    const farChief = await supervisor(app, "farchief", "鲁0103");
    const farJudge = await staffMember(app, { username: "farjudge", role: "judge", courtCode: "鲁0103" });
    const farKeeper = await staffMember(app, { username: "farkeeper", role: "court_clerk", courtCode: "鲁0103" });
    const theirs = (await farChief.ask("POST", "/custody-places", place())).json.id;
    const farCase = await farCaseOf(far);
    const bench = { judgeId: farJudge.accountId, clerkId: farKeeper.accountId };
    const answers = await Promise.all([
      ask(judge, order({ assistId: above.accountId, counselIds: [counsel.accountId] })),
      ask(farChief, order({ placeId: theirs, ...bench }), farCase),
    ]);
    const codes = answers.map(({ status, json }) => (status === 201 ? "booked" : json.code));
    expect(codes.sort()).toEqual(["booked", "hearing.taken"]);
    expect(answers.find(({ status }) => status === 409)?.json.detail).toContain(`提讯室“${PLACE}第一提讯室”`);
    if (answers[1]?.status === 201) {
      expect((await move(farChief, { action: "cancel", reason: "让出时间" }, answers[1].json.id)).status).toBe(200);
      answers[0] = await ask(judge, order({ assistId: above.accountId, counselIds: [counsel.accountId] }));
    }
    expect(answers[0]?.status, answers[0]?.text).toBe(201);
    ({ id, hearingId } = answers[0].json);
    // In the other room of the place, the same judge.
    expect((await ask(judge, order({ placeRoom: "第二提讯室" }))).json.detail).toContain("陆法官");
    expect((await see(farChief)).status).toBe(404);
  });
  async function farCaseOf(far: StaffPerson): Promise<string> {
    const filing = await submitted(app, "闻远方", { defendant: "远对面", courtCode: "鲁0103" });
    const { item, fence } = await claimed(far, filing);
    expect((await far.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    return (await filing.owner.ask("GET", filing.path)).json.caseId;
  }

  it("lets an officer in by a link that is good once, and with their badge", async () => {
    const dead = await linkTo("白民警");
    const word = await linkTo("白民警");
    expect((await open(dead)).json.code).toBe("questioning.link");
    expect((await open(word, "999999")).json.code).toBe("questioning.badge");
    officer = await entering(word);
    expect((await open(word)).json.code).toBe("questioning.link");
    const { json } = await see(officer);
    expect(json).toMatchObject({ name: "闻在押", place: { name: PLACE, room: "第一提讯室" }, keptIn: null, steps: [] });
    expect(json.moves.map((one: { action: string }) => one.action)).toEqual(["confirm", "decline"]);
    // Nothing else of the court opens to them.
    for (const path of [`/cases/${caseId}`, "/questionings", "/hearings", `/cases/${caseId}/dossier`])
      expect((await officer.ask("GET", path)).status, path).toBe(403);
  });

  it("is found by whom it concerns, and by nobody else", async () => {
    for (const who of [judge, keeper, above, chief, counsel]) expect((await see(who)).status).toBe(200);
    const stranger = await person(app, "路过人", { verified: true });
    // The one who is questioned has no phone; whoever holds theirs learns nothing.
    for (const who of [held, opposite, stranger]) {
      expect((await see(who)).status).toBe(404);
      expect((await who.ask("GET", `/hearings/${hearingId}/room`)).status).toBe(404);
      expect((await who.ask("GET", "/questionings")).json.items).toEqual([]);
    }
    expect((await counsel.ask("GET", "/questionings")).json.items).toMatchObject([{ id, moves: [] }]);
    expect((await move(above, { action: "cancel", reason: "不是本院的" })).status).toBe(403);
  });

  it("begins only when everything the law asks for is there", async () => {
    expect((await move(officer, { action: "confirm" })).json.state.code).toBe("confirmed");
    await app.settle();
    const told = (await counsel.ask("GET", "/messages")).json.items;
    expect(told.map((one: { title: string }) => one.title)).toContain("远程提讯时间已确定");
    expect((await room(judge, { action: "check_in", devices })).status).toBe(200);
    const early = await room(judge, { action: "open" });
    expect(early.json.code).toBe("questioning.not_ready");
    for (const said of ["不少于二人", "已核对被提讯人身份", "已告知权利义务"])
      expect(early.json.detail).toContain(said);
    expect((await move(officer, { action: "tell_rights" })).json.code).toBe("questioning.identify_first");
    const wrong = await move(officer, { action: "identify", idNumber: idNumberOf("别的人") });
    expect(wrong.json.code).toBe("questioning.identity");
    const right = await move(officer, { action: "identify", idNumber: idNumberOf("闻在押") });
    expect(right.status, right.text).toBe(200);
    expect((await move(officer, { action: "tell_rights" })).json.rights.toldAt).not.toBeNull();
    for (const who of [keeper, officer]) expect((await room(who, { action: "check_in", devices })).status).toBe(200);
    const asked = await room(counsel, { action: "check_in", devices, idTail: idNumberOf("辩律师").slice(-6) });
    expect(asked.status, asked.text).toBe(200);
    // A minor needs somebody beside them; a person who speaks another language an interpreter.
    await app.database.read("UPDATE questioning SET minor = 1, language = '维吾尔语' WHERE id = ?", [id]);
    const alone = await room(judge, { action: "open" });
    for (const said of ["刑事诉讼法第二百八十一条", "翻译人员到场"]) expect(alone.json.detail).toContain(said);
    const others = [
      { role: "guardian", name: "合适人" },
      { role: "interpreter", name: "翻译员" },
    ];
    expect((await move(officer, { action: "identify", idNumber: idNumberOf("闻在押"), others })).status).toBe(200);
    const opened = await room(judge, { action: "open" });
    expect(opened.status, opened.text).toBe(200);
    expect(opened.json.state.label).toBe("正在提讯");
  });

  it("is held with the one who was brought beside the officer, and signed on the officer's device", async () => {
    const { people } = (await judge.ask("GET", `/hearings/${hearingId}/room`)).json;
    const byRole = (label: string) => people.find((one: { roleLabel: string }) => one.roleLabel === label);
    const beside = byRole("被提讯人");
    expect(beside).toMatchObject({
      name: "闻在押",
      beside: byRole("羁押场所民警").id,
      state: { code: "waiting" },
      moves: [],
    });
    for (const label of ["羁押场所民警", "律师"])
      expect((await room(judge, { action: "admit", personId: byRole(label).id })).status).toBe(200);
    const inside = (await officer.ask("GET", `/hearings/${hearingId}/room`)).json;
    expect(inside.people.filter((one: { state: { code: string } }) => one.state.code === "in")).toHaveLength(7);
    const text = "审判员：请说明借款经过。\n被提讯人：钱是现金交付的。";
    const { sha256 } = (await keeper.ask("PUT", `/hearings/${hearingId}/transcript`, { page: 1, text, version: 0 }))
      .json.pages[0];
    await paper(keeper, { action: "offer" });
    expect((await room(judge, { action: "end" })).status).toBe(200);
    await app.settle();
    expect((await see(judge)).json).toMatchObject({ state: { code: "held" }, record: { code: "offered" } });
    const shown = (await officer.ask("GET", `/hearings/${hearingId}/transcript`)).json;
    expect(shown.here.map((one: { roleLabel: string }) => one.roleLabel)).toHaveLength(4);
    const signature = await scrawl();
    const sign = (who: Person, personId?: string) =>
      paper(who, { action: "sign", page: 1, sha256, signature, ...(personId ? { personId } : {}) });
    // Counsel signs for nobody but themselves.
    expect((await sign(counsel, beside.id)).json.code).toBe("room.not_seated");
    expect((await sign(officer, beside.id)).status).toBe(200);
    expect((await sign(officer, beside.id)).json.code).toBe("transcript.signed");
    for (const label of ["法定代理人、合适成年人", "翻译"])
      expect((await sign(officer, byRole(label).id)).status).toBe(200);
    expect((await sign(officer)).status).toBe(200);
    const lawyerId = byRole("律师").id;
    expect((await paper(keeper, { action: "refuse", personId: lawyerId, reason: "因故离开" })).status).toBe(200);
    for (const who of [judge, keeper]) expect((await paper(who, { action: "sign", page: 1, sha256 })).status).toBe(200);
    // The judge of the court above had a place and did not come: nothing waits for them.
    const closed = await paper(keeper, { action: "close" });
    expect(closed.status, closed.text).toBe(200);
    await app.settle();
    expect((await see(judge)).json.state.code).toBe("filed");
    expect((await see(officer)).status).toBe(401);
    const words = await printed(`/hearings/${hearingId}/transcript.pdf`);
    for (const said of [
      "提讯笔录",
      "白民警按证件号码核对",
      "不通晓当地通用的语言文字",
      "羁押场所民警白民警在场见证",
      "因故离开",
    ])
      expect(words).toContain(said);
  });
  async function printed(path: string): Promise<string> {
    const headers = { authorization: `Bearer ${judge.token}` };
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers });
    return (await pdfText(Buffer.from(await answer.arrayBuffer()))).join("").replace(/\s/g, "");
  }

  it("is called off: its time is free, its link dead, counsel are told once of each time they had been told of", async () => {
    const wanted = order({ startsAt: soonAt(2), placeRoom: "第二提讯室", counselIds: [counsel.accountId] });
    const asked = await ask(judge, wanted);
    expect(asked.status, asked.text).toBe(201);
    const other = asked.json.id;
    const word = await linkTo("黄民警", BADGE, other);
    const guard = await entering(await linkTo("黄民警", BADGE, other));
    expect((await move(guard, { action: "confirm" }, other)).json.state.code).toBe("confirmed");
    await app.settle();
    const moved = await move(
      judge,
      { action: "rebook", ...when({ startsAt: soonAt(3), placeRoom: "第二提讯室" }) },
      other,
    );
    expect(moved.json, moved.text).toMatchObject({ state: { code: "asked" }, officer: null });
    expect((await see(guard, other)).status).toBe(401);
    expect((await move(judge, { action: "cancel", reason: "" }, other)).status).toBe(422);
    const off = await move(judge, { action: "cancel", reason: "当事人已经释放" }, other);
    expect(off.json, off.text).toMatchObject({ state: { code: "cancelled" }, note: "当事人已经释放" });
    expect((await move(judge, { action: "cancel", reason: "再取消一次" }, other)).status).toBe(409);
    expect((await open(word)).json.code).toBe("questioning.link");
    await app.settle();
    const told = ((await counsel.ask("GET", "/messages")).json.items as { title: string; link: { id: string } }[])
      .filter(({ link }) => link.id === other)
      .map(({ title }) => title);
    expect(told.sort()).toEqual(["远程提讯时间已确定", "原定的远程提讯不再进行"].sort());
    const again = await ask(judge, wanted);
    expect(again.status, again.text).toBe(201);
    expect((await move(judge, { action: "cancel", reason: "只是看时间空不空" }, again.json.id)).status).toBe(200);
    // On the page of the case they all stand, for whoever sits in them.
    const listed = async (who: Person) =>
      ((await who.ask("GET", `/questionings?caseId=${caseId}`)).json.items as { state: { code: string } }[]).map(
        ({ state }) => state.code,
      );
    expect((await listed(judge)).sort()).toEqual(["cancelled", "cancelled", "filed"]);
    expect(await listed(held)).toEqual([]);
    expect((await judge.ask("GET", "/questionings?caseId=999999")).json.items).toEqual([]);
  });

  it("keeps its record from the other parties, and leaves counsel who act no more outside", async () => {
    const recordsOf = async (who: Person): Promise<string[]> => {
      const { json } = await who.ask("GET", `/cases/${caseId}/dossier`);
      return JSON.stringify(json).match(/远程提讯笔录/g) ?? [];
    };
    expect(await recordsOf(judge)).toHaveLength(1);
    expect(await recordsOf(counsel)).toHaveLength(1);
    expect(await recordsOf(opposite)).toEqual([]);
    const { items } = (await held.ask("GET", `/cases/${caseId}/participants`)).json;
    const agent = items.find((one: { capacity: { code: string } }) => one.capacity.code === "agent");
    const ended = { action: "end", reason: "解除委托" };
    const left = await held.ask("POST", `/cases/${caseId}/participants/${agent.id}/moves`, ended, key());
    expect(left.status, left.text).toBe(200);
    await app.settle();
    expect((await see(counsel)).status).toBe(404);
    for (const path of ["room", "transcript", "transcript.pdf"])
      expect((await counsel.ask("GET", `/hearings/${hearingId}/${path}`)).status, path).toBe(404);
  });

  it("is asked for anew where the place cannot, and lies in the inner dossier where the court wants it there", async () => {
    const asked = await ask(judge, order({ startsAt: soonAt(4), keptIn: "inner" }));
    expect(asked.status, asked.text).toBe(201);
    const other = asked.json.id;
    const guard = await entering(await linkTo("白民警", BADGE, other));
    expect((await move(guard, { action: "decline", reason: "当天停电检修" }, other)).json.state.code).toBe("declined");
    expect((await see(judge, other)).json).toMatchObject({
      note: "当天停电检修",
      next: "羁押场所不能安排，请另约时间。",
    });
    // Declined, and everybody's time is free.
    const again = await move(judge, { action: "rebook", ...when({ startsAt: soonAt(4) }) }, other);
    expect(again.json, again.text).toMatchObject({ state: { code: "asked" }, officer: null });
    expect((await see(guard, other)).status).toBe(401);
    ({ hearingId } = again.json);
    officer = await entering(await linkTo("新民警", BADGE, other));
    await move(officer, { action: "confirm" }, other);
    await move(officer, { action: "identify", idNumber: idNumberOf("闻在押") }, other);
    await move(officer, { action: "tell_rights" }, other);
    for (const who of [judge, keeper, officer]) await room(who, { action: "check_in", devices });
    const opened = await room(judge, { action: "open" });
    expect(opened.status, opened.text).toBe(200);
    const { people } = opened.json;
    const guardId = people.find((one: { roleLabel: string }) => one.roleLabel === "羁押场所民警").id;
    await room(judge, { action: "admit", personId: guardId });
    await keeper.ask("PUT", `/hearings/${hearingId}/transcript`, { page: 1, text: "拒绝回答。", version: 0 });
    const { sha256 } = (await paper(keeper, { action: "offer" })).json.pages[0];
    const signers = (await paper(keeper, { action: "offer" })).json.signers;
    for (const { personId, moves } of signers)
      if (moves.length > 0) await paper(keeper, { action: "refuse", personId, reason: "拒绝签名，没有说明理由" });
    for (const who of [judge, keeper]) await paper(who, { action: "sign", page: 1, sha256 });
    expect((await paper(keeper, { action: "close" })).status).toBe(200);
    await room(judge, { action: "end" });
    await app.settle();
    expect((await see(judge, other)).json.state.code).toBe("filed");
    const inner = await judge.ask("GET", `/cases/${caseId}/inner-dossier`);
    expect(inner.json.items, inner.text).toMatchObject([{ section: { code: "questioning", label: "提讯笔录" } }]);
    expect(
      JSON.stringify((await judge.ask("GET", `/cases/${caseId}/dossier`)).json).match(/远程提讯笔录/g),
    ).toHaveLength(1);
  });
});
