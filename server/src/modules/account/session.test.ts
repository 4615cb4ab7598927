import { createHmac, createSecretKey } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import jwt from "jsonwebtoken";
import mysql from "mysql2/promise";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { person, STAFF_PASSWORD, signInStaff, speaker, staffMember } from "#test/people.ts";

const MINUTE_DAYS = 1 / 1440;
let app: TestApp;
let owner: mysql.Connection;
beforeAll(async () => {
  app = await startApp("session");
  owner = await mysql.createConnection({ uri: app.ownerUrl });
});
afterEach(() => {
  app.clock.shiftMs = 0;
  expect(app.unexpected).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await app.stop();
});

const me = (token: string) => app.ask("GET", "/me", { token });
const refresh = (refreshToken: string) => app.ask("POST", "/sessions/refresh", { body: { refreshToken } });

test("a person signs in by WeChat: the first time makes the account, the next finds it", async () => {
  const first = await person(app, "王芳");
  const again = await person(app, "王芳");
  expect(again.accountId).toBe(first.accountId);
  expect((await first.ask("GET", "/me")).json).toMatchObject({
    role: "litigant",
    name: "王芳",
    nameMasked: "王*",
    identity: { state: { code: "none" } },
  });
  const all = await Promise.all(Array.from({ length: 8 }, () => person(app, "同时登录")));
  expect(new Set(all.map(({ accountId }) => accountId)).size).toBe(1);
});

test("nothing of WeChat's leaves: no openid, no session key, and the openid is not readable at rest", async () => {
  const { openid } = await app.gateways.login.exchange("sandbox:李强");
  const signedIn = await app.ask("POST", "/sessions/wechat", { body: { code: "sandbox:李强" } });
  expect(signedIn.text).not.toMatch(/openid|unionid|session_key/i);
  expect(signedIn.text).not.toContain(openid);
  const [rows] = await owner.query("SELECT * FROM account");
  const stored = (rows as Record<string, unknown>[])
    .flatMap(Object.values)
    .map((value) => (Buffer.isBuffer(value) ? value.toString("utf8") : String(value)));
  expect(stored.filter((value) => value.includes(openid) || value.includes("李强"))).toEqual([]);
});

test("a login code is good once, and what a client says of itself is refused", async () => {
  const code = app.sandbox.wechat.loginCode("赵敏");
  expect((await app.ask("POST", "/sessions/wechat", { body: { code } })).status).toBe(200);
  const second = await app.ask("POST", "/sessions/wechat", { body: { code } });
  expect([second.status, second.json.code]).toEqual([401, "session.code_refused"]);
  for (const body of [
    { code: "0123456789" },
    { code: "sandbox:风险用户" },
    { code: "", openid: "o1" },
    { openid: "oABC" },
    { code: ["x"] },
    { code: "sandbox:a", role: "admin" },
  ]) {
    const answer = await app.ask("POST", "/sessions/wechat", { body });
    expect([401, 403, 422]).toContain(answer.status);
  }
});

