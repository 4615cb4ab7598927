import type { Actor } from "#core/actor.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow } from "#modules/case/index.ts";
import { bindPictures } from "#modules/document/index.ts";
import {
  findReleased,
  type ReleasedFile,
  readMaterial,
  registerOwner,
  retireMaterials,
} from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { MOST_BYTES } from "./reading.ts";

/** For which part of the dossier it was scanned; until it is entered it is the bench's of that case and nobody else's. */
export type ScanFor = "dossier_scan" | "inner_scan";

/** Scans go the way of every file: quarantine, a look inside, the scanner, release. */
export function answerForScans({ database }: Means): void {
  const isBench = ({ role }: Actor) => role === "judge" || role === "court_clerk" || role === "system";
  for (const kind of ["dossier_scan", "inner_scan"] satisfies ScanFor[])
    registerOwner(kind, {
      async find(actor, caseId, work) {
        if (!isBench(actor)) throw problem("dossier.not_found");
        const { courtCode } = await findCaseRow(work ? within(work, database) : database, actor, caseId);
        return { editable: actor.role !== "system", courtCode, accountId: actor.accountId, round: 1 };
      },
    });
}

export interface Bound {
  readonly pdf: Buffer;
  /** Nothing but photographs: its words must be read off them. */
  readonly photographs: boolean;
}

/**
 * Released scans as one PDF: one PDF as it is, or photographs a page each in the order given. Null where one of them is gone:
 * then this was done before. Throws `dossier.scan_waiting`, `dossier.scan_mixed`, `dossier.too_large`, `dossier.not_found`.
 */
export async function bindScans(
  means: Means,
  ownerKind: ScanFor,
  caseId: string,
  ids: readonly string[],
): Promise<Bound | null> {
  const files: ReleasedFile[] = [];
  for (const id of ids) {
    const row = await readMaterial(means, id);
    if (row?.ownerKind !== ownerKind || row.ownerId !== caseId) throw problem("dossier.not_found");
    if (row.removedAt) return null;
    const file = await findReleased(means, id);
    if (!file) throw problem("dossier.scan_waiting");
    files.push(file);
  }
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES) throw problem("dossier.too_large");
  const [first] = files;
  if (files.length === 1 && first?.family === "pdf") return { pdf: await first.read(), photographs: false };
  if (files.some(({ family }) => family !== "picture")) throw problem("dossier.scan_mixed");
  return { pdf: await bindPictures(contents(files)), photographs: true };
}

async function* contents(files: readonly ReleasedFile[]): AsyncGenerator<Buffer> {
  for (const file of files) yield file.read();
}

/** What was entered is no longer a loose scan; its bytes are erased. Throws `dossier.scan_gone` where it was entered already. */
export async function retireScans(work: Work, ids: readonly string[]): Promise<void> {
  if ((await retireMaterials(work, ids)) < ids.length) throw problem("dossier.scan_gone");
}
