import mysql from "mysql2/promise";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { seedCourts } from "#modules/court/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { idNumberOf, type Person, person, staffMember } from "#test/people.ts";
import { describeAccounts, ensurePerson, findIdentity, requireVerified } from "./index.ts";

let app: TestApp;
let owner: mysql.Connection;
beforeAll(async () => {
  app = await startApp("identity");
  owner = await mysql.createConnection({ uri: app.ownerUrl });
  await seedCourts(app.database);
});
afterEach(() => {
  app.clock.shiftMs = 0;
  expect(app.unexpected).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await app.stop();
});

const claim = (name: string, idNumber = idNumberOf(name), more: object = {}) => ({
  name,
  idType: "resident_id",
  idNumber,
  phone: "13800138000",
  ...more,
});
const check = (who: Person, body: object) => who.ask("PUT", "/me/identity", body);
const REVIEW = { courtCode: "鲁0102", note: "更换了微信号，请核验" };

test("a name that goes with its number is verified and shown masked; at rest nothing is readable", async () => {
  const fang = await person(app, "王芳");
  const me = (await check(fang, claim(" 欧阳 娜娜 ", "11010519491231002x", { phone: "+86 13912345678" }))).json;
  expect(me).toMatchObject({
    name: "欧阳 娜娜",
    identity: { state: { code: "verified" }, idNumberMasked: "110***********002X" },
    phoneMasked: "139****5678",
  });
  for (const table of ["account", "identity", "outbox"]) {
    const [rows] = await owner.query(`SELECT * FROM ${table}`);
    const text = (rows as object[])
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString("latin1") : String(value)))
      .join("\n");
    for (const secret of [
      "11010519491231002X",
      "13912345678",
      Buffer.from("欧阳 娜娜").toString("latin1"),
      "欧阳 娜娜",
    ])
      expect(text.includes(secret), `${table}: ${secret}`).toBe(false);
  }
  // Saying the same again is no new check; saying to be somebody else is refused.
  expect((await check(fang, claim("欧阳 娜娜", "11010519491231002X", { phone: "13912345678" }))).status).toBe(200);
  expect((await check(fang, claim("李强"))).json.code).toBe("identity.already_verified");
});

test("a number that cannot be is refused with its place, and is not checked", async () => {
  const one = await person(app, "号码有误");
  for (const idNumber of [
    "11010519491231002Х",
    "110105491231002",
    "11010519491331002X",
    "110105194912310020",
    "110105-19491231-002X",
    "",
    "11010519491231002X' OR '1'='1",
  ]) {
    const answer = await check(one, claim("号码有误", idNumber));
    expect([answer.status, answer.json.errors?.[0]?.pointer], idNumber).toEqual([422, "/idNumber"]);
  }
  const bad = [
    claim("张\u200b三"),
    claim("张三", undefined, { phone: "13800138000;" }),
    claim("张三", undefined, { state: "verified" }),
    { ...claim("张三"), idNumber: 1 },
    { ...claim("张三"), idType: "uscc" },
  ];
  for (const body of bad) expect((await check(one, body)).status).toBe(422);
  expect((await one.ask("GET", "/me")).json.identity.state.code).toBe("none");
});

test("a mismatch and an unknown person are told what to do; a register that is down costs no attempt", async () => {
  const one = await person(app, "核验不过");
  const no = (await check(one, claim("张不符"))).json.identity;
  expect(no).toMatchObject({ state: { code: "failed" }, reason: expect.stringContaining("人工核验") });
  expect((await check(one, claim("张查无"))).json.identity.state.code).toBe("failed");
  const everyCheckWasCounted = async () =>
    (
      (await owner.query("SELECT attempts FROM identity WHERE account_id = ?", [one.accountId]))[0] as {
        attempts: number;
      }[]
    )[0]?.attempts;
  expect(await everyCheckWasCounted()).toBe(2);
  app.sandbox.faults.set("identity", { status: 503, times: 2 });
  const down = await check(one, claim("核验不过"));
  expect([down.status, down.json.code, app.unexpected.splice(0).length]).toEqual([503, "service.unavailable", 1]);
  expect(await everyCheckWasCounted()).toBe(2);
  expect((await one.ask("GET", "/me")).json.identity.state.code).toBe("none");
  expect((await check(one, claim("核验不过"))).json.identity.state.code).toBe("verified");
});

test("five checks a day, then tomorrow", async () => {
  const one = await person(app, "反复核验");
  for (let count = 0; count < 5; count += 1)
    expect((await check(one, claim(`不符${"甲乙丙丁戊"[count]}`))).status).toBe(200);
  const sixth = await check(one, claim("反复核验"));
  expect([sixth.status, sixth.json.code]).toEqual([429, "identity.too_many"]);
  expect(sixth.headers.get("retry-after")).toBeTruthy();
  app.pass(1);
  await app.ask("POST", "/sessions/refresh", { body: { refreshToken: one.refreshToken } });
  const tomorrow = await person(app, "反复核验");
  expect((await check(tomorrow, claim("反复核验"))).json.identity.state.code).toBe("verified");
});

