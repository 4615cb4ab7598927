import type { Work } from "#core/work.ts";
import { Account } from "./model.ts";
import { openSession } from "./session.ts";
import type { SignedIn } from "./sign-in-staff.ts";

/**
 * 羁押场所民警: an account for one matter, which nobody signs in to. Whoever lets an officer in has checked who they are; the
 * session lives as long as one of the court's own.
 */
export async function signInOfficer(
  work: Work,
  { accountId, name, device }: { readonly accountId: string | null; readonly name: string; readonly device: string },
): Promise<SignedIn> {
  const known =
    accountId === null ? null : await Account.findByPk(accountId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const account =
    known ??
    (await Account.create(
      { role: "officer", state: "active", maskedName: name, createdAt: work.at },
      { transaction: work.tx },
    ));
  return { account, ...(await openSession(work, account, "link", device)) };
}
