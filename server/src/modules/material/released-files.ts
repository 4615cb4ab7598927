import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { noteRead } from "./content.ts";
import { ALL_TYPES, type Family, KINDS, type MaterialKind } from "./kinds.ts";
import { listRows, type MaterialRow, readMaterial } from "./store.ts";

/** A material that passed its examination, for other modules that put it on paper. */
export interface ReleasedFile {
  readonly id: string;
  readonly name: string;
  readonly kind: MaterialKind;
  readonly kindLabel: string;
  readonly purpose: string;
  readonly originality: string | null;
  readonly family: Family;
  readonly pages: number | null;
  readonly bytes: number;
  readonly sha256: string;
  /** What a person looks at: the JPEG drawn anew of a picture, the file as handed in of everything else. */
  read(): Promise<Buffer>;
  /** Writes down that this was opened (reliability rule 36). */
  note(work: Work): Promise<void>;
}

/** The released materials of one owner in their order. Whether the reader may see the owner was asked before. */
export async function listReleased(means: Means, ownerKind: string, ownerId: string): Promise<ReleasedFile[]> {
  const rows = await listRows(means, ownerKind, ownerId);
  return rows
    .filter(({ state, detectedType }) => state === "ready" && detectedType !== null)
    .map((row) => released(means, row));
}

/** One released material by its id; null where it was taken off or not released. Whether the reader may see it was asked before. */
export async function findReleased(means: Means, materialId: string): Promise<ReleasedFile | null> {
  const row = await readMaterial(means, materialId);
  return row && row.state === "ready" && row.detectedType !== null ? released(means, row) : null;
}

function released({ gateways }: Means, row: MaterialRow): ReleasedFile {
  const { id, name, kind, purpose, originality, pages, bytes, sha256, detectedType, viewKey, sealedKey } = row;
  return {
    id,
    name,
    kind,
    kindLabel: KINDS[kind],
    purpose,
    originality,
    family: ALL_TYPES[detectedType as keyof typeof ALL_TYPES].family,
    pages,
    bytes,
    sha256,
    async read() {
      const chunks: Buffer[] = [];
      for await (const chunk of (await gateways.files.read(viewKey ?? sealedKey)) as AsyncIterable<Buffer>)
        chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    note: (work) => noteRead(work, row, "view"),
  };
}
