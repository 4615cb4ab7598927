import type { Means } from "#modules/module.ts";
import { nowOf } from "./now.ts";
import { RETENTION } from "./retention-rules.ts";

const DAY_MS = 86_400_000;
/** Less than a day, so that a daily run does not slip by its own length. */
const AGAIN_MS = 23 * 3_600_000;

/** Lets go whatever is due, each rule once a day, however many workers there are. One rule that fails keeps no other. */
export async function runRetention(means: Means): Promise<void> {
  const { database, logger } = means;
  for (const rule of RETENTION) {
    const now = await nowOf(means);
    if (!(await take(means, rule.id, now))) continue;
    try {
      const removed = await rule.forget(means, new Date(now.getTime() - rule.days * DAY_MS));
      await database.read("UPDATE retention_run SET removed = removed + ? WHERE rule = ?", [removed, rule.id]);
      if (removed > 0) logger.info({ rule: rule.id, removed }, "let go");
    } catch (error) {
      logger.error({ err: error, job: `retention ${rule.id}` }, "job failed");
    }
  }
}

async function take({ database }: Means, id: string, now: Date): Promise<boolean> {
  await database.read("INSERT IGNORE INTO retention_run (rule, ran_at, removed) VALUES (?, '1970-01-01', 0)", [id]);
  const result = await database.read("UPDATE retention_run SET ran_at = ? WHERE rule = ? AND ran_at < ?", [
    now,
    id,
    new Date(now.getTime() - AGAIN_MS),
  ]);
  return (result as unknown as { affectedRows: number }).affectedRows === 1;
}

export async function listRetention({ database }: Means) {
  const rows = await database.read<{ rule: string; ranAt: Date; removed: string }>(
    "SELECT rule, ran_at AS ranAt, removed FROM retention_run",
  );
  const ran = new Map(rows.map((row) => [row.rule, row]));
  return RETENTION.map(({ id, what, days, basis }) => ({
    id,
    what,
    days,
    basis,
    ranAt: ran.get(id)?.ranAt.toISOString() ?? null,
    removed: Number(ran.get(id)?.removed ?? 0),
  }));
}
