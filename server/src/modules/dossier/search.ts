import type { Actor } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { type ItemRow, listItems, openWord, type Standing } from "./store.ts";
import { openText } from "./text.ts";

/**
 * Words are looked for in the text layers of one case, opened for this one search (AES-GCM opens some hundred megabytes a
 * second; a case has some hundred pages). Nothing of the words is kept for searching: a keyed index of words beside sealed
 * texts would let whoever holds a copy of the database count and compare them, and Chinese would have to be cut into words
 * that a reader then cannot find half of. The access condition stands in the SQL before anything is opened: what a reader
 * may not open is not searched, not counted and not hinted at.
 */
const MOST_HITS = 50;
const MOST_OPENED_BYTES = 24 * 1024 ** 2;
const AROUND = 24;

export interface Hit {
  readonly itemId: string;
  readonly title: string;
  readonly page: number;
  readonly before: string;
  readonly found: string;
  readonly after: string;
}
export interface Found {
  readonly items: readonly Hit[];
  /** Items whose words are not known yet, or have none: pictures without a reader, recordings. */
  readonly unread: number;
  readonly more: boolean;
}

export async function searchDossier(
  { database, vault }: Means,
  actor: Actor,
  standing: Standing,
  caseId: string,
  query: string,
): Promise<Found> {
  const items = await listItems(database, actor, standing, caseId, { readableOnly: true });
  const texts = await bodiesOf(database.read, items);
  const wanted = folded(query);
  const hits: Hit[] = [];
  let opened = 0;
  for (const item of items) {
    const body = texts.get(item.id);
    if (body === undefined) continue;
    opened += body.length;
    if (opened > MOST_OPENED_BYTES || hits.length > MOST_HITS) break;
    const title = openWord(vault, item, "title", item.title);
    for (const [index, page] of openText(vault, item.id, body).entries())
      for (const place of placesOf(folded(page), wanted))
        hits.push({ itemId: item.id, title, page: index + 1, ...place });
  }
  const unread = items.filter(({ id }) => !texts.has(id)).length;
  return { items: hits.slice(0, MOST_HITS), unread, more: hits.length > MOST_HITS || opened > MOST_OPENED_BYTES };
}

async function bodiesOf(read: Means["database"]["read"], items: readonly ItemRow[]): Promise<Map<string, Buffer>> {
  if (items.length === 0) return new Map();
  const rows = await read<{ itemId: string; body: Buffer }>(
    `SELECT item_id AS itemId, body FROM dossier_text WHERE state = 'done' AND item_id IN (${items.map(() => "?").join(",")})`,
    items.map(({ id }) => id),
  );
  return new Map(rows.map(({ itemId, body }) => [String(itemId), body]));
}

/** As one looks for words: full width and half width alike, no spaces (pages and readers of pictures put them anywhere). */
export const folded = (text: string): string => text.normalize("NFKC").replace(/\s+/gu, "").toLowerCase();

function placesOf(text: string, wanted: string): Pick<Hit, "before" | "found" | "after">[] {
  const places: Pick<Hit, "before" | "found" | "after">[] = [];
  for (
    let at = text.indexOf(wanted);
    at >= 0 && places.length <= MOST_HITS;
    at = text.indexOf(wanted, at + wanted.length)
  )
    places.push({
      before: text.slice(Math.max(0, at - AROUND), at),
      found: text.slice(at, at + wanted.length),
      after: text.slice(at + wanted.length, at + wanted.length + AROUND),
    });
  return places;
}
