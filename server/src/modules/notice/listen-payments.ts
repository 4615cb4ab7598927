import { SYSTEM } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { findNoticeRow } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { findPayment, findRefund } from "#modules/payment/index.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Hearers, type Occasion, tell } from "./tell.ts";

/** What people hear of their payments and refunds, and the court's people of what waits for them. */
export function paymentMessages(means: Means): Hearers {
  return {
    async "payment.succeeded"({ paymentId }, told) {
      const { payment, facts, people, caseId } = await ofPayment(means, paymentId);
      // What came for nothing is told of by `payment.duplicate`.
      if (Number(payment.appliedFen) === 0) return;
      const money = readableYuan(Number(payment.appliedFen));
      await tellAll(means, people, { ...told, caseId }, "payment.succeeded", { ...facts, money }, [
        "payment",
        paymentId,
      ]);
    },
    async "payment.duplicate"({ paymentId, surplusFen }, told) {
      const { payment, facts, caseId } = await ofPayment(means, paymentId);
      const money = readableYuan(surplusFen);
      const who = [String(payment.accountId)];
      await tellAll(means, who, { ...told, caseId }, "payment.duplicate", { ...facts, money }, ["payment", paymentId]);
    },
    async "refund.requested"({ refundId, courtCode }, told) {
      const { facts, caseId } = await ofRefund(means, refundId);
      const staff = await listStaffOf(courtCode ?? "", ["supervisor"]);
      const ids = staff.map(({ id }) => id);
      await tellAll(means, ids, { ...told, caseId }, "refund.requested", facts, ["refund", refundId]);
    },
    async "refund.approved"({ refundId, origin }, told) {
      if (origin === "duplicate") return;
      const { facts, people, paymentId, caseId } = await ofRefund(means, refundId);
      await tellAll(means, people, { ...told, caseId }, "refund.approved", facts, ["payment", paymentId]);
    },
    async "refund.succeeded"({ refundId }, told) {
      const { facts, people, paymentId, caseId } = await ofRefund(means, refundId);
      await tellAll(means, people, { ...told, caseId }, "refund.succeeded", facts, ["payment", paymentId]);
    },
    async "refund.failed"({ refundId }, told) {
      const { facts, people, paymentId, caseId } = await ofRefund(means, refundId);
      await tellAll(means, people, { ...told, caseId }, "refund.failed", facts, ["payment", paymentId]);
    },
    async "payment.quarantined"({ alarmId, courtCode }, told) {
      // What belongs to no court is seen by every supervisor in the list, and told to none in particular.
      if (courtCode === null) return;
      const staff = await listStaffOf(courtCode, ["supervisor"]);
      const ids = staff.map(({ id }) => id);
      await tellAll(means, ids, told, "payment.quarantined", NOTHING, ["payment_alarm", alarmId]);
    },
  };
}

const NOTHING: Facts = { matter: "", courtName: "", receiptNumber: "", caseNumber: "", dueOn: "", round: 0 };

/** A payment with what is said of it, and whom it concerns: who paid, and who was to pay. */
async function ofPayment({ database }: Means, paymentId: string) {
  const payment = await findPayment(database, SYSTEM, paymentId);
  const notice = await findNoticeRow(database, SYSTEM, String(payment.noticeId));
  const facts: Facts = {
    ...NOTHING,
    courtName: await nameOfCourt(notice.courtCode),
    caseNumber: notice.caseNumber,
    receiptNumber: payment.receiptNumber ?? "",
  };
  const people = [...new Set([String(payment.accountId), notice.accountId])].filter((id) => id !== "0");
  return { payment, facts, people, caseId: notice.caseId };
}

async function ofRefund(means: Means, refundId: string) {
  const refund = await findRefund(means.database, SYSTEM, refundId);
  const paymentId = String(refund.paymentId);
  const { facts, people, caseId } = await ofPayment(means, paymentId);
  const money = readableYuan(Number(refund.amountFen));
  return { paymentId, people, caseId, facts: { ...facts, money, dueOn: refund.dueOn } };
}

async function tellAll(
  means: Means,
  accountIds: readonly string[],
  told: Occasion,
  template: TemplateName,
  facts: Facts,
  [kind, id]: readonly [kind: string, id: string],
): Promise<void> {
  for (const accountId of accountIds) await tell(means, { ...told, accountId, template, facts, link: { kind, id } });
}
