import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { findIdentity } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { type MaterialRow, presentMaterial, readMaterial } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { findForm } from "#modules/reference/index.ts";
import { SIGNABLE } from "./announce.ts";
import { openMoves } from "./move.ts";
import type { JobView, RowView } from "./schema.ts";
import {
  type Counts,
  countRows,
  faultSeal,
  findingsSeal,
  findJob,
  type JobRow,
  readJob,
  type StoredRow,
  titleSeal,
} from "./store.ts";
import { type JobState, jobWorkflow, ROW_STATES, type RowState } from "./workflow.ts";

const DONE: readonly RowState[] = ["submitted", "withdrawn"];
const MADE: readonly RowState[] = ["created", "held", ...DONE];

/** One sentence: what happens now, or what the owner does next. */
const NEXT: Record<JobState, (sum: (...states: RowState[]) => number) => string> = {
  uploading: () => "请把表格和压缩包传完；传完后自动检查文件安全。",
  uploaded: () => "文件已通过安全检查，可以开始核对。",
  refused: () => "请按提示修改文件后重新上传。",
  validating: () => "正在逐行核对，可以离开本页，核对会继续进行。",
  validated: (sum) =>
    sum("ok", "warnings") > 0
      ? `可以为 ${sum("ok", "warnings")} 行建立草稿${sum("errors") > 0 ? `；${sum("errors")} 行需要改正，改好后只上传这些行即可` : ""}。`
      : "没有可以建立草稿的行，请按提示改正后重新上传。",
  creating: () => "正在逐件建立草稿并放入材料，可以离开本页。",
  created: (sum) => `已建立 ${sum(...MADE)} 份草稿。请签一次名，然后提交；有欠缺的会留为草稿并写明缺什么。`,
  submitting: () => "正在逐件提交，可以离开本页。",
  submitted: (sum) =>
    sum("held") > 0
      ? `已提交 ${sum("submitted")} 件；${sum("held")} 件未能提交，处理后可以再次提交。`
      : `已提交 ${sum("submitted")} 件。`,
  cancelled: () => "已停止。已经建立的草稿和已经提交的案件保留；可以从停下的地方继续。",
};

/** A job as its owner sees it in a list. */
export async function presentJobs(means: Means, actor: Actor, jobs: readonly JobRow[]) {
  const counted = await countRows(
    means.database,
    jobs.map(({ id }) => id),
  );
  return Promise.all(
    jobs.map(async (job) => {
      const counts = counted.get(job.id) ?? {};
      const files = await Promise.all([job.sheetId, job.archiveId].map((id) => fileOf(means, id)));
      const arrived = job.sheetId !== null && files.every((file) => file === null || file.state === "ready");
      const sum = (...states: RowState[]) => states.reduce((total, state) => total + (counts[state] ?? 0), 0);
      return {
        id: job.id,
        version: job.version,
        form: { id: job.formId, name: findForm(job.formId).name },
        court: { code: job.courtCode, name: await nameOfCourt(job.courtCode) },
        state: jobWorkflow.present(job.state),
        moves: openMoves(job, actor.role, counts, arrived),
        next: NEXT[job.state](sum),
        counts: {
          total: job.rowCount,
          byState: (Object.entries(ROW_STATES) as [RowState, string][])
            .map(([code, label]) => ({ code, label, count: counts[code] ?? 0 }))
            .filter(({ count }) => count > 0),
        },
        progress: progressOf(job, counts),
        fault: job.fault ? faultSeal.open(means.vault, job, job.fault) : refusalOf(files),
        createdAt: job.createdAt.toISOString(),
        updatedAt: job.updatedAt.toISOString(),
      };
    }),
  );
}

/** A whole job, for its owner. Throws `bulk.not_found`. */
export async function presentJob(means: Means, actor: Actor, id: string): Promise<JobView> {
  const job = await findJob(means.database, actor, id);
  const [[summary], sheet, archive, signature, earlier, identity] = await Promise.all([
    presentJobs(means, actor, [job]),
    fileOf(means, job.sheetId),
    fileOf(means, job.archiveId),
    fileOf(means, job.signatureId),
    job.sameAs ? readJob(means.database, String(job.sameAs)) : null,
    findIdentity(means.vault, actor.accountId),
  ]);
  const reader = (editable: boolean) => ({ editable, role: actor.role });
  const shown = (file: MaterialRow | null, editable: boolean) =>
    file ? presentMaterial(file, reader(editable)) : null;
  return {
    ...(summary as Omit<JobView, "sheet" | "archive" | "signature" | "earlier" | "signerName">),
    earlier: earlier && {
      id: earlier.id,
      state: jobWorkflow.present(earlier.state),
      createdAt: earlier.createdAt.toISOString(),
    },
    sheet: shown(sheet, job.state === "uploading"),
    archive: shown(archive, job.state === "uploading"),
    signature: shown(signature, SIGNABLE.includes(job.state)),
    signerName: identity?.state === "verified" ? identity.name : null,
  };
}

export function presentRow({ vault }: Pick<Means, "vault">, row: StoredRow): RowView {
  const same = row.sameJobId === null || row.sameRow === null ? null : { jobId: row.sameJobId, row: row.sameRow };
  const findings = row.findings ? findingsSeal.open(vault, row, row.findings) : [];
  return {
    row: row.sheetRow,
    state: { code: row.state, label: ROW_STATES[row.state] },
    title: row.title ? titleSeal.open(vault, row, row.title) : "",
    findings: [...findings],
    filing: row.filingId === null ? null : { id: row.filingId, receiptNumber: row.receiptNumber },
    duplicateOf: same && {
      ...same,
      filingId: row.sameFilingId,
      message: findings[0]?.message ?? `已在任务 ${same.jobId} 第 ${same.row} 行建立`,
    },
  };
}

function progressOf({ state, rowCount, validatedAt }: JobRow, counts: Counts): { done: number; total: number } {
  const sum = (...states: readonly RowState[]) => states.reduce((all, each) => all + (counts[each] ?? 0), 0);
  const untouched = sum("ok", "warnings");
  const drafts = sum("drafted", ...MADE);
  if (validatedAt === null) return { done: rowCount - sum("pending"), total: rowCount };
  if (state === "submitting" || state === "submitted") return { done: sum("held", ...DONE), total: drafts };
  return { done: sum(...MADE), total: drafts + untouched };
}

const refusalOf = (files: readonly (MaterialRow | null)[]): string | null =>
  files.map((file) => file?.refusedReason ?? null).find((reason) => reason !== null) ?? null;

const fileOf = (
  means: Pick<Means, "vault"> & { database: Database },
  id: string | null,
): Promise<MaterialRow | null> => (id === null ? Promise.resolve(null) : readMaterial(means, String(id)));
