import type { Actor, Role } from "#core/actor.ts";
import { ALL_TYPES, KINDS } from "./kinds.ts";
import type { OwnerFacts } from "./owner.ts";
import type { MaterialView } from "./schema.ts";
import { listRows, type MaterialRow, type Reading } from "./store.ts";
import type { Upload } from "./upload.ts";
import { materialWorkflow } from "./workflow.ts";

/** What a reader should know of a file that passed. */
const WARNINGS: Readonly<Record<string, string>> = {
  pdf_script: "此 PDF 含有脚本或启动动作，只提供下载，请勿在打开时允许其运行",
  pdf_attachment: "此 PDF 内嵌了其他文件，内嵌文件未经检查",
  pdf_form: "此 PDF 是动态表单，不同软件显示的内容可能不同",
};
export type Warning = "pdf_script" | "pdf_attachment" | "pdf_form";

export const warningsOf = (material: { warnings: string }): string[] => material.warnings.split(",").filter(Boolean);

/** For whom a material is drawn up: whether they may change it now decides the moves that are offered. */
export interface MaterialReader {
  readonly editable: boolean;
  readonly role: Role;
  /** Changes only what this account added: a helper. */
  readonly onlyOf?: string;
}

export const readerOf = (owner: OwnerFacts, actor: Actor): MaterialReader => ({
  editable: owner.editable,
  role: actor.role,
  ...(owner.helping ? { onlyOf: actor.accountId } : {}),
});

/** The materials of one owner in their order, as this reader sees them; `removedToo` adds those taken off the list. */
export async function listMaterials(
  reading: Reading,
  ownerKind: string,
  ownerId: string,
  reader: MaterialReader,
  options: { readonly removedToo?: boolean } = {},
): Promise<MaterialView[]> {
  const rows = await listRows(reading, ownerKind, ownerId, options);
  return rows.map((row) => presentMaterial(row, row.removedAt ? { ...reader, editable: false } : reader));
}

export function presentMaterial(material: MaterialRow, reader: MaterialReader): MaterialView {
  const {
    id,
    name,
    kind,
    state,
    refusedReason,
    bytes,
    sha256,
    pages,
    width,
    height,
    position,
    purpose,
    source,
    round,
    version,
  } = material;
  return {
    id,
    filingId: material.ownerKind === "filing" ? material.ownerId : null,
    noticeId: material.ownerKind === "fee_notice" ? material.ownerId : null,
    name,
    kind,
    kindLabel: KINDS[kind],
    state: materialWorkflow.present(state),
    moves: movesOf(material, reader),
    refusedReason,
    warnings: warningsOf(material).map((code) => WARNINGS[code] ?? code),
    contentType: material.detectedType ? ALL_TYPES[material.detectedType].contentType : material.contentType,
    bytes,
    sha256,
    pages,
    width,
    height,
    position,
    purpose,
    source,
    originality: material.originality as MaterialView["originality"],
    round,
    version,
    createdAt: material.createdAt.toISOString(),
  };
}

export function presentUpload({ expiresAt, ...upload }: Upload) {
  return { ...upload, expiresAt: expiresAt.toISOString() };
}

function movesOf({ state, accountId }: MaterialRow, { editable, role, onlyOf }: MaterialReader) {
  const read = state === "ready" ? [{ action: "read", label: "查看" }] : [];
  if (!editable || (onlyOf !== undefined && String(accountId) !== onlyOf)) return read;
  const change = [
    { action: "change", label: "修改说明" },
    { action: "remove", label: "删除" },
  ];
  return [...read, ...materialWorkflow.open(state, role), ...change];
}
