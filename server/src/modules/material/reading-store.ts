import type { Vault } from "#core/sealed.ts";
import type { Turn } from "#gateways/ocr/port.ts";
import type { ReadingKind } from "./reading-kind.ts";
import type { ReadField } from "./reading-text.ts";
import type { Reading } from "./store.ts";

export const READING_STATES = {
  none: "未识别",
  queued: "等待识别",
  reading: "正在识别",
  done: "已识别",
  failed: "未能识别",
} as const;
export type ReadingState = keyof typeof READING_STATES;

/** Why a reading failed, in words for whoever waits for it. */
export const READING_FAULTS = {
  unreadable: "这张照片打不开或过于模糊，请重新拍摄，或者手动填写",
  busy: "文字识别暂时没有完成，请稍后再试，或者手动填写",
} as const;
export type ReadingFault = keyof typeof READING_FAULTS;

/** What was read of a picture: a suggestion for whoever fills in the form, and for the court the place of each word. */
export interface ReadResult {
  readonly kind: ReadingKind;
  readonly turn: Turn;
  readonly fields: readonly ReadField[];
}
export interface ReadingRow {
  readonly state: Exclude<ReadingState, "none">;
  readonly reason: ReadingFault | null;
  readonly result: ReadResult | null;
}

/** The reading of a material that was found for the reader before; null where nobody asked for one. */
export async function findReading(
  { database, vault, work }: Reading,
  material: { readonly id: string; readonly sealRef: string },
): Promise<ReadingRow | null> {
  const sql = "SELECT state, reason, result FROM material_reading WHERE material_id = ?";
  type Stored = Omit<ReadingRow, "result"> & { readonly result: Buffer | null };
  const [row] = work ? await work.query<Stored>(sql, [material.id]) : await database.read<Stored>(sql, [material.id]);
  return row ? { ...row, result: row.result && openResult(vault, material, row.result) } : null;
}

const boundTo = (material: { readonly sealRef: string }): string => `material ${material.sealRef} reading`;
export const sealResult = (vault: Vault, material: { readonly sealRef: string }, result: ReadResult): Buffer =>
  vault.seal(JSON.stringify(result), boundTo(material));
const openResult = (vault: Vault, material: { readonly sealRef: string }, sealed: Buffer): ReadResult =>
  JSON.parse(vault.open(sealed, boundTo(material))) as ReadResult;
