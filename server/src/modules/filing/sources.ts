import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import {
  findMaterial,
  findReading,
  labelOfReading,
  presentField,
  type ReadField,
  readMaterial,
} from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import type { FilingContent } from "./content.ts";
import { flatten } from "./edits.ts";
import { holdWithHelp } from "./helper-access.ts";
import { problem } from "./problems.ts";
import { type FilingRow, openContent } from "./store.ts";
import { EDITABLE } from "./workflow.ts";

/** 出处: which part of which photograph a field of the filing was taken from. */
export interface Source {
  readonly pointer: string;
  readonly materialId: string;
  readonly field: string;
}

/**
 * Notes where fields were taken from; a field has one source, the latest. Throws `filing.not_editable`, and
 * `filing.source_unknown` for what no photograph of this filing says.
 */
export async function noteSources(work: Work, means: Means, id: string, sources: readonly Source[]): Promise<void> {
  const { filing } = await holdWithHelp(work, id);
  if (!EDITABLE.includes(filing.state)) throw problem("filing.not_editable");
  for (const { pointer, materialId, field } of sources) {
    // Another's photograph and none at all are told apart by nobody: neither is one of this filing.
    const material = await readMaterial({ ...means, work }, materialId);
    const isOurs =
      material?.ownerKind === "filing" && material.ownerId === String(filing.id) && material.removedAt === null;
    const reading = isOurs ? await findReading({ ...means, work }, material) : null;
    if (!reading?.result?.fields.some(({ name }) => name === field)) throw problem("filing.source_unknown");
    await work.change(
      `INSERT INTO filing_source (filing_id, pointer, material_id, field, account_id, at) VALUES (?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE material_id = VALUES(material_id), field = VALUES(field), account_id = VALUES(account_id),
         at = VALUES(at)`,
      [filing.id, pointer, materialId, field, work.actor.accountId, work.at],
    );
  }
}

/** Every source whose photograph is still there, beside what is written in the filing now. */
export async function listSources(means: Means, actor: Actor, filing: FilingRow & { readonly content: Buffer }) {
  const rows = await means.database.read<Source>(
    "SELECT pointer, material_id AS materialId, field FROM filing_source WHERE filing_id = ? ORDER BY id",
    [filing.id],
  );
  const { content } = openContent(means.vault, filing);
  const items = await Promise.all(rows.map((row) => present(means, actor, content, row)));
  return items.filter((item) => item !== null);
}

async function present(means: Means, actor: Actor, content: FilingContent, source: Source) {
  const materialId = String(source.materialId);
  const found = await findMaterial(means, actor, materialId).catch(() => null);
  const result = found && (await findReading(means, found.material))?.result;
  const read = result?.fields.find(({ name }) => name === source.field);
  if (!found || !result || !read) return null;
  return {
    pointer: source.pointer,
    materialId,
    materialName: found.material.name,
    kind: { code: result.kind, label: labelOfReading(result.kind) },
    turn: result.turn,
    read: presentField(actor, result.kind, read),
    agrees: agrees(flatten(content).get(source.pointer), read),
  };
}

/** Whether what is written is what was read, whatever way it is written; null where nothing is written. */
export function agrees(written: unknown, { value }: Pick<ReadField, "value">): boolean | null {
  if (written === null || written === undefined || written === "") return null;
  // Money is kept in fen, and read in yuan with two places.
  if (typeof written === "number")
    return String(written) === value.replace(".", "").replace(/^0+(?=\d)/, "") || String(written) === value;
  return typeof written === "string" && bare(written) === bare(value);
}

const SEX: Readonly<Record<string, string>> = { male: "男", female: "女" };
const bare = (text: string): string =>
  (SEX[text] ?? text)
    .normalize("NFKC")
    .replace(/[\s.,，。·:：;；()（）-]/g, "")
    .replace(/族$/, "")
    .toUpperCase();
