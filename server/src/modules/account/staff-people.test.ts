import mysql from "mysql2/promise";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type StaffPerson, signInStaff, speaker, staffMember, totpCode } from "#test/people.ts";

const DAY = 1;
const OWN_WORDS = "My-own-words-26";
let app: TestApp;
let owner: mysql.Connection;
let admin: StaffPerson;
beforeAll(async () => {
  app = await startApp("staff-people");
  owner = await mysql.createConnection({ uri: app.ownerUrl });
  admin = await adminNamed("people-admin");
});
afterEach(() => {
  app.clock.shiftMs = 0;
  expect(app.unexpected).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await app.stop();
});

const adminNamed = (username: string, courtCode = "鲁0102") => staffMember(app, { username, role: "admin", courtCode });
const made = async (username: string) => {
  const answer = await admin.ask("POST", "/staff", {
    username,
    displayName: "新同事",
    title: "三级法官助理",
    role: "clerk",
  });
  expect(answer.status).toBe(201);
  return answer.json as { staff: { id: string; firstPasswordUntil: string }; password: string; totpSecret: string };
};
const signIn = (username: string, password: string, totp: string, newPassword?: string) =>
  app.ask("POST", "/sessions/staff", { body: { username, password, totp, ...(newPassword ? { newPassword } : {}) } });
const listed = async (id: string) =>
  (await admin.ask("GET", "/staff?limit=100")).json.items.find((one: { id: string }) => one.id === id);

test("what is handed over opens nothing until its owner has set a password of their own", async () => {
  const { staff, password, totpSecret } = await made("people-first");
  expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  expect(await listed(staff.id)).toMatchObject({ title: "三级法官助理", firstPasswordUntil: staff.firstPasswordUntil });
  const code = totpCode(app, totpSecret);
  const due = await signIn("people-first", password, code);
  expect([due.status, due.json.code]).toEqual([401, "session.password_due"]);
  expect((await signIn("people-first", password, code, "people-first-1")).json.code).toBe("staff.weak_password");
  expect((await signIn("people-first", password, code, password)).json.code).toBe("staff.weak_password");
  const entered = await signIn("people-first", password, code, OWN_WORDS);
  expect(entered.status).toBe(200);
  expect((await speaker(app, entered).ask("GET", "/me")).json.role).toBe("clerk");
  expect((await signIn("people-first", password, totpCode(app, totpSecret, 1))).json.code).toBe(
    "session.bad_credentials",
  );
  expect((await listed(staff.id)).firstPasswordUntil).toBeNull();
  app.pass(4 * DAY);
  expect((await signInStaff(app, { username: "people-first", totpSecret }, OWN_WORDS)).status).toBe(200);
  const [rows] = await owner.query("SELECT CONVERT(totp_sealed USING latin1) AS text, password_hash FROM staff");
  expect(JSON.stringify(rows)).not.toContain(totpSecret);
  expect(JSON.stringify(rows)).toContain("$argon2id$");
});

test("who knows the password alone, or guesses the code, sets none", async () => {
  const { password, totpSecret } = await made("people-guess");
  expect((await signIn("people-guess", password, "", OWN_WORDS)).json.code).toBe("session.totp_required");
  expect((await signIn("people-guess", password, "000000", OWN_WORDS)).json.code).toBe("session.totp_refused");
  expect((await signIn("people-guess", "wrong-password", totpCode(app, totpSecret), OWN_WORDS)).json.code).toBe(
    "session.bad_credentials",
  );
  expect((await signIn("people-guess", password, totpCode(app, totpSecret))).json.code).toBe("session.password_due");
});

test("after three days it opens nothing at all, and is given anew", async () => {
  const { staff, password, totpSecret } = await made("people-late");
  app.pass(3.01 * DAY);
  const late = await signIn("people-late", password, totpCode(app, totpSecret), OWN_WORDS);
  expect([late.status, late.json.code]).toEqual([403, "session.password_expired"]);
  app.clock.shiftMs = 0;
  const again = await admin.ask("POST", `/staff/${staff.id}/credentials`, { shown: "work_card" });
  const entered = await signIn("people-late", again.json.password, totpCode(app, again.json.totpSecret), OWN_WORDS);
  expect(entered.status).toBe(200);
  const auditor = await staffMember(app, { username: "people-auditor", role: "auditor", courtCode: "鲁0102" });
  await app.settle();
  const { items } = (await auditor.ask("GET", "/audit?limit=100")).json;
  expect(items.find(({ name }: { name: string }) => name === "staff.credentials_reset")?.facts).toMatchObject({
    accountId: staff.id,
    shown: "work_card",
  });
});

test("name, title and role change at once; sessions can be ended; a lost factor is replaced", async () => {
  const { staff, password, totpSecret } = await made("people-change");
  const clerk = speaker(app, await signIn("people-change", password, totpCode(app, totpSecret), OWN_WORDS));
  const changed = await admin.ask("PUT", `/staff/${staff.id}`, { displayName: "改过名", title: "书记员" });
  expect(changed.json).toMatchObject({ name: "改过名", title: "书记员" });
  expect((await clerk.ask("GET", "/me")).json.staff.name).toBe("改过名");
  expect((await admin.ask("PUT", `/staff/${staff.id}/role`, { role: "court_clerk" })).json.role).toBe("court_clerk");
  expect((await clerk.ask("GET", "/identity-reviews")).status).toBe(403);
  expect((await admin.ask("POST", `/staff/${staff.id}/moves`, { action: "sign_out" })).json.state.code).toBe("active");
  expect((await clerk.ask("GET", "/me")).status).toBe(401);
  const back = await signIn("people-change", OWN_WORDS, totpCode(app, totpSecret, 1));
  expect(back.status).toBe(200);
  await admin.ask("POST", `/staff/${staff.id}/credentials`, { shown: "identity_card" });
  expect((await speaker(app, back).ask("GET", "/me")).status).toBe(401);
  expect((await signInStaff(app, { username: "people-change", totpSecret }, OWN_WORDS)).status).toBe(401);
  const taken = await admin.ask("POST", "/staff", { username: "people-change", displayName: "另一人", role: "clerk" });
  expect([taken.status, taken.json.code]).toEqual([409, "staff.username_taken"]);
});

test("nobody touches their own account, and of administrators who remove each other one stays", async () => {
  const own = [
    ["POST", "moves", { action: "disable" }],
    ["POST", "moves", { action: "sign_out" }],
    ["POST", "credentials", { shown: "known" }],
    ["PUT", "role", { role: "clerk" }],
  ] as const;
  for (const [method, what, body] of own)
    expect((await admin.ask(method, `/staff/${admin.accountId}/${what}`, body)).json.code, what).toBe("staff.self");
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = [await adminNamed(`pair-a${round}`, "鲁0103"), await adminNamed(`pair-b${round}`, "鲁0103")];
    const remove = (by: StaffPerson, whom: StaffPerson) =>
      round % 2
        ? by.ask("POST", `/staff/${whom.accountId}/moves`, { action: "disable" })
        : by.ask("PUT", `/staff/${whom.accountId}/role`, { role: "clerk" });
    const answers = await Promise.all([remove(one, other), remove(other, one)]);
    expect(answers.map(({ status }) => status).sort()[0], `round ${round}`).toBe(200);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  }
});
