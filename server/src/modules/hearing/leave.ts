import { type Actor, isStaff } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { problem } from "./problems.ts";
import { ensureResources, listResources, nameOf, type Resource } from "./resources.ts";
import { problem as slotsProblem } from "./slots-problems.ts";

export const ABSENCES = {
  stated: "本人说明不能到庭",
  leave: "不在岗",
  closed: "暂停使用",
  imported: "从日历导入",
} as const;
export type AbsenceKind = keyof typeof ABSENCES;
export interface AbsenceRow {
  readonly id: string;
  readonly resourceId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly kind: AbsenceKind;
  readonly reason: string;
}

const LONGEST_MS = 366 * 86_400_000;
const MOST = 200;
/** Who keeps the time of rooms and of others. */
const KEEPERS: readonly string[] = ["supervisor", "admin"];

/**
 * Notes that somebody cannot come, or that a room cannot be used. The public and the court's people state their own; rooms and
 * others are kept by those who answer for the court's time. Of the public no reason is asked. Throws `resource.not_found`,
 * `resource.not_yours`, `resource.absence_times`, `resource.absence_many`.
 */
export async function stateAbsence(
  work: Work,
  { resourceId, from, to, reason = "" }: { resourceId?: string | undefined; from: Date; to: Date; reason?: string },
): Promise<string> {
  const resource = await resourceOf(work, resourceId);
  if (to <= from || to <= work.at || to.getTime() - from.getTime() > LONGEST_MS)
    throw problem("resource.absence_times");
  const [{ n = 0 } = {}] = await work.query<{ n: number }>(
    "SELECT COUNT(*) AS n FROM resource_absence WHERE resource_id = ? AND to_at > ? AND kind <> 'imported'",
    [resource.id, work.at],
  );
  if (Number(n) >= MOST) throw problem("resource.absence_many");
  const kind: AbsenceKind = resource.kind === "person" ? "stated" : isRoom(resource) ? "closed" : "leave";
  await work.change(
    "INSERT INTO resource_absence (resource_id, from_at, to_at, kind, reason, by_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    [resource.id, from, to, kind, kind === "stated" ? "" : reason, work.actor.accountId, work.at],
  );
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(row?.id);
  await work.emit({
    name: "resource.absence_stated",
    about: `resource:${resource.id}`,
    courtCode: resource.courtCode,
    resourceId: resource.id,
    absenceId: id,
  });
  return id;
}

const isRoom = ({ kind }: Resource): boolean => kind === "courtroom" || kind === "online_room";

/** The resource whose time the actor may keep: their own where none is named. */
export async function resourceOf(work: Work, resourceId: string | undefined): Promise<Resource> {
  const { actor } = work;
  const own = ownOf(actor);
  if (resourceId === undefined) {
    if (!own) throw problem("resource.not_found");
    const ids = await ensureResources(work, [own]);
    const [row] = await listResources(work, { ids: [ids.get(nameOf(own)) as string] });
    return row as Resource;
  }
  const [row] = await listResources(work, { ids: [resourceId] });
  const isOwn = row !== undefined && own !== null && nameOf(row) === nameOf(own);
  if (!row || !(isOwn || (isStaff(actor) && row.courtCode === actor.courtCode))) throw problem("resource.not_found");
  if (!isOwn && !KEEPERS.includes(actor.role)) throw slotsProblem("resource.not_yours");
  return row;
}

function ownOf({ role, accountId, courtCode }: Actor) {
  if (role === "judge") return { kind: "judge" as const, ref: accountId, courtCode };
  if (role === "court_clerk") return { kind: "clerk" as const, ref: accountId, courtCode };
  return role === "litigant" || role === "lawyer" ? { kind: "person" as const, ref: accountId, courtCode: null } : null;
}

/** The public: what they stated themselves; the court: what is known of its own people and rooms. */
export async function listAbsences(
  database: Database,
  actor: Actor,
  { resourceId, from, to }: { resourceId?: string | undefined; from: Date; to: Date },
): Promise<AbsenceRow[]> {
  const whose = isStaff(actor) ? "r.court_code = ?" : "r.kind = 'person' AND r.ref = ?";
  const rows = await database.read<AbsenceRow>(
    `SELECT a.id, a.resource_id AS resourceId, a.from_at AS fromAt, a.to_at AS toAt, a.kind, a.reason
     FROM resource_absence a JOIN booking_resource r ON r.id = a.resource_id
     WHERE ${whose} AND a.to_at > ? AND a.from_at < ? ${resourceId ? "AND a.resource_id = ?" : ""} ORDER BY a.from_at, a.id LIMIT 500`,
    [isStaff(actor) ? (actor.courtCode ?? "") : actor.accountId, from, to, ...(resourceId ? [resourceId] : [])],
  );
  return rows.map((row) => ({ ...row, id: String(row.id), resourceId: String(row.resourceId) }));
}

/** Throws `resource.absence_not_found`, alike for absent and foreign; `resource.not_yours`. */
export async function removeAbsence(work: Work, id: string): Promise<void> {
  const [row] = await work.query<{ resourceId: string }>(
    "SELECT resource_id AS resourceId FROM resource_absence WHERE id = ? FOR UPDATE",
    [id],
  );
  const resource = row ? await resourceOf(work, String(row.resourceId)).catch(hidden) : null;
  if (!resource) throw problem("resource.absence_not_found");
  await work.change("DELETE FROM resource_absence WHERE id = ?", [id]);
  await work.emit({
    name: "resource.absence_removed",
    about: `resource:${resource.id}`,
    courtCode: resource.courtCode,
    resourceId: resource.id,
    absenceId: id,
  });
}

const hidden = (error: unknown): null => {
  if ((error as { code?: string }).code === "resource.not_found") return null;
  throw error;
};
