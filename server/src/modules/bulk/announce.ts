import { createHash } from "node:crypto";
import { isDuplicate } from "#core/database.ts";
import { RunAgain, type Work } from "#core/work.ts";
import { requireVerified } from "#modules/account/index.ts";
import { findCourt } from "#modules/court/index.ts";
import { addMaterial, type MaterialRow, readMaterial } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { findForm } from "#modules/reference/index.ts";
import { factsOf } from "./events.ts";
import { BulkJob } from "./model.ts";
import { problem } from "./problems.ts";
import type { JobOrder, SignatureOrder } from "./schema.ts";
import { holdJob, newSealRef } from "./store.ts";
import { XLSX } from "./template.ts";
import { jobWorkflow } from "./workflow.ts";

export const OWNER_KIND = "bulk_job";
const MAX_SHEET_BYTES = 5 * 1024 ** 2;
const MAX_ARCHIVE_BYTES = 200 * 1024 ** 2;
const MOST_OPEN_JOBS = 20;
const OPEN_STATES = "'uploading', 'uploaded', 'validating', 'validated', 'creating', 'submitting'";

export interface Announced {
  readonly jobId: string;
  readonly sheet: MaterialRow;
  readonly archive: MaterialRow | null;
}

/** Refuses early what would be refused after the upload anyway. Throws `bulk.too_large`, `bulk.type`. */
export function checkOrder({ sheet, archive }: JobOrder): void {
  if (sheet.bytes > MAX_SHEET_BYTES || (archive && archive.bytes > MAX_ARCHIVE_BYTES)) throw problem("bulk.too_large");
  const wrong = [
    ...(/\.xlsx$/i.test(sheet.name) ? [] : ["/sheet/name"]),
    ...(!archive || /\.zip$/i.test(archive.name) ? [] : ["/archive/name"]),
  ];
  if (wrong.length === 0) return;
  const message = "表格须为 xlsx 文件，证据须为 zip 压缩包";
  throw problem("bulk.type", { errors: wrong.map((pointer) => ({ pointer, code: "bulk.type", message })) });
}

/**
 * Enters a job and the files that are about to be uploaded for it. The same request again is the same job. Throws
 * `account.unverified`, `court.not_found`, `bulk.court_closed`, `form.not_found`, `bulk.too_many_jobs`.
 */
export async function announceJob(work: Work, means: Means, order: JobOrder, key: string): Promise<Announced> {
  await requireVerified(work);
  const court = await findCourt(order.courtCode);
  if (!court.open) throw problem("bulk.court_closed");
  const { id: formId } = findForm(order.formId);
  const job = (await findByKey(work, key)) ?? (await enter(work, { courtCode: court.code, formId }, order, key));
  const owner = { ownerKind: OWNER_KIND, ownerId: job.id };
  if (job.sheetId) {
    const reading = { ...means, work };
    const sheet = await readMaterial(reading, String(job.sheetId));
    if (!sheet) throw problem("bulk.not_found");
    return { jobId: job.id, sheet, archive: job.archiveId ? await readMaterial(reading, String(job.archiveId)) : null };
  }
  const paper = { purpose: "", source: "", originality: null, kind: "other" as const };
  const { material: sheet } = await addMaterial(means, work, owner, { ...paper, ...order.sheet, contentType: XLSX });
  const archive = order.archive
    ? (
        await addMaterial(means, work, owner, {
          ...paper,
          ...order.archive,
          contentType: "application/octet-stream",
        })
      ).material
    : null;
  await job.update({ sheetId: sheet.id, archiveId: archive?.id ?? null }, { transaction: work.tx });
  return { jobId: job.id, sheet, archive };
}

/** Enters the picture of the signature that this batch may carry; a newer one takes the older one's place. */
export async function announceSignature(
  work: Work,
  means: Means,
  id: string,
  order: SignatureOrder,
): Promise<MaterialRow> {
  const job = await holdJob(work, id);
  if (!SIGNABLE.includes(job.state)) throw problem("bulk.signature_not_editable");
  const { material } = await addMaterial(
    means,
    work,
    { ownerKind: OWNER_KIND, ownerId: id },
    {
      ...order,
      name: "签名.png",
      kind: "signature",
      purpose: "",
      source: "",
      originality: null,
    },
  );
  await job.update(
    { signatureId: material.id, version: job.version + 1, updatedAt: work.at },
    { transaction: work.tx },
  );
  return material;
}
/** While no row is being handed in. */
export const SIGNABLE: readonly string[] = ["validated", "created", "submitted", "cancelled"];

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

const findByKey = (work: Work, key: string): Promise<BulkJob | null> =>
  BulkJob.findOne({ where: { accountId: work.actor.accountId, requestKey: hashOf(key) }, transaction: work.tx });

async function enter(
  work: Work,
  { courtCode, formId }: { courtCode: string; formId: string },
  { sheet }: JobOrder,
  key: string,
): Promise<BulkJob> {
  const { accountId } = work.actor;
  const [open] = await work.query<{ jobs: string }>(
    `SELECT COUNT(*) AS jobs FROM bulk_job WHERE account_id = ? AND state IN (${OPEN_STATES})`,
    [accountId],
  );
  if (Number(open?.jobs) >= MOST_OPEN_JOBS) throw problem("bulk.too_many_jobs");
  const [earlier] = await work.query<{ id: string }>(
    `SELECT id FROM bulk_job WHERE account_id = ? AND sheet_sha256 = ? AND row_count > 0 ORDER BY id DESC LIMIT 1`,
    [accountId, sheet.sha256],
  );
  try {
    const job = await BulkJob.create(
      {
        sealRef: newSealRef(),
        accountId,
        courtCode,
        formId,
        state: jobWorkflow.start,
        requestKey: hashOf(key),
        sheetSha256: sheet.sha256,
        sameAs: earlier?.id ?? null,
        createdAt: work.at,
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
    await work.emit({ name: "bulk.announced", ...factsOf(job) });
    return job;
  } catch (error) {
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
}