test("a token that is not ours, or was changed, opens nothing", async () => {
  const fang = await person(app, "王芳");
  const claims = jwt.decode(fang.token) as jwt.JwtPayload;
  const { iat: _iat, exp: _exp, ...said } = claims;
  const ours = createSecretKey(createHmac("sha256", app.config.TOKEN_SECRET).update("access token").digest());
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [header = "", body = "", signature = ""] = fang.token.split(".");
  const forged = {
    "alg none": `${part({ alg: "none", typ: "JWT" })}.${body}.`,
    "alg none, signature kept": `${part({ alg: "none", typ: "JWT" })}.${body}.${signature}`,
    "the raw setting as key": jwt.sign(said, app.config.TOKEN_SECRET, { expiresIn: 600 }),
    "another key": jwt.sign(said, "x".repeat(64), { expiresIn: 600 }),
    "an empty key": `${header}.${body}.${createHmac("sha256", "").update(`${header}.${body}`).digest("base64url")}`,
    "kid that points elsewhere": jwt.sign(said, "x".repeat(64), { expiresIn: 600, keyid: "../../dev/null" }),
    "another algorithm": jwt.sign(said, ours, { expiresIn: 600, algorithm: "HS512" }),
    "another account": `${header}.${part({ ...claims, sub: "999" })}.${signature}`,
    "a session of somebody else": jwt.sign({ ...said, sub: String(Number(claims["sub"]) + 1) }, ours, {
      expiresIn: 600,
    }),
    "a session that never was": jwt.sign({ ...said, sid: "999999" }, ours, { expiresIn: 600 }),
    "another issuer": jwt.sign({ ...said, iss: "other" }, ours, { expiresIn: 600 }),
    "another audience": jwt.sign({ ...said, aud: "sutong-video" }, ours, { expiresIn: 600 }),
    "no audience": jwt.sign({ ...said, aud: undefined }, ours, { expiresIn: 600 }),
    "no session": jwt.sign({ iss: "sutong", aud: said.aud, sub: claims["sub"] }, ours, { expiresIn: 600 }),
    "time is up": jwt.sign({ ...said, exp: Math.floor(Date.now() / 1000) - 1 }, ours),
    "never ends": jwt.sign(said, ours),
    "the refresh token": fang.refreshToken,
    nothing: "x",
  };
  for (const [what, token] of Object.entries(forged)) expect((await me(token)).status, what).toBe(401);
  for (const authorization of [
    fang.token,
    `Basic ${fang.token}`,
    `Bearer  ${fang.token}`,
    `Bearer ${fang.token},${fang.token}`,
    "Bearer",
    "Bearer ",
  ]) {
    expect((await app.ask("GET", "/me", { headers: { authorization } })).status, authorization.slice(0, 10)).toBe(401);
  }
  // The same claims under our key do open it: the forgeries fail for the reason they are meant to.
  expect((await me(jwt.sign(said, ours, { expiresIn: 600 }))).status).toBe(200);
});

test("a refresh token is good once; shown again it ends the whole session, also for the one who has the newest", async () => {
  const fang = await person(app, "王芳");
  const next = await refresh(fang.refreshToken);
  expect(next.status).toBe(200);
  expect(next.json.refreshToken).not.toBe(fang.refreshToken);
  expect((await me(next.json.accessToken)).status).toBe(200);
  const stolen = await refresh(fang.refreshToken);
  expect([stolen.status, stolen.json.code]).toEqual([401, "session.ended"]);
  expect((await me(next.json.accessToken)).status).toBe(401);
  expect((await refresh(next.json.refreshToken)).status).toBe(401);
  const [rows] = await owner.query("SELECT name FROM outbox WHERE name = 'session.refresh_reused' AND about = ?", [
    `account:${fang.accountId}`,
  ]);
  expect(rows).toHaveLength(1);
});

test("of many refreshes with one token at the same moment at most one gives a token, and none stays good", async () => {
  const fang = await person(app, "王芳");
  const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(fang.refreshToken)));
  const given = answers.filter(({ status }) => status === 200);
  expect(given.length).toBe(1);
  expect((await refresh(given[0]?.json.refreshToken)).status).toBe(401);
});

test("a guessed refresh token ends nobody's session", async () => {
  const fang = await person(app, "王芳");
  for (const guess of [`${"A".repeat(43)}.${"B".repeat(43)}`, "x", `${fang.refreshToken}x`, "1.2"])
    expect((await refresh(guess)).status).toBe(401);
  expect((await me(fang.token)).status).toBe(200);
  expect((await refresh(fang.refreshToken)).status).toBe(200);
});

test("tokens are not kept readable", async () => {
  const fang = await person(app, "王芳");
  const [rows] = await owner.query("SELECT * FROM session");
  const [family = "", own = ""] = fang.refreshToken.split(".");
  expect(JSON.stringify(rows)).not.toContain(family);
  expect(JSON.stringify(rows)).not.toContain(own);
});

