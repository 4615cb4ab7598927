import { SYSTEM } from "#core/actor.ts";
import { GatewayError, PaymentRefused, type RefundFact } from "#gateways/payments/port.ts";
import type { Means } from "#modules/module.ts";
import { raiseAlarm } from "./alarms.ts";
import { inTurns } from "./ask.ts";
import { askAgain, LEASE_MS } from "./schedule.ts";
import { settleRefundAlone } from "./settle-refund.ts";
import type { RefundState } from "./workflow.ts";

const BATCH = 20;
const AT_ONCE = 4;
/** So many times without an answer, and people are told. */
const STUCK_AFTER = 8;

interface Claimed {
  readonly id: string;
  readonly refundNumber: string;
  readonly amountFen: string;
  readonly reason: string;
  readonly state: RefundState;
  readonly asked: number;
  readonly courtCode: string;
  readonly orderNumber: string;
  readonly paidFen: string;
}

/** Sends what was approved and asks after what was sent, until nothing is due. Any number of workers may do it. */
export async function sendRefunds(means: Means): Promise<number> {
  let done = 0;
  for (;;) {
    const claimed = await claim(means);
    if (claimed.length === 0) return done;
    await inTurns(claimed, AT_ONCE, (refund) => attend(means, refund));
    done += claimed.length;
  }
}

/** Marks rows as being asked about, and lets go of them before anybody is asked. */
function claim(means: Means): Promise<Claimed[]> {
  return means.transact(SYSTEM, async (work) => {
    const due = await work.query<{ id: string }>(
      `SELECT id FROM refund WHERE ask_at <= ? ORDER BY ask_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [work.at],
    );
    if (due.length === 0) return [];
    const ids = due.map(({ id }) => String(id));
    const list = ids.map(() => "?").join(", ");
    await work.change(`UPDATE refund SET ask_at = ?, asked = asked + 1 WHERE id IN (${list})`, [
      new Date(work.at.getTime() + LEASE_MS),
      ...ids,
    ]);
    return work.query<Claimed>(
      `SELECT r.id, r.refund_number AS refundNumber, r.amount_fen AS amountFen, r.reason, r.state, r.asked, r.court_code AS courtCode,
         p.order_number AS orderNumber, p.paid_fen AS paidFen
       FROM refund r JOIN payment p ON p.id = r.payment_id WHERE r.id IN (${list})`,
      ids,
    );
  });
}

async function attend(means: Means, refund: Claimed): Promise<void> {
  try {
    await settleRefundAlone(means, await ask(means, refund));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    means.logger.warn({ err: error, refundNumber: refund.refundNumber }, "refund not answered");
    await later(means, refund, error instanceof PaymentRefused ? error.refusal : null);
  }
}

/** The same number again is the same refund, so sending after an answer that was lost gives nothing back twice. */
async function ask({ gateways: { payments } }: Means, refund: Claimed): Promise<RefundFact> {
  const { refundNumber, orderNumber, reason } = refund;
  const known = refund.state === "approved" ? null : await payments.findRefund(refundNumber);
  if (known) return known;
  return payments.refund({
    refundNumber,
    orderNumber,
    reason,
    refundFen: Number(refund.amountFen),
    totalFen: Number(refund.paidFen),
  });
}

/** Tried again later; where WeChat has said no, or nothing for long, people are told. */
async function later(
  means: Means,
  { id, asked, courtCode, orderNumber, refundNumber }: Claimed,
  refusal: string | null,
): Promise<void> {
  await means.transact(
    SYSTEM,
    async (work) => {
      // Whoever claimed it since then has another number, and decides when to ask again.
      await work.change("UPDATE refund SET ask_at = ? WHERE id = ? AND asked = ?", [
        askAgain(work.at, asked),
        String(id),
        asked,
      ]);
      if (asked < STUCK_AFTER && refusal === null) return;
      await raiseAlarm(work, means, {
        kind: "refund_stuck",
        source: refundNumber,
        courtCode,
        orderNumber,
        facts: { refundNumber, asked, refusal },
      });
    },
    { repeatable: true },
  );
}
