import type { Role } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { clearAttempts } from "./attempts.ts";
import { forgetSessions } from "./identify.ts";
import { Account, Staff } from "./model.ts";
import { problem } from "./problems.ts";
import { revokeSessions } from "./session.ts";
import { attemptIndex, totpPlace } from "./sign-in-staff.ts";
import { newTotpSecret } from "./totp.ts";
import { type StaffAction, staffWorkflow } from "./workflow.ts";

export interface NewStaff {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly courtCode: string | null;
  readonly passwordHash: string;
  readonly totpSecret?: string;
}
export interface MadeStaff {
  readonly account: Account;
  readonly staff: Staff;
  /** Shown once to who makes the account; kept sealed. */
  readonly totpSecret: string;
}

/** Makes an account for one of the court's own people. Throws 409 `staff.username_taken`. */
export async function makeStaff(work: Work, vault: Vault, given: NewStaff): Promise<MadeStaff> {
  const { username, displayName, role, courtCode, passwordHash, totpSecret = newTotpSecret() } = given;
  const account = await Account.create(
    { role, courtCode, state: "active", maskedName: displayName, createdAt: work.at },
    { transaction: work.tx },
  );
  try {
    const totpSealed = vault.seal(totpSecret, totpPlace(account.id));
    const staff = await Staff.create(
      { accountId: account.id, username, displayName, passwordHash, totpSealed, passwordChangedAt: work.at },
      { transaction: work.tx },
    );
    await work.emit({ name: "staff.created", about: `account:${account.id}`, courtCode, accountId: account.id, role });
    return { account, staff, totpSecret };
  } catch (error) {
    if (isDuplicate(error))
      throw problem("staff.username_taken", {
        errors: [{ pointer: "/username", code: "taken", message: "该用户名已被使用" }],
      });
    throw error;
  }
}

/** Disables (at once, everywhere), enables or unlocks a colleague of the actor's court. */
export async function moveStaff(work: Work, vault: Vault, id: string, action: StaffAction): Promise<Account> {
  const { account, staff } = await holdColleague(work, id);
  const next = staffWorkflow.next(account.state, action, work.actor.role);
  if (action === "disable" && isActor(work, id)) throw problem("staff.self");
  if (action === "unlock") await clearAttempts(work, attemptIndex(vault, staff.username));
  if (next !== account.state) await account.update({ state: next }, { transaction: work.tx });
  if (next === "disabled") await revokeSessions(work, id);
  work.tx.afterCommit(() => forgetSessions(id));
  await work.emit({ name: "staff.moved", about: `account:${id}`, courtCode: account.courtCode, accountId: id, action });
  return account;
}

/** Gives a colleague another role, from the next request on. */
export async function changeRole(work: Work, id: string, role: Role): Promise<Account> {
  const { account } = await holdColleague(work, id);
  if (isActor(work, id)) throw problem("staff.self");
  const from = account.role;
  if (from === role) return account;
  await account.update({ role }, { transaction: work.tx });
  work.tx.afterCommit(() => forgetSessions(id));
  await work.emit({
    name: "staff.role_changed",
    about: `account:${id}`,
    courtCode: account.courtCode,
    accountId: id,
    from,
    to: role,
  });
  return account;
}

/** A new password and a new secret for codes, for a colleague who lost theirs; their sessions end. Gives the secret. */
export async function resetCredentials(work: Work, vault: Vault, id: string, passwordHash: string): Promise<string> {
  const { account, staff } = await holdColleague(work, id);
  if (isActor(work, id)) throw problem("staff.self");
  const totpSecret = newTotpSecret();
  const totpSealed = vault.seal(totpSecret, totpPlace(id));
  await staff.update(
    { passwordHash, totpSealed, lastTotpStep: 0, passwordChangedAt: work.at },
    { transaction: work.tx },
  );
  await clearAttempts(work, attemptIndex(vault, staff.username));
  await revokeSessions(work, id);
  await work.emit({
    name: "staff.credentials_reset",
    about: `account:${id}`,
    courtCode: account.courtCode,
    accountId: id,
  });
  return totpSecret;
}

/** The actor's own new password; all their other sessions end. */
export async function changePassword(work: Work, oldHash: string, passwordHash: string): Promise<void> {
  const { accountId, sessionId, courtCode } = work.actor;
  const staff = await Staff.findByPk(accountId, { lock: work.tx.LOCK.UPDATE, transaction: work.tx });
  // Changed by somebody else since the old one was checked.
  if (staff?.passwordHash !== oldHash) throw problem("session.bad_credentials");
  await staff.update({ passwordHash, passwordChangedAt: work.at }, { transaction: work.tx });
  await revokeSessions(work, accountId, { except: sessionId });
  await work.emit({ name: "staff.password_changed", about: `account:${accountId}`, courtCode, accountId });
}

const isActor = (work: Work, id: string): boolean => work.actor.accountId === id;

/** Somebody of the actor's own court, held; `staff.not_found` for all others. */
async function holdColleague(work: Work, id: string): Promise<{ account: Account; staff: Staff }> {
  const held = { lock: work.tx.LOCK.UPDATE, transaction: work.tx };
  const account = await Account.findOne({ where: { id, courtCode: work.actor.courtCode ?? "" }, ...held });
  const staff = account ? await Staff.findByPk(id, held) : null;
  if (!account || !staff) throw problem("staff.not_found");
  return { account, staff };
}
