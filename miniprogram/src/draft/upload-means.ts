import { completeMaterial, createMaterial, type MaterialOwner, resumeUpload } from "@/api/materials";
import { type KeptFile, platform } from "@/platform";
import { storage } from "@/platform/storage";
import { newIdempotencyKey } from "@/values/keys";
import { fileSha256 } from "./checksum";
import type { Upload } from "./upload";
import type { UploadQueueMeans } from "./upload-queue";

/** How files travel from this phone to what they are handed in to; `ownerId` answers null while the court knows no such thing. */
export function uploadMeans(owner: MaterialOwner, ownerId: () => Promise<string | null>): UploadQueueMeans {
  return {
    storage,
    after,
    dropFile: platform.dropFile,
    read: platform.readFile,
    put: platform.put,
    filingId: ownerId,
    hash: (file: KeptFile) => fileSha256(file.bytes, (offset, length) => platform.readFile(file.ref, offset, length)),
    create: (id: string, { file, kind, purpose, sha256, key }: Upload) => {
      const { name, bytes, contentType } = file;
      const body = { name, kind, bytes, sha256: sha256 ?? "", contentType, ...(purpose ? { purpose } : {}) };
      return createMaterial(owner, id, body, key);
    },
    resume: async (materialId: string) => (await resumeUpload(materialId, newIdempotencyKey())).upload,
    complete: completeMaterial,
  };
}

export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