test("signing out ends the session at once; other devices stay", async () => {
  const phone = await person(app, "陈刚");
  const laptop = await person(app, "陈刚");
  expect((await phone.ask("GET", "/sessions")).json.items).toHaveLength(2);
  expect((await phone.ask("DELETE", "/sessions/current")).status).toBe(204);
  expect((await me(phone.token)).status).toBe(401);
  expect((await refresh(phone.refreshToken)).status).toBe(401);
  expect((await laptop.ask("GET", "/sessions")).json.items).toMatchObject([{ current: true }]);
  expect((await me(laptop.token)).status).toBe(200);
});

test("a device is ended by its owner alone, who shows WeChat once more; the others then by one word", async () => {
  const [phone, tablet, laptop] = [await person(app, "陈刚"), await person(app, "陈刚"), await person(app, "陈刚")];
  const others = async () =>
    ((await phone.ask("GET", "/sessions")).json.items as { id: string; current: boolean }[]).filter(
      ({ current }) => !current,
    );
  const [newest] = await others();
  const path = `/sessions/${newest?.id}/end`;
  const own = { code: "sandbox:陈刚" };
  const stranger = await person(app, "陌生人");
  expect((await stranger.ask("POST", path, { code: "sandbox:陌生人" })).status).toBe(404);
  for (const body of [{}, { code: "sandbox:陌生人" }, { code: "0123456789" }, { password: STAFF_PASSWORD }]) {
    for (const each of [path, "/sessions/end-others"]) {
      const refused = await phone.ask("POST", each, body);
      expect([refused.status, refused.json.code]).toEqual([422, "session.unproven"]);
    }
  }
  expect((await me(laptop.token)).status).toBe(200);
  expect((await phone.ask("POST", path, own)).status).toBe(204);
  expect((await me(laptop.token)).status).toBe(401);
  expect((await phone.ask("POST", path, own)).status).toBe(404);
  expect((await phone.ask("POST", "/sessions/end-others", own)).status).toBe(204);
  expect([(await me(tablet.token)).status, (await me(phone.token)).status]).toEqual([401, 200]);
  expect(await others()).toEqual([]);
});

test("the court's people end their devices by their password, and its misses count with those at the door", async () => {
  const desk = await staffMember(app, { username: "clerk-desks", role: "clerk", courtCode: "鲁0102" });
  const left = speaker(app, await signInStaff(app, desk));
  const refused = await desk.ask("POST", "/sessions/end-others", { password: "Guess-2026-first" });
  expect([refused.status, refused.json.errors[0].pointer]).toEqual([422, "/password"]);
  expect((await me(left.token)).status).toBe(200);
  expect((await desk.ask("POST", "/sessions/end-others", { password: STAFF_PASSWORD })).status).toBe(204);
  expect([(await me(left.token)).status, (await me(desk.token)).status]).toEqual([401, 200]);
  for (let miss = 0; miss < 5; miss += 1)
    await desk.ask("POST", "/sessions/end-others", { password: "Guess-2026-more" });
  expect((await desk.ask("POST", "/sessions/end-others", { password: STAFF_PASSWORD })).json.code).toBe(
    "session.locked",
  );
  expect((await signInStaff(app, desk)).json.code).toBe("session.locked");
});

