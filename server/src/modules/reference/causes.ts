import { pinyin } from "pinyin-pro";
import { type CauseRow, causeAndAbove, causeRow, causeRows, causesBelow, isCause } from "./cause-table.ts";
import {
  EXACT,
  entriesSaid,
  entriesSpelt,
  everydayEntries,
  isWithin,
  type Said,
  thingsToBring,
} from "./cause-words.ts";
import { suggestForm } from "./forms.ts";

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
  /** What to bring, in plain words. */
  readonly bring?: readonly string[];
  /** What it is easily taken for. */
  readonly mistaken?: { readonly cause: string; readonly name: string; readonly why: string };
  /** What must or should come before a suit (劳动仲裁前置), with its article. */
  readonly first?: { readonly step: string; readonly basis: string };
}

interface Hit {
  readonly row: CauseRow;
  readonly rank: number;
  readonly everyday?: Said;
}

const LONGEST_QUERY = 100;

export function isCauseCode(code: string): boolean {
  return isCause(code);
}

/** Every case and filing names its cause: put together once. */
const looked = new Map<string, Cause>();

/** One cause. Throws `cause.not_found`. */
export function findCause(code: string): Cause {
  const cause = looked.get(code) ?? present(causeRow(code));
  looked.set(code, cause);
  return cause;
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
  for (const said of entriesSaid(text)) add(hitOf(said));
  for (const hit of byName(text)) add(hit);
  if (/^[a-z ]{2,}$/.test(text)) {
    const letters = text.replaceAll(" ", "");
    for (const said of entriesSpelt(letters)) add(hitOf(said));
    for (const hit of byPinyin(letters)) add(hit);
  }
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank || a.row.name.length - b.row.name.length)
    .slice(0, limit)
    .map((hit) => present(hit.row, hit.everyday));
}

/** How many everyday ways of saying are known. */
export function countEverydayWords(): number {
  return everydayEntries.reduce((sum, { words, cues = [] }) => sum + words.length + cues.length, 0);
}

/** The more of the sentence was understood, the nearer to the official name itself. */
const hitOf = (said: Said): Hit => ({
  row: causeRow(said.entry.cause),
  rank: said.score >= EXACT ? 1 : 1.2 + 6 / said.score,
  everyday: said,
});

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

function pathOf(row: CauseRow): string[] {
  return causeAndAbove(row.code)
    .map((code) => causeRow(code).name)
    .reverse();
}

function present(row: CauseRow, said?: Said): Cause {
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
    ...(said ? explained(said) : known(row.code)),
  };
}

function explained({ entry, match }: Said): Partial<Cause> {
  const { reason, mistaken, first } = entry;
  return {
    match,
    reason,
    bring: thingsToBring(entry),
    ...(mistaken ? { mistaken: { ...mistaken, name: causeRow(mistaken.cause).name } } : {}),
    ...(first ? { first } : {}),
  };
}

const entryOf = new Map(everydayEntries.map((entry) => [entry.cause, entry]));

/** What is known of a cause that was chosen by its name: its own entry, else papers and first steps of the nearest above. */
function known(code: string): Partial<Cause> {
  const own = entryOf.get(code);
  const near = own ?? causeAndAbove(code).flatMap((above) => entryOf.get(above) ?? [])[0];
  if (near === undefined) return {};
  return {
    ...(own ? { reason: own.reason } : {}),
    bring: thingsToBring(near),
    ...(near.first ? { first: near.first } : {}),
  };
}
