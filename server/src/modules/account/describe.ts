import { QueryTypes, type Transaction } from "sequelize";
import type { Role } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import { openClaim, openPhone } from "./identity.ts";
import { Account, Identity, Staff } from "./model.ts";
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

interface Claimed {
  readonly state: IdentityState;
  readonly idType: string;
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer;
  readonly phoneSealed: Buffer | null;
  /** Null unless the practice is confirmed. */
  readonly licenceSealed: Buffer | null;
  readonly firm: string;
}
const CLAIMED = `
  SELECT i.state, i.id_type AS idType, i.name_sealed AS nameSealed, i.id_number_sealed AS idNumberSealed,
         a.phone_sealed AS phoneSealed, p.licence_sealed AS licenceSealed, p.firm
  FROM identity i JOIN account a ON a.id = i.account_id
  LEFT JOIN practice p ON p.account_id = i.account_id AND p.state = 'verified'
  WHERE i.account_id = ?`;

/** Who an account says it is, in the clear: for the person's own forms only. Null where nothing was said yet. */
export async function findIdentity(
  vault: Vault,
  accountId: string,
  tx?: Transaction,
): Promise<VerifiedIdentity | null> {
  const rows = await Identity.sequelize?.query<Claimed>(CLAIMED, {
    replacements: [accountId],
    type: QueryTypes.SELECT,
    transaction: tx ?? null,
  });
  const row = rows?.[0];
  if (!row) return null;
  const { state, idType, firm, licenceSealed } = row;
  return {
    state,
    idType,
    ...openClaim(vault, { accountId, ...row }),
    phone: openPhone(vault, { id: accountId, phoneSealed: row.phoneSealed }),
    practice: licenceSealed && { licenseNumber: openLicence(vault, { accountId, licenceSealed }), firm },
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
