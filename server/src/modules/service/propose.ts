import { SYSTEM } from "#core/actor.ts";
import { addDays } from "#core/period.ts";
import { findCaseRow, listCaseParties } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { layService, newSealRef } from "./create.ts";
import { DOCUMENT_KINDS } from "./kinds.ts";
import { Service } from "./model.ts";
import { factsOfService } from "./settle.ts";

/** 民事诉讼法§128: 立案之日起五日内将起诉状副本发送被告. */
const DAYS = 5;
const SOURCE = "opened";

/**
 * When a case opens, the complaint's copy and the 应诉通知书 with the party's access code lie ready for everybody who is sued, due
 * in five days. Drawn only when they are sent, so that a code made anew in between is the one printed. Safe to repeat.
 */
export async function proposeFirst(means: Means, caseId: string): Promise<void> {
  const courtCase = await findCaseRow(means.database, SYSTEM, caseId);
  const parties = await listCaseParties(means.database, means.vault, courtCase);
  await means.transact(
    SYSTEM,
    async (work) => {
      for (const { key: partyKey, side } of parties) {
        if (side === "plaintiff") continue;
        const where = { caseId, partyKey, source: SOURCE };
        if ((await Service.count({ where, transaction: work.tx })) > 0) continue;
        const dueOn = addDays(courtCase.acceptedOn, DAYS);
        const held = await layService(
          work,
          means.vault,
          courtCase,
          {
            sealRef: newSealRef(),
            documentKind: "complaint",
            title: DOCUMENT_KINDS.complaint.label,
            partyKey,
            source: SOURCE,
            dueOn,
          },
          [
            { title: "起诉状副本", source: "complaint" },
            { title: "应诉通知书", source: "respond" },
          ],
        );
        await work.emit({ name: "service.proposed", ...factsOfService(held), dueOn });
      }
    },
    { repeatable: true },
  );
}
