import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { delegationSubscribers } from "./delegation-spread.ts";
import { feeLines } from "./fee-lines.ts";
import { CaseParty, CourtCase } from "./model.ts";
import { participationEnds } from "./participant-end.ts";
import { holdCaseFor } from "./store.ts";

/** A case that was opened is handed to the court's inner system, which knows it by our reference: a repeat is harmless. */
export function caseSubscribers(means: Means): Subscribers {
  const { transact, gateways, vault } = means;
  return {
    ...feeLines(means),
    ...participationEnds(means, holdCaseFor),
    ...delegationSubscribers(means),

    async "case.opened"({ caseId }) {
      const row = await CourtCase.findByPk(caseId, { rejectOnEmpty: true });
      if (row.registeredAt) return;
      const parties = await CaseParty.findAll({ where: { caseId }, order: [["position", "ASC"]] });
      const { innerId } = await gateways.court.registerCase({
        reference: `filing-${row.filingId}`,
        courtCode: row.courtCode,
        caseNumber: row.number,
        causeCode: row.causeCode,
        causeName: findCause(row.causeCode).name,
        acceptedAt: row.createdAt,
        parties: parties.map(({ side, name }) => ({
          side: side as "plaintiff",
          name: vault.open(name, `case ${row.sealRef}`),
        })),
      });
      await transact(SYSTEM, async (work) => {
        const changed = await work.change(
          "UPDATE court_case SET inner_id = ?, registered_at = ? WHERE id = ? AND registered_at IS NULL",
          [innerId, work.at, caseId],
        );
        if (changed === 1)
          await work.emit({ name: "case.registered", about: `case:${caseId}`, courtCode: row.courtCode, caseId });
      });
    },
  };
}
