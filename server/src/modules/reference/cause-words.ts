import { pinyin } from "pinyin-pro";
import { readData } from "./read-data.ts";

/** An everyday way of saying that leads to a cause, with what a first-timer should know about it. */
export interface Everyday {
  readonly cause: string;
  /** Whole sayings. */
  readonly words: readonly string[];
  /** Words that must stand together in one sentence, in any order: `工资/薪水 拖/欠 !工程款`. */
  readonly cues?: readonly string[];
  readonly reason: string;
  /** The name of a list of papers to bring. */
  readonly bring: string;
  readonly mistaken?: { readonly cause: string; readonly why: string };
  /** What must or should come before a suit, or instead of it. */
  readonly first?: { readonly step: string; readonly basis: string };
}

export interface Said {
  readonly entry: Everyday;
  /** What in the sentence led here. */
  readonly match: string;
  /** The more of the sentence it explains, the higher; EXACT where it is the whole. */
  readonly score: number;
}

interface Cue {
  readonly all: readonly (readonly string[])[];
  readonly none: readonly string[];
}

const data = readData<{ version: string; bring: Record<string, string[]>; entries: Everyday[] }>("everyday-words");
export const everydayVersion = data.version;
export const EXACT = 100;
/** Below this the sentence may hold a slip of the pen: then it is also compared by sound. */
const SURE = 4.5;

const read = data.entries.map((entry) => ({
  entry,
  words: entry.words.map((word) => word.toLowerCase()),
  cues: (entry.cues ?? []).map(readCue),
}));

export const everydayEntries: readonly Everyday[] = data.entries;
export const thingsToBring = (entry: Everyday): readonly string[] => data.bring[entry.bring] ?? [];

/** The everyday entries that a sentence speaks of, each with its best ground. */
export function entriesSaid(sentence: string): Said[] {
  const plain = sentence.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, "");
  if (plain === "") return [];
  const said = read.flatMap(({ entry, words, cues }) =>
    best(entry, [...byWords(words, plain), ...byCues(cues, plain)]),
  );
  if (said.some(({ score }) => score >= SURE) || !/\p{Script=Han}/u.test(plain)) return said;
  const mended = respelt(plain);
  return [...said, ...(mended === plain ? [] : saidIn(mended)), ...byTraces(mended)];
}

const saidIn = (plain: string): Said[] =>
  read.flatMap(({ entry, words, cues }) => best(entry, [...byWords(words, plain), ...byCues(cues, plain)]));

/** Entries whose sayings are written so in pinyin or its initials: `wuyefei`, `jqbh`. */
export function entriesSpelt(letters: string): Said[] {
  if (letters.length < 3) return [];
  return sounds().flatMap(({ entry, words }) =>
    best(
      entry,
      words.flatMap(({ word, exact }) => {
        if (exact.join("") === letters) return [{ match: word, score: EXACT }];
        if (letters.length >= 5 && exact.join("").includes(letters)) return [{ match: word, score: 3 }];
        if (letters.length >= 6 && letters.includes(exact.join(""))) return [{ match: word, score: 2 + word.length }];
        if (exact.length >= 3 && exact.map((one) => one[0]).join("") === letters) return [{ match: word, score: 6 }];
        return [];
      }),
    ),
  );
}

interface Ground {
  readonly match: string;
  readonly score: number;
}

/** The strongest ground; further ones confirm it a little. */
function best(entry: Everyday, grounds: readonly Ground[]): Said[] {
  const [first, ...more] = [...grounds].sort((a, b) => b.score - a.score);
  if (first === undefined) return [];
  return [{ entry, match: first.match, score: first.score + Math.min(more.length, 3) * 0.4 }];
}

function byWords(words: readonly string[], plain: string): Ground[] {
  return words.flatMap((word) => {
    if (word === plain) return [{ match: word, score: EXACT }];
    if (plain.includes(word)) return [{ match: word, score: 1.6 + 0.85 * word.length }];
    if (plain.length >= 2 && word.includes(plain)) return [{ match: word, score: 2.5 }];
    // 被辞退 in 我被公司辞退了: its characters in order, not far apart.
    if (word.length >= 3 && isNearby(word, plain)) return [{ match: word, score: 1 + 0.8 * word.length }];
    return [];
  });
}

function byCues(cues: readonly Cue[], plain: string): Ground[] {
  return cues.flatMap(({ all, none }) => {
    if (none.some((word) => plain.includes(word))) return [];
    const found = all.map((words) => longestIn(words, plain));
    if (found.includes("")) return [];
    const score = found.reduce((sum, word) => sum + 1.6 + 0.55 * word.length, 0);
    return [{ match: found.join("、"), score }];
  });
}

