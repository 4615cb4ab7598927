import mysql from "mysql2/promise";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { person, STAFF_PASSWORD, type StaffPerson, signInStaff, speaker, staffMember, totpCode } from "#test/people.ts";

const MINUTE_DAYS = 1 / 1440;
let app: TestApp;
let owner: mysql.Connection;
let admin: StaffPerson;
beforeAll(async () => {
  app = await startApp("staff");
  owner = await mysql.createConnection({ uri: app.ownerUrl });
  admin = await staffMember(app, { username: "admin1", role: "admin", courtCode: "鲁0102" });
});
afterEach(() => {
  app.clock.shiftMs = 0;
  expect(app.unexpected).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await app.stop();
});

const attempt = (username: string, password: string, totp?: string) =>
  app.ask("POST", "/sessions/staff", { body: { username, password, ...(totp === undefined ? {} : { totp }) } });
const clerkNamed = (username: string, courtCode = "鲁0102") => staffMember(app, { username, role: "clerk", courtCode });

test("password first, then the code; what is wrong is said no more closely than that", async () => {
  const clerk = await clerkNamed("clerk-two-steps");
  const without = await attempt(clerk.username, STAFF_PASSWORD);
  expect([without.status, without.json.code]).toEqual([401, "session.totp_required"]);
  const wrong = await attempt(clerk.username, "wrong-password", totpCode(app, clerk.totpSecret, 1));
  const nobody = await attempt("nobody-at-all", "wrong-password", "123456");
  expect([wrong.status, wrong.json.code]).toEqual([401, "session.bad_credentials"]);
  expect({ ...nobody.json, requestId: "" }).toEqual({ ...wrong.json, requestId: "" });
  const me = (await clerk.ask("GET", "/me")).json;
  expect(me).toMatchObject({ role: "clerk", staff: { username: clerk.username }, court: { code: "鲁0102" } });
});

test("an unknown name takes the same work as a known one", async () => {
  const clerk = await clerkNamed("clerk-time");
  // Work, not time: other tests of this machine do not count.
  const workFor = async (username: string) => {
    const since = process.cpuUsage();
    for (let count = 0; count < 4; count += 1) await attempt(username, "wrong-password");
    const { user, system } = process.cpuUsage(since);
    return user + system;
  };
  await attempt("nobody-warm", "x");
  const [known, unknown] = [await workFor(clerk.username), await workFor("nobody-time")];
  expect(unknown).toBeGreaterThan(known * 0.6);
});

test("a code opens once, and only within a step of its time", async () => {
  const clerk = await clerkNamed("clerk-codes");
  app.pass(10 * MINUTE_DAYS);
  const code = totpCode(app, clerk.totpSecret);
  expect((await attempt(clerk.username, STAFF_PASSWORD, code)).status).toBe(200);
  const again = await attempt(clerk.username, STAFF_PASSWORD, code);
  expect([again.status, again.json.code]).toEqual([401, "session.totp_refused"]);
  // The one before is used up with it; three steps away was never good.
  expect((await attempt(clerk.username, STAFF_PASSWORD, totpCode(app, clerk.totpSecret, -1))).status).toBe(401);
  expect((await attempt(clerk.username, STAFF_PASSWORD, totpCode(app, clerk.totpSecret, 3))).status).toBe(401);
  expect((await attempt(clerk.username, STAFF_PASSWORD, totpCode(app, clerk.totpSecret, 1))).status).toBe(200);
});

