import { isDuplicate } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { checkIdentityNumber } from "#modules/reference/index.ts";
import { forgetSessions } from "./identify.ts";
import { Account, Practice } from "./model.ts";
import { problem } from "./problems.ts";
import { requireVerified } from "./require-verified.ts";
import { type PracticeAction, practiceWorkflow } from "./workflow.ts";

export interface PracticeDeclaration {
  readonly licenseNumber: string;
  readonly firm: string;
}

/**
 * A verified person says they are a lawyer. The number's form is checked here; whether the licence is theirs is for an
 * administrator to confirm against the register of lawyers, which `byRule` stands in for in demonstrations.
 */
export async function declarePractice(
  work: Work,
  vault: Vault,
  { licenseNumber, firm }: PracticeDeclaration,
  byRule: boolean,
): Promise<void> {
  const { accountId } = work.actor;
  await requireVerified(work);
  const licence = soundLicence(licenseNumber);
  const licenceIndex = vault.index("licence", licence);
  const row = await holdPractice(work, accountId);
  if (row?.state === "verified" && row.licenceIndex !== licenceIndex) throw problem("practice.verified");
  if (row?.state === "verified" && row.firm === firm) return;
  const columns = {
    state: "pending" as const,
    licenceSealed: vault.seal(licence, licencePlace(accountId)),
    licenceIndex,
    verifiedIndex: null,
    firm,
    reason: "",
    updatedAt: work.at,
  };
  const practice = row
    ? await row.update(columns, { transaction: work.tx })
    : await Practice.create({ accountId, ...columns }, { transaction: work.tx });
  await work.emit({ name: "practice.declared", about: `account:${accountId}`, courtCode: null, accountId });
  if (byRule) await confirm(work, practice);
  else await setRole(work, accountId, "litigant");
}

/** An administrator's word on a lawyer. Throws `practice.not_found`, `practice.bound`. */
export async function movePractice(
  work: Work,
  accountId: string,
  action: PracticeAction,
  note: string,
): Promise<Practice> {
  const practice = await holdPractice(work, accountId);
  if (!practice) throw problem("practice.not_found");
  practiceWorkflow.next(practice.state, action, work.actor.role);
  if (action === "confirm") {
    await confirm(work, practice);
  } else {
    await practice.update(
      { state: "rejected", verifiedIndex: null, reason: note, updatedAt: work.at },
      { transaction: work.tx },
    );
    await setRole(work, accountId, "litigant");
    await work.emit({
      name: "practice.rejected",
      about: `account:${accountId}`,
      courtCode: work.actor.courtCode,
      accountId,
    });
  }
  return practice.update({ decidedBy: work.actor.accountId }, { transaction: work.tx });
}

/** The person behind the licence is no longer this account's: neither is the practice. */
export async function endPractice(work: Work, accountId: string): Promise<void> {
  const practice = await holdPractice(work, accountId);
  if (!practice) return;
  await practice.update(
    { state: "rejected", verifiedIndex: null, reason: "实名信息已变更，请重新认证", updatedAt: work.at },
    { transaction: work.tx },
  );
  await setRole(work, accountId, "litigant");
}

/** The licence number in the clear; it is recorded who looked and why. */
export async function revealPractice(work: Work, vault: Vault, accountId: string, reason: string) {
  const practice = await Practice.findByPk(accountId, { transaction: work.tx });
  const account = await Account.findByPk(accountId, { transaction: work.tx });
  if (!practice || !account) throw problem("practice.not_found");
  await work.emit({
    name: "practice.revealed",
    about: `account:${accountId}`,
    courtCode: work.actor.courtCode,
    accountId,
    reason,
  });
  const name = account.nameSealed ? vault.open(account.nameSealed, `account:${account.id} name`) : null;
  return { name, licenseNumber: openLicence(vault, practice), firm: practice.firm };
}

export const openLicence = (vault: Vault, practice: Pick<Practice, "accountId" | "licenceSealed">): string =>
  vault.open(practice.licenceSealed, licencePlace(String(practice.accountId)));
export const licencePlace = (accountId: string): string => `practice:${accountId} licence`;

async function confirm(work: Work, practice: Practice): Promise<void> {
  const accountId = String(practice.accountId);
  try {
    await practice.update(
      { state: "verified", verifiedIndex: practice.licenceIndex, reason: "", updatedAt: work.at },
      { transaction: work.tx },
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("practice.bound");
    throw error;
  }
  await setRole(work, accountId, "lawyer");
  await work.emit({
    name: "practice.verified",
    about: `account:${accountId}`,
    courtCode: work.actor.courtCode,
    accountId,
  });
}

async function setRole(work: Work, accountId: string, role: "litigant" | "lawyer"): Promise<void> {
  await Account.update({ role }, { where: { id: accountId, role: ["litigant", "lawyer"] }, transaction: work.tx });
  work.tx.afterCommit(() => forgetSessions(accountId));
}

const holdPractice = (work: Work, accountId: string): Promise<Practice | null> =>
  Practice.findByPk(accountId, { lock: work.tx.LOCK.UPDATE, transaction: work.tx });

function soundLicence(number: string): string {
  const check = checkIdentityNumber("lawyer_licence", number);
  if (check.valid === true && check.normalized) return check.normalized;
  const message = check.reason ?? "律师执业证号有误，请核对";
  throw problem("practice.invalid_number", {
    detail: `${message}。`,
    errors: [{ pointer: "/licenseNumber", code: "invalid", message }],
  });
}
