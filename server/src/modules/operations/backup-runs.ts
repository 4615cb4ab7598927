import type { Means } from "#modules/module.ts";

export interface BackupRun {
  readonly kind: "physical" | "logical" | "logs";
  readonly at: string;
  readonly bytes: number;
  readonly ageSeconds: number;
}

/** The last full backup, and the last time the binary logs were fetched. */
export async function findBackup(
  { database }: Means,
  now: Date,
): Promise<{ full: BackupRun | null; logs: BackupRun | null }> {
  const last = async (kinds: string): Promise<BackupRun | null> => {
    const [row] = await database.read<{ kind: BackupRun["kind"]; at: Date; bytes: string }>(
      `SELECT kind, ended_at AS at, bytes FROM backup_run WHERE kind IN (${kinds}) ORDER BY ended_at DESC LIMIT 1`,
    );
    if (!row) return null;
    const ageSeconds = Math.max(0, (now.getTime() - row.at.getTime()) / 1000);
    return { kind: row.kind, at: row.at.toISOString(), bytes: Number(row.bytes), ageSeconds };
  };
  const [full, logs] = await Promise.all([last("'physical', 'logical'"), last("'logs'")]);
  return { full, logs };
}
