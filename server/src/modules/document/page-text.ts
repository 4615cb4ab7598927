import type { PictureOrder } from "./page-picture-thread.ts";
import { openWorkshop } from "./workshop.ts";

/** What is kept of one file; a dossier is searched for words, not for books. */
export const MOST_CHARACTERS = 2_000_000;

const read = openWorkshop<{ readonly bytes: Uint8Array }>("page-text-thread", { most: MOST_CHARACTERS });
const look = openWorkshop<PictureOrder>("page-picture-thread", null);

/** The text layer of a PDF, page by page; an empty text for a page that is only a picture. Throws for what cannot be opened. */
export async function readPdfText(pdf: Buffer): Promise<string[]> {
  return JSON.parse((await read({ bytes: pdf })).toString("utf8")) as string[];
}

/** What stands on a page that is only a picture, as JPEG; null where there is none. */
export async function readPagePicture(pdf: Buffer, page: number): Promise<Buffer | null> {
  const picture = await look({ bytes: pdf, page });
  return picture.length > 0 ? picture : null;
}
