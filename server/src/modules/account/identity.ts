import { isDuplicate } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { IdentityCheck, IdentityMatch } from "#gateways/identity/port.ts";
import { checkIdentityNumber } from "#modules/reference/index.ts";
import { Account, Identity } from "./model.ts";
import { problem } from "./problems.ts";
import { named, phoned } from "./sign-in-wechat.ts";

/** Checks of one account against the register in one day. */
const CHECKS_A_DAY = 5;

export const PERSON_ID_TYPES = [
  "resident_id",
  "hmt_residence_permit",
  "foreigner_pr_2023",
  "foreigner_pr_2017",
  "cn_passport",
  "hk_macau_permit",
  "tw_permit",
  "foreign_document",
] as const;

export interface IdentityClaim {
  readonly name: string;
  readonly idType: (typeof PERSON_ID_TYPES)[number];
  readonly idNumber: string;
  readonly phone: string;
}
export interface IdentityMeans {
  readonly vault: Vault;
  readonly identity: IdentityCheck;
  readonly work: <T>(body: (work: Work) => Promise<T>) => Promise<T>;
}

const MISMATCH = "姓名与证件号码不一致。请核对后重新填写；确认无误的，可以申请人工核验，由法院工作人员为您办理。";
const UNKNOWN = "核验系统暂时没有您的登记信息。请申请人工核验，由法院工作人员核对证件原件后为您办理。";
const BOUND = "该证件号码已在另一账号完成实名认证。如更换了微信号，请申请人工核验，由法院工作人员为您更换绑定。";
const UNBOUND = "该证件经法院人工核验，已绑定到另一账号。如非本人办理，请立即联系法院。";

/**
 * Real-name check of the actor: the claim is written down, the register is asked outside of any transaction, and the
 * answer is written beside the claim it was given for. Throws 422 `identity.invalid_number`, 409 `identity.bound`,
 * `identity.already_verified`, `identity.in_review`, 429 `identity.too_many`. Any other answer is in the account's state.
 */
export async function checkIdentity(
  given: IdentityClaim,
  { vault, identity, work: transact }: IdentityMeans,
): Promise<void> {
  const claim = { ...given, idNumber: soundNumber(given) };
  const asked = await transact((work) => writeClaim(work, vault, claim));
  if (asked === "verified before") return;
  const { name, idType, idNumber } = claim;
  const match = await identity.check({ name, idType, idNumber }).then(
    (answer) => answer.match,
    async (error: unknown) => {
      // The register's trouble does not use up the person's checks.
      await transact((work) => returnCheck(work, asked));
      throw error;
    },
  );
  const outcome = await transact((work) => settle(work, vault, claim, asked, match));
  if (outcome === "bound") throw boundElsewhere();
}

/** The number as it is stored. Throws 422 with a pointer. */
function soundNumber({ idType, idNumber }: IdentityClaim): string {
  const check = checkIdentityNumber(idType, idNumber);
  if (check.valid === true && check.normalized) return check.normalized;
  const message = check.reason ?? "证件号码有误，请核对";
  throw problem("identity.invalid_number", {
    detail: `${message}。`,
    errors: [{ pointer: "/idNumber", code: "invalid", message }],
  });
}

/** Residents of the mainland, of Hong Kong, Macau and Taiwan and permanent residents share one kind of number. */
const ONE_SERIES: readonly string[] = ["resident_id", "hmt_residence_permit", "foreigner_pr_2023"];
export const documentIndex = (vault: Vault, idType: string, number: string): string =>
  vault.index("document", ONE_SERIES.includes(idType) ? number : `${idType} ${number.toUpperCase()}`);

const claimIndex = (vault: Vault, { name, idType, idNumber }: IdentityClaim) =>
  vault.index("claim", `${idType} ${idNumber} ${name}`);

/** Gives the index of the claim that is to be checked. */
async function writeClaim(work: Work, vault: Vault, claim: IdentityClaim): Promise<string> {
  const { accountId } = work.actor;
  const account = await Account.findByPk(accountId, { lock: work.tx.LOCK.UPDATE, transaction: work.tx });
  if (!account) throw problem("session.ended");
  const row = await holdIdentity(work, accountId);
  const index = claimIndex(vault, claim);
  if (row?.state === "verified" && row.claimIndex !== index) throw problem("identity.already_verified");
  if (row?.state === "in_review") throw problem("identity.in_review");
  if (claim.phone !== openPhone(vault, account))
    await account.update(phoned(vault, accountId, claim.phone, null), { transaction: work.tx });
  if (row?.state === "verified") return "verified before";

  const today = courtDayOf(work.at);
  const attempts = (row?.attemptsOn === today ? row.attempts : 0) + 1;
  if (attempts > CHECKS_A_DAY) {
    throw problem("identity.too_many", {
      retryAfter: 3600,
      detail: `每天最多核验 ${CHECKS_A_DAY} 次，请明日再试，或者申请人工核验。`,
    });
  }
  const columns = {
    ...claimColumns(vault, accountId, claim),
    state: "none" as const,
    reason: "",
    attempts,
    attemptsOn: today,
    updatedAt: work.at,
  };
  if (row) await row.update(columns, { transaction: work.tx });
  else await Identity.create({ accountId, ...columns }, { transaction: work.tx });
  return index;
}

