import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { clearAttempts, returnAttempt, takeAttempt } from "./attempts.ts";
import { Account, Staff } from "./model.ts";
import { checkNewPassword, hashPassword, isPassword } from "./password.ts";
import { problem } from "./problems.ts";
import { emitAs, type OpenedSession, openSession } from "./session.ts";
import { totpStep } from "./totp.ts";

export interface StaffCredentials {
  readonly username: string;
  readonly password: string;
  readonly totp?: string | undefined;
  /** Looked at only while the password is one that was handed over. */
  readonly newPassword?: string | undefined;
}
export interface SignInMeans {
  readonly vault: Vault;
  /** Each call is a transaction of its own: a refusal must leave its count and its event behind. */
  readonly work: <T>(body: (work: Work) => Promise<T>) => Promise<T>;
  readonly device: string;
}
export type SignedIn = OpenedSession & { readonly account: Account };

/** Spelling variants of a name share one count of misses. */
export const attemptIndex = (vault: Vault, username: string): string =>
  vault.index("sign-in", username.normalize("NFKC").toLowerCase());

/**
 * Signs in one of the court's own people: password, then the code of the moment. Throws `session.locked`,
 * `session.bad_credentials`, `session.totp_required`, `session.totp_refused`, `session.disabled`; with a password that was
 * handed over, `session.password_due` until a new one comes with it, and `session.password_expired` after three days.
 */
export async function signInStaff(credentials: StaffCredentials, means: SignInMeans): Promise<SignedIn> {
  const { vault, work: transact } = means;
  const { username, password, newPassword } = credentials;
  if (newPassword !== undefined) checkNewPassword(newPassword, username);
  if (newPassword === password) throw samePassword();
  const key = attemptIndex(vault, username);
  const known = await Staff.findOne({ where: { username } });
  const wait = await transact(async (work) => {
    const seconds = await takeAttempt(work, key);
    if (seconds > 0) await refuse(work, known, "locked");
    return seconds;
  });
  if (wait > 0) throw problem("session.locked", { retryAfter: wait, members: { retryAfterSeconds: wait } });

  const right = await isPassword(known?.passwordHash ?? null, password);
  const newHash = right && newPassword !== undefined ? await hashPassword(newPassword) : null;
  const outcome = await transact((work) => decide(work, credentials, means, known, right, newHash, key));
  if (typeof outcome === "string") throw problem(outcome);
  return outcome;
}

type Refusal = `session.${
  | "bad_credentials"
  | "totp_required"
  | "totp_refused"
  | "password_due"
  | "password_expired"
  | "disabled"}`;

async function decide(
  work: Work,
  { totp }: StaffCredentials,
  { vault, device }: SignInMeans,
  known: Staff | null,
  right: boolean,
  newHash: string | null,
  key: string,
): Promise<SignedIn | Refusal> {
  const held = { lock: work.tx.LOCK.UPDATE, transaction: work.tx };
  const account = known ? await Account.findByPk(known.accountId, held) : null;
  const staff = account ? await Staff.findByPk(account.id, held) : null;
  // The password may have been changed since it was checked.
  if (!account || !staff || !right || staff.passwordHash !== known?.passwordHash) {
    await refuse(work, known, "password");
    return "session.bad_credentials";
  }
  if (account.state !== "active") {
    await returnAttempt(work, key);
    await refuse(work, known, "disabled");
    return "session.disabled";
  }
  if (totp === undefined || totp === "") {
    await returnAttempt(work, key);
    return "session.totp_required";
  }
  const secret = vault.open(staff.totpSealed, totpPlace(account.id));
  const step = totpStep(secret, totp, work.at, Number(staff.lastTotpStep));
  if (step === null) {
    await refuse(work, known, "totp");
    return "session.totp_refused";
  }
  const { firstPasswordUntil } = staff;
  if (firstPasswordUntil && firstPasswordUntil <= work.at) {
    await refuse(work, known, "expired");
    return "session.password_expired";
  }
  if (firstPasswordUntil && newHash === null) {
    // The code is not used up: it comes again with the new password.
    await returnAttempt(work, key);
    return "session.password_due";
  }
  if (firstPasswordUntil && newHash !== null) {
    await staff.update(
      { passwordHash: newHash, passwordChangedAt: work.at, firstPasswordUntil: null },
      { transaction: work.tx },
    );
    await emitAs(work, account, "staff.password_changed", { accountId: account.id });
  }
  await staff.update({ lastTotpStep: step }, { transaction: work.tx });
  await clearAttempts(work, key);
  return { account, ...(await openSession(work, account, "staff", device)) };
}

const samePassword = () =>
  problem("staff.weak_password", {
    errors: [{ pointer: "/newPassword", code: "same", message: "新密码不能与首次登录密码相同" }],
  });

export const totpPlace = (accountId: string): string => `account:${accountId} totp`;

async function refuse(
  work: Work,
  known: Staff | null,
  reason: "password" | "totp" | "locked" | "disabled" | "expired",
): Promise<void> {
  const account = known ? await Account.findByPk(known.accountId, { transaction: work.tx }) : null;
  if (account) return emitAs(work, account, "session.refused", { reason });
  await work.emit({ name: "session.refused", about: "account:0", courtCode: null, reason });
}
