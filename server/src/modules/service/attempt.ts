import { SYSTEM } from "#core/actor.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type CaseRow, findCaseRow, participantsOf } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { barredFrom, type Channel, documentKind } from "./kinds.ts";
import { type Service, ServiceAttempt } from "./model.ts";
import { problem } from "./problems.ts";
import { factsOfService, patienceUntil } from "./settle.ts";
import { sealWord } from "./store.ts";
import { addressFor, isConfirmed, whereaboutsOf } from "./where.ts";

/** Which way is taken first: the platform where the party has come in and may be served there, else the post. */
export async function firstChannel(
  means: Means,
  courtCase: CaseRow,
  { partyKey, documentKind: kind }: Pick<Service, "partyKey" | "documentKind">,
): Promise<Channel> {
  const people = await participantsOf(means.database, String(courtCase.id));
  if (!people.some((one) => one.partyKey === partyKey)) return "post";
  const where = await whereaboutsOf(means, courtCase, partyKey);
  return documentKind(kind).judgment && !isConfirmed("inapp", where, documentKind(kind)) ? "post" : "inapp";
}

/**
 * Begins one way of service. What goes to the platform has arrived with this very write: its arrival is the system's own fact.
 * Throws `service.channel_barred` with the article, `service.nobody_there`.
 */
export async function beginAttempt(
  work: Work,
  means: Means,
  held: Service,
  channel: Channel,
  { quiet = false } = {},
): Promise<ServiceAttempt> {
  const inside = { ...means, database: within(work, means.database) };
  const courtCase = await findCaseRow(inside.database, SYSTEM, String(held.caseId));
  const kind = documentKind(held.documentKind);
  const barred = barredFrom(channel, kind, courtCase.trialProcedure);
  if (barred) throw problem("service.channel_barred", { detail: barred });
  const where = await whereaboutsOf(inside, courtCase, held.partyKey);
  if (channel === "inapp") {
    const people = await participantsOf(work, String(held.caseId));
    if (!people.some(({ partyKey }) => partyKey === held.partyKey)) throw problem("service.nobody_there");
  }
  if (channel === "email" && where.email === "")
    throw problem("service.channel_barred", { detail: "受送达人没有提供电子邮箱，请改用其他送达方式。" });
  const confirmed = isConfirmed(channel, where, kind);
  const isElectronic = channel === "inapp" || channel === "email";
  const made = await ServiceAttempt.create(
    {
      serviceId: String(held.id),
      channel,
      address: sealWord(means.vault, held, "address", addressFor(channel, where)),
      confirmed,
      sentAt: work.at,
      ...(channel === "inapp" ? { arrivedAt: work.at } : {}),
    },
    { transaction: work.tx },
  );
  await held.update(
    {
      channel,
      sentAt: held.sentAt ?? work.at,
      ...(isElectronic && confirmed && where.consent ? { consent: where.consent } : {}),
    },
    { transaction: work.tx },
  );
  if (quiet) return made;
  await work.emit({ name: "service.sent", ...factsOfService(held), channel });
  if (isElectronic && !confirmed)
    await work.emit(
      {
        name: "service.unanswered",
        about: `service:${held.id}`,
        courtCode: held.courtCode,
        serviceId: String(held.id),
        attemptId: String(made.id),
      },
      { dueAt: patienceUntil(work.at) },
    );
  return made;
}