test("one document, one account: of ten accounts at the same moment one gets it, the others learn what to do", async () => {
  const people = await Promise.all(Array.from({ length: 10 }, (_, at) => person(app, `抢注${at}`)));
  const number = idNumberOf("同一个人");
  const answers = await Promise.all(
    people.map((one, at) => check(one, claim("同一个人", at % 2 ? number : number.toLowerCase()))),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(9);
  expect(refused[0]?.json).toMatchObject({ code: "identity.bound", review: "/api/v1/me/identity/review" });
  const [rows] = await owner.query(
    "SELECT COUNT(*) AS n FROM identity WHERE state = 'verified' AND verified_index IS NOT NULL AND id_index = verified_index AND account_id IN (?)",
    [people.map(({ accountId }) => accountId)],
  );
  expect((rows as { n: number }[])[0]?.n).toBe(1);
});

test("x and X are one person, and so is one number under two kinds of document", async () => {
  const [one, two, three] = [await person(app, "大写"), await person(app, "小写"), await person(app, "全角")];
  const number = numberEndingInX();
  expect((await check(one, claim("甲", number))).status).toBe(200);
  const wide = [...number].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).join("");
  expect((await check(two, claim("甲", number.toLowerCase()))).json.code).toBe("identity.bound");
  expect((await check(three, claim("甲", wide))).json.code).toBe("identity.bound");
  const hongKong = "81000019900101001";
  const permit = hongKong + idCheckDigit(hongKong);
  const [four, five] = [await person(app, "居住证"), await person(app, "同号身份证")];
  expect((await check(four, claim("乙", permit, { idType: "hmt_residence_permit" }))).status).toBe(200);
  expect((await check(five, claim("乙", permit))).json.code).toBe("identity.bound");
});

test("a review goes to the court that was named; only a supervisor moves a document from one account to another", async () => {
  const old = await person(app, "换号人", { verified: true });
  const fresh = await person(app, "换号人的新微信");
  expect((await fresh.ask("POST", "/me/identity/review", REVIEW)).json.code).toBe("identity.nothing_to_review");
  expect((await check(fresh, claim("换号人"))).status).toBe(409);
  expect((await fresh.ask("POST", "/me/identity/review", { ...REVIEW, courtCode: "鲁9999" })).status).toBe(422);
  const asked = await fresh.ask("POST", "/me/identity/review", REVIEW);
  expect(asked.json.identity.state.code).toBe("in_review");
  expect((await fresh.ask("POST", "/me/identity/review", REVIEW)).json.code).toBe("identity.in_review");
  expect((await check(fresh, claim("换号人"))).json.code).toBe("identity.in_review");

  const [clerk, supervisor, far] = [
    await staffMember(app, { username: "clerk1", role: "clerk", courtCode: "鲁0102" }),
    await staffMember(app, { username: "supervisor1", role: "supervisor", courtCode: "鲁0102" }),
    await staffMember(app, { username: "clerk3", role: "clerk", courtCode: "鲁0103" }),
  ];
  const [review] = (await clerk.ask("GET", "/identity-reviews?state=open")).json.items;
  expect(review).toMatchObject({
    nameMasked: "换**",
    note: REVIEW.note,
    moves: [{ action: "approve" }, { action: "reject" }],
  });
  expect(JSON.stringify(review)).not.toContain(idNumberOf("换号人"));
  expect((await far.ask("GET", "/identity-reviews")).json.items).toEqual([]);
  for (const path of ["moves", "reveal"]) {
    const body = path === "moves" ? { action: "approve" } : { reason: "核对" };
    expect((await far.ask("POST", `/identity-reviews/${review.id}/${path}`, body)).status).toBe(404);
  }
  const seen = await clerk.ask("POST", `/identity-reviews/${review.id}/reveal`, { reason: "核对证件原件" });
  expect(seen.json).toEqual({ name: "换号人", idType: "resident_id", idNumber: idNumberOf("换号人") });

  expect((await clerk.ask("POST", `/identity-reviews/${review.id}/moves`, { action: "approve" })).json.code).toBe(
    "identity.bound",
  );
  expect((await clerk.ask("POST", `/identity-reviews/${review.id}/moves`, { action: "rebind" })).status).toBe(403);
  const done = await supervisor.ask("POST", `/identity-reviews/${review.id}/moves`, {
    action: "rebind",
    note: "当面核对原件",
  });
  expect(done.json.state.code).toBe("approved");
  expect((await fresh.ask("GET", "/me")).json.identity.state.code).toBe("verified");
  expect((await old.ask("GET", "/me")).status).toBe(401);
  expect((await (await person(app, "换号人")).ask("GET", "/me")).json.identity.state.code).toBe("failed");
  expect((await clerk.ask("POST", `/identity-reviews/${review.id}/moves`, { action: "reject" })).status).toBe(409);
});

