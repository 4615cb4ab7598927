import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { Service, ServiceAttempt } from "./model.ts";
import { proposeFirst } from "./propose.ts";
import { factsOfService, settle, stateOf } from "./settle.ts";
import { serviceWorkflow } from "./workflow.ts";

/** What the room does by itself: proposes, waits, and takes an act in the case for the answer it is. */
export function serviceSubscribers(means: Means): Subscribers {
  const { transact } = means;
  const held = (work: Work, id: string) => Service.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  return {
    "case.opened": ({ caseId }) => proposeFirst(means, caseId),

    /** A public notice has run its time. */
    "service.effect_due": ({ serviceId }) =>
      transact(
        SYSTEM,
        async (work) => {
          const row = await held(work, serviceId);
          if (row?.state === "sent") await settle(work, means, row);
        },
        { repeatable: true },
      ),

    /** 在线诉讼规则§31: no reply and no reading at an address nobody confirmed; another way follows. */
    "service.unanswered": ({ serviceId, attemptId }) =>
      transact(
        SYSTEM,
        async (work) => {
          const row = await held(work, serviceId);
          const attempt = await ServiceAttempt.findByPk(attemptId, { transaction: work.tx });
          if (row?.state !== "sent" || !attempt || attempt.readAt || attempt.repliedAt || attempt.over) return;
          await attempt.update({ over: true }, { transaction: work.tx });
          await settle(work, means, row);
        },
        { repeatable: true },
      ),

    /** 已按送达的内容作出诉讼行为 (在线诉讼规则§31第二款第一项): whoever answers the complaint has had it. */
    async "submission.submitted"({ caseId, partyKey, accountId, kind }, { at }) {
      if (kind !== "answer") return;
      await transact(
        SYSTEM,
        async (work) => {
          const rows = await Service.findAll({
            where: { caseId, partyKey, documentKind: "complaint", state: ["sent", "failed", "effective"] },
            transaction: work.tx,
            lock: work.tx.LOCK.UPDATE,
          });
          for (const row of rows) {
            const [changed] = await ServiceAttempt.update(
              { repliedAt: at, repliedBy: accountId },
              {
                where: { serviceId: row.id, channel: ["inapp", "email"], confirmed: false, repliedAt: null },
                transaction: work.tx,
              },
            );
            if (changed === 0) continue;
            await row.update({ ...stateOf("sent"), version: row.version + 1 }, { transaction: work.tx });
            await settle(work, means, row);
          }
        },
        { repeatable: true },
      );
    },

    /** A case that ends by itself leaves nothing to be sent but what ended it. */
    async "case.deemed_withdrawn"({ caseId }) {
      await transact(
        SYSTEM,
        async (work) => {
          const rows = await Service.findAll({
            where: { caseId, state: serviceWorkflow.start, documentKind: "complaint" },
            transaction: work.tx,
            lock: work.tx.LOCK.UPDATE,
          });
          for (const row of rows) {
            await row.update({ ...stateOf("cancelled"), version: row.version + 1 }, { transaction: work.tx });
            await work.emit({ name: "service.cancelled", ...factsOfService(row) });
          }
        },
        { repeatable: true },
      );
    },
  };
}
