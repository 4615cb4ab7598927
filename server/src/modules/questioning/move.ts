import { isStaff } from "#core/actor.ts";
import { nextNumber } from "#core/counter.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { revokeSessions } from "#modules/account/index.ts";
import { endSession, seatBeside } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { bookTime, indexOf } from "./ask.ts";
import { Questioning } from "./model.ts";
import { problem } from "./problems.ts";
import type { Moving } from "./schema.ts";
import { aboutQuestioning, holdQuestioning, openPart, sealPart, writeStep } from "./store.ts";
import { type QuestioningAction, type QuestioningState, questioningWorkflow } from "./workflow.ts";

/** Throws `questioning.not_found`, 403 for a role, 409 for its state, and the problems of each move. */
export async function moveQuestioning(work: Work, means: Means, id: string, moving: Moving): Promise<void> {
  const row = await holdQuestioning(work, id);
  const state = questioningWorkflow.next(row.state, moving.action, work.actor.role);
  // The court above or below takes part; the matter stays with the one that asked.
  if (isStaff(work.actor) && work.actor.courtCode !== row.courtCode) throw problem("questioning.not_your_court");
  const { vault } = means;
  const invited = invitedTo(row);
  const held = { transaction: work.tx };
  switch (moving.action) {
    case "confirm":
      break;
    case "decline":
      await endSession(work, String(row.hearingId), "cancel");
      await row.update({ note: sealPart(vault, row, "note", moving.reason) }, held);
      break;
    case "identify":
      await identify(work, means, row, moving);
      break;
    case "tell_rights":
      if (row.identifiedAt === null) throw problem("questioning.identify_first");
      await row.update({ rightsAt: work.at }, held);
      break;
    case "rebook":
      await rebook(work, means, row, moving);
      break;
    case "keep":
      await row.update({ keptIn: moving.keptIn }, held);
      break;
    case "cancel":
      await endSession(work, String(row.hearingId), "cancel");
      await officerOut(work, row);
      await row.update({ note: sealPart(vault, row, "note", moving.reason) }, held);
      break;
  }
  await moved(work, row, moving.action, state, invited);
}

const invitedTo = ({ assistId, counselIds }: Questioning): string[] =>
  [String(assistId ?? ""), ...counselIds.split(",")].filter((id) => id !== "");

async function moved(
  work: Work,
  row: Questioning,
  action: QuestioningAction,
  state: QuestioningState,
  invited = invitedTo(row),
): Promise<void> {
  const was = row.state;
  await row.update({ state, version: row.version + 1 }, { transaction: work.tx });
  await writeStep(work, row, action);
  await work.emit({ name: "questioning.moved", ...aboutQuestioning(row), action, was, invited });
}

/** The link, and whoever it let in, is of no use any more. */
async function officerOut(work: Work, row: Questioning): Promise<void> {
  if (row.officerId !== null) await revokeSessions(work, String(row.officerId));
  await row.update({ linkIndex: null }, { transaction: work.tx });
}

const ADULT_YEARS = 18;
/**
 * 核对身份: by the whole number, against the one the court asked for. Whose number says that they are not of age is a minor,
 * whatever was written down. Throws `questioning.identity`, `id_number`.
 */
async function identify(
  work: Work,
  means: Means,
  row: Questioning,
  { idNumber, others }: Extract<Moving, { action: "identify" }>,
): Promise<void> {
  const { vault } = means;
  if (indexOf(vault, idNumber) !== row.idIndex) throw problem("questioning.identity");
  const name = openPart(vault, row, "name", row.name);
  await seatBeside(work, means, String(row.hearingId), work.actor.accountId, [{ role: "questioned", name }, ...others]);
  const minor = row.minor || isMinor(idNumber, courtDayOf(row.startsAt));
  await row.update({ identifiedAt: work.at, minor }, { transaction: work.tx });
}

/** Of age from the day after the eighteenth birthday. */
export function isMinor(idNumber: string, day: string): boolean {
  const born = /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(idNumber)?.slice(1).join("") ?? "";
  const today = day.replaceAll("-", "");
  return born.length === 8 && Number(today) <= Number(born) + ADULT_YEARS * 10_000;
}

/** Another time, or other people: the custody place is asked anew, and nothing of before counts. */
async function rebook(
  work: Work,
  means: Means,
  row: Questioning,
  moving: Extract<Moving, { action: "rebook" }>,
): Promise<void> {
  const { courtCode, partyKey, idIndex } = row;
  await endSession(work, String(row.hearingId), "cancel");
  await officerOut(work, row);
  const booked = await bookTime(
    work,
    means,
    { caseId: String(row.caseId), courtCode, partyKey, idIndex },
    {
      ...moving,
      judgeId: moving.judgeId ?? String(row.judgeId),
      clerkId: moving.clerkId ?? String(row.clerkId),
    },
  );
  const day = courtDayOf(booked.startsAt);
  const stays = courtDayOf(row.startsAt) === day;
  const dayNumber = stays ? row.dayNumber : await nextNumber(work, `questioning ${courtCode} ${day}`);
  const blank = {
    officerName: null,
    officerBadge: null,
    officerId: null,
    note: null,
    identifiedAt: null,
    rightsAt: null,
  };
  await row.update({ ...booked, ...blank, dayNumber }, { transaction: work.tx });
}

/** The room was closed. Where nobody was brought in, nobody was questioned; told again it finds the step taken. */
export async function afterSession(work: Work, hearingId: string, wasHeard: boolean): Promise<void> {
  const row = await ofHearing(work, hearingId);
  if (row?.state !== "confirmed") return;
  await endSession(work, hearingId, "hold");
  const action = wasHeard ? "hold" : "miss";
  await moved(work, row, action, questioningWorkflow.next(row.state, action, "system"));
}

/** The record is complete: the officer's part is over. */
export async function afterRecord(work: Work, hearingId: string): Promise<void> {
  const row = await ofHearing(work, hearingId);
  if (row?.state !== "held") return;
  await officerOut(work, row);
  await moved(work, row, "file", questioningWorkflow.next(row.state, "file", "system"));
}

const ofHearing = (work: Work, hearingId: string): Promise<Questioning | null> =>
  Questioning.findOne({ where: { hearingId }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