const longestIn = (words: readonly string[], plain: string): string =>
  words.reduce((longest, word) => (word.length > longest.length && plain.includes(word) ? word : longest), "");

/** The sentence with slips of the pen mended: 才礼 is heard as 彩礼, where at least one character is right. */
function respelt(plain: string): string {
  const heard = soundOf(plain);
  const chars = [...plain];
  for (const { word, rough } of vocabulary()) {
    const letters = [...word];
    for (let at = 0; at + letters.length <= chars.length; at++) {
      const right = letters.filter((letter, index) => chars[at + index] === letter).length;
      if (right === 0 || right === letters.length) continue;
      if (rough.every((sound, index) => heard[at + index] === sound)) chars.splice(at, letters.length, ...letters);
    }
  }
  return chars.join("");
}

let words: { word: string; rough: string[] }[] | undefined;
/** Every word that the finder looks for, the longest first. */
function vocabulary(): { word: string; rough: string[] }[] {
  words ??= [...new Set(read.flatMap((one) => [...one.words, ...one.cues.flatMap(({ all }) => all.flat())]))]
    .filter((word) => /^\p{Script=Han}{2,6}$/u.test(word))
    .sort((a, b) => b.length - a.length)
    .map((word) => ({ word, rough: soundOf(word) }));
  return words;
}

/** Single words and pairs of characters that few entries share: what a sentence leaves where no saying fits it. */
function byTraces(plain: string): Said[] {
  const pairs = new Set(pairsOf(plain));
  return traces().entries.flatMap(({ entry, none, parts }) => {
    if (none.some((word) => plain.includes(word))) return [];
    const met = [...parts].filter(([part]) => (part.length === 2 ? pairs.has(part) : plain.includes(part)));
    const weight = met.reduce((sum, [part, own]) => sum + own * rarity(part) * Math.sqrt(part.length / 2), 0);
    if (weight < 3) return [];
    const match = met.sort((a, b) => b[1] * rarity(b[0]) - a[1] * rarity(a[0]))[0]?.[0] ?? "";
    // Never as sure as a saying that fits.
    return [{ entry, match, score: (SURE * weight) / (weight + 6) }];
  });
}

const pairsOf = (text: string): string[] => Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));

interface Traces {
  readonly entries: readonly { entry: Everyday; none: readonly string[]; parts: ReadonlyMap<string, number> }[];
  readonly holders: ReadonlyMap<string, number>;
}
let traced: Traces | undefined;

function traces(): Traces {
  if (traced !== undefined) return traced;
  const holders = new Map<string, number>();
  const entries = read.map(({ entry, words, cues }) => {
    const parts = new Map<string, number>();
    for (const { all } of cues)
      for (const group of all) for (const word of group) if (word.length > 1) parts.set(word, 1);
    for (const word of words) for (const pair of pairsOf(word)) if (!parts.has(pair)) parts.set(pair, 0.6);
    for (const part of parts.keys()) holders.set(part, (holders.get(part) ?? 0) + 1);
    // What one cue forbids is no sign against the others.
    return { entry, none: cues.length === 1 ? (cues[0]?.none ?? []) : [], parts };
  });
  traced = { entries, holders };
  return traced;
}
const rarity = (part: string): number => Math.log(read.length / (traces().holders.get(part) ?? 1));

type Sounded = { entry: Everyday; words: { word: string; exact: string[] }[] };
let sounded: Sounded[] | undefined;

/** Made on first use: it takes a moment, and most sentences are understood without. */
function sounds(): Sounded[] {
  sounded ??= read.map(({ entry, words, cues }) => ({
    entry,
    // What one cue alone stands for is worth hearing, too.
    words: [...words, ...cues.flatMap(({ all }) => (all.length === 1 ? (all[0] ?? []) : []))]
      .filter((word) => /^\p{Script=Han}+$/u.test(word))
      .map((word) => ({ word, exact: syllablesOf(word) })),
  }));
  return sounded;
}

const syllablesOf = (text: string): string[] => pinyin(text, { toneType: "none", type: "array", v: true });
/** Many do not tell zh from z or in from ing. */
const soundOf = (text: string): string[] =>
  syllablesOf(text).map((one) => one.replace(/^([zcs])h/, "$1").replace(/ng$/, "n"));

function readCue(text: string): Cue {
  const groups = text.split(/\s+/).filter((group) => group !== "");
  const split = (group: string): string[] =>
    group
      .toLowerCase()
      .split("/")
      .filter((word) => word !== "");
  return {
    all: groups.filter((group) => !group.startsWith("!")).map(split),
    none: groups.filter((group) => group.startsWith("!")).flatMap((group) => split(group.slice(1))),
  };
}

export function isWithin(part: string, whole: string): boolean {
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
