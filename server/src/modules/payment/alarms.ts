import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";

/** 支付异常: what it is called, and what the court's people are to do about it. */
export const ALARMS = {
  amount_differs: {
    label: "到账金额与订单金额不一致",
    advice:
      "系统没有入账。请在微信商户平台按订单号核对实收金额：确属多收或少收的，原路退回后请当事人重新支付，并在此写明处理结果。",
  },
  currency_differs: {
    label: "到账币种不是人民币",
    advice: "系统没有入账。请在微信商户平台核对该订单，原路退回后请当事人重新支付。",
  },
  transaction_differs: {
    label: "同一订单出现两个微信支付单号",
    advice: "系统只认先到的一笔。请在微信商户平台核对两笔交易，多收的一笔在商户平台退回。",
  },
  transaction_reused: {
    label: "同一微信支付单号对应两个订单",
    advice: "系统没有入账第二个订单。请在微信商户平台核对该交易属于哪个订单。",
  },
  unknown_order: {
    label: "收到未知订单的款项",
    advice: "本系统没有这个订单。请在微信商户平台核对是否为其他系统的收款；确不属于法院的，原路退回。",
  },
  unknown_refund: {
    label: "收到未知退款的结果",
    advice: "本系统没有这笔退款。请在微信商户平台核对是谁发起的，并在此写明处理结果。",
  },
  refund_differs: {
    label: "退款金额与申请不一致",
    advice: "系统没有记账。请在微信商户平台按退款单号核对实退金额，差额由财务处理后在此写明。",
  },
  refund_unexpected: {
    label: "未批准的退款已在微信退出",
    advice: "请立即核对商户平台的操作记录，查明是谁发起了退款，并报告负责人。",
  },
  refund_abnormal: {
    label: "退款异常：付款人的收款账户无法入账",
    advice:
      "多为银行卡已注销。请在微信商户平台“交易中心－退款管理”中办理异常退款，或联系当事人提供账户线下退回；办好后系统会自动核实到账。",
  },
  refund_closed: {
    label: "退款被微信关闭",
    advice: "多为商户余额不足或订单超过一年。请充值后由负责人点“重新退款”；订单超过一年的，请线下退回。",
  },
  refund_stuck: {
    label: "退款长时间没有提交成功",
    advice: "请检查微信商户平台余额与接口权限；系统会继续尝试，不会重复退款。",
  },
  refund_short: {
    label: "应退金额超过可退金额",
    advice: "已支付的款项不足以退回应退金额（可能已有其他退款）。请核对该案的退款记录，差额线下处理。",
  },
  bill_unavailable: {
    label: "未能取得微信账单",
    advice: "系统每 10 分钟会再取一次。如到下午仍未取得，请在微信商户平台查看账单是否生成，再点“重新对账”。",
  },
} as const;
export type AlarmKind = keyof typeof ALARMS;

export interface AlarmToRaise {
  readonly kind: AlarmKind;
  /** What told of it: told again, it is the same alarm. */
  readonly source: string;
  readonly courtCode: string | null;
  readonly orderNumber: string | null;
  /** Numbers and amounts; no personal data. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

/** Writes down that people must look, once for each cause; says so to whoever listens. */
export async function raiseAlarm(work: Work, means: Means, alarm: AlarmToRaise): Promise<void> {
  const { kind, courtCode } = alarm;
  const [source, order] = [plain(alarm.source, 100), alarm.orderNumber === null ? null : plain(alarm.orderNumber, 32)];
  const made = await work.change(
    `INSERT INTO payment_alarm (court_code, kind, source, order_number, facts, at) VALUES (?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE id = id`,
    [courtCode, kind, source, order, JSON.stringify(alarm.facts), work.at],
  );
  if (made !== 1) return;
  const [row] = await work.query<{ id: string }>("SELECT id FROM payment_alarm WHERE kind = ? AND source = ?", [
    kind,
    source,
  ]);
  const alarmId = String(row?.id);
  means.logger.warn({ kind, orderNumber: order, alarmId }, "payment alarm");
  await work.emit({ name: "payment.quarantined", about: `payment_alarm:${alarmId}`, courtCode, alarmId, kind });
}

/** Numbers that come from outside are cut to what the column takes. */
const plain = (text: string, length: number): string => text.replace(/[^\x21-\x7e]/g, "?").slice(0, length);

export interface AlarmRow {
  readonly id: string;
  readonly kind: AlarmKind;
  readonly orderNumber: string | null;
  readonly facts: string;
  readonly at: Date;
  readonly resolvedAt: Date | null;
  readonly note: string | null;
}

/** Alarms of the reader's court and those that belong to none, newest first; one row more than `limit`. */
export function listAlarms(
  database: Database,
  actor: Actor,
  { open, before, limit }: { open: boolean | undefined; before: string | undefined; limit: number },
): Promise<AlarmRow[]> {
  const where = ["(court_code = ? OR court_code IS NULL)"];
  if (open !== undefined) where.push(open ? "resolved_at IS NULL" : "resolved_at IS NOT NULL");
  if (before) where.push("id < ?");
  return database.read<AlarmRow>(
    `SELECT id, kind, order_number AS orderNumber, facts, at, resolved_at AS resolvedAt, note FROM payment_alarm
     WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT ${Number(limit) + 1}`,
    [actor.courtCode, ...(before ? [before] : [])],
  );
}

/** A person says what was done about it. Throws 409 where a colleague was quicker. */
export async function resolveAlarm(work: Work, id: string, note: string): Promise<AlarmRow> {
  const [row] = await work.query<AlarmRow & { courtCode: string | null }>(
    `SELECT id, kind, order_number AS orderNumber, facts, at, resolved_at AS resolvedAt, note, court_code AS courtCode
     FROM payment_alarm WHERE id = ? FOR UPDATE`,
    [id],
  );
  if (!row || (row.courtCode !== null && row.courtCode !== work.actor.courtCode)) throw problem("alarm.not_found");
  if (row.resolvedAt !== null) throw problem("alarm.resolved");
  await work.change("UPDATE payment_alarm SET resolved_by = ?, resolved_at = ?, note = ? WHERE id = ?", [
    work.actor.accountId,
    work.at,
    note,
    id,
  ]);
  return { ...row, id: String(row.id), resolvedAt: work.at, note };
}
