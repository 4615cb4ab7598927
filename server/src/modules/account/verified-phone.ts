import type { Vault } from "#core/sealed.ts";
import { openPhone } from "./identity.ts";
import { Account } from "./model.ts";

/** The number WeChat has vouched for, for messages to its holder only; null where there is none. */
export async function findVerifiedPhone(vault: Vault, accountId: string): Promise<string | null> {
  const account = await Account.findByPk(accountId);
  return account?.phoneVerifiedAt ? openPhone(vault, account) : null;
}
