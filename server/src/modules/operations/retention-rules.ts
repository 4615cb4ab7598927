import { inBites } from "#core/database.ts";
import { forgetKeys } from "#core/idempotency.ts";
import { forgetTold } from "#core/outbox.ts";
import { forgetAttempts, forgetSessions } from "#modules/account/index.ts";
import { forgetRows } from "#modules/bulk/index.ts";
import { forgetTries } from "#modules/case/index.ts";
import { forgetDeliveries } from "#modules/desk/index.ts";
import { forgetDrafts, forgetLinks } from "#modules/filing/index.ts";
import { forgetReadings } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { forgetAddresses } from "#modules/notice/index.ts";
import { forgetOpenings } from "#modules/payment/index.ts";

export interface RetentionRule {
  readonly id: string;
  readonly what: string;
  readonly days: number;
  /** By which article, or for what reason. */
  readonly basis: string;
  /** Lets go what is older; gives how many rows. */
  readonly forget: (means: Means, before: Date) => Promise<number>;
}

const SHORTEST = "个人信息保护法§19：保存期限应为实现处理目的所必要的最短时间";
const DONE = "个人信息保护法§47：处理目的已实现或不再必要，应主动删除";

/**
 * What is let go, and after how long. Whatever was handed in to the court, what became of it, money and the audit trail are
 * never on this list: they are litigation files (短期 30 年、长期 60 年或永久), and a court decides about each.
 */
export const RETENTION: readonly RetentionRule[] = [
  { id: "draft", what: "从未提交的立案草稿及其材料", days: 365, basis: DONE, forget: forgetDrafts },
  { id: "link", what: "无人办理或被谢绝的确认链接中的内容", days: 180, basis: DONE, forget: forgetLinks },
  { id: "reading", what: "照片文字识别的原始结果（可以重新识别）", days: 180, basis: SHORTEST, forget: forgetReadings },
  { id: "bulk-row", what: "批量表格中没有成为立案申请的行", days: 180, basis: DONE, forget: forgetRows },
  { id: "address", what: "通知发往的手机号和邮箱", days: 365, basis: SHORTEST, forget: forgetAddresses },
  { id: "opening", what: "已失效的付款凭据", days: 30, basis: DONE, forget: forgetOpenings },
  { id: "session", what: "已失效的登录会话", days: 30, basis: SHORTEST, forget: forgetSessions },
  { id: "attempt", what: "登录失败计数", days: 1, basis: SHORTEST, forget: forgetAttempts },
  { id: "join-try", what: "访问码试错计数", days: 1, basis: SHORTEST, forget: forgetTries },
  { id: "rate", what: "限速计数", days: 1, basis: SHORTEST, forget: forgetRates },
  { id: "key", what: "防重复提交的记录", days: 30, basis: "请求方最长重试期", forget: forgetKeys },
  { id: "event", what: "已处理的内部事件（审计记录另存，不删）", days: 7, basis: "排查问题所需", forget: forgetTold },
  { id: "webhook", what: "推送记录", days: 30, basis: "排查问题所需", forget: forgetDeliveries },
  { id: "node", what: "失去联系的进程登记", days: 7, basis: "排查问题所需", forget: forgetNodes },
];

function forgetRates({ database }: Means, before: Date): Promise<number> {
  return inBites(database, "DELETE FROM rate_limit WHERE expire < ?", [before.getTime()]);
}

function forgetNodes({ database }: Means, before: Date): Promise<number> {
  return inBites(database, "DELETE FROM node WHERE seen_at < ?", [before]);
}
