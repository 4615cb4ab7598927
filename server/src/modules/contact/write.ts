import { randomBytes } from "node:crypto";
import { isStaff, SYSTEM } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, handlingFor, holdCaseFor, writeCaseEvent } from "#modules/case/index.ts";
import { findCourt } from "#modules/court/index.ts";
import { findMaterial } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { Thread, ThreadMessage } from "./model.ts";
import { aboutThread, firstOwner, peopleOfCase, settleOwner, writeStep } from "./owner.ts";
import { problem } from "./problems.ts";
import { holdThread, sealBody, sealSubject } from "./store.ts";
import { newWaiting, setTimers } from "./waiting.ts";
import { threadWorkflow } from "./workflow.ts";

const MOST_OPEN = 20;
const MOST_MESSAGES = 500;
const ARRIVED: readonly string[] = ["ready", "scanning"];

export interface Question {
  readonly subject: string;
  readonly body: string;
}

/** A question to a court before there is a case (12368). Throws `court.not_found`, `thread.court_away`, `thread.too_many`. */
export async function askCourt(
  work: Work,
  means: Means,
  { courtCode, ...question }: Question & { courtCode: string },
): Promise<Thread> {
  const { code } = await findCourt(courtCode);
  return openThread(work, means, { courtCode: code, caseId: null, partyKey: null }, question);
}

/** A question in a case, for the side the asker acts for. Throws `case.not_found`, `thread.not_for_you`, `thread.which_party`. */
export async function askInCase(
  work: Work,
  means: Means,
  caseId: string,
  { partyKey, ...question }: Question & { partyKey?: string | undefined },
): Promise<Thread> {
  const row = await holdCaseFor(work, caseId);
  const mine = await handlingFor(work, caseId, "threads");
  const sides = new Set(mine.map((one) => one.partyKey).filter((each) => partyKey === undefined || each === partyKey));
  const [side] = sides;
  if (side === undefined) throw problem("thread.not_for_you");
  if (sides.size > 1) throw problem("thread.which_party");
  return openThread(work, means, { courtCode: row.courtCode, caseId: String(row.id), partyKey: side }, question);
}

type Place = { readonly courtCode: string; readonly caseId: string | null; readonly partyKey: string | null };

async function openThread(work: Work, means: Means, place: Place, { subject, body }: Question): Promise<Thread> {
  const open = await Thread.count({
    where: {
      state: "open",
      caseId: place.caseId,
      ...(place.partyKey === null ? { accountId: work.actor.accountId } : { partyKey: place.partyKey }),
    },
    transaction: work.tx,
  });
  if (open >= MOST_OPEN) throw problem("thread.too_many");
  const sealRef = randomBytes(16).toString("hex");
  const { courtCode, caseId } = place;
  const thread = await Thread.create(
    {
      sealRef,
      ...place,
      ...(await firstOwner(work, means, courtCode, caseId)),
      ...(await newWaiting(courtCode, "court", work.at)),
      accountId: work.actor.accountId,
      subject: sealSubject(means.vault, { sealRef }, subject),
      state: threadWorkflow.start,
      turn: 1,
      openedAt: work.at,
      lastAt: work.at,
    },
    { transaction: work.tx },
  );
  await writeStep(work, thread, { action: "open", toId: String(thread.ownerId) });
  await addMessage(work, means, thread, { side: "party", body, materials: [], toAll: false });
  await setTimers(work, thread);
  await work.emit({
    name: "thread.opened",
    ...aboutThread(thread),
    accountId: work.actor.accountId,
    partyKey: place.partyKey,
    ownerId: String(thread.ownerId),
  });
  return thread;
}

export interface Writing {
  readonly body: string;
  readonly materials: readonly string[];
  readonly toAll: boolean;
}

/**
 * A message of either side. Whoever wrote last waits for the other; a second message in a row neither lengthens nor shortens
 * what is due, which counts from the earliest that waits for its answer. A closed thread is taken up again. Throws
 * `thread.not_found`, `thread.over`, `thread.full`, `thread.not_owner`, `thread.material`, `thread.no_case`.
 */
