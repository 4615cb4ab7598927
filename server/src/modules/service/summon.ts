import { type Actor, SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, holdCaseFor } from "#modules/case/index.ts";
import type { SummonsPaper } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { beginAttempt, firstChannel } from "./attempt.ts";
import { layService, newSealRef } from "./create.ts";
import { DOCUMENT_KINDS } from "./kinds.ts";
import { Service } from "./model.ts";
import { drawPart, keepPdf } from "./parts.ts";
import { factsOfService, settle, stateOf } from "./settle.ts";
import { sealWord, visibleTo } from "./store.ts";
import { type ServiceState, serviceWorkflow } from "./workflow.ts";

/** 传票 of one party. `source` names what it is about and which version: the same is never served twice. */
export interface Summoning {
  readonly source: string;
  readonly partyKey: string;
  /** By when it must be sent. */
  readonly dueOn: string;
  readonly paper: SummonsPaper;
}

/**
 * Serves a summons: on the platform at once where the party has come in, else it lies with the court's people, who post it. The PDF
 * is drawn before the transaction; told again, it finds the service there. The caller's right is asked before.
 */
export async function serveSummons(
  means: Means,
  caseId: string,
  { source, partyKey, dueOn, paper }: Summoning,
): Promise<void> {
  const courtCase = await findCaseRow(means.database, SYSTEM, caseId);
  const where = { caseId, partyKey, source };
  if ((await Service.count({ where })) > 0) return;
  const sealRef = newSealRef();
  const title = DOCUMENT_KINDS.summons.label;
  const text = JSON.stringify(paper);
  const channel = await firstChannel(means, courtCase, { partyKey, documentKind: "summons" });
  const isHere = channel === "inapp";
  const part = { title, source: "summons", text: sealWord(means.vault, { sealRef }, "text", text) } as const;
  const drawn = { ...part, materialId: null, itemId: null };
  const kept = isHere
    ? await keepPdf(means, { sealRef }, await drawPart(means, courtCase, { sealRef, partyKey }, drawn))
    : undefined;
  await means.transact(
    SYSTEM,
    async (work) => {
      await holdCaseFor(work, caseId, { anyway: true });
      if ((await Service.count({ where, transaction: work.tx })) > 0) return;
      const held = await layService(
        work,
        means.vault,
        courtCase,
        { sealRef, documentKind: "summons", title, partyKey, source, dueOn },
        [{ ...part, text, ...(kept ? { kept } : {}) }],
      );
      if (!isHere) {
        await work.emit({ name: "service.proposed", ...factsOfService(held), dueOn });
        return;
      }
      const inside = { ...means, database: within(work, means.database) };
      await beginAttempt(work, inside, held, channel);
      await held.update(stateOf(serviceWorkflow.next(held.state, "send", "system")), { transaction: work.tx });
      await settle(work, inside, held);
    },
    { repeatable: true },
  );
}

/** What was not sent yet of these summonses is not sent any more. The row of the case is held by the caller. */
export async function dropSummonses(work: Work, caseId: string, sourcePrefix: string): Promise<void> {
  const rows = await Service.findAll({
    where: { caseId, documentKind: "summons", state: serviceWorkflow.start },
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
  });
  for (const row of rows) {
    if (!row.source?.startsWith(sourcePrefix)) continue;
    const state = serviceWorkflow.next(row.state, "cancel", "system");
    await row.update({ ...stateOf(state), version: row.version + 1 }, { transaction: work.tx });
    await work.emit({ name: "service.cancelled", ...factsOfService(row) });
  }
}

/** The summonses of one source that this reader may see, in the order of the parties they were made for. */
export async function listSummonses(
  { read }: Pick<Database, "read">,
  actor: Actor,
  caseId: string,
  source: string,
): Promise<{ readonly serviceId: string; readonly partyKey: string; readonly state: ServiceState }[]> {
  const { sql, values } = visibleTo(actor);
  const rows = await read<{ serviceId: string; partyKey: string; state: ServiceState }>(
    `SELECT s.id AS serviceId, s.party_key AS partyKey, s.state FROM service s WHERE s.case_id = ? AND s.source = ? AND ${sql} ORDER BY s.id`,
    [caseId, source, ...values],
  );
  return rows.map((row) => ({ ...row, serviceId: String(row.serviceId) }));
}
