import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { noMessages } from "#gateways/messages/none.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { clerk, key, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import { atHour, deliveriesSeen, seconds, stepsOf, subscribed, toldOf, withPhone } from "#test/notices.ts";
import { type Person, person } from "#test/people.ts";
import { catalogue } from "./catalogue.ts";
import { quietUntil } from "./ladders.ts";
import { sendNotices } from "./send.ts";

const DOWN = { status: 503, times: 1e9 };

describe("the ladder", () => {
  let app: TestApp;
  let count = 0;
  beforeAll(async () => {
    app = await startApp("ladder");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());
  beforeEach(() => atHour(app, 12));
  afterEach(() => {
    app.sandbox.faults.clear();
    // The circuits close again before the next test begins.
    seconds(app, 60);
    expect(app.unexpected).toEqual([]);
  });

  /** Somebody with a phone WeChat vouches for. */
  async function somebody(): Promise<Person & { name: string; phone: string }> {
    count += 1;
    const name = `收信人${count}`;
    const phone = String(13_700_000_000 + count);
    const who = await person(app, name);
    await withPhone(app, who, phone);
    return { ...who, name, phone };
  }
  const reached = (who: { name: string; phone: string }) =>
    app.sandbox.phones.reached.filter(({ to }) => to === who.phone || to === app.sandbox.wechat.openidOf(who.name));
  const ways = (who: { name: string; phone: string }) => reached(who).map(({ provider }) => provider);

  it("uses WeChat while the person has agreed to a message, and SMS when that is used up", async () => {
    const who = await somebody();
    await subscribed(app, who.name, who.accountId, "progress");
    const first = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    expect(await stepsOf(app, first)).toBe("inapp:delivered wechat:sent sms:skipped email:skipped");
    const second = await toldOf(app, who, "filing.received");
    await sendNotices(app);
    expect(await stepsOf(app, second)).toBe("inapp:delivered wechat:skipped sms:sent email:skipped");
    expect((await deliveriesSeen(app, second))[1]?.note).toContain("订阅次数已用完");
    expect(ways(who)).toEqual(["wechat", "aliyun"]);
  });

  it("takes WeChat's word that nothing was agreed to, whatever we have counted", async () => {
    const who = await somebody();
    await app.transact({ accountId: "0", role: "system" } as never, (work) =>
      work.change("INSERT INTO notice_subscription (account_id, template_id, left_count, at) VALUES (?, ?, 3, ?)", [
        who.accountId,
        app.sandbox.keys.subscriptions.progress,
        work.at,
      ]),
    );
    const id = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    expect(await stepsOf(app, id)).toBe("inapp:delivered wechat:failed sms:sent email:skipped");
    const { subscriptions } = (await who.ask("GET", "/me/notices")).json;
    expect(subscriptions.find(({ group }: { group: string }) => group === "progress").left).toBe(0);
  });

  it("climbs until it was read where the law needs it, and no further", async () => {
    const [unread, reader] = [await somebody(), await somebody()];
    for (const who of [unread, reader]) await subscribed(app, who.name, who.accountId, "legal");
    const [first, second] = [
      await toldOf(app, unread, "filing.correction_required"),
      await toldOf(app, reader, "filing.correction_required"),
    ];
    await sendNotices(app);
    expect(ways(unread)).toEqual(["wechat"]);
    await reader.ask("POST", `/messages/${second}/read`, undefined, key());
    seconds(app, 9 * 60);
    await sendNotices(app);
    expect(ways(unread)).toEqual(["wechat"]);
    seconds(app, 61);
    await sendNotices(app);
    expect(ways(unread)).toEqual(["wechat", "aliyun"]);
    expect(await stepsOf(app, first)).toBe("inapp:delivered wechat:sent sms:sent email:waiting");
    expect(await stepsOf(app, second)).toBe("inapp:read wechat:sent sms:skipped email:skipped");
    const again = await person(app, reader.name);
    const [message] = (await again.ask("GET", "/messages")).json.items;
    expect(message.deliveries.map((each: { state: { label: string } }) => each.state.label)).toEqual([
      "已看",
      "已发出",
      "没有使用",
      "没有使用",
    ]);
    expect(message.deliveries[2].note).toBe("消息已经看过，不再另发");
    expect(ways(reader)).toEqual(["wechat"]);
  });

  it("goes on to the second SMS provider, and says nothing was sent while both are down", async () => {
    const who = await somebody();
    app.sandbox.faults.set("aliyun-sms", DOWN);
    const first = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    expect(ways(who)).toEqual(["tencent"]);
    app.sandbox.faults.set("tencent-sms", DOWN);
    const second = await toldOf(app, who, "filing.received");
    for (let waited = 0; waited < 90; waited += 1) {
      seconds(app, 1);
      await sendNotices(app);
    }
    // There is no other way to this person: it is still being tried, and never called sent.
    expect(await stepsOf(app, second)).toBe("inapp:delivered wechat:skipped sms:waiting email:waiting");
    app.sandbox.faults.clear();
    seconds(app, 600);
    await sendNotices(app);
    expect(ways(who)).toHaveLength(2);
    expect(await stepsOf(app, first)).toContain("sms:sent");
    expect(await stepsOf(app, second)).toContain("sms:sent");
  });

  it("is on the next channel within 60 s of a provider being down for two minutes", async () => {
    const draft = await readyDraft(app, "有邮箱");
    const { version } = (await draft.owner.ask("GET", draft.path)).json;
    const edit = (path: string, value: unknown) => ({ path, value, baseVersion: version });
    const edits = [
      edit("/service/email", "youxiang@example.com"),
      edit("/service/channels", ["platform", "sms", "email"]),
    ];
    expect((await draft.owner.ask("POST", `${draft.path}/edits`, { edits })).status).toBe(200);
    expect((await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key())).status).toBe(200);
    await app.settle();
    for (const peer of ["aliyun-sms", "tencent-sms"]) app.sandbox.faults.set(peer, DOWN);
    await toldOf(app, draft.owner, "filing.under_review");
    const begun = app.clock.now().getTime();
    let after = Number.POSITIVE_INFINITY;
    for (let second = 0; second < 120 && after === Number.POSITIVE_INFINITY; second += 1) {
      await sendNotices(app);
      if (app.sandbox.phones.reached.some(({ to }) => to === "youxiang@example.com"))
        after = (app.clock.now().getTime() - begun) / 1000;
      seconds(app, 1);
    }
    console.log(`second channel after ${after.toFixed(1)} s`);
    expect(after).toBeLessThanOrEqual(60);
  });

  it("asks before it sends again what was not answered", async () => {
    const who = await somebody();
    app.sandbox.faults.set("aliyun-sms", { lose: "after" });
    const id = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    expect(await stepsOf(app, id)).toContain("sms:sending");
    expect(ways(who)).toEqual(["aliyun"]);
    seconds(app, 16);
    await sendNotices(app);
    expect(await stepsOf(app, id)).toBe("inapp:delivered wechat:skipped sms:delivered email:skipped");
    expect(ways(who)).toEqual(["aliyun"]);
    // And sends what never arrived.
    app.sandbox.faults.set("aliyun-sms", { lose: "before" });
    const lost = await toldOf(app, who, "filing.received");
    await sendNotices(app);
    expect(await stepsOf(app, lost)).toContain("sms:sending");
    seconds(app, 16);
    await sendNotices(app);
    expect(await stepsOf(app, lost)).toContain("sms:sent");
    expect(ways(who)).toEqual(["aliyun", "aliyun"]);
  });

  it("would send twice without asking: the check sees it", async () => {
    const who = await somebody();
    const [provider] = app.gateways.messages.providers("sms");
    const deaf = vi.spyOn(provider as Required<NonNullable<typeof provider>>, "find").mockResolvedValue(null);
    app.sandbox.faults.set("aliyun-sms", { lose: "after" });
    await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    seconds(app, 16);
    await sendNotices(app);
    deaf.mockRestore();
    expect(ways(who)).toEqual(["aliyun", "aliyun"]);
  });

  it("never sends again what WeChat did not answer: the next channel takes over", async () => {
    const who = await somebody();
    await subscribed(app, who.name, who.accountId, "progress", 5);
    // A token is at hand, so that what is lost is the message's own answer.
    await toldOf(app, who, "filing.received");
    await sendNotices(app);
    app.sandbox.faults.set("wechat", { lose: "after" });
    const id = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    expect(await stepsOf(app, id)).toBe("inapp:delivered wechat:failed sms:sent email:skipped");
    expect((await deliveriesSeen(app, id))[1]?.note).toContain("没有回音");
    expect(ways(who)).toEqual(["wechat", "wechat", "aliyun"]);
  });

  it("lets those sleep who can wait, and not those who have just asked", async () => {
    const who = await somebody();
    await subscribed(app, who.name, who.accountId, "progress", 2);
    atHour(app, 22, 30);
    const waits = await toldOf(app, who, "filing.under_review");
    const answers = await toldOf(app, who, "filing.submitted");
    await sendNotices(app);
    expect(await stepsOf(app, waits)).toContain("wechat:waiting");
    expect(await stepsOf(app, answers)).toBe("inapp:delivered wechat:sent");
    seconds(app, 9.4 * 3600);
    await sendNotices(app);
    expect(await stepsOf(app, waits)).toContain("wechat:waiting");
    seconds(app, 0.2 * 3600);
    await sendNotices(app);
    expect(await stepsOf(app, waits)).toContain("wechat:sent");
  });

  it("believes a receipt that knows the address, the reference and the number, and no other", async () => {
    const who = await somebody();
    const id = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    const sms = reached(who)[0];
    const bring = (token: string, change: object = {}) =>
      app.ask("POST", `/notices/receipts/aliyun?token=${token}`, {
        body: [{ phone_number: who.phone, success: true, biz_id: sms?.number, out_id: sms?.reference, ...change }],
      });
    const { receiptToken } = app.sandbox.keys;
    expect((await bring("x".repeat(receiptToken.length))).status).toBe(401);
    expect((await app.ask("POST", "/notices/receipts/aliyun", { body: [] })).status).toBe(401);
    expect((await app.ask("POST", `/notices/receipts/nobody?token=${receiptToken}`, { body: [] })).status).toBe(401);
    expect((await bring(receiptToken, { phone_number: "13900000000" })).status).toBe(200);
    expect(await stepsOf(app, id)).toContain("sms:sent");
    const taken = await bring(receiptToken);
    expect(taken.json).toEqual({ code: 0, msg: "接收成功" });
    expect(await stepsOf(app, id)).toContain("sms:delivered");
    // What has arrived is not taken back.
    await bring(receiptToken, { success: false });
    expect(await stepsOf(app, id)).toContain("sms:delivered");
  });

  it("climbs on where the provider reports that it did not arrive", async () => {
    const who = await somebody();
    await subscribed(app, who.name, who.accountId, "progress", 1);
    const id = await toldOf(app, who, "filing.received");
    await sendNotices(app);
    const other = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    expect(await stepsOf(app, id)).toContain("wechat:sent sms:skipped");
    const sms = reached(who).find(({ channel }) => channel === "sms");
    const body = [{ phone_number: who.phone, success: false, biz_id: sms?.number, out_id: sms?.reference }];
    await app.ask("POST", `/notices/receipts/aliyun?token=${app.sandbox.keys.receiptToken}`, { body });
    expect(await stepsOf(app, other)).toBe("inapp:delivered wechat:skipped sms:failed email:waiting");
  });

  it("says in an SMS the court, what it is about and where to look, and nothing else", async () => {
    const who = await somebody();
    for (const template of Object.keys(catalogue) as (keyof typeof catalogue)[])
      await toldOf(app, who, template, { matter: "王芳 诉 李强、欧阳震华 离婚纠纷" });
    seconds(app, 2 * 3600);
    await sendNotices(app);
    const texts = reached(who).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) {
      expect(text).toMatch(/^【诉通】济南市历下区人民法院：\p{Script=Han}[\p{Script=Han}，]+。/u);
      expect(text).not.toMatch(/王芳|李强|欧阳|纠纷|离婚|民初|收鲁|1,050|收信人/);
      // The only digits are the host and port of the link.
      expect(text.replace(/http:\/\/127\.0\.0\.1:\d+\/n\/[0-9a-z]+ /, "")).not.toMatch(/\d/);
    }
  });

  it("leads from the link in an SMS to the message, behind a sign-in", async () => {
    const who = await somebody();
    const id = await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    const link = /\/n\/[0-9a-z]+/.exec(reached(who)[0]?.text ?? "")?.[0];
    const answer = await app.ask("GET", `/${link}`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`/#/pages/messages/index?open=${id}`);
  });

  it("leaves to people what they want, but for what the law wants told", async () => {
    const who = await somebody();
    const off = { group: "progress", channels: { sms: false } };
    const changed = await who.ask("PUT", "/me/notices", { groups: [off] });
    expect(changed.status).toBe(200);
    const channelsOf = (answer: typeof changed, group: string) =>
      answer.json.groups.find((each: { group: string }) => each.group === group).channels;
    expect(channelsOf(changed, "progress")[1]).toMatchObject({ channel: "sms", on: false, locked: false });
    expect(channelsOf(changed, "legal")[1]).toMatchObject({
      on: true,
      locked: true,
      note: "法律要求告知，不能关闭",
    });
    const refused = await who.ask("PUT", "/me/notices", { groups: [{ group: "legal", channels: { sms: false } }] });
    expect([refused.status, refused.json.code]).toEqual([422, "notice.legal_minimum"]);
    expect((await who.ask("PUT", "/me/notices", { groups: [{ group: "work", channels: {} }] })).status).toBe(422);

    const progress = await toldOf(app, who, "filing.under_review");
    const legal = await toldOf(app, who, "filing.correction_required");
    await sendNotices(app);
    expect((await deliveriesSeen(app, progress))[2]).toEqual({
      channel: "sms",
      state: "skipped",
      note: "您选择了不用这种方式",
    });
    expect(await stepsOf(app, legal)).toContain("sms:sent");
  });

  it("counts a tap once, however often it is told, and takes no template that is not ours", async () => {
    const who = await somebody();
    const { legal, money } = app.sandbox.keys.subscriptions;
    const left = (answer: { json: { subscriptions: { group: string; left: number }[] } }) =>
      answer.json.subscriptions.map(({ left: count_ }) => count_);
    const once = key();
    const tap = { templateIds: [legal, money] };
    expect(left(await who.ask("POST", "/me/notices/subscriptions", tap, once))).toEqual([1, 0, 1]);
    expect(left(await who.ask("POST", "/me/notices/subscriptions", tap, once))).toEqual([1, 0, 1]);
    expect(left(await who.ask("GET", "/me/notices"))).toEqual([1, 0, 1]);
    expect(left(await who.ask("POST", "/me/notices/subscriptions", tap, key()))).toEqual([2, 0, 2]);
    const other = await who.ask("POST", "/me/notices/subscriptions", { templateIds: ["not-our-template"] }, key());
    expect(other.json.code).toBe("notice.no_template");
  });

  it("shows the court's people whether it reached, without text or number, and no other court", async () => {
    const draft = await readyDraft(app, "可查");
    await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key());
    await app.settle();
    await toldOf(app, draft.owner, "filing.under_review", { about: `filing:${draft.id}` });
    await sendNotices(app);
    const wang = await clerk(app);
    const { items } = (await wang.ask("GET", `/notices?about=filing:${draft.id}`)).json;
    expect(items.map(({ title, reached: how }: { title: string; reached: object }) => [title, how])).toEqual([
      ["法院正在审查您的立案申请", { code: "sent", label: "已发出" }],
      ["法院已收到您的立案申请", { code: "inapp", label: "在站内，还没有看" }],
    ]);
    expect(items[0].recipient).toBe("可*");
    expect(JSON.stringify(items)).not.toMatch(/1[3-9]\d{9}|可查 诉/);
    await draft.owner.ask("POST", "/messages/read-all", undefined, key());
    const after = (await wang.ask("GET", `/notices?about=filing:${draft.id}`)).json.items;
    expect(after.map(({ reached: how }: { reached: { code: string } }) => how.code)).toEqual(["read", "read"]);
    expect(after[0].deliveries[0].state).toEqual({ code: "read", label: "已看" });
    expect((await draft.owner.ask("GET", `/notices?about=filing:${draft.id}`)).status).toBe(403);
  });

  it("seals the address, and says which channels are set up", async () => {
    const who = await somebody();
    await toldOf(app, who, "filing.under_review");
    await sendNotices(app);
    const rows = await app.database.read<{ address: Buffer }>(
      "SELECT address FROM notice_delivery WHERE address IS NOT NULL",
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { address } of rows) expect(address.toString("latin1")).not.toMatch(/1[3-9]\d{9}/);
    const ready = await app.ask("GET", "//readyz");
    expect(ready.json.channels).toEqual({ wechat: "on", sms: "on", email: "on" });
  });
});

