import { createHash, randomBytes } from "node:crypto";
import { SYSTEM } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { newFileKey } from "#gateways/files/port.ts";
import { countPages } from "#modules/document/index.ts";
import type { ReleasedFile } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import type { Paper } from "./papers.ts";
import type { Section } from "./sections.ts";
import { type Media, sealFile, sealWord } from "./store.ts";

/** One paper on its way into the 正卷. */
export interface Entry {
  readonly caseId: string;
  readonly courtCode: string;
  /** `filing:12`, and which paper of it: what is told twice enters once. */
  readonly origin: string;
  readonly part: string;
  readonly section: Section;
  /** Which of the papers every dossier must hold; null: none of them. */
  readonly paper: Paper | null;
  readonly title: string;
  readonly formedOn: string;
  readonly side: string | null;
  readonly partyKey: string | null;
  readonly open: boolean;
  readonly from: { readonly file: ReleasedFile } | { readonly print: () => Promise<Buffer> } | { readonly kept: Kept };
}
export interface Kept {
  readonly media: Media;
  readonly materialId: string | null;
  readonly fileKey: string | null;
  readonly sha256: string;
  readonly bytes: number;
  readonly pages: number | null;
  /** Where its words are, if not where its kind says: on photographs that were bound. */
  readonly words?: Media;
}

/**
 * Enters papers one by one, each in a work of its own: a listener that is told again goes on where it stopped. A material is
 * referred to and never copied; what is printed is kept once, with its hash.
 */
export async function enterItems(means: Means, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    const [known] = await means.database.read<{ id: string; withdrawn: number }>(
      "SELECT id, withdrawn_at IS NOT NULL AS withdrawn FROM dossier_item WHERE case_id = ? AND origin = ? AND part = ?",
      [entry.caseId, entry.origin, entry.part],
    );
    if (known && Number(known.withdrawn) === 0) continue;
    if (known) await bringBack(means, String(known.id), entry.open);
    else await enter(means, entry, await keep(means, entry));
  }
}

const bringBack = ({ transact }: Means, itemId: string, open: boolean): Promise<number> =>
  transact(
    SYSTEM,
    (work) =>
      work.change("UPDATE dossier_item SET withdrawn_at = NULL, open_at = ? WHERE id = ?", [
        open ? work.at : null,
        itemId,
      ]),
    { repeatable: true },
  );

/** Lays down what an item is made of, before a work begins: nothing is printed or stored inside one. */
export async function keep(
  { gateways, vault, logger }: Means,
  { from, origin, part }: Pick<Entry, "from" | "origin" | "part">,
): Promise<Kept> {
  if ("kept" in from) return from.kept;
  if ("file" in from) {
    const { id, family, sha256, bytes, pages } = from.file;
    const media: Media = family === "pdf" || family === "picture" ? family : "none";
    const count = media === "picture" ? 1 : media === "pdf" ? pages : null;
    return { media, materialId: id, fileKey: null, sha256, bytes, pages: count };
  }
  const printed = await from.print().catch((error: unknown) => {
    // A character that no typeface has: the item stands in the catalogue, and says that it is not to be read here.
    if (!(error instanceof Problem && error.status === 422)) throw error;
    logger.warn({ origin, part }, "a paper of the dossier could not be printed");
    return null;
  });
  const pdf = printed ?? Buffer.alloc(0);
  const facts = { materialId: null, sha256: createHash("sha256").update(pdf).digest("hex"), bytes: pdf.length };
  if (printed === null) return { ...facts, media: "none", fileKey: null, pages: null };
  const fileKey = newFileKey("document");
  await gateways.files.write(fileKey, sealFile(vault, fileKey, pdf), { contentType: "application/octet-stream" });
  return { ...facts, media: "pdf", fileKey, pages: await countPages(pdf) };
}

async function enter(means: Means, entry: Entry, kept: Kept): Promise<void> {
  const added = await means.transact(SYSTEM, (work) => enterKept(work, means, entry, kept), { repeatable: true });
  // Somebody told at the same moment was first: what was printed here is not needed.
  if (added === null && kept.fileKey !== null) await means.gateways.files.remove(kept.fileKey);
}

/** Gives the id of the new item; null where it was there. */
export async function enterKept(
  work: Work,
  { vault }: Means,
  entry: Omit<Entry, "from">,
  kept: Kept,
): Promise<string | null> {
  const { caseId, courtCode, origin, part, section, paper, title, formedOn, side, partyKey, open } = entry;
  const sealRef = randomBytes(16).toString("hex");
  const added = await work.change(
    `INSERT IGNORE INTO dossier_item (seal_ref, case_id, court_code, origin, part, section, paper, title, formed_on, side, party_key, open_at,
       media, material_id, file_key, sha256, bytes, pages, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    [
      sealRef,
      caseId,
      courtCode,
      origin,
      part,
      section,
      paper,
      sealWord(vault, { sealRef }, "title", title),
      formedOn,
      side,
      partyKey,
      open ? work.at : null,
      kept.media,
      kept.materialId,
      kept.fileKey,
      kept.sha256,
      kept.bytes,
      kept.pages,
      work.at,
    ],
  );
  if (added === 0) return null;
  const [row] = await work.query<{ id: string }>(
    "SELECT id FROM dossier_item WHERE case_id = ? AND origin = ? AND part = ?",
    [caseId, origin, part],
  );
  const itemId = String(row?.id);
  if (kept.media !== "none")
    await work.change(
      "INSERT IGNORE INTO dossier_text (item_id, case_id, media, state, made_at) VALUES (?, ?, ?, 'queued', ?)",
      [itemId, caseId, kept.words ?? kept.media, work.at],
    );
  await work.emit({ name: "dossier.item_added", about: `case:${caseId}`, courtCode, caseId, itemId });
  return itemId;
}
