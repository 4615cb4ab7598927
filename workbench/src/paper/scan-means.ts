import type { Material } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { steady } from "@/api/settle.ts";
import type { ScanMeans, UploadPlan } from "./scan.ts";

/** Which of the court's own routes takes the scans, and which is told that one has come. */
export interface ScanRoad {
  register: string;
  complete: string;
}

/** How scans reach the house: its routes for the court's people, the store's signed addresses for the bytes. */
export function scanMeans({ register, complete }: ScanRoad): ScanMeans {
  return {
    hash: async (file) => {
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
    order: ({ file, kind, sha256, key }) =>
      steady(() =>
        api.post<{ material: Material; upload: UploadPlan }>(
          register,
          {
            name: file.name,
            kind,
            bytes: file.size,
            sha256,
            contentType: file.type || "application/octet-stream",
            originality: "copy",
          },
          key,
        ),
      ),
    put: (url, headers, bytes, told) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open("PUT", url);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.upload.onprogress = ({ loaded }) => told(loaded);
        request.onload = () => resolve(request.status);
        request.onerror = () => resolve(0);
        request.onabort = () => resolve(0);
        request.send(bytes);
      }),
    complete: (materialId) =>
      steady(() => api.post(`${complete}/${materialId}/complete`, {}, `complete-${materialId}`)),
  };
}
