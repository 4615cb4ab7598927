import { announceJob, announceSignature, type BulkJob, type FileOrder } from "@/api/bulk";
import { completeMaterial, resumeUpload } from "@/api/materials";
import { fileSha256 } from "@/draft/checksum";
import type { Upload, UploadMeans } from "@/draft/upload";
import { carryOn } from "@/draft/upload";
import { UploadQueue } from "@/draft/upload-queue";
import { type KeptFile, platform } from "@/platform";
import { storage } from "@/platform/storage";
import { newIdempotencyKey, newKey } from "@/values/keys";

const PENDING = "bulk-announcing";

export const hashOf = (file: KeptFile, done?: (bytes: number) => void): Promise<string> =>
  fileSha256(file.bytes, (offset, length) => {
    done?.(offset);
    return platform.readFile(file.ref, offset, length);
  });

export interface Batch {
  formId: string;
  courtCode: string;
  sheet: KeptFile;
  archive: KeptFile | null;
}

/** Enters the batch with the court and puts its files on the way. A lost answer is asked for again under the same key. */
export async function enterBatch(batch: Batch, note: (text: string) => void): Promise<BulkJob> {
  const { formId, courtCode, sheet, archive } = batch;
  note("正在核对文件…");
  const order = async (file: KeptFile): Promise<FileOrder> => ({
    name: file.name,
    bytes: file.bytes,
    sha256: await hashOf(file),
  });
  const body = { formId, courtCode, sheet: await order(sheet), ...(archive ? { archive: await order(archive) } : {}) };
  note("正在登记…");
  const said = JSON.stringify(body);
  const known = storage.read<{ said: string; key: string }>(PENDING);
  const key = known?.said === said ? known.key : newIdempotencyKey();
  storage.write(PENDING, { said, key });
  const answer = await announceJob(body, key);
  storage.remove(PENDING);
  keep(answer.job.id, sheet, body.sheet.sha256, answer.sheet.material.id);
  if (archive && body.archive && answer.archive)
    keep(answer.job.id, archive, body.archive.sha256, answer.archive.material.id);
  return answer.job;
}

const draftIdOf = (jobId: string) => `bulk-${jobId}`;

function keep(jobId: string, file: KeptFile, sha256: string, materialId: string): void {
  const id = newKey("u");
  const upload: Upload = {
    id,
    draftId: draftIdOf(jobId),
    file,
    kind: "other",
    purpose: "",
    key: newIdempotencyKey(),
    sha256,
    materialId,
    state: "queued",
    sent: 0,
    problem: "",
  };
  storage.write(`upload:${id}`, upload);
}

const meansOf = (jobId: string): UploadMeans => ({
  filingId: () => Promise.resolve(jobId),
  hash: (file) => hashOf(file),
  create: () => Promise.reject(new Error("a file of a batch is entered with the batch")),
  resume: async (materialId) => (await resumeUpload(materialId, newIdempotencyKey())).upload,
  complete: completeMaterial,
  read: platform.readFile,
  put: platform.put,
});

/** The files of a batch that are still on their way, from wherever they stopped. */
export const uploadsOf = (jobId: string, changed: () => void, arrived: () => void): UploadQueue =>
  new UploadQueue(
    draftIdOf(jobId),
    {
      ...meansOf(jobId),
      storage,
      dropFile: platform.dropFile,
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    changed,
    arrived,
  );

/** Uploads the one signature this batch carries. */
export async function sendSignature(jobId: string, picture: KeptFile): Promise<void> {
  const sha256 = await hashOf(picture);
  const upload: Upload = {
    id: newKey("u"),
    draftId: draftIdOf(jobId),
    file: picture,
    kind: "signature",
    purpose: "",
    key: newIdempotencyKey(),
    sha256,
    materialId: null,
    state: "queued",
    sent: 0,
    problem: "",
  };
  const create = () => announceSignature(jobId, { bytes: picture.bytes, sha256, contentType: picture.contentType });
  await carryOn(upload, { ...meansOf(jobId), create }, () => {});
  await platform.dropFile(picture.ref).catch(() => {});
}
