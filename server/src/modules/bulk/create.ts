import { type Actor, SYSTEM } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { FileMissing } from "#gateways/files/port.ts";
import { openDraft } from "#modules/filing/index.ts";
import { type ArchivedFile, depositMaterial, FileRefused, reasonOf, takeOut } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { aboutRow, gravestFirst, type RowFinding, type Severity } from "./finding.ts";
import { BulkRow } from "./model.ts";
import type { Outcome } from "./step.ts";
import { archiveSeal, contentSeal, findingsSeal, holdRow, isStill, type JobRow, nextRows } from "./store.ts";
import { type Same, sayingSame } from "./validate.ts";
import type { PlannedFile } from "./wanted-files.ts";
import { CREATABLE, type RowState } from "./workflow.ts";

/** Unsent drafts an account may have when they are made in bulk. */
const MOST_DRAFTS = 2000;
/** Rows are of different filings and do not wait for each other; more at once would only fill the pool. */
const ROWS_AT_ONCE = 3;
const OCTETS = "application/octet-stream";

/** One step of 建立草稿: first what was begun is ended, then the next rows, each in a work of its own. */
export async function createSome(means: Means, job: JobRow, actor: Actor, hasTime: () => boolean): Promise<Outcome> {
  let archive: readonly ArchivedFile[] | null = null;
  while (hasTime()) {
    const begun = await nextRows(means.database, job.id, ["drafted"], ROWS_AT_ONCE);
    const next = begun.length > 0 ? [] : await nextRows(means.database, job.id, CREATABLE, ROWS_AT_ONCE);
    if (begun.length + next.length === 0) return "finished";
    if (begun.length > 0) archive ??= await filesOf(means, job);
    const files = archive ?? [];
    const went = await Promise.all([
      ...begun.map((id) => putFilesIn(means, job, actor, id, files)),
      ...next.map((id) => draftOf(means, job, actor, id)),
    ]);
    if (went.includes(false)) return "finished";
  }
  return "more";
}

async function filesOf({ database, vault }: Means, job: JobRow): Promise<readonly ArchivedFile[]> {
  const [row] = await database.read<{ archive: Buffer | null }>("SELECT archive FROM bulk_job WHERE id = ?", [job.id]);
  return row?.archive ? archiveSeal.open(vault, job, row.archive) : [];
}

/** Makes the draft of one row. A row that cannot be made is marked, and stands in nobody's way. False: stopped. */
async function draftOf(means: Means, job: JobRow, actor: Actor, rowId: string): Promise<boolean> {
  try {
    return await means.transact(
      actor,
      async (work) => {
        if (!(await isStill(work, job.id, "creating"))) return false;
        const row = await holdRow(work, rowId);
        if (!row?.content || !CREATABLE.includes(row.state)) return true;
        const { content, files } = contentSeal.open(means.vault, row, row.content);
        // The key first: whoever made the same dispute before is met here, whatever the check had found.
        await row.update({ liveKey: row.businessKey }, { transaction: work.tx });
        const filing = await openDraft(work, means, { courtCode: job.courtCode, content, mostDrafts: MOST_DRAFTS });
        const state: RowState = files.length > 0 ? "drafted" : "created";
        await row.update({ filingId: filing.id, state, updatedAt: work.at }, { transaction: work.tx });
        return true;
      },
      { repeatable: true },
    );
  } catch (error) {
    if (isDuplicate(error)) return means.transact(SYSTEM, (work) => markSame(work, means, rowId), { repeatable: true });
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const finding = aboutRow("error", error.code, error.message, error.extras.detail ?? "请处理后重新上传这一行。");
    return means.transact(SYSTEM, (work) => mark(work, means, rowId, "errors", [finding]), { repeatable: true });
  }
}

async function markSame(work: Work, means: Means, rowId: string): Promise<boolean> {
  const row = await holdRow(work, rowId);
  if (!row || !CREATABLE.includes(row.state)) return true;
  const [same] = await work.query<Same>(
    "SELECT id, job_id AS jobId, sheet_row AS sheetRow FROM bulk_row WHERE account_id = ? AND live_key = ?",
    [row.accountId, row.businessKey],
  );
  // Taken back meanwhile: the next step makes it.
  if (!same) return true;
  const findings = findingsSeal.seal(means.vault, row, [sayingSame(same, row)]);
  await row.update({ state: "duplicate", sameAs: same.id, findings, updatedAt: work.at }, { transaction: work.tx });
  return true;
}

async function mark(
  work: Work,
  { vault }: Means,
  rowId: string,
  state: RowState,
  more: readonly RowFinding[],
): Promise<boolean> {
  const row = await holdRow(work, rowId);
  if (!row) return true;
  const known = row.findings ? findingsSeal.open(vault, row, row.findings) : [];
  const findings = gravestFirst([...known, ...more]);
  await row.update(
    { state, findings: findingsSeal.seal(vault, row, findings), updatedAt: work.at },
    { transaction: work.tx },
  );
  return true;
}

/** Puts a row's files into its draft, by the road of every material. What was put in before is found again. */
async function putFilesIn(
  means: Means,
  job: JobRow,
  actor: Actor,
  rowId: string,
  archive: readonly ArchivedFile[],
): Promise<boolean> {
  const row = await BulkRow.findByPk(rowId);
  if (!row?.content || !row.filingId || row.state !== "drafted") return true;
  const { files } = contentSeal.open(means.vault, row, row.content);
  const faults: RowFinding[] = [];
  for (const file of files) {
    const fault = await putIn(means, job, actor, String(row.filingId), file, archive[file.index]);
    if (fault) faults.push(fault);
  }
  return means.transact(
    SYSTEM,
    async (work) => {
      const held = await holdRow(work, rowId);
      if (held?.state === "drafted") await mark(work, means, rowId, "created", faults);
      return isStill(work, job.id, "creating");
    },
    { repeatable: true },
  );
}

async function putIn(
  means: Means,
  job: JobRow,
  actor: Actor,
  filingId: string,
  file: PlannedFile,
  archived: ArchivedFile | undefined,
): Promise<RowFinding | null> {
  const lost = (message: string, fix: string, severity: Severity = "block") =>
    aboutRow(severity, "file.not_taken", `“${file.name}”没有放进草稿：${message}`, fix);
  if (!archived) return lost("压缩包中没有这个文件", "请在草稿中补传。");
  try {
    await takeOut(means, String(job.archiveId), archived, ({ bytes, sha256, open }) =>
      depositMaterial(
        means,
        actor,
        { ownerKind: "filing", ownerId: filingId },
        {
          name: archived.name.slice(archived.name.lastIndexOf("/") + 1),
          kind: file.kind,
          purpose: file.purpose,
          source: "",
          originality: null,
          contentType: OCTETS,
          bytes,
          sha256,
          open,
        },
      ),
    );
    return null;
  } catch (error) {
    if (error instanceof FileRefused) return lost(reasonOf(error.code), "请在草稿中补传。");
    if (error instanceof FileMissing) return lost("压缩包已不可用", "请在草稿中补传。");
    if (error instanceof Problem && error.status < 500) return lost(error.message, "请在草稿中处理后补传。");
    throw error;
  }
}
