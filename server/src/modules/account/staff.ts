import type { Role } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { clearAttempts } from "./attempts.ts";
import { forgetSessions } from "./identify.ts";
import { Account, Staff } from "./model.ts";
import { FIRST_PASSWORD_MS } from "./password.ts";
import { problem } from "./problems.ts";
import { revokeSessions } from "./session.ts";
import { attemptIndex, totpPlace } from "./sign-in-staff.ts";
import { newTotpSecret } from "./totp.ts";
import { type ShownProof, type StaffAction, staffWorkflow } from "./workflow.ts";

export interface NewStaff {
  readonly username: string;
  readonly displayName: string;
  readonly title: string;
  readonly role: Role;
  readonly courtCode: string | null;
  readonly passwordHash: string;
  /** Set where the password is one to be handed over. */
  readonly firstPasswordUntil?: Date;
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
  const { username, displayName, title, role, courtCode, passwordHash, totpSecret = newTotpSecret() } = given;
  const account = await Account.create(
    { role, courtCode, state: "active", maskedName: displayName, createdAt: work.at },
    { transaction: work.tx },
  );
  try {
    const totpSealed = vault.seal(totpSecret, totpPlace(account.id));
    const staff = await Staff.create(
      {
        accountId: account.id,
        username,
        displayName,
        title,
        passwordHash,
        totpSealed,
        passwordChangedAt: work.at,
        firstPasswordUntil: given.firstPasswordUntil ?? null,
      },
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

/** Disables (at once, everywhere), enables, unlocks or signs out a colleague of the actor's court. */
export async function moveStaff(work: Work, vault: Vault, id: string, action: StaffAction): Promise<Account> {
  const { account, staff } = await holdColleague(work, id);
  const next = staffWorkflow.next(account.state, action, work.actor.role);
  if (action === "unlock") await clearAttempts(work, attemptIndex(vault, staff.username));
  if (next !== account.state) await account.update({ state: next }, { transaction: work.tx });
  if (next === "disabled" || action === "sign_out") await revokeSessions(work, id);
  work.tx.afterCommit(() => forgetSessions(id));
  await work.emit({ name: "staff.moved", about: `account:${id}`, courtCode: account.courtCode, accountId: id, action });
  return account;
}

/** Gives a colleague another role, from the next request on. */
export async function changeRole(work: Work, id: string, role: Role): Promise<Account> {
  const { account } = await holdColleague(work, id);
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

/** Another name or title for a colleague. */
export async function describe(work: Work, id: string, displayName: string, title: string): Promise<Account> {
  const { account, staff } = await holdColleague(work, id);
  if (staff.displayName === displayName && staff.title === title) return account;
  await staff.update({ displayName, title }, { transaction: work.tx });
  await account.update({ maskedName: displayName }, { transaction: work.tx });
  await work.emit({ name: "staff.described", about: `account:${id}`, courtCode: account.courtCode, accountId: id });
  return account;
}

/** A new password and a new secret for codes, for a colleague who lost theirs; their sessions end. Gives the secret. */
export async function resetCredentials(
  work: Work,
  vault: Vault,
  id: string,
  { passwordHash, shown }: { readonly passwordHash: string; readonly shown: ShownProof },
): Promise<string> {
  const { account, staff } = await holdColleague(work, id);
  const totpSecret = newTotpSecret();
  const totpSealed = vault.seal(totpSecret, totpPlace(id));
  await staff.update(
    {
      passwordHash,
      totpSealed,
      lastTotpStep: 0,
      passwordChangedAt: work.at,
      firstPasswordUntil: new Date(work.at.getTime() + FIRST_PASSWORD_MS),
    },
    { transaction: work.tx },
  );
  await clearAttempts(work, attemptIndex(vault, staff.username));
  await revokeSessions(work, id);
  await work.emit({
    name: "staff.credentials_reset",
    about: `account:${id}`,
    courtCode: account.courtCode,
    accountId: id,
    shown,
  });
  return totpSecret;
}

/** The actor's own new password; all their other sessions end. */
export async function changePassword(work: Work, oldHash: string, passwordHash: string): Promise<void> {
  const { accountId, sessionId, courtCode } = work.actor;
  const staff = await Staff.findByPk(accountId, { lock: work.tx.LOCK.UPDATE, transaction: work.tx });
  // Changed by somebody else since the old one was checked.
  if (staff?.passwordHash !== oldHash) throw problem("session.bad_credentials");
  await staff.update({ passwordHash, passwordChangedAt: work.at, firstPasswordUntil: null }, { transaction: work.tx });
  await revokeSessions(work, accountId, { except: sessionId });
  await work.emit({ name: "staff.password_changed", about: `account:${accountId}`, courtCode, accountId });
}

/**
 * Somebody else of the actor's own court, held; `staff.not_found` for strangers, `staff.self` for oneself. The actor is held
 * too and must still be in office: of two administrators who remove each other at the same moment, one stays.
 */
async function holdColleague(work: Work, id: string): Promise<{ account: Account; staff: Staff }> {
  const { accountId, courtCode, role } = work.actor;
  if (accountId === id) throw problem("staff.self");
  const held = { lock: work.tx.LOCK.UPDATE, transaction: work.tx };
  const where = { id: [id, accountId], courtCode: courtCode ?? "" };
  const rows = await Account.findAll({ where, order: [["id", "ASC"]], ...held });
  const own = rows.find((row) => row.id === accountId);
  if (own?.state !== "active" || own.role !== role) throw problem("session.ended");
  const account = rows.find((row) => row.id === id);
  const staff = account ? await Staff.findByPk(id, held) : null;
  if (!account || !staff) throw problem("staff.not_found");
  return { account, staff };
}
