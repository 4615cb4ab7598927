import type { Work } from "#core/work.ts";

const MISSES = 5;
const LOCK_MS = 15 * 60_000;

/**
 * Takes one of the five attempts a name has before it rests for 15 minutes (reliability goal G20). It is taken before
 * the password is looked at, so that attempts at the same moment are counted too, and for names that nobody has just as
 * for others, so that a lock tells nothing. Gives the seconds to wait, 0 where the attempt may go on.
 */
export async function takeAttempt(work: Work, usernameIndex: string): Promise<number> {
  await work.change(
    "INSERT INTO sign_in_attempt (username_index, misses, at) VALUES (?, 0, ?) ON DUPLICATE KEY UPDATE username_index = VALUES(username_index)",
    [usernameIndex, work.at],
  );
  const [row] = await work.query<{ misses: number; lockedUntil: Date | null; at: Date }>(
    "SELECT misses, locked_until AS lockedUntil, at FROM sign_in_attempt WHERE username_index = ? FOR UPDATE",
    [usernameIndex],
  );
  if (!row) throw new Error("the attempt that was just written is gone");
  if (row.lockedUntil && row.lockedUntil > work.at)
    return Math.ceil((row.lockedUntil.getTime() - work.at.getTime()) / 1000);
  const old = row.lockedUntil !== null || work.at.getTime() - row.at.getTime() > LOCK_MS;
  const misses = (old ? 0 : row.misses) + 1;
  const lockedUntil = misses >= MISSES ? new Date(work.at.getTime() + LOCK_MS) : null;
  await work.change("UPDATE sign_in_attempt SET misses = ?, locked_until = ?, at = ? WHERE username_index = ?", [
    misses,
    lockedUntil,
    work.at,
    usernameIndex,
  ]);
  return 0;
}

/** The attempt was no miss, but no success either: it is given back. */
export async function returnAttempt(work: Work, usernameIndex: string): Promise<void> {
  await work.change(
    "UPDATE sign_in_attempt SET misses = GREATEST(misses, 1) - 1, locked_until = NULL WHERE username_index = ?",
    [usernameIndex],
  );
}

export async function clearAttempts(work: Work, usernameIndex: string): Promise<void> {
  await work.change("DELETE FROM sign_in_attempt WHERE username_index = ?", [usernameIndex]);
}
