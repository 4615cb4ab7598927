import { randomBytes } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { newFileKey } from "#gateways/files/port.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { findCaseRow, holdCaseFor } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf, watermark } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { byPlace } from "./catalogue.ts";
import type { Content } from "./court-paper.ts";
import { behind, holdForBench, type Place } from "./place.ts";
import { problem } from "./problems.ts";
import { bytesAt, watermarkOf } from "./reading.ts";
import { bindScans, retireScans } from "./scans.ts";
import { INNER_SECTIONS, type InnerSection } from "./sections.ts";
import { openFile, openWord, sealFile, sealWord } from "./store.ts";

/**
 * 副卷: what judges said among themselves. It lies sealed in a table of its own that no other file of the program names. What
 * was written is drawn when one of the case's own bench reads it; a scan lies in the store under a seal that nothing but
 * this file opens, its key in that table only, and its words are read by no job. Its routes are for judges and court clerks
 * only, and each statement below says so again in SQL.
 */
const SEAL = "inner";
interface InnerRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly section: InnerSection;
  readonly title: Buffer;
  readonly formedOn: string;
  readonly position: number | null;
  readonly madeBy: string;
  readonly createdAt: Date;
}
const COLUMNS = `i.id, i.seal_ref AS sealRef, i.case_id AS caseId, i.court_code AS courtCode, i.section, i.title,
  DATE_FORMAT(i.formed_on, '%Y-%m-%d') AS formedOn, i.position, i.made_by AS madeBy,
  i.created_at AS createdAt`;

/** Whoever else asks is told that there is nothing. */
function bench(actor: Actor): string {
  if ((actor.role !== "judge" && actor.role !== "court_clerk") || actor.courtCode === null)
    throw problem("dossier.not_found");
  return actor.courtCode;
}

export interface InnerEntry extends Content {
  readonly section: InnerSection;
}

/** Scans are bound and sealed before the work begins. Gives where they lie; null where there are none to lay down. */
export async function layDownInner(means: Means, actor: Actor, caseId: string, { scans }: InnerEntry) {
  bench(actor);
  const { id } = await findCaseRow(means.database, actor, caseId);
  const bound = scans ? await bindScans(means, "inner_scan", String(id), scans) : null;
  if (!bound) return null;
  return sealAway(means, bound.pdf);
}

