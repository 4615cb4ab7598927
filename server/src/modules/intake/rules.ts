import { isDuplicate } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { IntakeQueue, IntakeRule } from "./model.ts";
import { problem } from "./problems.ts";
import { CATEGORIES, type Fits } from "./route-filing.ts";

export interface RuleInput {
  readonly priority: number;
  readonly category: string;
  readonly fits: Fits;
}

/** A rule of the court's own; it comes before the rules of every court. Throws `intake.unknown_category`. */
export async function addRule(work: Work, input: RuleInput): Promise<IntakeRule> {
  await demandCategory(work, input.category);
  const { priority, category, fits } = input;
  const rule = await IntakeRule.create(
    { courtCode: work.actor.courtCode, priority, category, fits: JSON.stringify(fits) },
    { transaction: work.tx },
  );
  await tell(work, rule.id, "added");
  return rule;
}

export async function changeRule(work: Work, id: string, version: number, input: RuleInput): Promise<IntakeRule> {
  const rule = await hold(work, id);
  if (rule.version !== version) throw problem("intake.stale_version");
  await demandCategory(work, input.category);
  const { priority, category, fits } = input;
  await rule.update({ priority, category, fits: JSON.stringify(fits), version: version + 1 }, { transaction: work.tx });
  await tell(work, id, "changed");
  return rule;
}

export async function removeRule(work: Work, id: string): Promise<void> {
  const rule = await hold(work, id);
  await rule.destroy({ transaction: work.tx });
  await tell(work, id, "removed");
}

/** The rules of every court are not one court's to change: for it they are there to be seen. */
async function hold(work: Work, id: string): Promise<IntakeRule> {
  const rule = await IntakeRule.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!rule || (rule.courtCode !== null && rule.courtCode !== work.actor.courtCode)) throw problem("intake.not_found");
  if (rule.courtCode === null) throw problem("intake.rule_of_all");
  return rule;
}

async function demandCategory(work: Work, category: string): Promise<void> {
  if (category in CATEGORIES) return;
  const own = await IntakeQueue.findOne({
    where: { courtCode: work.actor.courtCode ?? "", category },
    transaction: work.tx,
    lock: work.tx.LOCK.SHARE,
  });
  if (!own)
    throw problem("intake.unknown_category", {
      errors: [{ pointer: "/category", code: "unknown", message: "本院没有这个队列，请先建立" }],
    });
}

/** Another queue of the court; filings come to it by the rules that name its category. Throws `intake.queue_taken`. */
export async function addQueue(
  work: Work,
  { category, name }: { category: string; name: string },
): Promise<IntakeQueue> {
  try {
    const queue = await IntakeQueue.create(
      { courtCode: work.actor.courtCode ?? "", category, name },
      { transaction: work.tx },
    );
    await tell(work, queue.id, "queue_added");
    return queue;
  } catch (error) {
    if (isDuplicate(error)) throw problem("intake.queue_taken");
    throw error;
  }
}

export async function renameQueue(work: Work, id: string, name: string): Promise<IntakeQueue> {
  const queue = await holdQueue(work, id);
  await queue.update({ name }, { transaction: work.tx });
  await tell(work, id, "queue_renamed");
  return queue;
}

/** Only where nothing lies or ever lay in it, and no rule leads to it. Throws `intake.queue_used`. */
export async function removeQueue(work: Work, id: string): Promise<void> {
  const queue = await holdQueue(work, id);
  const [item] = await work.query("SELECT id FROM intake_item WHERE queue_id = ? LIMIT 1", [id]);
  const rule = await IntakeRule.findOne({
    where: { courtCode: queue.courtCode, category: queue.category },
    transaction: work.tx,
  });
  if (item || rule) throw problem("intake.queue_used");
  await queue.destroy({ transaction: work.tx });
  await tell(work, id, "queue_removed");
}

async function holdQueue(work: Work, id: string): Promise<IntakeQueue> {
  const queue = await IntakeQueue.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!queue || queue.courtCode !== work.actor.courtCode) throw problem("intake.not_found");
  return queue;
}

const tell = (work: Work, id: string, what: string): Promise<void> =>
  work.emit({ name: "intake.routing_changed", about: `intake_rule:${id}`, courtCode: work.actor.courtCode, what });
