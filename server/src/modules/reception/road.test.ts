import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, clerk, key, seedCourtsAndRules } from "#test/filings.ts";
import { idNumberOf } from "#test/id-number.ts";
import { type TestJanus, testJanus } from "#test/janus.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, signInStaff, speaker, staffMember } from "#test/people.ts";
import { scrawl } from "#test/scrawl.ts";

const UPPER = "鲁01";
const devices = { camera: true, microphone: true, speaker: true, rttMs: 20 };
const QUARTER_MS = 900_000;
const matter = "判决生效已经一年，对方一直没有履行，请问执行进行到哪一步了。";

describe("a remote reception", () => {
  let app: TestApp;
  let janus: TestJanus;
  let desk: StaffPerson;
  let judge: StaffPerson;
  let keeper: StaffPerson;
  let above: StaffPerson;
  let petitioner: Person;
  let stranger: Person;
  let id: string;
  let hearingId: string;
  beforeAll(async () => {
    janus = await testJanus();
    app = await startApp("reception", { environment: janus.settings });
    app.untilHour(9);
    await seedCourtsAndRules(app);
    desk = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT, displayName: "陆法官" });
    keeper = await staffMember(app, { username: "keeper1", role: "court_clerk", courtCode: COURT });
    above = await staffMember(app, { username: "above1", role: "judge", courtCode: UPPER });
    petitioner = await person(app, "顾长风", { verified: true });
    stranger = await person(app, "路过人", { verified: true });
  });
  afterAll(async () => {
    await app.stop();
    await janus.stop();
  });

  const ask = (who: Person, more: object = {}) =>
    who.ask("POST", "/receptions", { courtCode: COURT, topic: "enforcement", matter, ...more }, key());
  const move = (who: Person, body: object, one = id) => who.ask("POST", `/receptions/${one}/moves`, body, key());
  const see = async (who: Person, one = id) => (await who.ask("GET", `/receptions/${one}`)).json;
  const room = (who: Person, body: object) => who.ask("POST", `/hearings/${hearingId}/room/moves`, body, key());
  /** The next quarter that leaves an hour, within the two in which one may check in. */
  const soonAt = (quarters = 0) =>
    new Date((Math.ceil(app.clock.now().getTime() / QUARTER_MS) + 2 + quarters) * QUARTER_MS).toISOString();
  const printed = async ({ token }: Person, path: string) => {
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    return (await pdfText(Buffer.from(await answer.arrayBuffer()))).join("").replace(/\s/g, "");
  };
  const times = (more: object = {}) => ({
    action: "book",
    startsAt: soonAt(),
    minutes: 30,
    receiverId: judge.accountId,
    clerkId: keeper.accountId,
    ...more,
  });

  it("is asked for by somebody whose identity is known, once for each matter", async () => {
    const unknown = await person(app, "未实名");
    expect((await ask(unknown)).json.code).toBe("account.unverified");
    expect((await ask(petitioner, { courtCode: "鲁0103" })).json.code).toBe("reception.court_away");
    const asked = await ask(petitioner, { withUpper: true, soon: true });
    expect(asked.status, asked.text).toBe(201);
    id = asked.json.id;
    expect(asked.json).toMatchObject({
      state: { code: "asked" },
      upper: { code: UPPER },
      petitioner: "顾长风",
      matter,
      moves: [{ action: "withdraw" }],
    });
    expect(asked.json.number).toMatch(/^鲁0102接访\d{4}-0001$/);
    const twice = await Promise.all([ask(petitioner), ask(petitioner)]);
    expect(twice.map(({ json }) => json.code)).toEqual(["reception.open_already", "reception.open_already"]);
    const both = await Promise.all([ask(stranger, { topic: "filing" }), ask(stranger, { topic: "filing" })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it("is found by whom it concerns, and by nobody else", async () => {
    expect((await stranger.ask("GET", `/receptions/${id}`)).status).toBe(404);
    expect((await judge.ask("GET", `/receptions/${id}`)).status).toBe(404);
    expect((await above.ask("GET", `/receptions/${id}`)).status).toBe(404);
    expect((await move(stranger, { action: "withdraw" })).status).toBe(404);
    const { items } = (await desk.ask("GET", "/receptions")).json;
    expect(items[0]).toMatchObject({ id, state: { code: "asked" }, overdue: false });
    expect((await petitioner.ask("GET", "/receptions")).json.items).toHaveLength(1);
    expect((await judge.ask("GET", "/receptions")).json.items).toEqual([]);
  });

  it("offers whom and where one may choose, in both courts", async () => {
    const { json } = await desk.ask("GET", `/receptions/${id}/choices`);
    expect(json.receivers).toEqual([{ id: judge.accountId, name: "陆法官" }]);
    expect(json.upperReceivers.map((one: { id: string }) => one.id)).toEqual([above.accountId]);
    expect(json.earliest).toBe(addDays(courtDayOf(app.clock.now()), 1));
  });

  it("is booked once, however many book at once: judge, record and the court above by the one key", async () => {
    const others = await Promise.all(
      ["甲来访", "乙来访", "丙来访"].map(async (name) => {
        const one = await person(app, name, { verified: true });
        return { one, id: (await ask(one, { topic: "other", soon: true, withUpper: true })).json.id as string };
      }),
    );
    const wanted = times({ upperReceiverId: above.accountId });
    const answers = await Promise.all(others.map((other) => move(desk, wanted, other.id)));
    const codes = answers.map(({ status, json }) => (status === 200 ? "booked" : json.code));
    expect(codes.sort()).toEqual(["booked", "hearing.taken", "hearing.taken"]);
    // With another judge of this court: the hour of the judge above is taken as well.
    const second = await staffMember(app, { username: "judge2", role: "judge", courtCode: COURT });
    const taken = await move(desk, { ...wanted, receiverId: second.accountId, clerkId: undefined });
    expect(taken.json.code).toBe("hearing.taken");
    expect(taken.json.detail).toContain("above1");
    const first = others[answers.findIndex(({ status }) => status === 200)] as (typeof others)[number];
    const moved = await move(desk, { ...wanted, action: "rebook", startsAt: soonAt(2) }, first.id);
    expect(moved.status, moved.text).toBe(200);
    const booked = await move(desk, wanted);
    expect(booked.status, booked.text).toBe(200);
    const mine = await see(petitioner);
    expect(mine).toMatchObject({ state: { code: "booked" }, receiver: { name: "陆法官" } });
    expect(mine.dayNumber).toBeGreaterThan(0);
    hearingId = mine.hearingId;
    // Were the judge away, nobody would move it in one go: it is named as left to be agreed anew.
    const boss = await staffMember(app, { username: "chief0", role: "supervisor", courtCode: COURT });
    const known = (await boss.ask("GET", "/hearing-resources")).json.items as { id: string; staffId: string | null }[];
    const day = courtDayOf(new Date(mine.startsAt));
    const own = known.find(({ staffId }) => staffId === judge.accountId)?.id;
    const met = await boss.ask("GET", `/hearing-resources/${own}/sittings?from=${day}&to=${day}`);
    expect(met.json.items, met.text).toEqual([]);
    expect(met.json.left).toContainEqual(
      expect.objectContaining({ kind: { code: "petition", label: "远程接访" }, startsAt: mine.startsAt }),
    );
  });

  it("keeps to the days of notice, to judges of the courts, and to times ahead", async () => {
    const hurried = await person(app, "丁来访", { verified: true });
    const { id: other } = (await ask(hurried)).json;
    expect((await move(desk, times(), other)).json.code).toBe("reception.notice");
    const day = addDays(courtDayOf(app.clock.now()), 3);
    const at = (time: string) => ({ startsAt: `${day}T${time}:00+08:00` });
    expect((await move(desk, times({ ...at("09:07") }), other)).json.code).toBe("hearing.time");
    expect((await move(desk, times({ ...at("09:00"), receiverId: keeper.accountId }), other)).json.code).toBe(
      "reception.receiver",
    );
    expect((await move(desk, times({ ...at("09:00"), upperReceiverId: above.accountId }), other)).json.code).toBe(
      "reception.receiver",
    );
    expect((await move(desk, times(at("09:00")), other)).status).toBe(200);
    expect((await move(hurried, { action: "withdraw" }, other)).json.state.code).toBe("withdrawn");
    // Withdrawn, and the hour is free.
    const next = (await ask(hurried)).json.id;
    expect((await move(desk, times(at("09:00")), next)).status).toBe(200);
  });

  it("is entered by a petitioner who proves again who they are, and waits their turn", async () => {
    const idTail = idNumberOf("顾长风").slice(-6);
    expect((await room(petitioner, { action: "check_in", devices })).json.code).toBe("room.identity");
    expect((await stranger.ask("GET", `/hearings/${hearingId}/room`)).status).toBe(404);
    expect((await desk.ask("GET", `/hearings/${hearingId}/room`)).status).toBe(403);
    const checked = await room(petitioner, { action: "check_in", devices, idTail });
    expect(checked.status, checked.text).toBe(200);
    expect(checked.json.me).toMatchObject({
      roleLabel: "来访人",
      next: "已签到，请在候访区等待，接访人员会请您进入。",
    });
    const mine = await see(petitioner);
    expect(mine.queue).toMatchObject({ ahead: 0, now: null, next: mine.dayNumber });
    const { items } = (await judge.ask("GET", "/receptions/day")).json;
    expect(items.find((one: { id: string }) => one.id === id).stand.code).toBe("waiting");
    expect((await above.ask("GET", "/receptions/day")).json.items).toHaveLength(2);
  });

  it("is heard by both courts, and its record signed by hand", async () => {
    for (const who of [judge, keeper, above])
      expect((await room(who, { action: "check_in", devices })).json.me.standing).toBe("bench");
    const opened = await room(judge, { action: "open" });
    expect(opened.json.state).toEqual({ code: "open", label: "正在接访" });
    const one = opened.json.people.find((each: { name: string }) => each.name === "顾长风");
    expect((await room(judge, { action: "admit", personId: one.id })).status).toBe(200);
    expect((await see(petitioner)).queue).toMatchObject({ ahead: 0 });
    expect((await see(judge)).next).toContain("接访室");
    const typed = "接访人：请说明来意。\n来访人：请求尽快执行。";
    const put = await keeper.ask("PUT", `/hearings/${hearingId}/transcript`, { page: 1, text: typed, version: 0 });
    expect(put.status, put.text).toBe(200);
    const paper = (who: Person, body: object) =>
      who.ask("POST", `/hearings/${hearingId}/transcript/moves`, body, key());
    expect((await paper(keeper, { action: "offer" })).status).toBe(200);
    expect((await room(judge, { action: "end" })).json.state.label).toBe("已结束接访");
    await app.settle();
    expect(await see(petitioner)).toMatchObject({
      state: { code: "received" },
      record: { code: "offered" },
      next: "请打开笔录，逐页核对、签名。",
    });
    const { sha256 } = put.json.pages[0];
    expect((await paper(petitioner, { action: "sign", page: 1, sha256 })).json.code).toBe("transcript.no_signature");
    expect((await paper(petitioner, { action: "sign", page: 1, sha256, signature: await scrawl() })).status).toBe(200);
    for (const who of [judge, keeper, above]) await paper(who, { action: "sign", page: 1, sha256 });
    const closed = await paper(keeper, { action: "close" });
    expect(closed.json.state.code).toBe("closed");
    await app.settle();
    expect(await printed(petitioner, `/hearings/${hearingId}/transcript.pdf`)).toContain("接访笔录");
  });

  it("is answered on paper, told, and rated once", async () => {
    expect((await petitioner.ask("GET", `/receptions/${id}/answer.pdf`)).json.code).toBe("reception.no_answer");
    expect(
      (await move(above, { action: "answer", outcome: "followed_up", text: "由上级答复，不应成功。" })).status,
    ).toBe(403);
    const text = "本院已冻结被执行人账户，将在十五日内告知您查控结果。";
    const answered = await move(judge, { action: "answer", outcome: "followed_up", text });
    expect(answered.json).toMatchObject({ state: { code: "answered" }, answer: { text } });
    await app.settle();
    const words = await printed(petitioner, `/receptions/${id}/answer.pdf`);
    for (const said of ["来访事项答复意见书", "顾长风：", text, "本院继续办理", "济南市中级人民法院提出复查申请"])
      expect(words).toContain(said);
    const told = (await petitioner.ask("GET", "/messages")).json.items;
    expect(told.map((one: { title: string }) => one.title)).toEqual(
      expect.arrayContaining(["法院已经答复您", "接访已经结束", "接访时间已约定"]),
    );
    expect((await move(petitioner, { action: "rate", rating: 5, words: "说得很清楚" })).json.rating).toEqual({
      score: 5,
      words: "说得很清楚",
    });
    expect((await move(petitioner, { action: "rate", rating: 1 })).json.code).toBe("reception.rated_already");
    // Asked again on the same matter: whoever receives sees what came before.
    const again = (await ask(petitioner)).json.id;
    expect((await see(desk, again)).earlier).toMatchObject([{ id, outcome: { code: "followed_up" } }]);
  });

  it("is declined by the judge above, with a reason: their hour is free, who asked them and the petitioner are told", async () => {
    const asker = await person(app, "庚来访", { verified: true });
    const other = (await ask(asker, { topic: "trial", soon: true, withUpper: true })).json.id;
    const wanted = times({ startsAt: soonAt(6), clerkId: undefined, upperReceiverId: above.accountId });
    expect((await move(desk, wanted, other)).status).toBe(200);
    expect((await see(above, other)).moves).toMatchObject([{ action: "decline" }]);
    expect((await see(judge, other)).moves.map((each: { action: string }) => each.action)).not.toContain("decline");
    const words = { action: "decline", note: "当天在外地开庭" };
    expect((await move(judge, words, other)).json.code).toBe("reception.not_invited");
    expect((await move(desk, words, other)).status).toBe(403);
    const declined = await move(above, words, other);
    expect(declined.status, declined.text).toBe(200);
    expect(declined.json).toMatchObject({ state: { code: "booked" }, upperReceiver: null, moves: [] });
    expect((await move(above, words, other)).json.code).toBe("reception.not_invited");
    expect((await see(desk, other)).declined).toBe("当天在外地开庭");
    expect((await see(asker, other)).declined).toBe("");
    await app.settle();
    const titles = async (who: Person) =>
      ((await who.ask("GET", "/messages")).json.items as { title: string }[]).map(({ title }) => title);
    expect(await titles(asker)).toContain("上级法院不能参加这次接访");
    for (const who of [desk, judge]) expect(await titles(who)).toContain("上级法院的接访法官不能参加");
    // Their hour is free: another reception takes it, with another judge of this court.
    const helper = await staffMember(app, { username: "judge3", role: "judge", courtCode: COURT });
    const next = await person(app, "己来访", { verified: true });
    const later = (await ask(next, { topic: "trial", soon: true, withUpper: true })).json.id;
    const again = await move(desk, { ...wanted, receiverId: helper.accountId }, later);
    expect(again.status, again.text).toBe(200);
  });

  it("goes to the right court with a reason, and reminds a court that is late", async () => {
    const lost = await person(app, "戊来访", { verified: true });
    const { id: first } = (await ask(lost, { topic: "judgment" })).json;
    const referred = await move(
      desk,
      { action: "refer", courtCode: UPPER, note: "二审案件由中级人民法院答疑。" },
      first,
    );
    expect(referred.json).toMatchObject({ state: { code: "referred" }, referredTo: { court: { code: UPPER } } });
    const { items } = (await lost.ask("GET", "/receptions")).json;
    expect(items.map((one: { court: { code: string } }) => one.court.code)).toEqual([UPPER, COURT]);
    expect((await desk.ask("GET", `/receptions/${items[0].id}`)).status).toBe(404);
    const supervisor = await staffMember(app, { username: "chief1", role: "supervisor", courtCode: UPPER });
    app.pass(20);
    await app.settle();
    const again = await signInStaff(app, supervisor);
    const late = (await speaker(app, again).ask("GET", "/receptions")).json.items;
    expect(late.find((one: { id: string }) => one.id === items[0].id).overdue).toBe(true);
    const warned = (await speaker(app, again).ask("GET", "/messages")).json.items;
    expect(warned.map((one: { title: string }) => one.title)).toContain("远程接访逾期未办");
  });

  it("shows one's place from when the room lets one in, the evening before as well", async () => {
    app.untilHour(20);
    const clerkNow = speaker(app, await signInStaff(app, desk));
    const night = await person(app, "夜来访", { verified: true });
    const own = (await ask(night)).json.id;
    const tomorrow = addDays(courtDayOf(app.clock.now()), 1);
    const wanted = times({ startsAt: `${tomorrow}T00:30:00+08:00`, clerkId: undefined });
    const booked = await move(clerkNow, wanted, own);
    expect(booked.status, booked.text).toBe(200);
    expect((await see(night, own)).queue).toBeNull();
    app.untilHour(23);
    const again = await person(app, "夜来访", { verified: true });
    expect((await see(again, own)).queue).toMatchObject({ ahead: 0, now: null });
  });
});
