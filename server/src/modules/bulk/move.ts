import type { Database } from "#core/database.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { readMaterial } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { type BulkJob, BulkRow } from "./model.ts";
import { problem } from "./problems.ts";
import { type Counts, countRows, holdJob } from "./store.ts";
import {
  CREATABLE,
  isRunning,
  type JobAction,
  jobWorkflow,
  OWNER_ACTIONS,
  type OwnerAction,
  type RowState,
  SUBMITTABLE,
} from "./workflow.ts";

/**
 * The only way a job changes state: the state, the event that tells of it and, where a phase begins, its first step are
 * one transaction. The job must be held.
 */
export async function moveJob(
  work: Work,
  job: BulkJob,
  action: JobAction,
  set: Partial<Pick<BulkJob, "fault" | "validatedAt">> = {},
): Promise<void> {
  const from = job.state;
  const to = jobWorkflow.next(from, action, work.actor.role);
  const begins = isRunning(to);
  const step = job.step + 1;
  await job.update(
    { ...set, state: to, step, version: job.version + 1, updatedAt: work.at, ...(begins ? { phaseAt: work.at } : {}) },
    { transaction: work.tx },
  );
  await work.emit({ name: "bulk.moved", ...factsOf(job), action, from, to });
  // Due now, yet not told by the one who answers a person: it is the worker's.
  if (begins) await work.emit({ name: "bulk.step_due", ...factsOf(job), step }, { dueAt: work.at });
}

/** What the owner asks for. Throws `bulk.not_ready`, `bulk.nothing_to_do`, `workflow.wrong_state`. */
export async function moveByOwner(work: Work, means: Means, id: string, action: OwnerAction): Promise<void> {
  const job = await holdJob(work, id);
  const database = within(work, means.database);
  const counts = (await countRows(database, [id])).get(id) ?? {};
  jobWorkflow.next(job.state, action, work.actor.role);
  const fault = faultOf(action, job, counts, await hasArrived(means, database, job));
  if (fault) throw problem(fault);
  if (action === "submit")
    await BulkRow.update({ triedAt: null }, { where: { jobId: id, state: [...SUBMITTABLE] }, transaction: work.tx });
  await moveJob(work, job, action);
}

type Movable = Pick<BulkJob, "state" | "validatedAt" | "sheetId" | "archiveId">;

/** What this reader may do next, in the order of the table. */
export function openMoves(
  job: Movable,
  role: Work["actor"]["role"],
  counts: Counts,
  arrived: boolean,
): { action: OwnerAction; label: string }[] {
  return jobWorkflow
    .open(job.state, role)
    .flatMap(({ action, label }) =>
      isOwners(action) && faultOf(action, job, counts, arrived) === null ? [{ action, label }] : [],
    );
}
const isOwners = (action: JobAction): action is OwnerAction => (OWNER_ACTIONS as readonly JobAction[]).includes(action);

function faultOf(
  action: OwnerAction,
  { validatedAt }: Pick<Movable, "validatedAt">,
  counts: Counts,
  arrived: boolean,
): "bulk.not_ready" | "bulk.nothing_to_do" | null {
  const sum = (states: readonly RowState[]) => states.reduce((total, state) => total + (counts[state] ?? 0), 0);
  switch (action) {
    case "validate":
      return arrived && validatedAt === null ? null : "bulk.not_ready";
    case "create":
      if (validatedAt === null) return "bulk.not_ready";
      return sum([...CREATABLE, "drafted"]) > 0 ? null : "bulk.nothing_to_do";
    case "submit":
      if (validatedAt === null || sum(["drafted"]) > 0) return "bulk.not_ready";
      return sum(SUBMITTABLE) > 0 ? null : "bulk.nothing_to_do";
    default:
      return null;
  }
}

/** Whether every file that was announced is here and was found to be in order. */
export async function hasArrived(means: Means, database: Database, job: Movable): Promise<boolean> {
  for (const id of [job.sheetId, job.archiveId]) {
    if (id !== null && (await readMaterial({ ...means, database }, String(id)))?.state !== "ready") return false;
  }
  return job.sheetId !== null;
}
