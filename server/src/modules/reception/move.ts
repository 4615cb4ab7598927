import { isStaff } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { courtParameters, findCourt } from "#modules/court/index.ts";
import { endSession, leaveSession } from "#modules/hearing/index.ts";
import { copyMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { aboutReception, endOfDay, mustBeOpen, register, remindCourt, writeStep } from "./ask.ts";
import { bookReception } from "./book.ts";
import { Reception } from "./model.ts";
import { problem } from "./problems.ts";
import type { Moving } from "./schema.ts";
import { holdReception, openPart, sealPart } from "./store.ts";
import { receptionWorkflow } from "./workflow.ts";

/** Throws `reception.not_found`, 403 for a role or another court, 409 for its state, and the problems of each move. */
export async function moveReception(work: Work, means: Means, id: string, moving: Moving): Promise<void> {
  const row = await holdReception(work, id);
  const state = receptionWorkflow.next(row.state, moving.action, work.actor.role);
  // The court above takes part; the matter stays with the first one.
  if (moving.action !== "decline" && isStaff(work.actor) && work.actor.courtCode !== row.courtCode)
    throw problem("reception.not_your_court");
  switch (moving.action) {
    case "book":
    case "rebook":
      await bookReception(work, means, row, moving);
      break;
    case "decline":
      await decline(work, means, row, moving.note);
      break;
    case "refer":
      await refer(work, means, row, moving);
      break;
    case "miss":
      if (!row.startsAt || row.startsAt > work.at) throw problem("reception.not_begun");
      await endSession(work, String(row.hearingId), "hold");
      await work.emit({ name: "reception.missed", ...aboutReception(row) });
      break;
    case "answer":
      await row.update(
        { outcome: moving.outcome, answer: sealPart(means.vault, row, "answer", moving.text), answeredAt: work.at },
        { transaction: work.tx },
      );
      await work.emit({ name: "reception.answered", ...aboutReception(row) });
      break;
    case "withdraw": {
      const wasBooked = row.state === "booked";
      if (wasBooked) await endSession(work, String(row.hearingId), "cancel");
      await work.emit({ name: "reception.withdrawn", ...aboutReception(row), wasBooked });
      break;
    }
    case "rate": {
      if (row.rating !== null) throw problem("reception.rated_already");
      const ratingWords = moving.words === "" ? null : sealPart(means.vault, row, "rating", moving.words);
      await row.update({ rating: moving.rating, ratingWords }, { transaction: work.tx });
      await work.emit({ name: "reception.rated", ...aboutReception(row), rating: moving.rating });
      break;
    }
  }
  await row.update({ state, version: row.version + 1 }, { transaction: work.tx });
  await writeStep(work, row, moving.action);
}

/** 不能参加: the judge of the court above gives back their time; the first court hears the petitioner alone, or books anew. */
async function decline(work: Work, { vault }: Means, row: Reception, note: string): Promise<void> {
  const { accountId } = work.actor;
  if (String(row.upperReceiverId) !== accountId || row.declined !== null) throw problem("reception.not_invited");
  await leaveSession(work, { id: String(row.hearingId), caseId: null, courtCode: row.courtCode }, accountId);
  await row.update({ declined: sealPart(vault, row, "declined", note) }, { transaction: work.tx });
  const [booked] = await work.query<{ by: string }>(
    "SELECT actor_id AS `by` FROM reception_step WHERE reception_id = ? AND action IN ('book', 'rebook') ORDER BY id DESC LIMIT 1",
    [row.id],
  );
  await work.emit({ name: "reception.declined", ...aboutReception(row), bookedBy: String(booked?.by) });
}

/** 转送: asked anew at the court whose matter it is, in the petitioner's name and with their materials. */
async function refer(
  work: Work,
  means: Means,
  row: Reception,
  { courtCode, note }: Extract<Moving, { action: "refer" }>,
): Promise<void> {
  const { vault } = means;
  if (courtCode === row.courtCode) throw problem("reception.same_court");
  await mustBeOpen(work, courtCode);
  const { parentCode } = await findCourt(courtCode);
  const { accountId, caseId, topic, place, soon } = row;
  const next = await register(work, means, {
    courtCode,
    upperCode: row.upperCode === null ? null : parentCode,
    accountId: String(accountId),
    caseId: caseId === null ? null : String(caseId),
    topic,
    place,
    soon,
    words: openPart(vault, row, "matter", row.matter),
    previousId: String(row.id),
  });
  await copyMaterials(work, means, ownerOf(row), {
    ...ownerOf(next),
    accountId: String(accountId),
    courtCode,
  });
  await row.update({ note: sealPart(vault, row, "note", note) }, { transaction: work.tx });
  await work.emit({ name: "reception.referred", ...aboutReception(row), nextId: String(next.id) });
}
const ownerOf = ({ id }: Reception) => ({ ownerKind: "reception", ownerId: String(id) });

/** 接谈结束: the room was closed. Whoever never came in was not heard; told again it finds the step taken. */
export async function afterSession(
  work: Work,
  hearingId: string,
  cameIn: (accountId: string) => boolean,
): Promise<void> {
  const row = await Reception.findOne({ where: { hearingId }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (row?.state !== "booked") return;
  await endSession(work, hearingId, "hold");
  const action = cameIn(String(row.accountId)) ? "receive" : "miss";
  const state = receptionWorkflow.next(row.state, action, "system");
  const { receptionAnswerDays } = await courtParameters(row.courtCode, courtDayOf(work.at));
  const dueAt = endOfDay(addDays(courtDayOf(work.at), receptionAnswerDays));
  await row.update({ state, dueAt, version: row.version + 1 }, { transaction: work.tx });
  await writeStep(work, row, action);
  const name = action === "receive" ? "reception.received" : "reception.missed";
  await work.emit({ name, ...aboutReception(row) });
  await remindCourt(work, row);
}

/** The day has passed on which the court's next step was due. */
export async function onDue(work: Work, receptionId: string, dueAt: string): Promise<void> {
  const row = await Reception.findByPk(receptionId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const waits = row && (row.state === "asked" || row.state === "missed" || row.state === "received");
  if (waits && row.dueAt.toISOString() === dueAt)
    await work.emit({ name: "reception.overdue", ...aboutReception(row) });
}
