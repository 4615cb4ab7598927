import { SYSTEM } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, listCaseParties, SIDES, writeCaseEvent } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { type Effect, effectOf, isOver } from "./effect.ts";
import { channelKind, documentKind } from "./kinds.ts";
import { type Service, ServiceAttempt } from "./model.ts";
import { knownOf } from "./store.ts";
import { writtenDay } from "./texts.ts";
import { type ServiceState, serviceWorkflow, TURNS } from "./workflow.ts";

export const stateOf = (state: ServiceState) => ({ state, turn: TURNS[state] });

/** What every event of a service says. */
export const factsOfService = (held: Service) => ({
  about: `service:${held.id}`,
  courtCode: held.courtCode,
  serviceId: String(held.id),
  caseId: String(held.caseId),
  partyKey: held.partyKey,
  documentKind: held.documentKind as string,
});

/**
 * Works the day of service out anew from everything that is recorded, and tells what changed: the first day, another day, none
 * any more, or that the way is at its end. A day that lies ahead is told when it comes.
 */
export async function settle(work: Work, means: Means, held: Service): Promise<void> {
  const inside = within(work, means.database);
  const courtCase = await findCaseRow(inside, SYSTEM, String(held.caseId));
  const attempts = await ServiceAttempt.findAll({
    where: { serviceId: held.id },
    order: [["id", "ASC"]],
    transaction: work.tx,
  });
  const known = attempts.map((attempt) => knownOf(means.vault, held, attempt));
  const effect = effectOf(known, courtCase.trialProcedure);
  const day = effect.effectiveDate;
  const isHere = day !== null && day <= courtDayOf(work.at);
  const before = held.toldOn ?? null;
  await held.update(
    {
      effectiveOn: day,
      presumed: effect.presumed,
      basis: effect.basis,
      explanation: effect.explanation,
      effectiveAt:
        isHere && (held.effectiveOn !== day || !held.effectiveAt) ? work.at : isHere ? held.effectiveAt : null,
      ...(isHere && !held.consent && isByConduct(known, effect) ? { consent: "conduct" } : {}),
    },
    { transaction: work.tx },
  );
  const system = (action: "take_effect" | "fail") =>
    held.update(stateOf(serviceWorkflow.next(held.state, action, "system")), { transaction: work.tx });
  if (isHere) {
    await system("take_effect");
  } else if (day !== null) {
    const dueAt = new Date(`${day}T00:00:00+08:00`);
    await work.emit(
      {
        name: "service.effect_due",
        about: `service:${held.id}`,
        courtCode: held.courtCode,
        serviceId: String(held.id),
      },
      { dueAt },
    );
  } else if (known.length > 0 && known.every((one) => isOver(one, courtCase.trialProcedure))) {
    await system("fail");
    const { channel } = known.at(-1) as (typeof known)[number];
    await work.emit({ name: "service.failed", ...factsOfService(held), channel });
  }
  const now = isHere ? day : null;
  if (now === before) return;
  await held.update({ toldOn: now }, { transaction: work.tx });
  const facts = factsOfService(held);
  if (before === null && now !== null)
    await work.emit({ name: "service.effective", ...facts, effectiveOn: now, presumed: effect.presumed });
  else if (before !== null) await work.emit({ name: "service.effect_changed", ...facts, before, after: now });
  const parties = await listCaseParties(inside, means.vault, courtCase);
  const party = parties.find(({ key }) => key === held.partyKey);
  const who = `向${SIDES[party?.side ?? ""] ?? ""}${party?.name ?? ""}送达${held.title}`;
  await writeCaseEvent(work, means.vault, courtCase, {
    kind: "service",
    source: `service:${held.id}:${held.version}`,
    title: before === null ? "文书送达" : "送达日期变更",
    detail:
      now === null
        ? `${who}：原送达日期 ${before} 不再有效，将以其他方式送达`
        : `${who}，送达日期 ${writtenDay(now)}（${channelKind(held.channel ?? "inapp").label}）`,
    partyKey: documentKind(held.documentKind).quiet ? held.partyKey : null,
  });
}

/** 以回复收悉、参加诉讼等方式接受电子送达 (在线诉讼规则§29第四项). */
const isByConduct = (known: ReturnType<typeof knownOf>[], { attemptId }: Effect): boolean =>
  known.some(({ id, confirmed, repliedAt }) => id === attemptId && !confirmed && repliedAt !== null);

/** How long one waits for an answer at an address that nobody confirmed; the law names no time, only that another way follows. */
const PATIENCE_DAYS = 3;
export const patienceUntil = (at: Date): Date =>
  new Date(`${addDays(courtDayOf(at), PATIENCE_DAYS + 1)}T00:00:00+08:00`);
