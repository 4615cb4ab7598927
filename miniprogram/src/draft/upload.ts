import type { Material, MaterialKind, UploadPlan } from "@/api/types";
import type { KeptFile } from "@/platform";

/** hashing and sending are under way; waiting will be tried again by itself; failed waits for the person. */
export type UploadState = "queued" | "hashing" | "sending" | "waiting" | "failed" | "done";

/** One file on its way to the court. It is stored after every step, so a restart goes on where it stopped. */
export interface Upload {
  id: string;
  draftId: string;
  file: KeptFile;
  kind: MaterialKind;
  purpose: string;
  key: string;
  sha256: string | null;
  materialId: string | null;
  state: UploadState;
  sent: number;
  problem: string;
}

export interface UploadMeans {
  filingId(): Promise<string | null>;
  hash(file: KeptFile): Promise<string>;
  create(filingId: string, upload: Upload): Promise<{ material: Material; upload: UploadPlan }>;
  resume(materialId: string): Promise<UploadPlan>;
  complete(materialId: string, key: string): Promise<Material>;
  read(ref: string, offset: number, length: number): Promise<ArrayBuffer>;
  /** Status of the signed PUT; 0 when no answer came. */
  put(
    url: string,
    headers: Record<string, string>,
    bytes: ArrayBuffer,
    onProgress: (sent: number) => void,
  ): Promise<number>;
}

/** The bytes were not taken: `offline` says whether trying again by itself makes sense. */
export class UploadFailed extends Error {
  readonly offline: boolean;
  constructor(offline: boolean) {
    super(offline ? "网络中断，连上后自动继续" : "文件没有传上去，请重试");
    this.offline = offline;
  }
}

/** Takes one upload to its end, from wherever it stopped; `note` stores it after every step. Throws what stopped it. */
export async function carryOn(upload: Upload, means: UploadMeans, note: () => void): Promise<Material | null> {
  const filingId = await means.filingId();
  if (!filingId) throw new UploadFailed(true);
  if (!upload.sha256) {
    upload.state = "hashing";
    note();
    upload.sha256 = await means.hash(upload.file);
  }
  upload.state = "sending";
  note();
  const plan = await planOf(upload, filingId, means, note);
  await sendBytes(upload, plan, means, note);
  const material = await means.complete(upload.materialId!, `${upload.key}-complete`);
  upload.state = "done";
  note();
  return material;
}

async function planOf(upload: Upload, filingId: string, means: UploadMeans, note: () => void): Promise<UploadPlan> {
  // Addresses expire within minutes: whoever resumes asks for fresh ones and learns which parts are there already.
  if (upload.materialId) return means.resume(upload.materialId);
  const created = await means.create(filingId, upload);
  upload.materialId = created.material.id;
  note();
  return created.upload;
}

async function sendBytes(upload: Upload, plan: UploadPlan, means: UploadMeans, note: () => void): Promise<void> {
  const parts = plan.parts ?? [
    {
      number: 1,
      offset: 0,
      bytes: upload.file.bytes,
      url: plan.url ?? "",
      headers: plan.headers ?? {},
      received: false,
    },
  ];
  let done = parts.filter((part) => part.received).reduce((sum, part) => sum + part.bytes, 0);
  for (const part of parts) {
    if (part.received) continue;
    const bytes = await means.read(upload.file.ref, part.offset, part.bytes);
    const status = await means.put(part.url, part.headers, bytes, (sent) => {
      upload.sent = done + sent;
      note();
    });
    // 409: these very bytes arrived before, and only the answer was lost.
    if ((status < 200 || status >= 300) && status !== 409)
      throw new UploadFailed(status === 0 || status >= 500 || status === 429 || status === 403);
    done += part.bytes;
    upload.sent = done;
    note();
  }
}