describe("a house without credentials", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("nochannels");
    Object.assign(app.gateways.messages, noMessages());
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());
  beforeEach(() => atHour(app, 12));

  it("tells inside the app, and says that the other ways are off", async () => {
    const who = await person(app, "王芳");
    await withPhone(app, who, "13711110000");
    const id = await toldOf(app, who, "filing.correction_required");
    for (let turn = 0; turn < 4; turn += 1) {
      await sendNotices(app);
      seconds(app, 3600);
    }
    expect(await deliveriesSeen(app, id)).toEqual([
      { channel: "inapp", state: "delivered", note: null },
      ...["wechat", "sms", "email"].map((channel) => ({ channel, state: "skipped", note: "本院没有开通这种方式" })),
    ]);
    expect(app.sandbox.phones.reached).toEqual([]);
  });
});

describe("quiet hours", () => {
  const at = (text: string) => new Date(`${text}+08:00`);
  it.each([
    ["2026-11-22T21:59:59", null],
    ["2026-11-22T22:00:00", "2026-11-23T08:00:00"],
    ["2026-11-23T00:00:00", "2026-11-23T08:00:00"],
    ["2026-11-23T07:59:59", "2026-11-23T08:00:00"],
    ["2026-11-23T08:00:00", null],
    ["2026-12-31T23:30:00", "2027-01-01T08:00:00"],
  ])("at %s end at %s", (now, end) => {
    expect(quietUntil(at(now), "22:00-08:00")?.toISOString()).toBe(end ? at(end).toISOString() : undefined);
  });
  it("may lie within a day, or be none", () => {
    expect(quietUntil(at("2026-11-22T13:00:00"), "12:30-14:00")).toEqual(at("2026-11-22T14:00:00"));
    expect(quietUntil(at("2026-11-22T14:00:00"), "12:30-14:00")).toBeNull();
    expect(quietUntil(at("2026-11-22T23:00:00"), "08:00-08:00")).toBeNull();
  });
});
