import type { Work } from "#core/work.ts";
import { Identity } from "./model.ts";
import { problem } from "./problems.ts";

/** Throws 403 `account.unverified` unless the actor's identity is verified (在线诉讼规则§7). */
export async function requireVerified(work: Work): Promise<void> {
  const identity = await Identity.findByPk(work.actor.accountId, { transaction: work.tx });
  if (identity?.state === "verified") return;
  throw problem("account.unverified", {
    detail:
      identity?.state === "in_review"
        ? "您的实名信息正在人工核验，通过后即可继续。"
        : "请先在“我的－实名认证”中完成认证；认证未通过的，可以申请人工核验。",
    members: { identityState: identity?.state ?? "none" },
  });
}
