import { pinyin } from "pinyin-pro";
import { type CauseRow, causeAndAbove, causeRow, causeRows, causesBelow, isCause } from "./cause-table.ts";
import { suggestForm } from "./forms.ts";
import { readData } from "./read-data.ts";

export interface Cause {
  readonly code: string;
  readonly no: string;
  readonly name: string;
  readonly level: number;
  /** The names from the first level down to this one. */
  readonly path: readonly string[];
  readonly parent: string | null;
  /** The model pleading to use; null for the general form. */
  readonly formId: string | null;
  readonly hasChildren: boolean;
  readonly version: string;
  readonly effectiveFrom: string;
  /** The everyday word that led here. */
  readonly match?: string;
  /** Why that word means this cause. */
  readonly reason?: string;
}

interface Everyday {
  readonly cause: string;
  readonly words: readonly string[];
  readonly reason: string;
}

interface Hit {
  readonly row: CauseRow;
  readonly rank: number;
  readonly everyday?: { word: string; reason: string };
}

const everyday = readData<{ entries: Everyday[] }>("everyday-words").entries;
const LONGEST_QUERY = 100;

export function isCauseCode(code: string): boolean {
  return isCause(code);
}

/** One cause. Throws `cause.not_found`. */
export function findCause(code: string): Cause {
  return present(causeRow(code));
}

/** The causes directly below one (null: the first level of all tables). Throws `cause.not_found` for an unknown parent. */
export function listCauses(parent: string | null): Cause[] {
  if (parent !== null) causeRow(parent);
  return causesBelow(parent).map((row) => present(row));
}

/**
 * Causes for what a person typed: the official name or a part of it, several words, an ordinal, everyday words (借钱不还),
 * pinyin or its initials (mjjd). Best first.
 */
export function searchCauses(query: string, limit = 20): Cause[] {
  const text = query.trim().toLowerCase().slice(0, LONGEST_QUERY);
  if (text === "") return [];
  const best = new Map<string, Hit>();
  const add = (hit: Hit): void => {
    const known = best.get(hit.row.code);
    if (known === undefined || hit.rank < known.rank)
      best.set(hit.row.code, {
        ...hit,
        ...((hit.everyday ?? known?.everyday) ? { everyday: (hit.everyday ?? known?.everyday)! } : {}),
      });
  };
  for (const hit of byEverydayWord(text)) add(hit);
  for (const hit of byName(text)) add(hit);
  if (/^[a-z ]{2,}$/.test(text)) for (const hit of byPinyin(text.replaceAll(" ", ""))) add(hit);
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank || a.row.name.length - b.row.name.length)
    .slice(0, limit)
    .map((hit) => present(hit.row, hit.everyday));
}

/** How many everyday ways of saying are known. */
export function countEverydayWords(): number {
  return everyday.reduce((sum, entry) => sum + entry.words.length, 0);
}

function byEverydayWord(text: string): Hit[] {
  const plain = text.replace(/\s/g, "");
  return everyday.flatMap(({ cause, words, reason }) => {
    const ranked = words.flatMap((word) => {
      const lower = word.toLowerCase();
      if (lower === plain) return [{ word, rank: 1 }];
      // The longer the word found in a sentence, the more it says.
      if (plain.includes(lower)) return [{ word, rank: 3 - Math.min(lower.length, 9) / 10 }];
      if (plain.length >= 2 && lower.includes(plain)) return [{ word, rank: 4 }];
      // 被辞退 in 我被公司辞退了: its characters in order, not far apart.
      if (lower.length >= 3 && isNearby(lower, plain)) return [{ word, rank: 3.4 - Math.min(lower.length, 9) / 10 }];
      return [];
    });
    const [first] = ranked.sort((a, b) => a.rank - b.rank);
    return first === undefined
      ? []
      : [{ row: causeRow(cause), rank: first.rank, everyday: { word: first.word, reason } }];
  });
}

function byName(text: string): Hit[] {
  const words = text.split(/[\s,，、]+/).filter((word) => word !== "");
  const joined = words.join("");
  return causeRows.flatMap((row) => {
    const rank = rankOfName(row, text, joined, words);
    return rank === null ? [] : [{ row, rank }];
  });
}

function rankOfName(row: CauseRow, text: string, joined: string, words: readonly string[]): number | null {
  const { name, no, code } = row;
  if (name === joined || code.toLowerCase() === text || no === text) return 0;
  // A heading of the table is chosen only where nothing below it fits.
  if (name === `${joined}纠纷`) return row.level > 2 ? 0.5 : 1.2;
  if (name.startsWith(joined)) return 2;
  if (name.includes(joined)) return 2.5;
  if (words.length > 1 && words.every((word) => pathOf(row).some((step) => step.includes(word)))) return 3.5;
  // 民贷 finds 民间借贷: the characters in their order.
  if (joined.length >= 2 && joined.length <= 8 && isWithin(joined, name)) return 6;
  return null;
}

function byPinyin(letters: string): Hit[] {
  return soundsOf().flatMap(({ row, full, initials }) => {
    if (initials === letters || full === letters) return [{ row, rank: 1.5 }];
    if (initials.startsWith(letters) || full.startsWith(letters)) return [{ row, rank: 3 }];
    if (initials.includes(letters) || (letters.length >= 4 && full.includes(letters))) return [{ row, rank: 5 }];
    return [];
  });
}

let sounds: { row: CauseRow; full: string; initials: string }[] | undefined;

/** Made on first use: it takes a moment, and most searches are in Chinese. */
function soundsOf(): { row: CauseRow; full: string; initials: string }[] {
  sounds ??= causeRows.map((row) => {
    const syllables = pinyin(row.name.replace(/[^\p{Script=Han}]/gu, ""), { toneType: "none", type: "array", v: true });
    return { row, full: syllables.join(""), initials: syllables.map((syllable) => syllable[0]).join("") };
  });
  return sounds;
}

function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const char of part) {
    at = whole.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function isNearby(word: string, sentence: string): boolean {
  for (let start = sentence.indexOf(word[0]!); start !== -1; start = sentence.indexOf(word[0]!, start + 1)) {
    if (isWithin(word, sentence.slice(start, start + word.length + 3))) return true;
  }
  return false;
}

function pathOf(row: CauseRow): string[] {
  return causeAndAbove(row.code)
    .map((code) => causeRow(code).name)
    .reverse();
}

function present(row: CauseRow, said?: { word: string; reason: string }): Cause {
  return {
    code: row.code,
    no: row.no,
    name: row.name,
    level: row.level,
    path: pathOf(row),
    parent: row.parent,
    formId: suggestForm(row.code),
    hasChildren: causesBelow(row.code).length > 0,
    version: row.version,
    effectiveFrom: row.effectiveFrom,
    ...(said ? { match: said.word, reason: said.reason } : {}),
  };
}
