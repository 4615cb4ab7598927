import type { Module } from "#modules/module.ts";
import "./events.ts";
import { materialJobs } from "./jobs.ts";
import { materialSubscribers } from "./listen.ts";
import { defineMaterial } from "./model.ts";
import { readingPolicy, readingRoutes } from "./reading-routes.ts";
import { materialPolicy, materialRoutes } from "./routes.ts";

/** 材料. Uploads, what is inside them, and who may read them; the thing they belong to registers itself. */
export const material: Module = {
  name: "material",
  define: defineMaterial,
  routes: (means) => [...materialRoutes(means), ...readingRoutes(means)],
  policy: { ...materialPolicy, ...readingPolicy },
  subscribers: materialSubscribers,
  jobs: materialJobs,
};

export { addMaterial } from "./add.ts";
export { type ArchivedFile, readArchive, takeOut } from "./archive.ts";
export { removeAllOf } from "./change.ts";
export { retireMaterials } from "./combine.ts";
export { completeMaterial } from "./complete.ts";
export { copyMaterials } from "./copy.ts";
export { copyMaterial, type Deposit, depositMaterial } from "./deposit.ts";
export { type MaterialFacts, materialFacts } from "./facts.ts";
export { forgetReadings } from "./jobs.ts";
export { KINDS as MATERIAL_KINDS, MAX_FILE_BYTES, type MaterialKind, TYPES as MATERIAL_TYPES } from "./kinds.ts";
export { type Helping, type Owner, type OwnerFacts, registerOwner } from "./owner.ts";
export { listMaterials, type MaterialReader, presentMaterial, presentUpload } from "./present.ts";
export { labelOfReading, type ReadingKind } from "./reading-kind.ts";
export { findReading, type ReadResult } from "./reading-store.ts";
export type { ReadField } from "./reading-text.ts";
export { presentField, readFieldView } from "./reading-view.ts";
export { FileRefused, reasonOf } from "./refusal.ts";
export { type Parts, readParts } from "./released.ts";
export { findReleased, listReleased, type ReleasedFile } from "./released-files.ts";
export { type MaterialOrder, type MaterialView, materialOrder, materialView, uploadView } from "./schema.ts";
export { findMaterial, type MaterialRow, type Reading, readMaterial } from "./store.ts";
export { planUpload } from "./upload.ts";
export { materialWorkflow } from "./workflow.ts";
