import { readableYuan } from "#core/money.ts";
import { sumOfAmounts } from "#modules/reference/index.ts";
import { answersOf, type Facts, filled, type Rule, when } from "./rule.ts";

const isMoneyCause = ({ cause }: Facts): boolean =>
  /借贷|借款|买卖|租赁|物业|信用卡|保险|劳动报酬|欠款|赔偿|违约/.test(cause?.name ?? "");
const claimed = ({ content }: Facts): number =>
  content.claims.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0);

/** What is asked for, and why. */
export const claimRules: readonly Rule[] = [
  {
    code: "cause.missing",
    severity: "block",
    basis: "民事案件案由规定（2025 年修正）",
    find: ({ cause }) =>
      when(cause === null, "/causeCode", "还没有选择案由", "在“为什么起诉”一步用平常的话搜索，例如“借钱不还”。"),
  },
  {
    code: "cause.too_general",
    severity: "hint",
    basis: "民事案件案由规定适用通知",
    find: ({ cause }) =>
      when(
        cause?.hasChildren === true,
        "/causeCode",
        "所选案由还可以更具体",
        "案由应选到最下一级；找不到合适的下级时可以保留。",
      ),
  },
  {
    code: "claim.missing",
    severity: "block",
    basis: "民事诉讼法第一百二十二条第三项、第一百二十四条第三项",
    find: (facts) =>
      when(
        !facts.content.claims.some(({ text }) => filled(text)) && !hasFormClaims(facts),
        "/claims",
        "还没有写诉讼请求",
        "写明希望法院判什么，例如“请判令被告归还借款 5 万元”。",
      ),
  },
  {
    code: "claim.empty",
    severity: "warn",
    basis: "民事诉讼法第一百二十四条第三项",
    find: ({ content }) =>
      content.claims.flatMap(({ key, text, amountFen }) =>
        when(
          !filled(text) && amountFen !== null,
          `/claims/${key}/text`,
          "有一项请求只有金额，没有写内容",
          "请写明这笔钱是什么，例如“归还本金”。",
        ),
      ),
  },
  {
    code: "claim.too_short",
    severity: "hint",
    basis: "民事诉讼法第一百二十四条第三项",
    find: ({ content }) =>
      content.claims.flatMap(({ key, text }) =>
        when(
          filled(text) && [...text.trim()].length < 6,
          `/claims/${key}/text`,
          "这项请求过于简单",
          "请写明由谁、做什么、多少钱、什么时候。",
        ),
      ),
  },
  {
    code: "amount.missing",
    severity: "block",
    basis: "诉讼费用交纳办法第十三条",
    find: (facts) =>
      when(
        isMoneyCause(facts) && facts.content.amountFen === null && claimed(facts) === 0,
        "/amountFen",
        "还没有填写标的总额",
        "填写各项金钱请求的合计，诉讼费按它计算；不要求给付金钱的填 0。",
      ),
  },
  {
    code: "amount.disagrees_with_claims",
    severity: "warn",
    basis: "民诉法解释第二百零一条",
    find(facts) {
      const sum = claimed(facts);
      const total = facts.content.amountFen;
      return when(
        sum > 0 && total !== null && total !== sum,
        "/amountFen",
        `标的总额 ${readableYuan(total ?? 0)} 与各项请求合计 ${readableYuan(sum)} 不一致`,
        "请核对；利息算到实际还清之日的，总额写到起诉时已确定的数额。",
      );
    },
  },
  {
    code: "amount.disagrees_with_form",
    severity: "warn",
    basis: "法〔2025〕82号示范文本：标的总额应与各项合计互校",
    find(facts) {
      if (!facts.form) return [];
      const { sumFen } = sumOfAmounts(facts.form, answersOf(facts));
      const total = facts.content.amountFen;
      return when(
        sumFen !== null && sumFen > 0 && total !== null && sumFen !== total,
        "/amountFen",
        `标的总额 ${readableYuan(total ?? 0)} 与表格中各项金额合计 ${readableYuan(sumFen ?? 0)} 不一致`,
        "请核对表格里的本金、利息等金额与总额。",
      );
    },
  },
  {
    code: "amount.zero_in_money_case",
    severity: "warn",
    basis: "民事诉讼法第一百二十二条第三项",
    find: (facts) =>
      when(
        isMoneyCause(facts) && facts.content.amountFen === 0 && claimed(facts) === 0,
        "/amountFen",
        "标的总额为 0",
        "要求对方给钱的，请填写金额；只要求其他内容的可以保留 0。",
      ),
  },
  {
    code: "facts.missing",
    severity: "block",
    basis: "民事诉讼法第一百二十二条第三项、第一百二十四条第三项",
    find: (facts) =>
      when(
        !filled(facts.content.facts) && !hasFormFacts(facts),
        "/facts",
        "还没有写事实与理由",
        "按时间顺序写清楚：什么时候、发生了什么、对方为什么应当承担责任。",
      ),
  },
  {
    code: "facts.too_short",
    severity: "hint",
    basis: "民事诉讼法第一百二十四条第三项",
    find: (facts) =>
      when(
        filled(facts.content.facts) && [...facts.content.facts.trim()].length < 30 && !hasFormFacts(facts),
        "/facts",
        "事实与理由写得很少",
        "补充时间、地点、金额和经过，审查会更快。",
      ),
  },
];

function hasFormClaims(facts: Facts): boolean {
  return Object.entries(facts.content.answers).some(
    ([id, value]) => id.startsWith("claims.") && value !== null && value !== "" && value !== "no",
  );
}

function hasFormFacts(facts: Facts): boolean {
  return (
    Object.entries(facts.content.answers).filter(
      ([id, value]) => id.startsWith("facts.") && value !== null && value !== "",
    ).length >= 2
  );
}
