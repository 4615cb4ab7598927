import type { FeeFacts } from "#modules/reference/index.ts";
import { kindOfSource } from "./sources.ts";

/** Why a fee changes, each with its article. The last three are written by the moves of those names, and by money that goes back. */
export const CHANGE_REASONS = {
  claim_increased: { label: "增加诉讼请求", basis: "诉讼费用交纳办法§21(一)" },
  claim_reduced: { label: "减少诉讼请求", basis: "诉讼费用交纳办法§21(二)、§35" },
  halved: { label: "减半交纳", basis: "诉讼费用交纳办法§15、§16、§18" },
  to_ordinary: { label: "简易程序转为普通程序", basis: "民诉法解释§199" },
  counterclaim_joined: { label: "反诉、第三人请求合并审理", basis: "诉讼费用交纳办法§18" },
  withdrawn: { label: "撤诉", basis: "诉讼费用交纳办法§15" },
  mediated: { label: "调解结案", basis: "诉讼费用交纳办法§15" },
  appeal_part: { label: "变更上诉请求", basis: "诉讼费用交纳办法§17、§21" },
  correction: { label: "更正", basis: "诉讼费用交纳办法§43" },
  deemed_withdrawn: { label: "按撤诉处理", basis: "登记立案规定§11；民诉法解释§213" },
  cancelled: { label: "撤销交费通知", basis: "诉讼费用交纳办法§43" },
  returned: { label: "退费", basis: "诉讼费用交纳办法§53" },
} as const;
export type ChangeReason = keyof typeof CHANGE_REASONS;
/** What staff may give as a reason. */
export const STAFF_REASONS = (Object.keys(CHANGE_REASONS) as ChangeReason[]).filter(
  (reason) => !["deemed_withdrawn", "cancelled", "returned"].includes(reason),
) as [ChangeReason, ...ChangeReason[]];

interface Change {
  readonly source: string;
  readonly before: FeeFacts;
  readonly after: FeeFacts;
}
const has = (facts: FeeFacts, halving: FeeFacts["halvings"][number]): boolean => facts.halvings.includes(halving);
const sameHalvings = ({ before, after }: Change): boolean =>
  before.halvings.length === after.halvings.length && before.halvings.every((one) => has(after, one));
const sameMatter = ({ before, after }: Change): boolean =>
  before.category === after.category && before.amountFen === after.amountFen;
const adds =
  (halving: FeeFacts["halvings"][number]) =>
  (change: Change): boolean =>
    sameMatter(change) && has(change.after, halving) && !has(change.before, halving);

/** What a change of each kind looks like; anything else would be a slip of the pen. */
const CHECKS: Readonly<Record<(typeof STAFF_REASONS)[number], { fits(change: Change): boolean; says: string }>> = {
  claim_increased: {
    fits: (change) => (change.after.amountFen ?? 0) > (change.before.amountFen ?? 0) && sameHalvings(change),
    says: "增加诉讼请求后的金额须大于原来的金额，减半的原因不变",
  },
  claim_reduced: {
    fits: (change) =>
      change.before.amountFen !== null &&
      (change.after.amountFen ?? 0) < change.before.amountFen &&
      change.before.category === change.after.category &&
      sameHalvings(change),
    says: "减少诉讼请求后的金额须小于原来的金额，减半的原因不变",
  },
  halved: {
    fits: (change) =>
      sameMatter(change) &&
      change.after.halvings.length > change.before.halvings.length &&
      change.before.halvings.every((one) => has(change.after, one)),
    says: "请写明新增的减半原因，金额不变",
  },
  to_ordinary: {
    fits: (change) => sameMatter(change) && has(change.before, "summary") && !has(change.after, "summary"),
    says: "转为普通程序的，去掉“适用简易程序”，金额不变；原来没有按简易程序收费的，不需要补交",
  },
  counterclaim_joined: {
    fits: (change) => ["counterclaim", "third_party"].includes(kindOfSource(change.source)) && adds("joined")(change),
    says: "合并审理减半的是反诉或者第三人请求的费用，请在该交费通知上变更",
  },
  withdrawn: { fits: adds("withdrawn"), says: "撤诉的，减半原因中须有“撤诉”，金额不变" },
  mediated: { fits: adds("mediated"), says: "调解结案的，减半原因中须有“调解结案”，金额不变" },
  appeal_part: {
    fits: (change) => kindOfSource(change.source) === "appeal" && change.after.amountFen !== change.before.amountFen,
    says: "请在上诉的交费通知上变更不服部分的金额",
  },
  correction: { fits: () => true, says: "" },
  deemed_withdrawn: { fits: () => false, says: "请使用“按撤诉处理”" },
  cancelled: { fits: () => false, says: "请使用“撤销交费通知”" },
  returned: { fits: () => false, says: "请使用“退费”" },
};

/** Why the new facts are not a change of the kind that was said; null where they are. */
export function wrongWithChange(reason: ChangeReason, change: Change): string | null {
  const { fits, says } = CHECKS[reason];
  return fits(change) ? null : says;
}
