import { type Actor, PUBLIC_ROLES, SYSTEM } from "#core/actor.ts";
import { describeAccounts } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { createSome } from "./create.ts";
import { factsOf } from "./events.ts";
import { moveJob } from "./move.ts";
import { holdJob, type JobRow, readJob } from "./store.ts";
import { submitSome } from "./submit.ts";
import { validateSome } from "./validate.ts";
import { isRunning, RUNNING } from "./workflow.ts";

/** How long one step may take: well below the lease of its event, and short enough that others get their turn. */
const STEP_MS = 1_500;
/** How long to wait for files that are still being looked into. */
const WAIT_MS = 1_000;

/** `more`: go on at once. `wait`: nothing can be done this moment. `finished`: the phase is over, or the job left it. */
export type Outcome = "more" | "wait" | "finished";

/**
 * Does one small step of a job and asks for the next. Safe to repeat and to be killed at any point: what is done is in the
 * rows, and a step whose number has passed does nothing.
 */
export async function runStep(means: Means, jobId: string, step: number): Promise<void> {
  const job = await readJob(means.database, jobId);
  if (!job || job.step !== step || !isRunning(job.state)) return;
  const actor = await actorOf(job);
  const outcome = actor ? await doSome(means, job, actor) : null;
  await means.transact(
    SYSTEM,
    async (work) => {
      const row = await holdJob(work, jobId);
      if (row.step !== step || row.state !== job.state || !isRunning(row.state)) return;
      // Whoever may no longer file gets nothing more done in their name.
      if (outcome === null) return moveJob(work, row, "cancel");
      if (outcome === "finished")
        return moveJob(work, row, RUNNING[row.state], row.state === "validating" ? { validatedAt: work.at } : {});
      await row.update({ step: step + 1, updatedAt: work.at }, { transaction: work.tx });
      const dueAt = new Date(work.at.getTime() + (outcome === "wait" ? WAIT_MS : 0));
      await work.emit({ name: "bulk.step_due", ...factsOf(row), step: step + 1 }, { dueAt });
    },
    { repeatable: true },
  );
}

function doSome(means: Means, job: JobRow, actor: Actor): Promise<Outcome> {
  const until = performance.now() + STEP_MS;
  const hasTime = () => performance.now() < until;
  switch (job.state) {
    case "validating":
      return validateSome(means, job, actor, hasTime);
    case "creating":
      return createSome(means, job, actor, hasTime);
    default:
      return submitSome(means, job, actor, hasTime);
  }
}

/** The owner with the role they have now; null where they may no longer file. */
async function actorOf({ accountId }: JobRow): Promise<Actor | null> {
  const role = (await describeAccounts([String(accountId)])).get(String(accountId))?.role;
  const may = role !== undefined && (PUBLIC_ROLES as readonly string[]).includes(role);
  return may ? { accountId: String(accountId), role, courtCode: null, sessionId: null } : null;
}
