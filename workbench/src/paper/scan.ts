import type { Material } from "@/api/contract.ts";

export interface UploadPlan {
  method: "PUT";
  url?: string;
  headers?: Record<string, string>;
  parts?: {
    number: number;
    offset: number;
    bytes: number;
    url: string;
    headers: Record<string, string>;
    received: boolean;
  }[];
}
/** One scan on its way into the filing. */
export interface Scan {
  id: string;
  file: File;
  kind: string;
  state: "waiting" | "sending" | "done" | "failed";
  sent: number;
  problem: string;
  sha256: string | null;
  materialId: string | null;
  key: string;
}
export interface ScanMeans {
  hash: (file: File) => Promise<string>;
  order: (scan: Scan) => Promise<{ material: Material; upload: UploadPlan }>;
  put: (url: string, headers: Record<string, string>, bytes: Blob, told: (sent: number) => void) => Promise<number>;
  complete: (materialId: string) => Promise<Material & { refusedReason?: string | null }>;
}

/** Takes one scan to its end. The same key registers the same scan: tried again it does not lie there twice. */
export async function sendScan(scan: Scan, means: ScanMeans): Promise<void> {
  scan.state = "sending";
  scan.problem = "";
  scan.sha256 ??= await means.hash(scan.file);
  const { material, upload } = await means.order(scan);
  scan.materialId = material.id;
  const whole = {
    offset: 0,
    bytes: scan.file.size,
    url: upload.url ?? "",
    headers: upload.headers ?? {},
    received: false,
  };
  let done = 0;
  for (const part of upload.parts ?? [whole]) {
    const before = done;
    if (!part.received) {
      const bytes = scan.file.slice(part.offset, part.offset + part.bytes);
      const status = await means.put(part.url, part.headers, bytes, (sent) => {
        scan.sent = before + sent;
      });
      if (status < 200 || status >= 300)
        throw new ScanFailed(status === 0 ? "网络中断，没有传完，请重试。" : "文件没有传上去，请重试。");
    }
    done += part.bytes;
    scan.sent = done;
  }
  const checked = await means.complete(material.id);
  if (checked.refusedReason) throw new ScanFailed(checked.refusedReason);
  scan.sent = scan.file.size;
  scan.state = "done";
}

/** The bytes did not come, or are not taken: said in words. */
export class ScanFailed extends Error {}
