import type { Role } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { addDays, courtDayOf, daysBetween } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { Account, Staff } from "./model.ts";
import { problem } from "./problems.ts";

/** 不在岗: whole court days on which one of the court's people is away. */
export interface Absence {
  readonly id: string;
  readonly staffId: string;
  readonly from: string;
  readonly until: string;
  readonly kind: AbsenceKind;
}
export const ABSENCE_KINDS = { leave: "休假", sick: "病假", training: "培训", duty: "外出公务" } as const;
export type AbsenceKind = keyof typeof ABSENCE_KINDS;

/** Who keeps the calendar of others; everybody keeps their own. */
export const KEEPERS: readonly Role[] = ["supervisor", "admin"];
const LONGEST_DAYS = 366;
const BACK_DAYS = 31;

/**
 * Notes that somebody is away. On the first day, at once where it has begun, `staff.absence_begun` tells whoever has given
 * them work. Throws `absence.not_yours`, `absence.days`, `absence.overlaps`.
 */
export async function noteAbsence(
  work: Work,
  {
    staffId = work.actor.accountId,
    from,
    until,
    kind,
  }: { staffId?: string | undefined; from: string; until: string; kind: AbsenceKind },
): Promise<string> {
  const { actor } = work;
  if (staffId !== actor.accountId && !KEEPERS.includes(actor.role)) throw problem("absence.not_yours");
  const account = await Account.findOne({
    where: { id: staffId, courtCode: actor.courtCode ?? "" },
    transaction: work.tx,
  });
  const staff = account && (await Staff.findByPk(staffId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE }));
  if (!staff) throw problem("staff.not_found");
  const today = courtDayOf(work.at);
  if (until < from || daysBetween(from, until) >= LONGEST_DAYS || from < addDays(today, -BACK_DAYS))
    throw problem("absence.days", {
      errors: [{ pointer: until < from ? "/until" : "/from", code: "days", message: "请核对起止日期" }],
    });
  const [other] = await work.query(
    "SELECT id FROM staff_absence WHERE account_id = ? AND until_day >= ? AND from_day <= ? LIMIT 1",
    [staffId, from, until],
  );
  if (other) throw problem("absence.overlaps");
  await work.change(
    "INSERT INTO staff_absence (account_id, court_code, from_day, until_day, kind, noted_by, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    [staffId, actor.courtCode, from, until, kind, actor.accountId, work.at],
  );
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(row?.id);
  const about = `account:${staffId}`;
  await work.emit({
    name: "staff.absence_noted",
    about,
    courtCode: actor.courtCode,
    accountId: staffId,
    absenceId: id,
  });
  const begins = new Date(`${from}T00:00:00+08:00`);
  await work.emit(
    { name: "staff.absence_begun", about, courtCode: actor.courtCode, accountId: staffId, absenceId: id },
    begins > work.at ? { dueAt: begins } : {},
  );
  return id;
}

/** Takes an entry out: planned and not taken, or back earlier. Throws `absence.not_found`. */
export async function removeAbsence(work: Work, id: string): Promise<void> {
  const { actor } = work;
  const own = KEEPERS.includes(actor.role) ? "" : "AND account_id = ?";
  const [row] = await work.query<{ staffId: string }>(
    `SELECT account_id AS staffId FROM staff_absence WHERE id = ? AND court_code = ? ${own} FOR UPDATE`,
    [id, actor.courtCode, ...(own ? [actor.accountId] : [])],
  );
  if (!row) throw problem("absence.not_found");
  await work.change("DELETE FROM staff_absence WHERE id = ?", [id]);
  const accountId = String(row.staffId);
  const about = `account:${accountId}`;
  await work.emit({ name: "staff.absence_removed", about, courtCode: actor.courtCode, accountId, absenceId: id });
}

/** Who of a court is away on any of these days (both counted), by the first day; of one person where named. */
export function listAbsences(
  database: Pick<Database, "read">,
  { courtCode, from, until, staffId }: { courtCode: string; from: string; until: string; staffId?: string | undefined },
): Promise<Absence[]> {
  return database.read<Absence>(
    `SELECT id, account_id AS staffId, DATE_FORMAT(from_day, '%Y-%m-%d') AS \`from\`, DATE_FORMAT(until_day, '%Y-%m-%d') AS until, kind
     FROM staff_absence WHERE court_code = ? AND until_day >= ? AND from_day <= ? ${staffId ? "AND account_id = ?" : ""}
     ORDER BY from_day, id LIMIT 1000`,
    [courtCode, from, until, ...(staffId ? [staffId] : [])],
  );
}
