import type { Actor } from "#core/actor.ts";
import { type CaseRow, titleOfCase } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { printDossier, watermark } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { sortedItems } from "./catalogue.ts";
import { problem } from "./problems.ts";
import { readLeaf, watermarkOf } from "./reading.ts";
import { SECTIONS } from "./sections.ts";
import { listItems, openWord, type Standing } from "./store.ts";

/** So much is bound into one file at once. */
const MOST_BYTES = 80 * 1024 ** 2;

/**
 * 正卷 as one PDF: catalogue, then every item the reader may open, pages numbered through, the watermark on all of them.
 * Throws `dossier.needs_approval` where the court asks for approval and has not given it; `dossier.too_large`.
 */
export async function bindDossier(means: Means, actor: Actor, courtCase: CaseRow, standing: Standing) {
  const listed = await listItems(means.database, actor, standing, courtCase.id);
  if (listed.some(({ readable }) => !readable)) throw problem("dossier.needs_approval");
  const items = sortedItems(courtCase, listed);
  const bytes = items.reduce((sum, item) => sum + (item.media === "none" ? 0 : item.bytes), 0);
  if (bytes > MOST_BYTES) throw problem("dossier.too_large");
  const at = means.clock.now();
  const bound = await printDossier(
    {
      courtName: await nameOfCourt(courtCase.courtCode),
      caseNumber: courtCase.number,
      title: titleOfCase(means.vault, courtCase),
      items: items.map((item) => ({
        name: openWord(means.vault, item, "title", item.title),
        section: SECTIONS[item.section],
        formedOn: item.formedOn,
        kind: item.media === "none" ? null : item.media,
        sha256: item.sha256,
        read: async () => (await readLeaf(means, item)).bytes,
      })),
    },
    at,
  );
  const lines = await watermarkOf(means, actor, courtCase.number, at);
  return watermark({ leaf: { kind: "pdf", bytes: bound }, lines }, at);
}
