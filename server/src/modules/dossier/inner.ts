import { randomBytes } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { findCaseRow, holdCaseFor } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf, watermark } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { watermarkOf } from "./reading.ts";
import { INNER_SECTIONS, type InnerSection } from "./sections.ts";
import { openWord, sealWord } from "./store.ts";

/**
 * 副卷: what judges said among themselves. It lies sealed in a table of its own that no other file of the program names; no
 * file of it is kept anywhere, it is drawn when one of the case's own bench reads it. Its routes are for judges and court
 * clerks only, and each statement below says so again in SQL.
 */
interface InnerRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly section: InnerSection;
  readonly title: Buffer;
  readonly formedOn: string;
  readonly madeBy: string;
  readonly createdAt: Date;
}
const COLUMNS = `i.id, i.seal_ref AS sealRef, i.case_id AS caseId, i.court_code AS courtCode, i.section, i.title,
  DATE_FORMAT(i.formed_on, '%Y-%m-%d') AS formedOn, i.made_by AS madeBy, i.created_at AS createdAt`;

/** Whoever else asks is told that there is nothing. */
function bench(actor: Actor): string {
  if ((actor.role !== "judge" && actor.role !== "court_clerk") || actor.courtCode === null)
    throw problem("dossier.not_found");
  return actor.courtCode;
}

export interface InnerEntry {
  readonly section: InnerSection;
  readonly title: string;
  readonly text: string;
  readonly formedOn: string;
}

export async function addInner(work: Work, { vault }: Means, caseId: string, entry: InnerEntry): Promise<string> {
  const courtCode = bench(work.actor);
  const courtCase = await holdCaseFor(work, caseId);
  if (courtCase.courtCode !== courtCode) throw problem("dossier.not_found");
  const sealRef = randomBytes(16).toString("hex");
  await work.change(
    `INSERT INTO dossier_inner_item (seal_ref, case_id, court_code, section, title, body, formed_on, made_by, created_at)
     VALUES (?,?,?,?,?,?,?,?,?)`,
    [
      sealRef,
      caseId,
      courtCode,
      entry.section,
      sealWord(vault, { sealRef }, "inner title", entry.title),
      sealWord(vault, { sealRef }, "inner body", entry.text),
      entry.formedOn,
      work.actor.accountId,
      work.at,
    ],
  );
  const [made] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const innerItemId = String(made?.id);
  await work.emit({ name: "dossier.inner_added", about: `case:${caseId}`, courtCode, caseId, innerItemId });
  return innerItemId;
}

export async function listInner(means: Means, actor: Actor, caseId: string) {
  const courtCode = bench(actor);
  const courtCase = await findCaseRow(means.database, actor, caseId);
  const rows = await means.database.read<InnerRow>(
    `SELECT ${COLUMNS} FROM dossier_inner_item i WHERE i.case_id = ? AND i.court_code = ? ORDER BY i.section, i.formed_on, i.id`,
    [courtCase.id, courtCode],
  );
  const people = await describeAccounts(rows.map(({ madeBy }) => String(madeBy)));
  return rows.map((row) => ({
    id: String(row.id),
    section: { code: row.section, label: INNER_SECTIONS[row.section] },
    title: openWord(means.vault, row, "inner title", row.title),
    formedOn: row.formedOn,
    madeBy: people.get(String(row.madeBy))?.displayName ?? "",
    addedAt: row.createdAt.toISOString(),
  }));
}

/** Drawn anew for whoever reads, their name on every page; the reading goes to the audit trail. */
export async function drawInner(means: Means, actor: Actor, id: string) {
  const courtCode = bench(actor);
  const [row] = await means.database.read<InnerRow & { body: Buffer }>(
    `SELECT ${COLUMNS}, i.body FROM dossier_inner_item i WHERE i.id = ? AND i.court_code = ?`,
    [id, courtCode],
  );
  if (!row) throw problem("dossier.not_found");
  const courtCase = await findCaseRow(means.database, actor, String(row.caseId));
  const at = means.clock.now();
  const title = openWord(means.vault, row, "inner title", row.title);
  const bytes = await renderPdf(
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
