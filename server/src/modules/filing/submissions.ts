import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { FilingContent } from "./content.ts";
import { openText } from "./store.ts";

/** What was handed in at one round. */
export interface Submission {
  readonly round: number;
  readonly content: FilingContent;
  readonly materialIds: readonly string[];
}

/** What was handed in, the newest round first, at most `rounds` of them; for who may see the filing. */
export async function listSubmissions(
  database: Pick<Database, "read">,
  vault: Vault,
  filing: { id: string; sealRef: string },
  rounds = 2,
): Promise<Submission[]> {
  const rows = await database.read<{ round: number; content: Buffer; materialIds: string }>(
    `SELECT round, content, material_ids AS materialIds FROM filing_submission WHERE filing_id = ? ORDER BY round DESC LIMIT ${Number(rounds)}`,
    [filing.id],
  );
  return rows.map(({ round, content, materialIds }) => ({
    round,
    content: JSON.parse(openText(vault, filing, content)) as FilingContent,
    materialIds: JSON.parse(materialIds) as string[],
  }));
}
