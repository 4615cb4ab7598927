import { createHash } from "node:crypto";
import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { FileMissing } from "#gateways/files/port.ts";
import { describeAccounts, findIdentity } from "#modules/account/index.ts";
import { type CaseRow, findCaseRow } from "#modules/case/index.ts";
import { courtParameters } from "#modules/court/index.ts";
import { watermark } from "#modules/document/index.ts";
import { findReleased } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { caseOfItem, findItem, type ItemRow, openFile, type Standing, standingOf } from "./store.ts";

/** More than this is not drawn anew in one go. */
export const MOST_BYTES = 60 * 1024 ** 2;

/** The case and how the reader stands to it. Throws `case.not_found` for whoever takes no part in it now. */
export async function findStanding(
  { database }: Means,
  actor: Actor,
  caseId: string,
): Promise<{ courtCase: CaseRow; standing: Standing }> {
  const courtCase = await findCaseRow(database, actor, caseId);
  const { dossierNeedsApproval } = await courtParameters(courtCase.courtCode);
  return { courtCase, standing: await standingOf(database, actor, courtCase.id, dossierNeedsApproval) };
}

/** An item this reader may open now; everything else is not there (404), or waits for approval (403). */
export async function findReadable(
  means: Means,
  actor: Actor,
  itemId: string,
): Promise<{ row: ItemRow; courtCase: CaseRow }> {
  const caseId = await caseOfItem(means.database, itemId);
  if (caseId === null) throw problem("dossier.not_found");
  const { courtCase, standing } = await findStanding(means, actor, caseId).catch((error: unknown) => {
    throw error instanceof Problem && error.status === 404 ? problem("dossier.not_found") : error;
  });
  return { row: await findItem(means.database, actor, standing, itemId), courtCase };
}

/** What an item is made of, for whoever was found to be its reader. Throws `dossier.no_file`, `dossier.not_pages`. */
export async function readLeaf(
  means: Means,
  row: Pick<ItemRow, "media" | "materialId" | "fileKey" | "bytes">,
): Promise<{ kind: "pdf" | "picture"; bytes: Buffer }> {
  if (row.media === "none") throw problem("dossier.not_pages");
  if (row.bytes > MOST_BYTES) throw problem("dossier.too_large");
  try {
    return { kind: row.media, bytes: await bytesOf(means, row) };
  } catch (error) {
    throw error instanceof FileMissing ? problem("dossier.no_file") : error;
  }
}

async function bytesOf(
  means: Means,
  { materialId, fileKey }: Pick<ItemRow, "materialId" | "fileKey">,
): Promise<Buffer> {
  if (materialId !== null) {
    const file = await findReleased(means, materialId);
    if (!file) throw new FileMissing();
    return file.read();
  }
  return openFile(means.vault, fileKey ?? "", await bytesAt(means, fileKey ?? ""));
}

/** What the store holds under a key, as it lies there. */
export async function bytesAt({ gateways: { files } }: Means, fileKey: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await files.read(fileKey)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Pages of one item as this reader gets them: on each who reads, when, and of which case. Never the file itself. */
export async function drawPages(
  means: Means,
  actor: Actor,
  row: ItemRow,
  courtCase: CaseRow,
  pages?: { readonly from: number; readonly to: number },
): Promise<{ pdf: Buffer; from: number; to: number }> {
  const leaf = await readLeaf(means, row);
  const at = means.clock.now();
  const lines = await watermarkOf(means, actor, courtCase.number, at);
  const pdf = await watermark({ leaf, lines, ...(pages ? { pages } : {}) }, at).catch((error: unknown) => {
    if (error instanceof Problem) throw error;
    means.logger.warn({ err: error, itemId: row.id }, "an item of the dossier cannot be drawn");
    throw problem("dossier.no_file");
  });
  const last = row.pages ?? pages?.to ?? 1;
  const from = Math.min(pages?.from ?? 1, last);
  return { pdf, from, to: Math.max(from, Math.min(pages?.to ?? last, last)) };
}

/** Name masked and last digits of the reader's number: enough to find who let a page out, too little to learn who they are. */
export async function watermarkOf(means: Means, actor: Actor, caseNumber: string, at: Date): Promise<string[]> {
  const [people, identity] = await Promise.all([
    describeAccounts([actor.accountId]),
    isStaff(actor) ? null : findIdentity(means.vault, actor.accountId),
  ]);
  const name = people.get(actor.accountId)?.displayName ?? "用户";
  const digits = identity?.idNumber.slice(-4) || identity?.phone?.slice(-4);
  const who = digits ? `${name}　尾号 ${digits}` : `${name}　编号 ${actor.accountId}`;
  return [`${who}　${momentOf(at)}`, `${caseNumber}　仅供本案诉讼使用`];
}
const momentOf = (at: Date): string =>
  `${courtDayOf(at)} ${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)}`;

export interface Read {
  readonly courtCase: CaseRow;
  /** Null: the whole as one file. */
  readonly itemId: string | null;
  readonly from: number;
  readonly to: number;
  readonly pdf: Buffer;
}

/** 阅卷记录: written before the pages leave, and never changed (rules of reading §: 阅卷单附卷). */
export async function noteReading(work: Work, { courtCase, itemId, from, to, pdf }: Read): Promise<void> {
  const { accountId, role } = work.actor;
  await work.change(
    `INSERT INTO dossier_reading (case_id, court_code, item_id, account_id, role, page_from, page_to, sha256, at) VALUES (?,?,?,?,?,?,?,?,?)`,
    [
      courtCase.id,
      courtCase.courtCode,
      itemId,
      accountId,
      role,
      from,
      to,
      createHash("sha256").update(pdf).digest("hex"),
      work.at,
    ],
  );
  await work.emit({
    name: "dossier.read",
    about: itemId === null ? `case:${courtCase.id}` : `dossier_item:${itemId}`,
    courtCode: courtCase.courtCode,
    caseId: String(courtCase.id),
    itemId,
    pages: from === to ? `${from}` : `${from}-${to}`,
  });
}

export interface ReadingRow {
  readonly id: string;
  readonly itemId: string | null;
  readonly accountId: string;
  readonly role: string;
  readonly pageFrom: number;
  readonly pageTo: number;
  readonly at: Date;
}

/** The court sees who read what in its case; everybody else what they read themselves. One row more than `limit`. */
export function listReadings(
  database: Database,
  actor: Actor,
  caseId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<ReadingRow[]> {
  const whose = isStaff(actor) ? "l.court_code = ?" : "l.account_id = ?";
  const values: Value[] = [caseId, isStaff(actor) ? (actor.courtCode ?? "") : actor.accountId];
  return database.read<ReadingRow>(
    `SELECT l.id, l.item_id AS itemId, l.account_id AS accountId, l.role, l.page_from AS pageFrom, l.page_to AS pageTo, l.at
     FROM dossier_reading l WHERE l.case_id = ? AND ${whose} ${before ? "AND l.id < ?" : ""} ORDER BY l.id DESC LIMIT ${Number(limit) + 1}`,
    before ? [...values, before] : values,
  );
}
