import { createHash } from "node:crypto";
import { generateSync } from "otplib";
import { type Role, SYSTEM } from "../src/core/actor.ts";
import { ensureStaff } from "../src/modules/account/index.ts";
import type { Answered, TestApp } from "./app.ts";
import { idNumberOf } from "./id-number.ts";

export { idNumberOf };

export const STAFF_PASSWORD = "Sutong-2026";
const STEP_MS = 30_000;

/** Somebody who is signed in. */
export interface Person {
  readonly token: string;
  readonly refreshToken: string;
  readonly accountId: string;
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}
export interface StaffPerson extends Person {
  readonly username: string;
  readonly totpSecret: string;
}

/** One of the public, by the sandbox's WeChat. `verified`: with a real-name check passed, under a number made of the name. */
export async function person(
  app: TestApp,
  name: string,
  { verified = false }: { verified?: boolean } = {},
): Promise<Person> {
  const signedIn = await app.ask("POST", "/sessions/wechat", { body: { code: `sandbox:${name}` } });
  if (signedIn.status !== 200) throw new Error(`${name} cannot sign in: ${signedIn.text}`);
  const one = speaker(app, signedIn);
  if (verified) {
    const checked = await one.ask("PUT", "/me/identity", {
      name,
      idType: "resident_id",
      idNumber: idNumberOf(name),
      phone: "13800138000",
    });
    if (checked.json?.identity?.state?.code !== "verified") throw new Error(`${name} is not verified: ${checked.text}`);
  }
  return one;
}

/** One of the court's people: made as the seed makes them, signed in with password and code like everybody. */
export async function staffMember(
  app: TestApp,
  {
    username,
    role,
    courtCode,
    displayName = username,
  }: { username: string; role: Role; courtCode: string | null; displayName?: string },
): Promise<StaffPerson> {
  const totpSecret = totpSecretOf(username);
  await app.transact(SYSTEM, (work) =>
    ensureStaff(work, app.vault, { username, displayName, role, courtCode, password: STAFF_PASSWORD, totpSecret }),
  );
  const signedIn = await signInStaff(app, { username, totpSecret });
  if (signedIn.status !== 200) throw new Error(`${username} cannot sign in: ${signedIn.text}`);
  return { username, totpSecret, ...speaker(app, signedIn) };
}

/** A sign-in with a code that was not used yet: of the step before, of this one or of the next. */
export async function signInStaff(
  app: TestApp,
  { username, totpSecret }: { username: string; totpSecret: string },
  password = STAFF_PASSWORD,
): Promise<Answered> {
  let answer: Answered | null = null;
  for (const steps of [-1, 0, 1]) {
    answer = await app.ask("POST", "/sessions/staff", {
      body: { username, password, totp: totpCode(app, totpSecret, steps) },
    });
    if (answer.json?.code !== "session.totp_refused") return answer;
  }
  return answer as Answered;
}

/** The code of this moment in the application's time, or of so many steps from it. */
export const totpCode = (app: TestApp, secret: string, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor((app.clock.now().getTime() + steps * STEP_MS) / 1000) });

export const totpSecretOf = (username: string): string => base32(createHash("sha1").update(username).digest());

export function speaker(app: TestApp, signedIn: Answered): Person {
  const { accessToken: token, refreshToken, account } = signedIn.json;
  return {
    token,
    refreshToken,
    accountId: account.id,
    ask: (method, path, body, headers) => app.ask(method, path, { token, body, ...(headers ? { headers } : {}) }),
  };
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)])
    .join("");
}
