import { createHash } from "node:crypto";
import { type Database, driverError, inBites, isDuplicate } from "#core/database.ts";
import { problems } from "#core/problem.ts";
import { openVault } from "#core/sealed.ts";
import { RunAgain, type Work } from "#core/work.ts";

const problem = problems({
  "idempotency.in_flight": [409, "同一操作正在处理中，请稍候片刻再查询结果"],
  "idempotency.other_body": [422, "同一操作编号已用于另一份内容，请刷新页面后重新提交"],
});

/** An answer that can be given again, byte for byte. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Once {
  /** Principal and route: one key means nothing elsewhere. */
  readonly scope: string;
  readonly key: string;
  /** The request's raw body. */
  readonly body: Buffer;
}

/**
 * Does the work at most once for a key. The record is written in the work's own transaction, so a crash before COMMIT
 * leaves nothing and a crash after it leaves the answer: there is no state in between that would need a lease. Refusals
 * are not kept: asking again after mending the cause is meant to succeed.
 *
 * Answers hold personal data. They are sealed under the caller's key, of which only a hash is stored: nobody else can read them.
 */
export async function once(
  work: Work,
  { scope, key, body }: Once,
  run: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { replayed: boolean }> {
  const id = createHash("sha256").update(`${scope}\0${key}`).digest("hex");
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const own = createHash("sha256").update(`answer\0${scope}\0${key}`).digest();
  const vault = openVault({ data: new Map([[1, own]]), index: own });

  const known = await lookUp(work, id);
  if (known) {
    if (known.bodyHash !== bodyHash) throw problem("idempotency.other_body");
    return { status: known.status, body: vault.open(Buffer.from(known.answer, "base64"), id), replayed: true };
  }
  try {
    await work.change("INSERT INTO idempotency_key (id, body_hash, status, answer, at) VALUES (?, ?, 0, '', ?)", [
      id,
      bodyHash,
      work.at,
    ]);
  } catch (error) {
    // Somebody with the same key was quicker: look again at what they did.
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
  const answer = await run();
  const sealed = vault.seal(answer.body, id).toString("base64");
  await work.change("UPDATE idempotency_key SET status = ?, answer = ? WHERE id = ?", [answer.status, sealed, id]);
  return { ...answer, replayed: false };
}

/** After this long nobody repeats a request. */
export const forgetKeys = ({ database }: { database: Pick<Database, "read"> }, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM idempotency_key WHERE at < ?", [before]);

async function lookUp(work: Work, id: string) {
  try {
    const [row] = await work.query<{ bodyHash: string; status: number; answer: string }>(
      "SELECT body_hash AS bodyHash, status, answer FROM idempotency_key WHERE id = ? FOR UPDATE NOWAIT",
      [id],
    );
    return row;
  } catch (error) {
    // 1205 (MariaDB) or 3572 (MySQL): the row is there and its transaction has not ended.
    const { errno } = driverError(error);
    if (errno === 1205 || errno === 3572) throw problem("idempotency.in_flight", { retryAfter: 1 });
    throw error;
  }
}
