import { LETTERS, type Level, provinceOf } from "./data.ts";
import { directory, type Entry } from "./directory.ts";
import { spellsFrom } from "./pinyin-match.ts";
import type { Court } from "./store.ts";

export interface CourtQuery {
  /** Part of the name (characters may be left out: 济南历下法院), pinyin in full or by initials, or the code. */
  readonly query?: string | undefined;
  /** 山东省, 山东, 鲁 or 37. */
  readonly province?: string | undefined;
  readonly level?: Level | "" | undefined;
  readonly parent?: string | undefined;
  /** Only what stands after this place. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Found {
  readonly court: Court;
  /** Where it stands in this list: the best answers first, then in order of the codes. */
  readonly place: string;
}

/** The courts in question, best first; one more than `limit` where there are more. */
export async function listCourts({ query, province, level, parent, after = "", limit }: CourtQuery): Promise<Found[]> {
  const { entries } = await directory();
  const typed = (query ?? "").normalize("NFKC").replace(/\s/g, "").toLowerCase();
  const within = province ? provinceNamed(province) : null;
  const found: Found[] = [];
  for (const entry of entries) {
    const { court } = entry;
    if (level && court.level !== level) continue;
    if (parent && court.parentCode !== parent) continue;
    if (province && (within === null || court.province !== within)) continue;
    const rank = typed === "" ? 0 : rankOf(entry, typed);
    const place = `${rank}.${entry.order}`;
    if (rank !== null && place > after) found.push({ court, place });
  }
  return found.sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, limit + 1);
}

const LETTERS_ONLY = /^[a-z']+$/;

/** 0 the very one … 5 barely; null for none. */
function rankOf({ court, nameReadings, codeReadings }: Entry, typed: string): number | null {
  const { code, name, city } = court;
  if (code === typed || name === typed) return 0;
  if (
    code.startsWith(typed) ||
    (/^\d{2,6}$/.test(typed) && (code.slice(1).startsWith(typed) || court.divisionCode === typed))
  )
    return 1;
  // The court's own part of the name: 历下区人民法院 in 济南市历下区人民法院.
  const own = city && name.startsWith(city) && name !== `${city}中级人民法院` ? city.length : 0;
  if (LETTERS_ONLY.test(typed)) {
    const letters = typed.replaceAll("'", "");
    if (letters === "") return null;
    if (spellsFrom(nameReadings, own, letters)) return 2;
    if (own > 0 && spellsFrom(nameReadings, 0, letters)) return 3;
    return nameReadings.some((_, start) => spellsFrom(nameReadings, start, letters)) ? 4 : null;
  }
  if (/^[a-z]+\d+$/.test(typed)) return spellsFrom(codeReadings, 0, typed) ? 1 : null;
  if (name.startsWith(typed, own)) return 2;
  if (name.startsWith(typed)) return 3;
  if (name.includes(typed)) return 4;
  return inOrder(typed, name) ? 5 : null;
}

/** Every character of `typed` stands in `name`, in the same order. */
function inOrder(typed: string, name: string): boolean {
  const characters = [...typed];
  if (characters.length < 2) return false;
  let at = 0;
  for (const character of name) if (character === characters[at]) at += 1;
  return at === characters.length;
}

function provinceNamed(given: string): string | null {
  const text = given.trim();
  const letter = LETTERS[text]
    ? text
    : Object.keys(LETTERS).find(
        (one) => LETTERS[one] === text || (text.length > 1 && provinceOf(one)?.startsWith(text)),
      );
  return letter ? provinceOf(letter) : null;
}