test("one code sent five times at the same moment opens one session", async () => {
  const clerk = await clerkNamed("clerk-race");
  app.pass(10 * MINUTE_DAYS);
  const code = totpCode(app, clerk.totpSecret);
  const answers = await Promise.all(Array.from({ length: 5 }, () => attempt(clerk.username, STAFF_PASSWORD, code)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test("after five misses the name rests for fifteen minutes, right password or not; a spelling variant does not help", async () => {
  const clerk = await clerkNamed("clerk-locked");
  for (let miss = 0; miss < 5; miss += 1)
    expect((await attempt(miss % 2 ? "Clerk-Locked" : clerk.username, "wrong-password")).status).toBe(401);
  const locked = await signInStaff(app, clerk);
  expect([locked.status, locked.json.code]).toEqual([429, "session.locked"]);
  const wait = Number(locked.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(14 * 60);
  expect(wait).toBeLessThanOrEqual(15 * 60);
  // Those who are in stay in.
  expect((await clerk.ask("GET", "/me")).status).toBe(200);
  app.pass(15.1 * MINUTE_DAYS);
  expect((await signInStaff(app, clerk)).status).toBe(200);
});

test("a hundred guesses at the same moment are five guesses, and names nobody has are locked alike", async () => {
  const clerk = await clerkNamed("clerk-storm");
  for (const username of [clerk.username, "nobody-storm"]) {
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt(username, "wrong-password")));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
  }
});

test("wrong codes count as misses, and asking for the code does not bring new attempts", async () => {
  const clerk = await clerkNamed("clerk-guess");
  let guesses = 0;
  for (let count = 0; count < 20; count += 1) {
    const [asked, guessed] = [
      await attempt(clerk.username, STAFF_PASSWORD),
      await attempt(clerk.username, STAFF_PASSWORD, "000000"),
    ];
    expect([401, 429]).toContain(asked.status);
    if (guessed.status === 401) guesses += 1;
  }
  expect(guesses).toBe(5);
});

test("an administrator unlocks, disables at once and enables; their own account is for another to touch", async () => {
  const clerk = await clerkNamed("clerk-moves");
  const move = (id: string, action: string) => admin.ask("POST", `/staff/${id}/moves`, { action });
  for (let miss = 0; miss < 5; miss += 1) await attempt(clerk.username, "wrong-password");
  const listed = async () =>
    (await admin.ask("GET", "/staff?limit=100")).json.items.find(({ id }: { id: string }) => id === clerk.accountId);
  expect(await listed()).toMatchObject({
    locked: true,
    moves: [{ action: "disable" }, { action: "unlock" }, { action: "sign_out" }],
  });
  expect((await move(clerk.accountId, "unlock")).json.locked).toBe(false);
  expect((await clerk.ask("GET", "/identity-reviews")).status).toBe(200);
  expect((await move(clerk.accountId, "disable")).json.state.code).toBe("disabled");
  expect((await clerk.ask("GET", "/identity-reviews")).status).toBe(401);
  expect((await app.ask("POST", "/sessions/refresh", { body: { refreshToken: clerk.refreshToken } })).status).toBe(401);
  const refused = await signInStaff(app, clerk);
  expect([refused.status, refused.json.code]).toEqual([403, "session.disabled"]);
  expect((await move(clerk.accountId, "disable")).status).toBe(409);
  await move(clerk.accountId, "enable");
  expect((await clerk.ask("GET", "/me")).status).toBe(401);
  app.pass(5 * MINUTE_DAYS);
  expect((await signInStaff(app, clerk)).status).toBe(200);
  app.clock.shiftMs = 0;
  expect((await move(admin.accountId, "disable")).json.code).toBe("staff.self");
});

test("an administrator reaches their own court's people and nobody else", async () => {
  const far = await clerkNamed("clerk-other-court", "鲁0103");
  const someone = await person(app, "王芳");
  for (const id of [far.accountId, someone.accountId, "999999", "0", "x"]) {
    expect((await admin.ask("POST", `/staff/${id}/moves`, { action: "disable" })).status, id).toBe(404);
    expect((await admin.ask("PUT", `/staff/${id}/role`, { role: "judge" })).status, id).toBe(404);
    expect((await admin.ask("POST", `/staff/${id}/credentials`, { shown: "known" })).status, id).toBe(404);
    expect((await admin.ask("PUT", `/staff/${id}`, { displayName: "别人" })).status, id).toBe(404);
  }
  expect((await far.ask("GET", "/me")).status).toBe(200);
  const seen = (await admin.ask("GET", "/staff?limit=100")).json.items as { id: string }[];
  expect(seen.map(({ id }) => id)).not.toContain(far.accountId);
  for (const path of ["/staff", "/practices"]) expect((await far.ask("GET", path)).status).toBe(403);
});

test("one changes one's own password: the old one is needed, and other devices are signed out", async () => {
  const clerk = await clerkNamed("clerk-password");
  app.pass(2 * MINUTE_DAYS);
  const other = speaker(app, await signInStaff(app, clerk));
  const change = (oldPassword: string, newPassword: string) =>
    clerk.ask("PUT", "/me/password", { oldPassword, newPassword });
  expect((await change("wrong", "A-new-password-26")).status).toBe(422);
  for (const weak of [
    "short",
    "1q2w3e4r5t6y",
    "QWERTY123456",
    "Fayuan-2026!",
    "诉通2026080808",
    "clerk-password-1",
    "abcdefghijkl",
  ])
    expect((await change(STAFF_PASSWORD, weak)).json.code, weak).toBe("staff.weak_password");
  expect((await change(STAFF_PASSWORD, "A-new-password-26")).status).toBe(204);
  expect((await other.ask("GET", "/me")).status).toBe(401);
  expect((await clerk.ask("GET", "/me")).status).toBe(200);
  app.pass(2 * MINUTE_DAYS);
  expect((await signInStaff(app, clerk)).json.code).toBe("session.bad_credentials");
  expect((await signInStaff(app, clerk, "A-new-password-26")).status).toBe(200);
});

test("usernames that only a careless collation calls equal are different people", async () => {
  const pairs = [
    ["庭😀", "庭😁"],
    ["Straße1", "Strasse1"],
    ["judge-é", "judge-e"],
    ["Clerk-Case", "clerk-case"],
  ] as const;
  for (const pair of pairs) {
    const [one, two] = [await clerkNamed(pair[0]), await clerkNamed(pair[1])];
    expect(one.accountId).not.toBe(two.accountId);
    expect((await one.ask("GET", "/me")).json.staff.username).toBe(pair[0]);
    expect((await two.ask("GET", "/me")).json.staff.username).toBe(pair[1]);
  }
});

test("a litigant has no password, and no door of the court's people opens to them", async () => {
  const fang = await person(app, "王芳");
  const calls = [
    ["PUT", "/me/password", { oldPassword: "x", newPassword: "y" }],
    ["GET", "/staff"],
    ["POST", "/staff", {}],
    ["GET", "/identity-reviews"],
    ["GET", "/audit"],
  ] as const;
  for (const [method, path, body] of calls) expect((await fang.ask(method, path, body)).status, path).toBe(403);
  expect((await admin.ask("GET", "/audit")).status).toBe(403);
});
