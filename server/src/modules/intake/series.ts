import type { Work } from "#core/work.ts";
import { type FilingContent, likenessOf, listSeriesMates, seriesTurn } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import type { IntakeItem } from "./model.ts";

/** From how much of the words (without names and numbers) filings of one plaintiff or agent are a series. */
const ALIKE = 0.6;
const WITHIN_DAYS = 60;

/**
 * 系列案件 (物业, 信用卡 batches): puts an item beside the others of the same plaintiff, or the same agent, and cause whose
 * words are alike, before any of them has a number. Filings of one plaintiff and cause take turns, so that two that arrive
 * at once find each other.
 */
export async function joinSeries(
  work: Work,
  means: Means,
  item: IntakeItem,
  filing: { id: string; courtCode: string; causeCode: string | null },
  content: FilingContent,
  /** Filings of the same people: not a series, whatever they say. */
  samePeople: ReadonlySet<string>,
): Promise<void> {
  if (item.seriesId) return refreshSeries(work, String(item.seriesId));
  const turn = seriesTurn(means, filing.courtCode, content);
  if (!turn) return;
  await work.change("INSERT INTO counter (name, value) VALUES (?, 1) ON DUPLICATE KEY UPDATE value = value + 1", [
    turn,
  ]);
  const { own, mates } = await listSeriesMates(work, means, filing, content);
  const alike = mates.filter(({ filingId, pattern }) => !samePeople.has(filingId) && likenessOf(own, pattern) >= ALIKE);
  if (alike.length === 0) return;
  const since = new Date(work.at.getTime() - WITHIN_DAYS * 86_400_000);
  const items = await work.query<{ id: string; filingId: string; seriesId: string | null }>(
    `SELECT id, filing_id AS filingId, series_id AS seriesId FROM intake_item
     WHERE filing_id IN (${alike.map(() => "?").join(",")}) AND court_code = ? AND received_at >= ?
       AND (series_id IS NOT NULL OR state IN ('waiting', 'claimed', 'awaiting_correction')) ORDER BY id FOR UPDATE`,
    [...alike.map(({ filingId }) => filingId), filing.courtCode, since],
  );
  if (items.length === 0) return;
  const known = items.find(({ seriesId }) => seriesId !== null)?.seriesId;
  const basis = alike.find(({ filingId }) => filingId === String(items[0]?.filingId))?.basis ?? "plaintiff";
  const seriesId = known ? String(known) : await makeSeries(work, filing, basis, own);
  await work.change(
    `UPDATE intake_item SET series_id = ? WHERE series_id IS NULL AND id IN (${[item, ...items].map(() => "?").join(",")})`,
    [seriesId, item.id, ...items.map(({ id }) => id)],
  );
  await item.reload({ transaction: work.tx });
  await refreshSeries(work, seriesId);
}

async function makeSeries(
  work: Work,
  { courtCode, causeCode }: { courtCode: string; causeCode: string | null },
  basis: string,
  pattern: Buffer,
): Promise<string> {
  await work.change(
    "INSERT INTO intake_series (court_code, cause_code, basis, pattern, made_at) VALUES (?, ?, ?, ?, ?)",
    [courtCode, causeCode, basis, pattern, work.at],
  );
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(row?.id);
  await work.emit({ name: "intake.series_found", about: `intake_series:${id}`, courtCode, seriesId: id });
  return id;
}

/** Whether anything of the series still waits for a decision: what lists of series go by. */
export async function refreshSeries(work: Work, id: string): Promise<void> {
  await work.change(
    `UPDATE intake_series SET open = EXISTS (SELECT 1 FROM intake_item i WHERE i.series_id = ? AND i.state IN ('waiting', 'claimed'))
     WHERE id = ?`,
    [id, id],
  );
}
