import type { Actor } from "#core/actor.ts";
import type { Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { MaterialKind, TypeName } from "./kinds.ts";
import { Material } from "./model.ts";
import { findOwnerOf, mustBeChangeable, type OwnerFacts } from "./owner.ts";
import { problem } from "./problems.ts";
import type { MaterialState } from "./workflow.ts";

/** A material as it is read: the row, with its names opened. */
export interface MaterialRow {
  readonly id: string;
  readonly sealRef: string;
  readonly ownerKind: string;
  readonly ownerId: string;
  readonly accountId: string;
  readonly courtCode: string;
  readonly kind: MaterialKind;
  readonly name: string;
  readonly purpose: string;
  readonly source: string;
  readonly originality: string | null;
  readonly state: MaterialState;
  readonly version: number;
  readonly refusedReason: string | null;
  readonly contentType: string;
  readonly detectedType: TypeName | null;
  readonly warnings: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadKey: string | null;
  readonly uploadId: string | null;
  readonly quarantineKey: string;
  readonly sealedKey: string;
  readonly viewKey: string | null;
  readonly pages: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly position: number;
  readonly round: number;
  readonly handedInRound: number | null;
  readonly createdAt: Date;
  readonly removedAt: Date | null;
}

export interface Labels {
  readonly name: string;
  readonly purpose: string;
  readonly source: string;
}
/** Where rows are read from: the application's means, within a transaction when `work` is given. */
export type Reading = Pick<Means, "database" | "vault"> & { readonly work?: Work };

const COLUMNS = `id, seal_ref AS sealRef, owner_kind AS ownerKind, owner_id AS ownerId, account_id AS accountId,
  court_code AS courtCode, kind, label, originality, state, version, refused_reason AS refusedReason,
  content_type AS contentType, detected_type AS detectedType, warnings, bytes, sha256, upload_key AS uploadKey,
  upload_id AS uploadId, quarantine_key AS quarantineKey, sealed_key AS sealedKey, view_key AS viewKey, pages, width,
  height, position, round, handed_in_round AS handedInRound, created_at AS createdAt, removed_at AS removedAt`;

/** The living materials of one owner in their order; removed ones stand behind, where asked for. */
export async function listRows(
  reading: Reading,
  ownerKind: string,
  ownerId: string,
  { removedToo = false } = {},
): Promise<MaterialRow[]> {
  const living = removedToo ? "" : "AND live = 1";
  return ask(reading, `owner_kind = ? AND owner_id = ? ${living} ORDER BY live DESC, position, id`, [
    ownerKind,
    ownerId,
  ]);
}

/** One material and its owner, for a reader who may see both. Throws `material.not_found`, alike for absent and foreign. */
export async function findMaterial(
  reading: Reading,
  actor: Actor,
  id: string,
): Promise<{ material: MaterialRow; owner: OwnerFacts }> {
  const [material] = await ask(reading, "id = ? AND live = 1", [id]);
  if (!material) throw problem("material.not_found");
  return { material, owner: await findOwnerOf(material, actor, reading.work) };
}

/** For our own hands, removed or not. */
export async function readMaterial(reading: Reading, id: string): Promise<MaterialRow | null> {
  const [material] = await ask(reading, "id = ?", [id]);
  return material ?? null;
}

export async function findByHash(
  reading: Reading,
  ownerKind: string,
  ownerId: string,
  sha256: string,
): Promise<MaterialRow | null> {
  const where = "owner_kind = ? AND owner_id = ? AND sha256 = ? AND live = 1";
  const [material] = await ask(reading, where, [ownerKind, ownerId, sha256]);
  return material ?? null;
}

/** The row, held until the work is done, for one who may change it. Throws `material.not_found`, `material.not_editable`. */
export async function holdMaterial(work: Work, id: string): Promise<Material> {
  const material = await holdRow(work, id);
  if (!material?.live) throw problem("material.not_found");
  const owner = await findOwnerOf(material, work.actor, work);
  mustBeChangeable(owner, work.actor, material);
  if (owner.kept?.has(String(material.id))) throw problem("material.not_editable");
  return material;
}

export function holdRow(work: Work, id: string): Promise<Material | null> {
  return Material.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
}

const boundTo = (row: { sealRef: string }): string => `material ${row.sealRef} label`;
export const sealLabels = (
  vault: Means["vault"],
  row: { sealRef: string },
  { name, purpose, source }: Labels,
): Buffer => vault.seal(JSON.stringify({ name, purpose, source }), boundTo(row));
export const openLabels = (vault: Means["vault"], row: { sealRef: string; label: Buffer }): Labels =>
  JSON.parse(vault.open(row.label, boundTo(row))) as Labels;

type Stored = Omit<MaterialRow, keyof Labels | "bytes"> & { readonly label: Buffer; readonly bytes: string };

async function ask({ database, vault, work }: Reading, where: string, values: Value[]): Promise<MaterialRow[]> {
  const sql = `SELECT ${COLUMNS} FROM material WHERE ${where}`;
  const rows = work ? await work.query<Stored>(sql, values) : await database.read<Stored>(sql, values);
  return rows.map(({ label, ...row }) => ({
    ...row,
    ...openLabels(vault, { sealRef: row.sealRef, label }),
    id: String(row.id),
    ownerId: String(row.ownerId),
    accountId: String(row.accountId),
    bytes: Number(row.bytes),
  }));
}
