import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { ReliefKind } from "#modules/reference/index.ts";
import { type FeeNotice, FeeRelief } from "./model.ts";
import { problem } from "./problems.ts";
import { holdNotice, visibleTo as visibleNotices } from "./store.ts";
import type { ReliefState } from "./workflow.ts";

export interface ReliefRow {
  readonly id: string;
  readonly sealRef: string;
  readonly noticeId: string;
  readonly courtCode: string;
  readonly accountId: string;
  readonly kind: ReliefKind;
  readonly ground: string;
  readonly statement: Buffer;
  readonly askedUntil: string | null;
  readonly materialIds: readonly string[];
  readonly state: ReliefState;
  readonly reliefFen: number | null;
  readonly deferUntil: string | null;
  readonly reason: Buffer | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly requestedAt: Date;
}

const COLUMNS = `r.id, r.seal_ref AS sealRef, r.notice_id AS noticeId, r.court_code AS courtCode, r.account_id AS accountId, r.kind, r.ground,
  r.statement, DATE_FORMAT(r.asked_until, '%Y-%m-%d') AS askedUntil, r.material_ids AS materialIds, r.state, r.relief_fen AS reliefFen,
  DATE_FORMAT(r.defer_until, '%Y-%m-%d') AS deferUntil, r.reason, r.decided_by AS decidedBy, r.decided_at AS decidedAt,
  r.requested_at AS requestedAt`;

/** Who is to pay and has not left the case (a hardship is theirs, whoever wrote it down), and the people of the court who work on cases. */
function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor)) {
    const { sql, values } = visibleNotices(actor);
    return { sql: `r.notice_id IN (SELECT n.id FROM fee_notice n WHERE ${sql})`, values };
  }
  if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
  return { sql: "r.court_code = ?", values: [actor.courtCode] };
}

export async function findReliefRow(database: Database, actor: Actor, id: string): Promise<ReliefRow> {
  const { sql, values } = visibleTo(actor);
  const [row] = await read(database, `r.id = ? AND ${sql}`, [id, ...values]);
  if (!row) throw problem("relief.not_found");
  return row;
}

/** Newest first, one row more than `limit`. */
export function listReliefRows(
  database: Database,
  actor: Actor,
  { state, before, limit }: { state?: ReliefState | undefined; before?: string | undefined; limit: number },
): Promise<ReliefRow[]> {
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  if (state) where.push("r.state = ?") && values.push(state);
  if (before) where.push("r.id < ?") && values.push(before);
  return read(database, `${where.join(" AND ")} ORDER BY r.id DESC LIMIT ${Number(limit) + 1}`, values);
}

/** The latest request of each notice, by notice. */
export async function latestReliefs(database: Database, noticeIds: readonly string[]): Promise<Map<string, ReliefRow>> {
  if (noticeIds.length === 0) return new Map();
  const rows = await read(database, `r.notice_id IN (${noticeIds.map(() => "?").join(",")}) ORDER BY r.id`, noticeIds);
  return new Map(rows.map((row) => [row.noticeId, row]));
}

/** A request for one who may see it, with its notice, both held: the notice first, as everywhere. */
export async function holdRelief(work: Work, id: string): Promise<{ relief: FeeRelief; notice: FeeNotice }> {
  const known = await FeeRelief.findByPk(id, { attributes: ["id", "noticeId"], transaction: work.tx });
  if (!known) throw problem("relief.not_found");
  const notice = await holdNotice(work, String(known.noticeId));
  const relief = await FeeRelief.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const { sql, values } = visibleTo(work.actor);
  const [seen] = await work.query(`SELECT r.id FROM fee_relief r WHERE r.id = ? AND ${sql}`, [id, ...values]);
  if (!relief || !seen) throw problem("relief.not_found");
  return { relief, notice };
}

type Stored = Omit<ReliefRow, "materialIds" | "reliefFen"> & { materialIds: string; reliefFen: string | null };
async function read(database: Database, where: string, values: readonly Value[]): Promise<ReliefRow[]> {
  const rows = await database.read<Stored>(`SELECT ${COLUMNS} FROM fee_relief r WHERE ${where}`, values);
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    noticeId: String(row.noticeId),
    accountId: String(row.accountId),
    materialIds: JSON.parse(row.materialIds) as string[],
    reliefFen: row.reliefFen === null ? null : Number(row.reliefFen),
    decidedBy: row.decidedBy === null ? null : String(row.decidedBy),
  }));
}
