import { createHmac, timingSafeEqual } from "node:crypto";
import type { Means } from "#modules/module.ts";

export interface Anchor {
  readonly seq: string;
  readonly hash: string;
  readonly at: Date;
  readonly signature: string;
}

/** Signs heads of the chain with a key that the database does not hold. */
export function anchorSigner(secret: string) {
  const key = createHmac("sha256", secret).update("audit anchor").digest();
  const sign = ({ seq, hash, at }: Omit<Anchor, "signature">): string =>
    createHmac("sha256", key).update(`${seq} ${hash} ${at.toISOString()}`).digest("hex");
  return {
    sign,
    isOurs: (anchor: Anchor): boolean =>
      timingSafeEqual(Buffer.from(sign(anchor)), Buffer.from(anchor.signature.padEnd(64).slice(0, 64))),
  };
}

let said = "";

/**
 * Writes down where the chain ends, signed: a row that only grows, and a line of the log, which is shipped off this
 * machine. A chain alone cannot show that its tail was cut or that all of it was written anew; these can.
 */
export async function anchorHead({
  database,
  clock,
  logger,
  settings,
}: Pick<Means, "database" | "clock" | "logger" | "settings">): Promise<Anchor | null> {
  const [head] = await database.read<{ seq: string; hash: string; now: Date }>(
    "SELECT seq, hash, UTC_TIMESTAMP(3) AS now FROM audit_head WHERE id = 1",
  );
  if (!head || head.seq === "0") return null;
  const unsigned = { seq: String(head.seq), hash: head.hash, at: clock.shifted(head.now) };
  const anchor: Anchor = { ...unsigned, signature: anchorSigner(settings.auditSecret).sign(unsigned) };
  // Another worker may have been here at the same entry: the first anchor stays.
  await database.read("INSERT IGNORE INTO audit_anchor (seq, hash, at, signature) VALUES (?, ?, ?, ?)", [
    anchor.seq,
    anchor.hash,
    anchor.at,
    anchor.signature,
  ]);
  // While nothing happens there is nothing new to say; a process that starts says it once more.
  if (said === anchor.seq) return anchor;
  said = anchor.seq;
  logger.info(
    { auditHead: { seq: anchor.seq, hash: anchor.hash, at: anchor.at.toISOString(), signature: anchor.signature } },
    "audit anchored",
  );
  return anchor;
}
