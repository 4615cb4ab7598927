import type { Database } from "#core/database.ts";
import { listStaffOf } from "#modules/account/index.ts";

const ROLES: Readonly<Record<string, string>> = { judge: "法官", court_clerk: "书记员" };

/** Who may try cases and keep their record at a court, with how many of them each has now. */
export async function listBench(database: Database, courtCode: string) {
  const [staff, judging, keeping] = await Promise.all([
    listStaffOf(courtCode, ["judge", "court_clerk"]),
    countBy(database, courtCode, "judge_id"),
    countBy(database, courtCode, "court_clerk_id"),
  ]);
  return staff.map(({ id, name, role }) => ({
    id: String(id),
    name,
    role: { code: role, label: ROLES[role] ?? role },
    open: (role === "judge" ? judging : keeping).get(String(id)) ?? 0,
  }));
}

async function countBy(database: Database, courtCode: string, column: "judge_id" | "court_clerk_id") {
  const rows = await database.read<{ id: string; open: number }>(
    `SELECT ${column} AS id, COUNT(*) AS open FROM court_case
     WHERE court_code = ? AND state = 'accepted' AND ${column} IS NOT NULL GROUP BY ${column}`,
    [courtCode],
  );
  return new Map(rows.map(({ id, open }) => [String(id), Number(open)]));
}
