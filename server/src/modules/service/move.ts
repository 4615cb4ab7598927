import { type Actor, isStaff } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { actingFor, findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { beginAttempt } from "./attempt.ts";
import { openContest, ruleOnContest } from "./contest.ts";
import { channelKind, documentKind, nextChannel } from "./kinds.ts";
import { type Service, ServiceAttempt, ServiceDocument } from "./model.ts";
import { drawPart, type KeptFile, keepPdf, listParts } from "./parts.ts";
import { problem } from "./problems.ts";
import { recordFacts } from "./record.ts";
import type { ServiceMove } from "./schema.ts";
import { factsOfService, settle, stateOf } from "./settle.ts";
import { findService, holdService, sealWord } from "./store.ts";
import { serviceWorkflow } from "./workflow.ts";

/** The PDFs of a service that is about to be sent, by position; drawn and stored before the transaction. */
export type Drawn = ReadonlyMap<number, KeptFile>;
export async function drawService(means: Means, actor: Actor, id: string): Promise<Drawn> {
  const row = await findService(means.database, actor, id);
  const drawn = new Map<number, KeptFile>();
  if (row.state !== "pending") return drawn;
  const courtCase = await findCaseRow(means.database, actor, row.caseId);
  for (const part of await listParts(means.database, row.id))
    if (part.fileKey === null)
      drawn.set(part.position, await keepPdf(means, row, await drawPart(means, courtCase, row, part)));
  return drawn;
}

/**
 * One move of a service. Whatever is recorded, acknowledged or decided ends in `settle`, which alone says when it took effect.
 * Throws 404 for whoever may not see it, 403, 409 by the workflow, 422 for facts that cannot be.
 */
export async function moveService(
  work: Work,
  means: Means,
  id: string,
  move: ServiceMove,
  drawn: Drawn,
): Promise<Service> {
  const held = await holdService(work, id);
  if (!(await isTheirs(work, held))) throw problem("service.not_for_you");
  const state = serviceWorkflow.next(held.state, move.action, work.actor.role);
  await held.update({ ...stateOf(state), version: held.version + 1 }, { transaction: work.tx });
  switch (move.action) {
    case "send":
      for (const [position, kept] of drawn)
        await ServiceDocument.update(kept, { where: { serviceId: held.id, position }, transaction: work.tx });
      await beginAttempt(work, means, held, move.channel);
      break;
    case "next_channel":
      await takeNextChannel(work, means, held, move.channel ?? null);
      break;
    case "record":
      await recordFacts(work, means, held, move.channel, move.facts);
      break;
    case "acknowledge":
      await noteReply(work, held, work.actor.accountId);
      break;
    case "contest":
      await openContest(work, means, held, move);
      return held;
    case "decide_contest":
      await ruleOnContest(work, means, held, move);
      break;
    case "ask_paper":
      if (!documentKind(held.documentKind).judgment || held.paperAskedAt) throw problem("service.no_paper");
      await held.update({ paperAskedAt: work.at }, { transaction: work.tx });
      await work.emit({ name: "service.paper_asked", ...factsOfService(held) });
      break;
    case "give_paper":
      if (!held.paperAskedAt || held.paperGivenAt) throw problem("service.no_paper");
      await held.update({ paperGivenAt: work.at }, { transaction: work.tx });
      break;
    case "cancel":
      await held.update({ note: sealWord(means.vault, held, "note", move.reason) }, { transaction: work.tx });
      await work.emit({ name: "service.cancelled", ...factsOfService(held) });
      return held;
  }
  await settle(work, means, held);
  return held;
}

async function takeNextChannel(
  work: Work,
  means: Means,
  held: Service,
  asked: Parameters<typeof beginAttempt>[3] | null,
): Promise<void> {
  const channel = asked ?? (held.channel ? nextChannel(held.channel, documentKind(held.documentKind)) : null);
  if (channel === null) throw problem("service.no_further_channel");
  await beginAttempt(work, means, held, channel);
}

/** 回复已收到: on the electronic way that was taken; where there was none, the platform is where the reply came in. */
export async function noteReply(work: Work, held: Service, accountId: string): Promise<void> {
  const attempt = await platformAttempt(work, held);
  if (attempt.repliedAt) return;
  await attempt.update({ repliedAt: work.at, repliedBy: accountId }, { transaction: work.tx });
}

/** 已阅知: the document was opened here. Told once; works the day out anew. */
export async function noteRead(work: Work, means: Means, id: string): Promise<void> {
  const held = await holdService(work, id);
  // Whoever reads it for the lawyer is not who it goes to: nothing takes effect by that.
  if (isStaff(work.actor) || !(await isTheirs(work, held))) return;
  if (held.state !== "sent" && held.state !== "failed" && held.state !== "effective") return;
  const attempt = await platformAttempt(work, held);
  if (attempt.readAt) return;
  await attempt.update({ readAt: work.at, readBy: work.actor.accountId }, { transaction: work.tx });
  await held.update({ ...stateOf("sent"), version: held.version + 1 }, { transaction: work.tx });
  await settle(work, means, held);
}

/** Service is received by the party and by whoever has its mandate (民诉法§88); an assistant or a stand-in only reads it. */
async function isTheirs(work: Work, { caseId, partyKey }: Service): Promise<boolean> {
  if (isStaff(work.actor) || work.actor.role === "system") return true;
  return (await actingFor(work, String(caseId))).some((one) => one.partyKey === partyKey);
}

/** Where a document went by post and the party reads it here all the same, the platform is a way of its own, unconfirmed. */
async function platformAttempt(work: Work, held: Service): Promise<ServiceAttempt> {
  const known = await ServiceAttempt.findOne({
    where: { serviceId: held.id, channel: "inapp" },
    order: [["id", "DESC"]],
    transaction: work.tx,
  });
  if (known) return known;
  return ServiceAttempt.create(
    {
      serviceId: String(held.id),
      channel: "inapp",
      address: null,
      confirmed: false,
      sentAt: work.at,
      arrivedAt: work.at,
    },
    { transaction: work.tx },
  );
}

export const labelOfChannel = (channel: string): string => channelKind(channel).label;
