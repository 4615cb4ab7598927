import type { Role } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { checkIdentityNumber } from "#modules/reference/index.ts";
import { bind, claimColumns, confirmName, type IdentityClaim } from "./identity.ts";
import { Account, Identity, Practice, Staff } from "./model.ts";
import { hashPassword, isPassword } from "./password.ts";
import { licencePlace } from "./practice.ts";
import { totpPlace } from "./sign-in-staff.ts";
import { findOrMakePerson, phoned } from "./sign-in-wechat.ts";
import { makeStaff } from "./staff.ts";

export interface StaffToBe {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly courtCode: string | null;
  readonly password: string;
  readonly totpSecret: string;
  readonly title?: string;
  readonly firstPasswordUntil?: Date;
}

/** Makes a member of staff, or brings the password, codes, role and court of the one with this username up to date. Gives the account's id. */
export async function ensureStaff(work: Work, vault: Vault, given: StaffToBe): Promise<string> {
  const { username, displayName, role, courtCode, password, totpSecret, title = "" } = given;
  const staff = await Staff.findOne({ where: { username }, lock: work.tx.LOCK.UPDATE, transaction: work.tx });
  if (!staff) {
    const passwordHash = await hashPassword(password);
    const made = await makeStaff(work, vault, { ...given, title, passwordHash });
    return made.account.id;
  }
  const accountId = String(staff.accountId);
  await Account.update(
    { role, courtCode, maskedName: displayName },
    { where: { id: accountId }, transaction: work.tx },
  );
  const passwordHash = (await isPassword(staff.passwordHash, password))
    ? staff.passwordHash
    : await hashPassword(password);
  const known = vault.open(staff.totpSealed, totpPlace(accountId)) === totpSecret;
  const totp = known ? {} : { totpSealed: vault.seal(totpSecret, totpPlace(accountId)), lastTotpStep: 0 };
  await staff.update({ displayName, title, passwordHash, ...totp }, { transaction: work.tx });
  return accountId;
}

export interface PersonToBe extends IdentityClaim {
  /** Of the person's WeChat; the sandbox's is what `login.exchange("sandbox:王芳")` gives. */
  readonly openid: string;
  readonly practice?: { readonly licenseNumber: string; readonly firm: string };
}

/** Makes a person with a verified identity (and a lawyer's confirmed practice), or finds them. For seeds. Gives the account's id. */
export async function ensurePerson(work: Work, vault: Vault, person: PersonToBe): Promise<string> {
  const account = await findOrMakePerson(work, vault, person.openid, person.name);
  const accountId = account.id;
  const check = checkIdentityNumber(person.idType, person.idNumber);
  if (!check.valid || !check.normalized) throw new Error(`seed: ${person.idType} number is not valid`);
  if (!(await Identity.findByPk(accountId, { transaction: work.tx }))) {
    const claim = claimColumns(vault, accountId, { ...person, idNumber: check.normalized });
    const identity = await Identity.create(
      { accountId, state: "none", updatedAt: work.at, ...claim },
      { transaction: work.tx },
    );
    if (!(await bind(work, identity))) throw new Error("seed: this document belongs to another account");
    await confirmName(work, vault, accountId, person.name);
    await account.update(phoned(vault, accountId, person.phone, null), { transaction: work.tx });
  }
  if (person.practice) await ensurePractice(work, vault, accountId, person.practice);
  return accountId;
}

async function ensurePractice(
  work: Work,
  vault: Vault,
  accountId: string,
  { licenseNumber, firm }: { licenseNumber: string; firm: string },
): Promise<void> {
  if (await Practice.findByPk(accountId, { transaction: work.tx })) return;
  const licenceIndex = vault.index("licence", licenseNumber);
  const licenceSealed = vault.seal(licenseNumber, licencePlace(accountId));
  await Practice.create(
    {
      accountId,
      state: "verified",
      licenceSealed,
      licenceIndex,
      verifiedIndex: licenceIndex,
      firm,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
  await Account.update({ role: "lawyer" }, { where: { id: accountId }, transaction: work.tx });
}