test("a review that is rejected says why, and the person may try again", async () => {
  const one = await person(app, "材料不清");
  await check(one, claim("材料不符"));
  await one.ask("POST", "/me/identity/review", REVIEW);
  const clerk = await staffMember(app, { username: "clerk4", role: "clerk", courtCode: "鲁0102" });
  const [review] = (await clerk.ask("GET", "/identity-reviews?state=open")).json.items;
  await clerk.ask("POST", `/identity-reviews/${review.id}/moves`, { action: "reject", note: "证件照片不清晰" });
  expect((await one.ask("GET", "/me")).json.identity).toMatchObject({
    state: { code: "failed" },
    reason: expect.stringContaining("证件照片不清晰"),
  });
  expect((await one.ask("POST", "/me/identity/review", REVIEW)).status).toBe(200);
});

test("the phone is vouched for by WeChat's code only", async () => {
  const one = await person(app, "手机");
  const code = app.sandbox.wechat.phoneCode("13711112222");
  expect((await one.ask("POST", "/me/phone", { code })).json).toMatchObject({
    phoneMasked: "137****2222",
    phoneVerified: true,
  });
  expect((await one.ask("POST", "/me/phone", { code })).json.code).toBe("account.phone_refused");
  expect((await one.ask("POST", "/me/phone", { phoneNumber: "13711112222" })).status).toBe(422);
  await check(one, claim("手机", undefined, { phone: "13733334444" }));
  expect((await one.ask("GET", "/me")).json).toMatchObject({ phoneMasked: "137****4444", phoneVerified: false });
});

test("a verified person becomes a lawyer by a licence of their own", async () => {
  const lawyer = await person(app, "刘律师");
  const practice = { licenseNumber: "13701201910123456", firm: "山东某某律师事务所" };
  const early = await lawyer.ask("PUT", "/me/practice", practice);
  expect([early.status, early.json.code]).toEqual([403, "account.unverified"]);
  await check(lawyer, claim("刘律师"));
  expect(
    (await lawyer.ask("PUT", "/me/practice", { ...practice, licenseNumber: "1370120191012345" })).json.errors[0]
      .pointer,
  ).toBe("/licenseNumber");
  const me = (await lawyer.ask("PUT", "/me/practice", practice)).json;
  expect(me).toMatchObject({
    role: "lawyer",
    practice: { state: { code: "verified" }, licenseNumberMasked: "137**********3456" },
  });
  expect(me.practice.licenseNumberMasked).not.toContain("201910");
  const second = await person(app, "同证律师", { verified: true });
  expect((await second.ask("PUT", "/me/practice", practice)).json.code).toBe("practice.bound");
  const admin = await staffMember(app, { username: "admin-lawyers", role: "admin", courtCode: "鲁0102" });
  const listed = (await admin.ask("GET", "/practices?state=verified")).json.items;
  expect(listed).toMatchObject([{ id: lawyer.accountId, nameMasked: "刘**" }]);
  expect(
    (await admin.ask("POST", `/practices/${lawyer.accountId}/reveal`, { reason: "与登记核对" })).json.licenseNumber,
  ).toBe(practice.licenseNumber);
  await admin.ask("POST", `/practices/${lawyer.accountId}/moves`, { action: "reject", note: "已注销执业" });
  expect((await lawyer.ask("GET", "/me")).json).toMatchObject({
    role: "litigant",
    practice: { state: { code: "rejected" } },
  });
});

test("what other modules ask: who is it, is it verified, make one for a seed", async () => {
  const { openid } = await app.gateways.login.exchange("sandbox:种子");
  const seed = {
    openid,
    name: "种子",
    idType: "resident_id" as const,
    idNumber: idNumberOf("种子"),
    phone: "13900001111",
  };
  const first = await app.transact(SYSTEM, (work) => ensurePerson(work, app.vault, seed));
  expect(await app.transact(SYSTEM, (work) => ensurePerson(work, app.vault, seed))).toBe(first);
  const one = await person(app, "种子");
  expect(one.accountId).toBe(first);
  const clerk = await staffMember(app, {
    username: "clerk5",
    role: "clerk",
    courtCode: "鲁0102",
    displayName: "周立案",
  });
  const described = await describeAccounts([first, clerk.accountId, "0"]);
  expect(described.get(first)).toEqual({ displayName: "种*", role: "litigant", courtCode: null });
  expect(described.get(clerk.accountId)?.displayName).toBe("周立案");
  expect(await findIdentity(app.vault, first)).toMatchObject({
    state: "verified",
    name: "种子",
    idNumber: idNumberOf("种子"),
    phone: "13900001111",
  });
  const actor = (accountId: string) => ({ accountId, role: "litigant" as const, courtCode: null, sessionId: null });
  await app.transact(actor(first), requireVerified);
  const stranger = await person(app, "未认证的人");
  await expect(app.transact(actor(stranger.accountId), requireVerified)).rejects.toMatchObject({
    code: "account.unverified",
    status: 403,
  });
});

/** A synthetic resident number whose check digit is X. */
function numberEndingInX(): string {
  for (let serial = 100; ; serial += 1)
    if (idCheckDigit(`37019919800101${serial}`) === "X") return `37019919800101${serial}X`;
}

function idCheckDigit(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return "10X98765432"[weights.reduce((sum, weight, at) => sum + weight * Number(seventeen[at]), 0) % 11] ?? "";
}