export async function addInner(
  work: Work,
  { vault }: Means,
  caseId: string,
  entry: InnerEntry,
  fileKey: string | null,
  origin: string | null = null,
): Promise<string> {
  const courtCode = bench(work.actor);
  const courtCase = await holdCaseFor(work, caseId);
  if (courtCase.courtCode !== courtCode) throw problem("dossier.not_found");
  if (entry.scans) {
    if (fileKey === null) throw problem("dossier.scan_gone");
    await retireScans(work, entry.scans);
  }
  const sealRef = randomBytes(16).toString("hex");
  await work.change(
    `INSERT INTO dossier_inner_item (seal_ref, case_id, court_code, section, title, body, file_key, formed_on, made_by, created_at, origin)
     VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
    [
      sealRef,
      caseId,
      courtCode,
      entry.section,
      sealWord(vault, { sealRef }, "inner title", entry.title),
      sealWord(vault, { sealRef }, "inner body", entry.text ?? ""),
      fileKey,
      entry.formedOn,
      work.actor.accountId,
      work.at,
      origin,
    ],
  );
  const [made] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const innerItemId = String(made?.id);
  await work.emit({ name: "dossier.inner_added", about: `case:${caseId}`, courtCode, caseId, innerItemId });
  return innerItemId;
}

/** What enters by itself, printed; told again it is there. The judge whose it is stands for having put it in. */
export async function enterInner(
  means: Means,
  judge: Actor,
  caseId: string,
  {
    origin,
    print,
    ...entry
  }: Omit<InnerEntry, "text" | "scans"> & {
    readonly origin: string;
    readonly print: () => Promise<Buffer>;
  },
): Promise<void> {
  const [known] = await means.database.read(
    "SELECT i.id FROM dossier_inner_item i WHERE i.case_id = ? AND i.court_code = ? AND i.origin = ?",
    [caseId, bench(judge), origin],
  );
  if (known) return;
  const fileKey = await sealAway(means, await print());
  try {
    await means.transact(judge, (work) => addInner(work, means, caseId, entry, fileKey, origin));
  } catch (error) {
    await means.gateways.files.remove(fileKey);
    if (!isDuplicate(error)) throw error;
  }
}

async function sealAway({ gateways, vault }: Means, pdf: Buffer): Promise<string> {
  const fileKey = newFileKey("inner");
  const sealed = sealFile(vault, fileKey, pdf, SEAL);
  await gateways.files.write(fileKey, sealed, { contentType: "application/octet-stream" });
  return fileKey;
}

export async function listInner(means: Means, actor: Actor, caseId: string) {
  const courtCode = bench(actor);
  const courtCase = await findCaseRow(means.database, actor, caseId);
  const rows = await means.database.read<InnerRow>(
    `SELECT ${COLUMNS} FROM dossier_inner_item i WHERE i.case_id = ? AND i.court_code = ?`,
    [courtCase.id, courtCode],
  );
  const people = await describeAccounts(rows.map(({ madeBy }) => String(madeBy)));
  return sorted(rows).map((row) => ({
    id: String(row.id),
    section: { code: row.section, label: INNER_SECTIONS[row.section] },
    title: openWord(means.vault, row, "inner title", row.title),
    formedOn: row.formedOn,
    madeBy: people.get(String(row.madeBy))?.displayName ?? "",
    addedAt: row.createdAt.toISOString(),
  }));
}

const SECTIONS = Object.keys(INNER_SECTIONS);
const sorted = <T extends Pick<InnerRow, "section" | "id" | "position" | "formedOn">>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) || byPlace(a, b));

/** Puts an item where the bench wants it. Throws `dossier.not_found`, `dossier.order_changed`. */
export async function placeInner(work: Work, id: string, { section, after }: Place<InnerSection>): Promise<void> {
  const courtCode = bench(work.actor);
  const [found] = await work.query<{ caseId: string }>(
    "SELECT i.case_id AS caseId FROM dossier_inner_item i WHERE i.id = ? AND i.court_code = ?",
    [id, courtCode],
  );
  if (!found) throw problem("dossier.not_found");
  const caseId = String(found.caseId);
  await holdForBench(work, caseId);
  const rows = (
    await work.query<InnerRow>(`SELECT ${COLUMNS} FROM dossier_inner_item i WHERE i.case_id = ? AND i.court_code = ?`, [
      caseId,
      courtCode,
    ])
  ).map((row) => ({ ...row, id: String(row.id) }));
  const moved = rows.find((row) => row.id === id);
  if (!moved) throw problem("dossier.not_found");
  const under = sorted(rows).filter((row) => row.section === section);
  for (const [index, row] of behind(under, moved, after).entries())
    await work.change("UPDATE dossier_inner_item SET section = ?, position = ? WHERE id = ?", [
      section,
      index + 1,
      row.id,
    ]);
  await work.emit({ name: "dossier.inner_placed", about: `case:${caseId}`, courtCode, caseId, innerItemId: id });
}

/** Drawn anew for whoever reads, their name on every page; the reading goes to the audit trail. */
export async function drawInner(means: Means, actor: Actor, id: string) {
  const courtCode = bench(actor);
  const [row] = await means.database.read<InnerRow & { body: Buffer; fileKey: string | null }>(
    `SELECT ${COLUMNS}, i.body, i.file_key AS fileKey FROM dossier_inner_item i WHERE i.id = ? AND i.court_code = ?`,
    [id, courtCode],
  );
  if (!row) throw problem("dossier.not_found");
  const courtCase = await findCaseRow(means.database, actor, String(row.caseId));
  const at = means.clock.now();
  const title = openWord(means.vault, row, "inner title", row.title);
  const bytes = row.fileKey
    ? openFile(means.vault, row.fileKey, await bytesAt(means, row.fileKey), SEAL)
    : await renderPdf(
        "court-paper",
        {
          courtName: await nameOfCourt(row.courtCode),
          title,
          number: courtCase.number,
          mark: "副卷　不得对外提供",
          text: openWord(means.vault, row, "inner body", row.body),
        },
        row.createdAt,
      );
  const [who, which] = await watermarkOf(means, actor, courtCase.number, at);
  const lines = [who ?? "", (which ?? "").replace("仅供本案诉讼使用", "副卷，不得对外提供")];
  const pdf = await watermark({ leaf: { kind: "pdf", bytes }, lines }, at);
  return { pdf, title, caseId: String(row.caseId), courtCode };
}
