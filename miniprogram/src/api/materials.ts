import { call } from "./client";
import type { Material, MaterialKind, UploadPlan } from "./types";

export interface NewMaterial {
  name: string;
  kind: MaterialKind;
  bytes: number;
  sha256: string;
  contentType: string;
  purpose?: string;
  source?: string;
  originality?: "original" | "copy" | "electronic";
}
/** What a material is handed in to: its list is at `/{owner}/{id}/materials`. */
export type MaterialOwner = "filings" | "fee-notices" | "submissions" | "threads" | "receptions";
export const createMaterial = (owner: MaterialOwner, ownerId: string, body: NewMaterial, key: string) =>
  call<{ material: Material; upload: UploadPlan }>({
    method: "POST",
    path: `/${owner}/${ownerId}/materials`,
    body,
    key,
  });
export const resumeUpload = (id: string, key: string) =>
  call<{ upload: UploadPlan }>({ method: "POST", path: `/materials/${id}/upload`, body: {}, key });
export const completeMaterial = (id: string, key: string) =>
  call<Material>({ method: "POST", path: `/materials/${id}/complete`, body: {}, key });
export const getMaterial = (id: string) => call<Material>({ path: `/materials/${id}` });
export const describeMaterial = (
  id: string,
  body: { name?: string; purpose?: string; source?: string; originality?: string },
) => call<Material>({ method: "PUT", path: `/materials/${id}`, body });
export const deleteMaterial = (id: string) => call<void>({ method: "DELETE", path: `/materials/${id}` });
export const orderMaterials = (filingId: string, ids: string[]) =>
  call<{ items: Material[] }>({ method: "PUT", path: `/filings/${filingId}/materials/order`, body: { ids } });

/** Several photographs as one PDF, in the order given; they leave the list for it. */
export const combineMaterials = (
  filingId: string,
  body: { ids: string[]; name: string; kind: MaterialKind; purpose: string },
  key: string,
) => call<Material>({ method: "POST", path: `/filings/${filingId}/materials/combine`, body, key });
