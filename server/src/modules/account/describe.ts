import type { Transaction } from "sequelize";
import type { Role } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import { openClaim, openPhone } from "./identity.ts";
import { Account, Identity, Practice, Staff } from "./model.ts";
import { openLicence } from "./practice.ts";
import type { IdentityState } from "./workflow.ts";

export interface AccountDescription {
  /** Staff by their name, the public masked (王*); “用户” for one who has no name yet. */
  readonly displayName: string;
  readonly role: Role;
  readonly courtCode: string | null;
}

/** How accounts are shown to others, by id. Ids that are not there are left out; `0` is the application itself. */
export async function describeAccounts(ids: Iterable<string>): Promise<Map<string, AccountDescription>> {
  const wanted = [...new Set(ids)].filter((id) => id !== "0");
  const found = new Map<string, AccountDescription>([["0", { displayName: "系统", role: "system", courtCode: null }]]);
  if (wanted.length === 0) return found;
  const accounts = await Account.findAll({
    where: { id: wanted },
    attributes: ["id", "role", "courtCode", "maskedName"],
    raw: true,
  });
  for (const { id, role, courtCode, maskedName } of accounts)
    found.set(id, { displayName: maskedName ?? "用户", role, courtCode });
  return found;
}

export interface VerifiedIdentity {
  readonly state: IdentityState;
  readonly name: string;
  readonly idType: string;
  readonly idNumber: string;
  readonly phone: string | null;
  /** A lawyer whose practice is confirmed. */
  readonly practice: { readonly licenseNumber: string; readonly firm: string } | null;
}

/** Who an account says it is, in the clear: for the person's own forms only. Null where nothing was said yet. */
export async function findIdentity(
  vault: Vault,
  accountId: string,
  tx?: Transaction,
): Promise<VerifiedIdentity | null> {
  const options = tx ? { transaction: tx } : {};
  const identity = await Identity.findByPk(accountId, options);
  const account = await Account.findByPk(accountId, options);
  if (!identity || !account) return null;
  const practice = await Practice.findByPk(accountId, options);
  return {
    state: identity.state,
    idType: identity.idType,
    ...openClaim(vault, identity),
    phone: openPhone(vault, account),
    practice:
      practice?.state === "verified" ? { licenseNumber: openLicence(vault, practice), firm: practice.firm } : null,
  };
}

export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The active people of a court with one of these roles, by name. */
export async function listStaffOf(courtCode: string, roles: readonly Role[], tx?: Transaction): Promise<StaffMember[]> {
  const options = tx ? { transaction: tx } : {};
  const accounts = await Account.findAll({
    where: { courtCode, state: "active", role: [...roles] },
    order: [["id", "ASC"]],
    limit: 500,
    ...options,
  });
  const staff = await Staff.findAll({ where: { accountId: accounts.map(({ id }) => id) }, ...options });
  const names = new Map(staff.map(({ accountId, displayName }) => [String(accountId), displayName]));
  return accounts.map(({ id, role }) => ({ id, name: names.get(id) ?? "", role }));
}
