import { createHash } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import { Problem } from "#core/problem.ts";
import { RunAgain, type Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { assignItem, claimForDecision, holdItem } from "./claim.ts";
import { type DecisionInput, decideItem } from "./decide.ts";
import { problem } from "./problems.ts";

/** What is done with all of a series, or with those named. */
export type SeriesInput = (DecisionInput | { action: "assign"; assigneeId: string | null }) & {
  itemIds?: string[] | undefined;
};
/** One move takes no longer than a request may last; what is left is the next move's. */
export const MOST_ITEMS = 200;

/**
 * Does one thing with every item of a series, each in a work of its own, so that what cannot be done to one does not stop
 * the others, in the order in which they were received, so that their numbers follow each other. The same key goes on
 * where the first attempt stopped and does nothing twice. Gives the id of the move.
 */
export async function moveSeries(
  means: Means,
  actor: Actor,
  seriesId: string,
  request: { key: string; requestId: string },
  { itemIds, ...input }: SeriesInput,
): Promise<string> {
  const { requestId } = request;
  const moveId = await means.transact(
    actor,
    (work) => beginMove(work, seriesId, request.key, { ...input, itemIds } as SeriesInput),
    { requestId, repeatable: true },
  );
  const pending = await means.database.read<{ position: number; itemId: string }>(
    "SELECT position, item_id AS itemId FROM intake_series_result WHERE move_id = ? AND outcome = 'pending' ORDER BY position",
    [moveId],
  );
  for (const { position, itemId } of pending) {
    const at = { moveId, seriesId, position, itemId };
    try {
      await means.transact(actor, (work) => moveOne(work, means, at, input as SeriesInput), {
        requestId,
        repeatable: true,
      });
    } catch (error) {
      // What is told to people is the item's result; what is our own fault, or passes, stays pending for the next attempt.
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      const { code, message, extras } = error;
      await means.transact(
        actor,
        (work) => settle(work, at, { outcome: "refused", code, message: (extras.detail ?? message).slice(0, 500) }),
        { requestId, repeatable: true },
      );
    }
  }
  return moveId;
}

async function beginMove(work: Work, seriesId: string, key: string, input: SeriesInput): Promise<string> {
  await holdSeries(work, seriesId);
  const requestKey = hash(key);
  const bodyHash = hash(JSON.stringify(input));
  const [known] = await work.query<{ id: string; bodyHash: string }>(
    "SELECT id, body_hash AS bodyHash FROM intake_series_move WHERE series_id = ? AND actor_id = ? AND request_key = ?",
    [seriesId, work.actor.accountId, requestKey],
  );
  if (known) {
    if (known.bodyHash !== bodyHash) throw problem("intake.series_other_body");
    return String(known.id);
  }
  const items = await listTargets(work, seriesId, input.itemIds);
  if (items.length === 0) throw problem("intake.series_nothing_open");
  try {
    await work.change(
      "INSERT INTO intake_series_move (series_id, actor_id, request_key, body_hash, action, at) VALUES (?, ?, ?, ?, ?, ?)",
      [seriesId, work.actor.accountId, requestKey, bodyHash, input.action, work.at],
    );
  } catch (error) {
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const moveId = String(row?.id);
  await work.change(
    `INSERT INTO intake_series_result (move_id, position, item_id) VALUES ${items.map(() => "(?, ?, ?)").join(", ")}`,
    items.flatMap((id, at) => [moveId, at + 1, id]),
  );
  return moveId;
}

/** The open items, or those named; a suspected duplicate is left out unless it is named: it wants a look of its own. */
async function listTargets(work: Work, seriesId: string, named: readonly string[] | undefined): Promise<string[]> {
  const rows = await work.query<{ id: string; duplicates: number }>(
    `SELECT id, duplicates FROM intake_item WHERE series_id = ? AND state IN ('waiting', 'claimed') ORDER BY received_at, id LIMIT 2000`,
    [seriesId],
  );
  if (named === undefined)
    return rows
      .filter(({ duplicates }) => duplicates === 0)
      .slice(0, MOST_ITEMS)
      .map(({ id }) => String(id));
  const members = await work.query<{ id: string }>(
    `SELECT id FROM intake_item WHERE series_id = ? AND id IN (${named.map(() => "?").join(",")}) ORDER BY received_at, id`,
    [seriesId, ...named],
  );
  if (members.length < new Set(named).size)
    throw problem("intake.series_stranger", {
      errors: [{ pointer: "/itemIds", code: "unknown", message: "所选案件不都在这一系列中" }],
    });
  return members.map(({ id }) => String(id));
}

interface Place {
  readonly moveId: string;
  readonly seriesId: string;
  readonly position: number;
  readonly itemId: string;
}

async function moveOne(work: Work, means: Means, at: Place, input: SeriesInput): Promise<void> {
  // Whoever decides the same series takes turns item by item: numbers stay in the order of receipt.
  await holdSeries(work, at.seriesId);
  const [result] = await work.query<{ outcome: string }>(
    "SELECT outcome FROM intake_series_result WHERE move_id = ? AND position = ? FOR UPDATE",
    [at.moveId, at.position],
  );
  if (result?.outcome !== "pending") return;
  const item = await holdItem(work, at.itemId);
  if (input.action === "assign") {
    await assignItem(work, item, input.assigneeId);
  } else {
    const claimed = await claimForDecision(work, means, item);
    await decideItem(work, means, claimed, Number(claimed.fence), input);
  }
  await settle(work, at, { outcome: "done", code: null, message: "" });
}

const settle = (
  work: Work,
  { moveId, position }: Place,
  { outcome, code, message }: { outcome: "done" | "refused"; code: string | null; message: string },
): Promise<number> =>
  work.change(
    "UPDATE intake_series_result SET outcome = ?, code = ?, message = ? WHERE move_id = ? AND position = ? AND outcome = 'pending'",
    [outcome, code, message, moveId, position],
  );

/** The series of the actor's own court, held; another court's does not exist. */
async function holdSeries(work: Work, id: string): Promise<void> {
  const [row] = await work.query("SELECT id FROM intake_series WHERE id = ? AND court_code = ? FOR UPDATE", [
    id,
    work.actor.courtCode,
  ]);
  if (!row) throw problem("intake.not_found");
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
