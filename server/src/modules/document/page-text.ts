import { openWorkshop } from "./workshop.ts";

/** What is kept of one file; a dossier is searched for words, not for books. */
export const MOST_CHARACTERS = 2_000_000;

const read = openWorkshop<{ readonly bytes: Uint8Array }>("page-text-thread", { most: MOST_CHARACTERS });

/** The text layer of a PDF, page by page; an empty text for a page that is only a picture. Throws for what cannot be opened. */
export async function readPdfText(pdf: Buffer): Promise<string[]> {
  return JSON.parse((await read({ bytes: pdf })).toString("utf8")) as string[];
}
