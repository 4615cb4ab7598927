import { isStaff } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { Thread } from "./model.ts";
import { writeNote } from "./notes.ts";
import { aboutThread, giveTo, writeStep } from "./owner.ts";
import { problem } from "./problems.ts";
import type { Moving } from "./schema.ts";
import { holdThread, sealRatingWords } from "./store.ts";
import { climb, closeThread } from "./waiting.ts";
import { threadWorkflow } from "./workflow.ts";
import { demandOwner, demandVoice } from "./write.ts";

/**
 * Closes, gives to a colleague, escalates or rates. What is said with it among the court's people becomes an internal note.
 * Throws `thread.not_found`, 403 for a role, 409 for its state, and the problems of each move.
 */
export async function moveThread(work: Work, means: Means, id: string, moving: Moving): Promise<Thread> {
  const thread = await holdThread(work, id);
  if (!isStaff(work.actor)) await demandVoice(work, thread);
  threadWorkflow.next(thread.state, moving.action, work.actor.role);
  switch (moving.action) {
    case "close": {
      const byCourt = isStaff(work.actor);
      if (byCourt) await demandOwner(work, means, thread);
      // A question is never closed away unanswered; whoever asked may drop it.
      if (byCourt && thread.awaiting === "court") throw problem("thread.unanswered");
      await closeThread(work, thread, byCourt ? "court" : "party");
      break;
    }
    case "reassign":
      await giveTo(work, means, thread, moving.staffId);
      break;
    case "escalate":
      await climb(work, means, thread);
      break;
    case "rate":
      await rate(work, means, thread, moving);
      return thread;
  }
  if ("note" in moving && moving.note) await writeNote(work, means.vault, thread, moving.note);
  return thread;
}

async function rate(
  work: Work,
  { vault }: Pick<Means, "vault">,
  thread: Thread,
  { rating, words = "" }: { rating: number; words?: string | undefined },
): Promise<void> {
  if (thread.rating !== null && thread.rating !== undefined) throw problem("thread.rated_already");
  const ratingWords = words === "" ? null : sealRatingWords(vault, thread, words);
  await thread.update({ rating, ratingWords, ratedAt: work.at }, { transaction: work.tx });
  await writeStep(work, thread, { action: "rate" });
  await work.emit({ name: "thread.rated", ...aboutThread(thread), rating });
}