export async function writeMessage(work: Work, means: Means, id: string, writing: Writing): Promise<Thread> {
  const thread = await holdThread(work, id);
  const side = isStaff(work.actor) ? "court" : "party";
  if (side === "court") await demandOwner(work, means, thread);
  else await demandVoice(work, thread);
  if (thread.messages >= MOST_MESSAGES) throw problem("thread.full");
  const reopened = thread.state === "closed";
  if (reopened) {
    threadWorkflow.next(thread.state, "reopen", work.actor.role);
    if (thread.dueAt < work.at) throw problem("thread.over");
  }
  const awaiting = side === "party" ? "court" : "party";
  if (reopened || thread.awaiting !== awaiting) {
    const waiting = await newWaiting(thread.courtCode, awaiting, work.at);
    const opened = reopened ? ({ state: "open", closedAt: null, closedBy: null } as const) : {};
    await thread.update({ ...waiting, ...opened, turn: thread.turn + 1 }, { transaction: work.tx });
    if (reopened) await writeStep(work, thread, { action: "reopen" });
    await setTimers(work, thread);
  }
  await addMessage(work, means, thread, { ...writing, side, reopened });
  // A thread that was closed may lie with somebody who has left for their holidays since.
  if (side === "party" || reopened) await settleOwner(work, means, thread);
  return thread;
}

/** Who answers: the owner, whoever it was escalated to, the case's own people, a supervisor. Others take it over first. */
export async function demandOwner(work: Work, means: Means, thread: Thread): Promise<void> {
  const { accountId, role } = work.actor;
  if (role === "supervisor") return;
  if ([thread.ownerId, thread.homeId, thread.escalatedTo].some((one) => one !== null && String(one) === accountId))
    return;
  if (thread.caseId !== null && (await peopleOfCase(work, means, String(thread.caseId))).includes(accountId)) return;
  throw problem("thread.not_owner");
}

/** Whoever may read a side's questions speaks for it only where that was left to them: an assistant does not. Throws `thread.not_for_you`. */
export async function demandVoice(work: Work, { caseId, partyKey }: Thread): Promise<void> {
  if (caseId === null) return;
  const mine = await handlingFor(work, String(caseId), "threads");
  if (!mine.some((one) => one.partyKey === partyKey)) throw problem("thread.not_for_you");
}

async function addMessage(
  work: Work,
  means: Means,
  thread: Thread,
  { side, body, materials, toAll, reopened = false }: Writing & { side: "party" | "court"; reopened?: boolean },
): Promise<void> {
  if (toAll && thread.caseId === null) throw problem("thread.no_case");
  const n = thread.messages + 1;
  await ThreadMessage.create(
    {
      threadId: String(thread.id),
      n,
      side,
      accountId: work.actor.accountId,
      role: work.actor.role,
      body: sealBody(means.vault, thread, n, body),
      materialIds: (await sent(work, means, thread, materials)).join(","),
      toAll,
      at: work.at,
    },
    { transaction: work.tx },
  );
  await thread.update({ messages: n, lastAt: work.at }, { transaction: work.tx });
  if (toAll) {
    const row = await findCaseRow(within(work, means.database), SYSTEM, String(thread.caseId));
    const line = { kind: "court_answer", source: `thread:${thread.id}:${n}`, title: "法院告知各方", detail: body };
    await writeCaseEvent(work, means.vault, row, line);
  }
  await work.emit({
    name: "thread.message",
    ...aboutThread(thread),
    n,
    side,
    accountId: work.actor.accountId,
    partyKey: thread.partyKey,
    ownerId: String(thread.ownerId),
    toAll,
    reopened,
  });
}

/** What is sent with a message has arrived, belongs to this thread, and was put in by whoever sends it. */
async function sent(work: Work, means: Means, thread: Thread, ids: readonly string[]): Promise<readonly string[]> {
  if (new Set(ids).size !== ids.length) throw problem("thread.material");
  for (const id of ids) {
    const material = await findMaterial({ ...means, work }, work.actor, id).then(
      (found) => found.material,
      (error: unknown) => {
        throw error instanceof Problem && error.status === 404 ? problem("thread.material") : error;
      },
    );
    const isHere = material.ownerKind === "thread" && material.ownerId === String(thread.id);
    if (!isHere || !ARRIVED.includes(material.state)) throw problem("thread.material");
  }
  return ids;
}