export const claimColumns = (vault: Vault, accountId: string, claim: IdentityClaim) => ({
  idType: claim.idType,
  nameSealed: vault.seal(claim.name, `identity:${accountId} name`),
  idNumberSealed: vault.seal(claim.idNumber, `identity:${accountId} number`),
  claimIndex: claimIndex(vault, claim),
  idIndex: documentIndex(vault, claim.idType, claim.idNumber),
});

async function returnCheck(work: Work, asked: string): Promise<void> {
  const row = await holdIdentity(work, work.actor.accountId);
  if (row?.claimIndex === asked && row.attempts > 0)
    await row.update({ attempts: row.attempts - 1 }, { transaction: work.tx });
}

async function settle(
  work: Work,
  vault: Vault,
  claim: IdentityClaim,
  asked: string,
  match: IdentityMatch,
): Promise<"written" | "bound"> {
  const row = await holdIdentity(work, work.actor.accountId);
  // Another claim, or a review, came in while the register was thinking: this answer is not about it.
  if (!row || row.claimIndex !== asked || row.state !== "none") throw problem("identity.changed");
  if (match !== "match") {
    await fail(work, row, match, match === "mismatch" ? MISMATCH : UNKNOWN);
    return "written";
  }
  if (await bind(work, row)) {
    await confirmName(work, vault, row.accountId, claim.name);
    await work.emit({
      name: "identity.verified",
      about: `account:${row.accountId}`,
      courtCode: null,
      accountId: String(row.accountId),
    });
    return "written";
  }
  await fail(work, row, "bound", BOUND);
  return "bound";
}

/** Marks the identity verified, unless its document belongs to another account (false): the unique index decides. */
export async function bind(work: Work, row: Identity): Promise<boolean> {
  try {
    await row.update(
      { state: "verified", reason: "", verifiedIndex: row.idIndex, verifiedAt: work.at, updatedAt: work.at },
      { transaction: work.tx },
    );
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await row.reload({ transaction: work.tx });
    return false;
  }
}

/** Takes the document from the account that has it; gives that account's id. */
export async function unbind(work: Work, idIndex: string): Promise<string | null> {
  const row = await Identity.findOne({
    where: { verifiedIndex: idIndex },
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  if (!row) return null;
  await row.update(
    { state: "failed", reason: UNBOUND, verifiedIndex: null, verifiedAt: null, updatedAt: work.at },
    { transaction: work.tx },
  );
  return String(row.accountId);
}

/** The verified name is the account's name from now on. */
export async function confirmName(work: Work, vault: Vault, accountId: string, name: string): Promise<void> {
  await Account.update(named(vault, String(accountId), name), { where: { id: accountId }, transaction: work.tx });
}

export const holdIdentity = (work: Work, accountId: string): Promise<Identity | null> =>
  Identity.findByPk(accountId, { lock: work.tx.LOCK.UPDATE, transaction: work.tx });

export const boundElsewhere = () =>
  problem("identity.bound", { detail: BOUND, members: { review: "/api/v1/me/identity/review" } });

export const openPhone = (vault: Vault, account: Pick<Account, "id" | "phoneSealed">): string | null =>
  account.phoneSealed && vault.open(account.phoneSealed, `account:${account.id} phone`);
export const openName = (vault: Vault, account: Pick<Account, "id" | "nameSealed">): string | null =>
  account.nameSealed && vault.open(account.nameSealed, `account:${account.id} name`);
export const openClaim = (vault: Vault, row: Pick<Identity, "accountId" | "nameSealed" | "idNumberSealed">) => ({
  name: vault.open(row.nameSealed, `identity:${row.accountId} name`),
  idNumber: vault.open(row.idNumberSealed, `identity:${row.accountId} number`),
});

async function fail(work: Work, row: Identity, reason: "mismatch" | "unknown" | "bound", words: string): Promise<void> {
  await row.update(
    { state: "failed", reason: words, verifiedIndex: null, updatedAt: work.at },
    { transaction: work.tx },
  );
  await work.emit({
    name: "identity.failed",
    about: `account:${row.accountId}`,
    courtCode: null,
    accountId: String(row.accountId),
    reason,
  });
}
