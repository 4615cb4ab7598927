import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { handlersOf, type Participant } from "#modules/case/index.ts";
import type { Paper } from "./papers.ts";
import { problem } from "./problems.ts";
import type { Section } from "./sections.ts";

export type Media = "pdf" | "picture" | "none";
export interface ItemRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly section: Section;
  /** Where the court put it under its heading; null: behind those, by its day. */
  readonly position: number | null;
  readonly paper: Paper | null;
  readonly title: Buffer;
  readonly formedOn: string;
  readonly side: string | null;
  readonly partyKey: string | null;
  readonly openAt: Date | null;
  readonly media: Media;
  readonly materialId: string | null;
  readonly fileKey: string | null;
  readonly sha256: string;
  readonly bytes: number;
  readonly pages: number | null;
  readonly createdAt: Date;
  /** Whether this reader may open it now; otherwise it stands in the catalogue only. */
  readonly readable: boolean;
}
const COLUMNS = `d.id, d.seal_ref AS sealRef, d.case_id AS caseId, d.court_code AS courtCode, d.section,
  d.position, d.paper, d.title,
  DATE_FORMAT(d.formed_on, '%Y-%m-%d') AS formedOn, d.side, d.party_key AS partyKey, d.open_at AS openAt, d.media,
  d.material_id AS materialId, d.file_key AS fileKey, d.sha256, d.bytes, d.pages, d.created_at AS createdAt`;

/** How a reader stands to a case. Whether its court asks for approval is the court's parameter. */
export interface Standing {
  readonly mine: readonly Participant[];
  readonly needsApproval: boolean;
}

/** For whom the reader takes part now, or handles the case; nobody for the court's people and for whoever left the case. */
export async function standingOf(from: Database | Work, actor: Actor, caseId: string, needsApproval: boolean) {
  const mine = isStaff(actor)
    ? []
    : (await handlersOf(from, caseId)).filter(({ accountId }) => accountId === actor.accountId);
  return { mine, needsApproval } satisfies Standing;
}

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}
const NOBODY: Condition = { sql: "FALSE", values: [] };
const marks = (list: readonly unknown[]): string => list.map(() => "?").join(",");

/** What the reader's own side put in. */
function ownOf(mine: readonly Participant[]): Condition {
  const keys = mine.map(({ partyKey }) => partyKey);
  const sides = mine.map(({ side }) => side);
  return {
    sql: `(d.party_key IN (${marks(keys)}) OR (d.party_key IS NULL AND d.side IN (${marks(sides)})))`,
    values: [...keys, ...sides],
  };
}

/** Who finds an item in the catalogue, in SQL (reliability rule 25). */
function listedTo(actor: Actor, { mine }: Standing): Condition {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (isStaff(actor)) {
    if (actor.role === "admin" || actor.role === "auditor") return NOBODY;
    return { sql: "d.court_code = ?", values: [actor.courtCode] };
  }
  if (mine.length === 0) return NOBODY;
  const own = ownOf(mine);
  return { sql: `(${own.sql} OR d.open_at IS NOT NULL)`, values: own.values };
}

/** Who may open it: their own side's always, what is open to all at once or while a request is granted. */
function readableBy(actor: Actor, { mine, needsApproval }: Standing): Condition {
  if (actor.role === "system" || isStaff(actor) || !needsApproval) return { sql: "TRUE", values: [] };
  if (mine.length === 0) return NOBODY;
  const own = ownOf(mine);
  return {
    sql: `(${own.sql} OR EXISTS (SELECT 1 FROM dossier_request r WHERE r.case_id = d.case_id AND r.account_id = ?
      AND r.state = 'granted' AND r.until_at > UTC_TIMESTAMP(3)))`,
    values: [...own.values, actor.accountId],
  };
}

async function listBy(
  database: Database,
  actor: Actor,
  standing: Standing,
  where: Condition,
  readableOnly: boolean,
): Promise<ItemRow[]> {
  const listed = listedTo(actor, standing);
  const readable = readableBy(actor, standing);
  const rows = await database.read<Omit<ItemRow, "readable"> & { readable: number | string }>(
    `SELECT ${COLUMNS}, ${readable.sql} AS readable FROM dossier_item d
     WHERE ${where.sql} AND d.withdrawn_at IS NULL AND ${listed.sql} ${readableOnly ? `AND ${readable.sql}` : ""} ORDER BY d.id`,
    [...readable.values, ...where.values, ...listed.values, ...(readableOnly ? readable.values : [])],
  );
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    caseId: String(row.caseId),
    materialId: row.materialId === null ? null : String(row.materialId),
    position: row.position === null ? null : Number(row.position),
    bytes: Number(row.bytes),
    pages: row.pages === null ? null : Number(row.pages),
    readable: Number(row.readable) === 1,
  }));
}

/** The items of a case that the reader finds there, as they came in. */
export const listItems = (
  database: Database,
  actor: Actor,
  standing: Standing,
  caseId: string,
  { readableOnly = false } = {},
): Promise<ItemRow[]> => listBy(database, actor, standing, { sql: "d.case_id = ?", values: [caseId] }, readableOnly);

/** Of which case an item is; for whoever then asks whether its reader may know. Null where there is none. */
export async function caseOfItem(database: Database, itemId: string): Promise<string | null> {
  const [row] = await database.read<{ caseId: string }>("SELECT case_id AS caseId FROM dossier_item WHERE id = ?", [
    itemId,
  ]);
  return row ? String(row.caseId) : null;
}

/** Throws `dossier.not_found` for what this reader does not find, `dossier.needs_approval` for what they may not open yet. */
export async function findItem(database: Database, actor: Actor, standing: Standing, itemId: string): Promise<ItemRow> {
  const [row] = await listBy(database, actor, standing, { sql: "d.id = ?", values: [itemId] }, false);
  if (!row) throw problem("dossier.not_found");
  if (!row.readable) throw problem("dossier.needs_approval");
  return row;
}

/** How many court days there are in hours is not asked here: hours run through. */
export const HOUR_MS = 3_600_000;

const boundTo = ({ sealRef }: { sealRef: string }, what: string): string => `dossier ${sealRef} ${what}`;
export const sealWord = (vault: Vault, row: { sealRef: string }, what: string, text: string): Buffer =>
  vault.seal(text, boundTo(row, what));
export const openWord = (vault: Vault, row: { sealRef: string }, what: string, sealed: Buffer): string =>
  vault.open(sealed, boundTo(row, what));

/** What is printed for the dossier lies in the store sealed, and bound to its key there; `seal` tells 副卷 from 正卷. */
export const sealFile = (vault: Vault, fileKey: string, pdf: Buffer, seal = "file"): Buffer =>
  vault.seal(pdf.toString("base64"), `dossier ${seal} ${fileKey}`);
export const openFile = (vault: Vault, fileKey: string, sealed: Buffer, seal = "file"): Buffer =>
  Buffer.from(vault.open(sealed, `dossier ${seal} ${fileKey}`), "base64");
