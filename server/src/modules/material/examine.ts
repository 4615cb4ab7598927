import { SYSTEM } from "#core/actor.ts";
import { FileMissing, newFileKey } from "#gateways/files/port.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { type Findings, inspectFile } from "./inspect.ts";
import { isArchive } from "./owner.ts";
import { FileRefused, reasonOf } from "./refusal.ts";
import { freePlace } from "./shelf.ts";
import { spool } from "./spool.ts";
import { holdRow, type MaterialRow, readMaterial } from "./store.ts";
import { materialWorkflow } from "./workflow.ts";

type Verdict = Findings | FileRefused;

/**
 * Looks into an uploaded file and releases or refuses it. Safe to repeat and to run twice at once: the first verdict
 * counts. An outage of the store or the scanner is thrown; the material stays closed until somebody tries again.
 */
export async function examineMaterial(means: Means, id: string): Promise<void> {
  const material = await readMaterial(means, id);
  if (material?.state !== "scanning" || material.removedAt) return;
  const verdict = await lookInto(means, material);
  if (!verdict) return;
  if (verdict instanceof FileRefused) await refuse(means, material, verdict);
  else await release(means, material, verdict);
}

/** Null where somebody else was quicker. */
async function lookInto(means: Means, material: MaterialRow): Promise<Verdict | null> {
  const { files, antivirus } = means.gateways;
  try {
    const source = await files.read(await whereIs(means, material));
    return await spool(source, material.bytes, async (file) => {
      if (file.bytes !== material.bytes || file.sha256 !== material.sha256) return new FileRefused("changed");
      return inspectFile(file.path, { ...material, archive: isArchive(material) }, antivirus);
    });
  } catch (error) {
    if (error instanceof FileRefused) return error;
    if (error instanceof FileMissing && (await readMaterial(means, material.id))?.state !== "scanning") return null;
    throw error;
  }
}

/** In quarantine; or already sealed, where the last attempt ended between moving the file and saying so. */
async function whereIs({ gateways: { files } }: Means, { quarantineKey, sealedKey }: MaterialRow): Promise<string> {
  return (await files.stat(quarantineKey)) ? quarantineKey : sealedKey;
}

async function release(means: Means, material: MaterialRow, findings: Findings): Promise<void> {
  const { files } = means.gateways;
  const viewKey = findings.view ? newFileKey("view") : null;
  if (viewKey && findings.view) await files.write(viewKey, findings.view, { contentType: "image/jpeg" });
  await files.move(material.quarantineKey, material.sealedKey);
  const { type: detectedType, pages, width, height, warnings } = findings;
  const isFirst = await means.transact(SYSTEM, async (work) => {
    const row = await holdRow(work, material.id);
    if (row?.state !== "scanning" || row.removedAt) return false;
    await row.update(
      {
        state: materialWorkflow.next(row.state, "release", work.actor.role),
        version: row.version + 1,
        detectedType,
        viewKey,
        pages,
        width,
        height,
        warnings: warnings.join(","),
        readyAt: work.at,
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
    await work.emit({ name: "material.ready", ...factsOf(row), sha256: row.sha256 });
    return true;
  });
  if (!isFirst && viewKey) await files.remove(viewKey);
}

/** The bytes of a refused file are erased by whoever is told of it. */
async function refuse(means: Means, material: MaterialRow, { code }: FileRefused): Promise<void> {
  await means.transact(SYSTEM, async (work) => {
    const row = await holdRow(work, material.id);
    if (row?.state !== "scanning" || row.removedAt) return;
    await row.update(
      {
        state: materialWorkflow.next(row.state, "refuse", work.actor.role),
        version: row.version + 1,
        refusedReason: reasonOf(code),
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
    await freePlace(work, row, Number(row.bytes));
    await work.emit({ name: "material.refused", ...factsOf(row), reason: code });
  });
}
