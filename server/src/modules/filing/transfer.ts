import type { Database } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { copyMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import type { Held } from "./decide.ts";
import { enterFiling, newFiling } from "./enter.ts";
import type { Filing } from "./model.ts";

/** One leg of the way of a filing through the courts. */
export interface Leg {
  readonly fromFilingId: string;
  readonly toFilingId: string;
  readonly fromCourt: string;
  readonly toCourt: string;
  readonly originallyAt: Date;
  readonly originalCourt: string;
  readonly at: Date;
}

const COLUMNS = `from_filing_id AS fromFilingId, to_filing_id AS toFilingId, from_court AS fromCourt, to_court AS toCourt,
  originally_at AS originallyAt, original_court AS originalCourt, at`;

/** How a filing came to this court, and where it went from here; null for what did not happen. */
export async function legsOf(
  database: Pick<Database, "read">,
  filingId: string,
): Promise<{ from: Leg | null; to: Leg | null }> {
  const rows = await database.read<Leg>(
    `SELECT ${COLUMNS} FROM filing_transfer WHERE from_filing_id = ? UNION ALL SELECT ${COLUMNS} FROM filing_transfer WHERE to_filing_id = ?`,
    [filingId, filingId],
  );
  return {
    from: rows.find(({ toFilingId }) => String(toFilingId) === filingId) ?? null,
    to: rows.find(({ fromFilingId }) => String(fromFilingId) === filingId) ?? null,
  };
}

/** The courts a filing has been at before this one, the nearest first. */
export async function courtsBefore(database: Pick<Database, "read">, filingId: string): Promise<string[]> {
  const courts: string[] = [];
  for (let at = filingId; courts.length < 20; ) {
    const { from } = await legsOf(database, at);
    if (!from) break;
    courts.push(from.fromCourt);
    at = String(from.fromFilingId);
  }
  return courts;
}

/**
 * 移送: gives the target court a filing of its own with the same content and papers, in its queue, with a receipt number and
 * a review period of its own; the moment at which the first court received it goes along (民法典§195: 诉讼时效自提起诉讼时中断).
 * The person finds both among their filings. The source is concluded by the caller.
 */
export async function handOver(work: Work, means: Means, { filing, content }: Held, toCourt: string): Promise<Filing> {
  const { from } = await legsOf({ read: work.query }, filing.id);
  const originallyAt = from?.originallyAt ?? filing.submittedAt ?? work.at;
  const originalCourt = from?.originalCourt ?? filing.courtCode;
  const accountId = String(filing.accountId);
  const entering = { accountId, courtCode: toCourt, channel: "transfer" as const };
  const made = await newFiling(work, means, entering, content);
  const copies = await copyMaterials(
    work,
    means,
    { ownerKind: "filing", ownerId: filing.id },
    { ownerKind: "filing", ownerId: made.id, accountId, courtCode: toCourt },
  );
  const { materialId } = content.signature;
  const signed = { ...content.signature, materialId: materialId === null ? null : (copies.get(materialId) ?? null) };
  const [fromName, today] = [await nameOfCourt(filing.courtCode), courtDayOf(work.at)];
  const kept = courtDayOf(new Date(originallyAt));
  await work.change(
    "INSERT INTO filing_transfer (from_filing_id, to_filing_id, from_court, to_court, originally_at, original_court, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [
      filing.id,
      made.id,
      filing.courtCode,
      toCourt,
      new Date(originallyAt),
      originalCourt,
      work.actor.accountId,
      work.at,
    ],
  );
  await enterFiling(
    work,
    means,
    made,
    { ...content, signature: signed },
    {
      ...entering,
      receivedAt: work.at,
      note: `${fromName}移送，原收件日 ${kept} 保留`,
      clockNote: (days) => `${today} 收到${fromName}移送的材料，次日起算 ${days} 日；原收件日 ${kept} 保留`,
    },
  );
  return made;
}