test("a change made on another node holds here within a second: session ended, account disabled, role, court", async () => {
  const clerk = await staffMember(app, { username: "clerk-far", role: "clerk", courtCode: "鲁0102" });
  const allowed = async () => (await clerk.ask("GET", "/identity-reviews")).status;
  const within = async (change: string, values: string[], expected: number) => {
    expect(await allowed()).not.toBe(expected);
    await owner.query(change, values);
    const since = performance.now();
    // Whatever is asked later than a second after the change; how long an answer takes on a busy machine is not the question.
    for (let asked = 0; (await allowed()) !== expected; asked = performance.now() - since) {
      expect(asked, change).toBeLessThan(1000);
      await sleep(20);
    }
  };
  const id = clerk.accountId;
  await within("UPDATE account SET role = 'judge' WHERE id = ?", [id], 403);
  await within("UPDATE account SET role = 'clerk' WHERE id = ?", [id], 200);
  await within("UPDATE account SET state = 'disabled' WHERE id = ?", [id], 401);
  await within("UPDATE account SET state = 'active' WHERE id = ?", [id], 200);
  await owner.query("UPDATE account SET court_code = '鲁0103' WHERE id = ?", [id]);
  await sleep(1000);
  expect((await clerk.ask("GET", "/me")).json.court.code).toBe("鲁0103");
  await within("UPDATE session SET ended_at = UTC_TIMESTAMP(3) WHERE account_id = ?", [id], 401);
});

test("an access token lasts ten minutes by the database's time, a session its idle and absolute time", async () => {
  const fang = await person(app, "时间");
  app.pass(9 * MINUTE_DAYS);
  expect((await me(fang.token)).status).toBe(200);
  app.pass(2 * MINUTE_DAYS);
  expect((await me(fang.token)).status).toBe(401);
  app.pass(6.9);
  const later = speaker(app, await refresh(fang.refreshToken));
  app.pass(7.1);
  expect((await refresh(later.refreshToken)).status).toBe(401);
});

test("a litigant who comes every six days must sign in again after thirty", async () => {
  let { refreshToken } = await person(app, "常来");
  for (const status of [200, 200, 200, 200, 401]) {
    app.pass(6);
    const answer = await refresh(refreshToken);
    expect(answer.status).toBe(status);
    refreshToken = answer.json.refreshToken;
  }
});

test("staff are signed out after thirty idle minutes, and after eight hours however busy", async () => {
  const clerk = await staffMember(app, { username: "clerk-idle", role: "clerk", courtCode: "鲁0102" });
  app.pass(29 * MINUTE_DAYS);
  let held = speaker(app, await refresh(clerk.refreshToken));
  // Requests keep it alive too, not only refreshes.
  app.pass(9 * MINUTE_DAYS);
  expect((await me(held.token)).status).toBe(200);
  app.pass(25 * MINUTE_DAYS);
  held = speaker(app, await refresh(held.refreshToken));
  app.pass(31 * MINUTE_DAYS);
  expect((await refresh(held.refreshToken)).status).toBe(401);

  app.clock.shiftMs = 0;
  let { refreshToken } = await staffMember(app, { username: "clerk-busy", role: "clerk", courtCode: "鲁0102" });
  for (let passed = 20; passed < 480; passed += 20) {
    app.pass(20 * MINUTE_DAYS);
    const answer = await refresh(refreshToken);
    expect(answer.status).toBe(200);
    refreshToken = answer.json.refreshToken;
  }
  app.pass(20 * MINUTE_DAYS);
  expect((await refresh(refreshToken)).status).toBe(401);
});

test("more than ten sessions are not kept: the longest unused ends", async () => {
  const devices = [];
  for (let count = 0; count < 11; count += 1) devices.push(await person(app, "十台手机"));
  expect((await me(devices[0]?.token ?? "")).status).toBe(401);
  expect((await me(devices[1]?.token ?? "")).status).toBe(200);
});

test("what ended long ago is forgotten, what is in use is not", async () => {
  const fang = await person(app, "王芳");
  const job = app.jobs.find(({ name }) => name === "retention");
  const counted = async () =>
    ((await owner.query("SELECT COUNT(*) AS n FROM session"))[0] as { n: number }[])[0]?.n ?? 0;
  const before = await counted();
  await job?.run();
  expect(await counted()).toBe(before);
  expect((await me(fang.token)).status).toBe(200);
  app.pass(61);
  await job?.run();
  expect(await counted()).toBe(0);
});
