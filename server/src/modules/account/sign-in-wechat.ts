import { isDuplicate } from "#core/database.ts";
import { nameField } from "#core/fields.ts";
import type { Vault } from "#core/sealed.ts";
import { RunAgain, type Work } from "#core/work.ts";
import { type Login, type LoginRefusal, LoginRefused } from "#gateways/login/port.ts";
import { maskName } from "#modules/reference/index.ts";
import { Account } from "./model.ts";
import { problem } from "./problems.ts";
import { openSession } from "./session.ts";
import type { SignedIn } from "./sign-in-staff.ts";

/** Trades the code for the openid. Throws 401 `session.code_refused`, 403, 429. */
export async function exchangeCode(login: Login, code: string): Promise<string> {
  try {
    return (await login.exchange(code)).openid;
  } catch (error) {
    if (error instanceof LoginRefused) throw refusals[error.reason]();
    throw error;
  }
}

const refusals: Readonly<Record<LoginRefusal, () => Error>> = {
  invalid: () => problem("session.code_refused"),
  used: () => problem("session.code_refused"),
  too_many: () => problem("session.too_many", { retryAfter: 60 }),
  blocked: () => problem("session.wechat_blocked"),
};

export interface WechatPerson {
  readonly openid: string;
  /** A name to go by until the identity is verified; demonstrations only. */
  readonly name: string | null;
  readonly device: string;
}

/** Signs in the holder of a WeChat account, making theirs at the first time. Throws `session.disabled`. */
export async function signInByWechat(
  work: Work,
  vault: Vault,
  { openid, name, device }: WechatPerson,
): Promise<SignedIn> {
  const account = await findOrMakePerson(work, vault, openid, name);
  if (account.state !== "active") throw problem("session.disabled");
  return { account, ...(await openSession(work, account, "wechat", device)) };
}

/** The account of an openid, held; made where there is none. */
export async function findOrMakePerson(
  work: Work,
  vault: Vault,
  openid: string,
  name: string | null,
): Promise<Account> {
  const openidIndex = vault.index("openid", openid);
  const options = { lock: work.tx.LOCK.UPDATE, transaction: work.tx };
  const known = await Account.findOne({ where: { openidIndex }, ...options });
  if (known) return known;
  try {
    const account = await Account.create(
      { role: "litigant", state: "active", openidIndex, createdAt: work.at },
      { transaction: work.tx },
    );
    const openidSealed = vault.seal(openid, `account:${account.id} openid`);
    await account.update({ openidSealed, ...(name ? named(vault, account.id, name) : {}) }, { transaction: work.tx });
    return account;
  } catch (error) {
    // Two first sign-ins at once: look again at what the other made.
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
}

/** The columns that hold a name. */
export const named = (vault: Vault, accountId: string, name: string) => ({
  nameSealed: vault.seal(name, `account:${accountId} name`),
  nameIndex: vault.index("name", name),
  maskedName: maskName(name),
});

/** The columns that hold a phone number; `vouched` is the moment WeChat gave it, null for what a person typed. */
export const phoned = (vault: Vault, accountId: string, phone: string, vouched: Date | null) => ({
  phoneSealed: vault.seal(phone, `account:${accountId} phone`),
  phoneIndex: vault.index("phone", phone),
  phoneVerifiedAt: vouched,
});

/** The name in the sandbox's own codes, `sandbox:王芳`. */
export function nameInCode(code: string): string | null {
  const parsed = nameField(30, 1).safeParse(/^sandbox:(.+)$/u.exec(code)?.[1] ?? "");
  return parsed.success ? parsed.data : null;
}
