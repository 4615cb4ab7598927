import type { Vault } from "#core/sealed.ts";
import { Account } from "./model.ts";

/** The WeChat id of an account, for paying in the mini-program only; null for those who do not sign in by WeChat. */
export async function findOpenid(vault: Vault, accountId: string): Promise<string | null> {
  const account = await Account.findByPk(accountId, { attributes: ["id", "openidSealed"] });
  return account?.openidSealed ? vault.open(account.openidSealed, `account:${account.id} openid`) : null;
}
