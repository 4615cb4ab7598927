import { type Actor, SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { FileMissing } from "#gateways/files/port.ts";
import { findIdentity } from "#modules/account/index.ts";
import { FileRefused, readArchive, readParts, reasonOf } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { findForm } from "#modules/reference/index.ts";
import { type Batch, type CheckedRow, checkRow } from "./check-row.ts";
import { aboutRow } from "./finding.ts";
import { keepRows, type LaidDown, layDown } from "./lay-down.ts";
import { BulkRow } from "./model.ts";
import { moveJob } from "./move.ts";
import type { Letters } from "./row-cells.ts";
import { faultText, SheetUnreadable } from "./sheet-fault.ts";
import type { Outcome } from "./step.ts";
import {
  archiveSeal,
  cellsSeal,
  contentSeal,
  faultSeal,
  findingsSeal,
  holdJob,
  holdRow,
  isStill,
  type JobRow,
  nextRows,
  titleSeal,
} from "./store.ts";
import { FileIndex } from "./wanted-files.ts";
import type { RowState } from "./workflow.ts";

const ROWS_AT_ONCE = 20;

/** One step of 核对: first the sheet becomes rows, then the rows are looked at, some at a time. */
export async function validateSome(means: Means, job: JobRow, actor: Actor, hasTime: () => boolean): Promise<Outcome> {
  if (!job.readAt) return (await readSheet(means, job)) ? "more" : "finished";
  const batch = await openBatch(means, job, actor);
  while (hasTime()) {
    const ids = await nextRows(means.database, job.id, ["pending"], ROWS_AT_ONCE);
    if (ids.length === 0) return "finished";
    if (!(await checkRows(means, job, batch, ids))) return "finished";
  }
  return "more";
}

/** Lays the sheet down in rows, once. False where it cannot be read: the job then says why. */
async function readSheet(means: Means, job: JobRow): Promise<boolean> {
  let laid: LaidDown;
  try {
    const form = findForm(job.formId);
    laid = await readParts(means, String(job.sheetId), (parts) => layDown(parts, form));
    const archive = job.archiveId ? await readArchive(means, String(job.archiveId)) : [];
    if (!archive) throw new SheetUnreadable("gone");
    await means.transact(SYSTEM, (work) => keepRows(work, means, job.id, laid, archive), { repeatable: true });
    return true;
  } catch (error) {
    const text = toldOf(error);
    if (text === null) throw error;
    await means.transact(
      SYSTEM,
      async (work) => {
        const row = await holdJob(work, job.id);
        if (row.state !== "validating" || row.readAt) return;
        await moveJob(work, row, "refuse", { fault: faultSeal.seal(means.vault, row, text) });
      },
      { repeatable: true },
    );
    return false;
  }
}

function toldOf(error: unknown): string | null {
  if (error instanceof SheetUnreadable) return faultText(error.fault);
  if (error instanceof FileRefused) return reasonOf(error.code);
  if (error instanceof FileMissing) return faultText("gone");
  return null;
}

async function openBatch(means: Means, job: JobRow, actor: Actor): Promise<Batch> {
  const [row] = await means.database.read<{ letters: string; archive: Buffer }>(
    "SELECT letters, archive FROM bulk_job WHERE id = ?",
    [job.id],
  );
  if (!row) throw new Error("a job without its row");
  const signer = await findIdentity(means.vault, actor.accountId);
  return {
    actor,
    courtCode: job.courtCode,
    form: findForm(job.formId),
    letters: JSON.parse(row.letters) as Letters,
    files: new FileIndex(archiveSeal.open(means.vault, job, row.archive)),
    signer: signer ?? { name: "", idNumber: "", practice: null },
  };
}

/** False where the job was stopped meanwhile. */
async function checkRows(means: Means, job: JobRow, batch: Batch, ids: readonly string[]): Promise<boolean> {
  const rows = await BulkRow.findAll({ where: { id: [...ids] }, order: [["sheetRow", "ASC"]] });
  const checked = await Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      ...(await checkRow(means, batch, cellsSeal.open(means.vault, row, row.cells), row.sheetRow)),
    })),
  );
  return means.transact(
    SYSTEM,
    async (work) => {
      if (!(await isStill(work, job.id, "validating"))) return false;
      for (const each of checked) await keepVerdict(work, means, each);
      return true;
    },
    { repeatable: true },
  );
}

async function keepVerdict(work: Work, { vault }: Means, checked: CheckedRow & { id: string }): Promise<void> {
  const row = await holdRow(work, checked.id);
  if (row?.state !== "pending") return;
  const isBad = checked.findings.some(({ severity }) => severity === "error");
  const same = isBad || !checked.businessKey ? null : await findSame(work, row, checked.businessKey);
  const findings = same ? [sayingSame(same, row)] : checked.findings;
  const isDoubtful = findings.some(({ severity }) => severity !== "hint");
  const state: RowState = same ? "duplicate" : isBad ? "errors" : isDoubtful ? "warnings" : "ok";
  await row.update(
    {
      state,
      content: checked.content
        ? contentSeal.seal(vault, row, { content: checked.content, files: checked.files })
        : null,
      findings: findingsSeal.seal(vault, row, findings),
      title: titleSeal.seal(vault, row, checked.title),
      businessKey: checked.businessKey,
      sameAs: same?.id ?? null,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
}

export interface Same {
  readonly id: string;
  readonly jobId: string;
  readonly sheetRow: number;
}

/** The row that said the same before: in any job, if a filing of it stands; else further up in this sheet. */
async function findSame(work: Work, row: BulkRow, key: string): Promise<Same | null> {
  const [same] = await work.query<Same>(
    `SELECT id, job_id AS jobId, sheet_row AS sheetRow FROM bulk_row
     WHERE account_id = ? AND live_key = ? AND id <> ?
     UNION ALL
     SELECT id, job_id, sheet_row FROM bulk_row
     WHERE job_id = ? AND business_key = ? AND sheet_row < ? AND state IN ('ok', 'warnings')
     LIMIT 1`,
    [row.accountId, key, row.id, row.jobId, key, row.sheetRow],
  );
  return same ? { ...same, id: String(same.id), jobId: String(same.jobId) } : null;
}

export const sayingSame = (same: Same, row: { jobId: string }) =>
  String(same.jobId) === String(row.jobId)
    ? aboutRow(
        "hint",
        "bulk.same_row",
        `与本表第 ${same.sheetRow} 行是同一件`,
        "确是另一笔的，请在“合同编号或本方编号”中加以区分后重新上传这一行。",
      )
    : aboutRow(
        "hint",
        "bulk.made_before",
        `已在任务 ${same.jobId} 第 ${same.sheetRow} 行建立`,
        "不会重复建立；需要补充的，请打开原来的草稿或申请。",
      );
