import { setTimeout as sleep } from "node:timers/promises";
import type { TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { bring, faultsInBooks, noticesLike, type Ordered, order } from "#test/payments.ts";
import { pooled, rowsOf, shuffled } from "./crowd.ts";
import { type NodeProcess, startNode } from "./node-process.ts";

export interface StormPlan {
  readonly orders: number;
  /** Notices in all; each order gets one to fifteen copies, and on from the first until the sum is reached. */
  readonly notices: number;
  readonly kills: number;
  readonly width: number;
  readonly random: () => number;
}

export interface StormReport {
  readonly orders: number;
  readonly deliveries: number;
  readonly answered: number;
  readonly kills: number;
  readonly inFlightKills: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly ledgerFen: number;
  readonly ordersFen: number;
  readonly faults: readonly string[];
}

/** So many orders of one payer, each for a notice of its own, all paid at WeChat and none told of yet. */
export async function paidOrders(app: TestApp, count: number): Promise<Ordered[]> {
  await seedCourtsAndRules(app);
  const model = await acceptedCase(app, "王芳");
  const noticeIds = await noticesLike(app, model.noticeId, count);
  const orders = await pooled(noticeIds, 4, (id) => order(model.owner, `/fee-notices/${id}`));
  for (const { orderNumber } of orders) app.sandbox.wechatPay.pay(orderNumber, { silent: true });
  return orders;
}

/**
 * Notices of paid orders in a storm: one to fifteen copies of each, shuffled, so many at once, to two nodes of which one is
 * killed (kill -9) now and then; what is not answered 204 is brought again, as WeChat does. With them, for every fifth
 * order, the notice of a refund nobody asked us for, before the payment's own.
 */
export async function storm(
  app: TestApp,
  orders: readonly Ordered[],
  { notices, kills, width, random }: StormPlan,
): Promise<StormReport> {
  const peer = app.sandbox.wechatPay;
  const due: { orderNumber: string; refund: boolean }[] = [];
  for (const { orderNumber } of orders) {
    const copies = 1 + Math.floor(random() * 15);
    for (let copy = 0; copy < copies; copy += 1) due.push({ orderNumber, refund: false });
  }
  while (due.length < notices)
    due.push({ orderNumber: orders[Math.floor(random() * orders.length)]?.orderNumber ?? "", refund: false });
  const queue = shuffled(due.slice(0, Math.max(notices, 0) || due.length), random);
  for (const { orderNumber } of orders.filter((_, at) => at % 5 === 0)) queue.unshift({ orderNumber, refund: true });

  const nodes: (NodeProcess | null)[] = await Promise.all([startNode(app), startNode(app)]);
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const busy = [0, 0];
  let [next, deliveries, killed, inFlight] = [0, 0, 0, 0];
  const strikes = Array.from({ length: kills }, (_, at) => Math.floor(((at + 0.5) / kills) * queue.length));
  let striking: Promise<void> = Promise.resolve();
  const strike = async (): Promise<void> => {
    const victim = killed % 2;
    killed += 1;
    if ((busy[victim] ?? 0) > 0) inFlight += 1;
    const node = nodes[victim];
    nodes[victim] = null;
    await node?.kill();
    nodes[victim] = await startNode(app);
  };
  const refundOf = (orderNumber: string) => {
    const paid = peer.orders.get(orderNumber)!;
    return peer.makeNotice(
      {
        mchid: paid.mchid,
        out_trade_no: orderNumber,
        transaction_id: paid.transactionId,
        out_refund_no: `BYHAND${orderNumber}`,
        refund_id: `5030${orderNumber}`,
        refund_status: "SUCCESS",
        success_time: "2026-11-22T10:00:00+08:00",
        user_received_account: "支付用户零钱",
        amount: { total: paid.total, refund: 100, payer_total: paid.total, payer_refund: 100 },
      },
      "REFUND.SUCCESS",
    );
  };
  const carry = async (at: number): Promise<void> => {
    const { orderNumber, refund } = queue[at]!;
    for (let attempt = 0; ; attempt += 1) {
      const which = nodes[(at + attempt) % 2] ? (at + attempt) % 2 : (at + attempt + 1) % 2;
      const node = nodes[which];
      if (!node) {
        await sleep(20);
        continue;
      }
      busy[which] = (busy[which] ?? 0) + 1;
      // Signed for this moment, every time.
      const { status, ms } = await bring(node.origin, refund ? refundOf(orderNumber) : peer.notice(orderNumber));
      busy[which] = (busy[which] ?? 0) - 1;
      deliveries += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status !== 0) times.push(ms);
      if (status === 204) return;
      if (attempt > 200) throw new Error(`${orderNumber} is not taken: ${status}`);
      await sleep(10 + random() * 40);
    }
  };
  const worker = async (): Promise<void> => {
    while (next < queue.length) {
      const at = next++;
      if (strikes.includes(at)) {
        await striking;
        striking = strike();
      }
      await carry(at);
    }
  };
  try {
    await Promise.all(Array.from({ length: width }, worker));
    await striking;
  } finally {
    await Promise.all(nodes.map((node) => node?.kill()));
  }
  times.sort((a, b) => a - b);
  const quantile = (part: number): number =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  const [ledger] = await rowsOf<{ fen: string }>(
    app,
    "SELECT COALESCE(SUM(amount_fen), 0) AS fen FROM ledger_entry WHERE debit = 'wechat'",
  );
  return {
    orders: orders.length,
    deliveries,
    answered: times.length,
    kills: killed,
    inFlightKills: inFlight,
    p50: quantile(0.5),
    p99: quantile(0.99),
    slowest: quantile(1),
    statuses,
    ledgerFen: Number(ledger?.fen),
    ordersFen: orders.reduce((sum, { orderNumber }) => sum + (peer.orders.get(orderNumber)?.total ?? 0), 0),
    faults: await faultsInBooks(app),
  };
}
