import { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { listOf, momentView, movesView, page, paging, stateView } from "#core/fields.ts";
import { listContents, listTitles } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { presentItems } from "./present.ts";
import { problem } from "./problems.ts";
import { itemView } from "./schema.ts";
import { listSeriesRows } from "./store.ts";

export const seriesQuery = z.strictObject({ state: z.enum(["open", "all"]).optional(), ...paging });
export const seriesPaging = z.strictObject(paging);

export const seriesView = z.object({
  id: z.string(),
  basis: stateView,
  /** Whose filings these are. */
  name: z.string(),
  cause: z.object({ code: z.string(), name: z.string() }).nullable(),
  counts: z.object({
    all: z.number().int(),
    open: z.number().int(),
    correction: z.number().int(),
    decided: z.number().int(),
    duplicates: z.number().int(),
  }),
  firstReceivedAt: momentView,
  dueOn: z.string().nullable(),
  open: z.boolean(),
  moves: movesView,
});
export const seriesListView = listOf(seriesView);
export const seriesMoveView = z.object({
  id: z.string(),
  action: z.string(),
  at: momentView,
  counts: z.object({ done: z.number().int(), refused: z.number().int(), pending: z.number().int() }),
  results: z.array(
    z.object({
      itemId: z.string(),
      title: z.string(),
      outcome: z.enum(["done", "refused", "pending"]),
      code: z.string().nullable(),
      message: z.string(),
      caseNumber: z.string().nullable(),
    }),
  ),
});
export const seriesDetailView = seriesView.extend({
  items: z.array(itemView),
  nextCursor: z.string().nullable(),
  lastMove: seriesMoveView.omit({ results: true }).nullable(),
});
export const seriesMoveAnswer = z.object({ move: seriesMoveView, series: seriesView });
export type SeriesMoveView = z.infer<typeof seriesMoveView>;

const BASIS = { plaintiff: "同一原告", agent: "同一代理人" } as const;
const TOGETHER = [
  { action: "accept", label: "一并立案" },
  { action: "return", label: "一并退回补正" },
  { action: "refuse", label: "一并不予受理" },
  { action: "transfer", label: "一并移送" },
];

interface SeriesRow {
  readonly id: string;
  readonly causeCode: string | null;
  readonly basis: keyof typeof BASIS;
  readonly open: number | boolean;
  readonly items: string;
  readonly waiting: string | null;
  readonly correction: string | null;
  readonly decided: string | null;
  readonly duplicates: string | null;
  readonly firstReceivedAt: Date;
  readonly dueOn: string | null;
  readonly firstFilingId: string;
}

const SELECT = `SELECT s.id, s.cause_code AS causeCode, s.basis, s.open, COUNT(*) AS items, SUM(i.state IN ('waiting', 'claimed')) AS waiting,
  SUM(i.state = 'awaiting_correction') AS correction, SUM(i.state = 'decided') AS decided,
  SUM(i.duplicates > 0 AND i.state IN ('waiting', 'claimed')) AS duplicates,
  MIN(i.received_at) AS firstReceivedAt, MIN(i.due_on) AS dueOn, MIN(i.filing_id) AS firstFilingId
  FROM intake_series s JOIN intake_item i ON i.series_id = s.id`;

export async function presentSeriesList(
  means: Means,
  actor: Actor,
  { state = "open", before, limit }: { state?: "open" | "all" | undefined; before: string | undefined; limit: number },
): Promise<z.infer<typeof seriesListView>> {
  const rows = await means.database.read<SeriesRow>(
    `${SELECT} WHERE s.id IN (SELECT id FROM (SELECT id FROM intake_series WHERE court_code = ? AND open IN (${state === "open" ? "1" : "0, 1"})
       ${before ? "AND id < ?" : ""} ORDER BY id DESC LIMIT ${Number(limit) + 1}) p) GROUP BY s.id ORDER BY s.id DESC`,
    [actor.courtCode, ...(before ? [before] : [])],
  );
  const { items, nextCursor } = page(rows, limit, ({ id }) => id);
  return { items: await Promise.all(items.map((row) => present(means, actor, row))), nextCursor };
}

export async function presentSeries(means: Means, actor: Actor, id: string): Promise<z.infer<typeof seriesView>> {
  const [row] = await means.database.read<SeriesRow>(`${SELECT} WHERE s.id = ? AND s.court_code = ? GROUP BY s.id`, [
    id,
    actor.courtCode,
  ]);
  if (!row) throw problem("intake.not_found");
  return present(means, actor, row);
}

export async function presentSeriesDetail(
  means: Means,
  actor: Actor,
  id: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<z.infer<typeof seriesDetailView>> {
  const series = await presentSeries(means, actor, id);
  const rows = await listSeriesRows(means.database, actor, id, { after, limit });
  const { items, nextCursor } = page(rows, limit, (row) => row.id);
  const [last] = await means.database.read<{ id: string }>(
    "SELECT id FROM intake_series_move WHERE series_id = ? ORDER BY id DESC LIMIT 1",
    [id],
  );
  const move = last ? await presentMove(means, actor, id, last.id) : null;
  const { results: _, ...lastMove } = move ?? { results: [] };
  return {
    ...series,
    items: await presentItems(means, actor, items),
    nextCursor,
    lastMove: move ? (lastMove as Omit<SeriesMoveView, "results">) : null,
  };
}

/** What became of each item of a move. */
export async function presentMove(
  means: Means,
  actor: Actor,
  seriesId: string,
  moveId: string,
): Promise<SeriesMoveView> {
  const [move] = await means.database.read<{ id: string; action: string; at: Date }>(
    "SELECT m.id, m.action, m.at FROM intake_series_move m JOIN intake_series s ON s.id = m.series_id WHERE m.id = ? AND s.id = ? AND s.court_code = ?",
    [moveId, seriesId, actor.courtCode],
  );
  if (!move) throw problem("intake.not_found");
  const rows = await means.database.read<{
    itemId: string;
    filingId: string;
    outcome: "done" | "refused" | "pending";
    code: string | null;
    message: string;
  }>(
    `SELECT r.item_id AS itemId, i.filing_id AS filingId, r.outcome, r.code, r.message
     FROM intake_series_result r JOIN intake_item i ON i.id = r.item_id WHERE r.move_id = ? ORDER BY r.position`,
    [moveId],
  );
  const told = await listTitles(
    means.database,
    means.vault,
    rows.map(({ filingId }) => filingId),
  );
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  return {
    id: move.id,
    action: move.action,
    at: move.at.toISOString(),
    counts: { done: count("done"), refused: count("refused"), pending: count("pending") },
    results: rows.map(({ itemId, filingId, outcome, code, message }) => ({
      itemId,
      title: told.get(filingId)?.title ?? "",
      outcome,
      code,
      message,
      caseNumber: told.get(filingId)?.caseNumber ?? null,
    })),
  };
}

async function present(means: Means, actor: Actor, row: SeriesRow): Promise<z.infer<typeof seriesView>> {
  const content = (await listContents(means.database, means.vault, [row.firstFilingId])).get(row.firstFilingId);
  const plaintiffs = content?.parties.filter(({ side }) => side === "plaintiff") ?? [];
  const name =
    row.basis === "agent"
      ? (plaintiffs.flatMap(({ agents }) => agents)[0]?.name ?? "")
      : (plaintiffs.map(({ name: one }) => one)[0] ?? "");
  const cause = row.causeCode === null ? null : findCause(row.causeCode);
  const open = Number(row.waiting ?? 0);
  return {
    id: row.id,
    basis: { code: row.basis, label: BASIS[row.basis] },
    name,
    cause: cause ? { code: cause.code, name: cause.name } : null,
    counts: {
      all: Number(row.items),
      open,
      correction: Number(row.correction ?? 0),
      decided: Number(row.decided ?? 0),
      duplicates: Number(row.duplicates ?? 0),
    },
    firstReceivedAt: row.firstReceivedAt.toISOString(),
    dueOn: row.dueOn,
    open: open > 0,
    moves:
      open === 0
        ? []
        : [...TOGETHER, ...(actor.role === "supervisor" ? [{ action: "assign", label: "一并指派" }] : [])],
  };
}
