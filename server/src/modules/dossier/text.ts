import { SYSTEM } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import { GatewayError, type ReadPage, Unreadable } from "#gateways/ocr/port.ts";
import { readPagePicture, readPdfText } from "#modules/document/index.ts";
import type { Job, Means } from "#modules/module.ts";
import { readLeaf } from "./reading.ts";
import type { Media } from "./store.ts";

/** A worker that died gives its file back after so long. */
const LEASE_MS = 180_000;
const MOST_ATTEMPTS = 3;
const AT_ONCE = 10;
/** So many scanned pages of one file are read; a picture takes seconds. */
const MOST_PICTURES = 300;

interface Claimed {
  readonly itemId: string;
  readonly attempts: number;
  readonly media: Media;
  readonly materialId: string | null;
  readonly fileKey: string | null;
  readonly bytes: number;
}

/** 文字层: of PDFs from the file, of pictures and scanned pages by the reader of pictures where there is one. The worker's own. */
export function textJob(means: Means): Job {
  return {
    name: "read-dossier",
    everySeconds: 2,
    async run() {
      for (let count = 0; count < AT_ONCE; count += 1) if (!(await readNextText(means))) return;
    },
  };
}

/** Reads the item that waits longest; false where none waits. */
export async function readNextText(means: Means): Promise<boolean> {
  const claimed = await claim(means);
  if (claimed === null) return false;
  await settle(means, claimed, await look(means, claimed));
  return true;
}

function claim({ transact, gateways }: Means): Promise<Claimed | null> {
  // Without a reader of pictures they wait for one.
  const media = gateways.ocr.on ? "'pdf', 'picture'" : "'pdf'";
  return transact(SYSTEM, async (work) => {
    const [row] = await work.query<Claimed>(
      `SELECT t.item_id AS itemId, t.attempts, d.media, d.material_id AS materialId, d.file_key AS fileKey, d.bytes
       FROM dossier_text t JOIN dossier_item d ON d.id = t.item_id
       WHERE t.media IN (${media}) AND (t.state = 'queued' OR (t.state = 'reading' AND t.lease_until < ?))
       ORDER BY t.made_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [work.at],
    );
    if (!row) return null;
    const attempts = Number(row.attempts) + 1;
    await work.change("UPDATE dossier_text SET state = 'reading', attempts = ?, lease_until = ? WHERE item_id = ?", [
      attempts,
      new Date(work.at.getTime() + LEASE_MS),
      row.itemId,
    ]);
    const materialId = row.materialId === null ? null : String(row.materialId);
    return { ...row, attempts, bytes: Number(row.bytes), materialId, itemId: String(row.itemId) };
  });
}

async function look(means: Means, claimed: Claimed): Promise<string[] | "busy" | "failed"> {
  try {
    const { kind, bytes } = await readLeaf(means, claimed);
    return kind === "pdf" ? await wordsOf(means, claimed, bytes) : [linesOf(await means.gateways.ocr.read(bytes))];
  } catch (error) {
    means.logger.warn({ err: error, itemId: claimed.itemId }, "no text layer");
    return error instanceof GatewayError && !(error instanceof Unreadable) ? "busy" : "failed";
  }
}

/** The text layer of a PDF; a page without one is a picture, and is read as such. */
async function wordsOf(means: Means, claimed: Claimed, pdf: Buffer): Promise<string[]> {
  const pages = await readPdfText(pdf);
  if (!means.gateways.ocr.on) return pages;
  let looked = 0;
  for (const [index, text] of pages.entries()) {
    if (text.trim() !== "" || looked === MOST_PICTURES) continue;
    looked += 1;
    await stay(means, claimed);
    pages[index] = await wordsOnPicture(means, claimed, pdf, index + 1);
  }
  return pages;
}

/** Nothing where the page has no picture, or one that nobody can read; whatever another try may mend is thrown. */
async function wordsOnPicture(
  { gateways, logger }: Means,
  { attempts }: Claimed,
  pdf: Buffer,
  page: number,
): Promise<string> {
  try {
    const picture = await readPagePicture(pdf, page);
    return picture ? linesOf(await gateways.ocr.read(picture)) : "";
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    if (!(error instanceof Unreadable) && attempts < MOST_ATTEMPTS)
      throw new GatewayError("ocr", "a page was not taken out of its file", { cause: error });
    logger.warn({ err: error, page }, "a scanned page is not read");
    return "";
  }
}

/** A long scan takes longer than one lease. */
const stay = ({ transact }: Means, { itemId, attempts }: Claimed): Promise<number> =>
  transact(SYSTEM, (work) =>
    work.change("UPDATE dossier_text SET lease_until = ? WHERE item_id = ? AND state = 'reading' AND attempts = ?", [
      new Date(work.at.getTime() + LEASE_MS),
      itemId,
      attempts,
    ]),
  );
const linesOf = ({ lines }: ReadPage): string =>
  lines.map(({ glyphs }) => glyphs.map(({ text }) => text).join("")).join("\n");

/** `attempts` is the fence: who took too long, and was overtaken, writes nothing. */
function settle({ transact, vault }: Means, { itemId, attempts }: Claimed, outcome: string[] | "busy" | "failed") {
  const again = outcome === "busy" && attempts < MOST_ATTEMPTS;
  const failed = typeof outcome === "string";
  return transact(SYSTEM, (work) =>
    work.change(
      "UPDATE dossier_text SET state = ?, body = ?, lease_until = NULL, done_at = ? WHERE item_id = ? AND state = 'reading' AND attempts = ?",
      [
        again ? "queued" : failed ? "failed" : "done",
        failed ? null : sealText(vault, itemId, outcome),
        again ? null : work.at,
        itemId,
        attempts,
      ],
    ),
  );
}

const sealText = (vault: Vault, itemId: string, pages: readonly string[]): Buffer =>
  vault.seal(JSON.stringify(pages), `dossier text ${itemId}`);
export const openText = (vault: Vault, itemId: string, body: Buffer): string[] =>
  JSON.parse(vault.open(body, `dossier text ${itemId}`)) as string[];
