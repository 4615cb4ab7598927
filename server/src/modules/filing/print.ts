import type { Vault } from "#core/sealed.ts";
import type { FilingContent } from "./content.ts";

const PLACES = 128;
const PIECE = 4;
/** Sixteen bands of four: two texts that share 70 % of their pieces meet in one band or more with 98.8 %. */
const BANDS = 16;
const ROWS = 4;

/**
 * 文字指纹 of claims, facts and answers: what two filings' words have in common can be told from 256 bytes each (MinHash: the
 * share of places in which two prints agree estimates the share of four-character pieces that two texts have in common,
 * ±4 % at 80 %). The permutations come from the index key, so that a stolen print cannot be compared with a guessed text.
 */
export const wordsOf = (vault: Vault, content: FilingContent): Buffer => signed(vault, plain(textOf(content)));

/** The same without names and numbers: what the filings of a series share. */
export const patternOf = (vault: Vault, content: FilingContent): Buffer =>
  signed(vault, plain(withoutNames(textOf(content), content)), true);

/** 0–1: how much two texts have in common; 0 where one of them says too little to be compared. */
export function likenessOf(one: Buffer, other: Buffer): number {
  if (one.length !== PLACES * 2 || other.length !== PLACES * 2) return 0;
  let same = 0;
  for (let at = 0; at < PLACES * 2; at += 2) if (one.readUInt16LE(at) === other.readUInt16LE(at)) same += 1;
  return same / PLACES;
}

/** The bands of a print, as texts to be indexed; none where there is no print. */
export function bandsOf(print: Buffer): string[] {
  if (print.length !== PLACES * 2) return [];
  return Array.from(
    { length: BANDS },
    (_, band) => `${band}:${print.subarray(band * ROWS * 2, (band + 1) * ROWS * 2).toString("hex")}`,
  );
}

/** Dates and numbers that a text names (`20250305`, `6217…`): they tell one dispute from another in the same words. */
export function numbersIn(content: FilingContent): Set<string> {
  const text = textOf(content)
    .normalize("NFKC")
    .replace(/(?<=\d)[,，](?=\d{3})/g, "");
  const dates = [...text.matchAll(/(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(?:(\d{1,2})\s*日?)?/g)].map(
    ([, year, month, day]) => `${year}${month?.padStart(2, "0")}${(day ?? "").padStart(2, "0")}`,
  );
  const rest = text.replace(/\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*(?:\d{1,2}\s*日?)?/g, " ");
  const numbers = [...rest.matchAll(/\d+(?:\.\d+)?/g)]
    .map(([number]) => number.replace(/\.0+$/, ""))
    .filter((number) => number.length >= 4 && !/^(19|20)\d{2}$/.test(number));
  return new Set([...dates, ...numbers]);
}

function textOf({ claims, facts, answers }: FilingContent): string {
  const told = Object.entries(answers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => (Array.isArray(value) ? value.flat().join(" ") : (value ?? "")));
  return [...claims.map(({ text }) => text), facts, ...told].join("\n");
}

function withoutNames(text: string, { parties }: FilingContent): string {
  const names = parties
    .flatMap(({ name, legalRepresentative, address, agents }) => [
      name,
      legalRepresentative,
      address,
      ...agents.map((agent) => agent.name),
    ])
    .filter((name) => name.length >= 2)
    .sort((a, b) => b.length - a.length);
  return names.reduce((left, name) => left.replaceAll(name, ""), text).replace(/\d+/g, "");
}

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .slice(0, 20_000);

function signed(vault: Vault, text: string, withoutNumbers = false): Buffer {
  const letters = [...(withoutNumbers ? text.replace(/\p{N}/gu, "") : text)];
  if (letters.length < PIECE * 4) return Buffer.alloc(0);
  const points = letters.map((letter) => letter.codePointAt(0) ?? 0);
  const pieces = new Set<number>();
  for (let at = 0; at + PIECE <= points.length; at += 1) {
    let hash = 0x811c9dc5;
    for (let within = 0; within < PIECE; within += 1)
      hash = Math.imul(hash ^ (points[at + within] as number), 0x01000193);
    pieces.add(hash);
  }
  const { adds, times } = permutationsOf(vault);
  const least = new Uint32Array(PLACES).fill(0xffffffff);
  for (const piece of pieces) {
    for (let place = 0; place < PLACES; place += 1) {
      let mixed = Math.imul(piece ^ (adds[place] as number), times[place] as number);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
      mixed = (mixed ^ (mixed >>> 13)) >>> 0;
      if (mixed < (least[place] as number)) least[place] = mixed;
    }
  }
  const print = Buffer.alloc(PLACES * 2);
  for (const [place, value] of least.entries()) print.writeUInt16LE(value & 0xffff, place * 2);
  return print;
}

interface Permutations {
  readonly adds: Uint32Array;
  readonly times: Uint32Array;
}
const known = new WeakMap<Vault, Permutations>();

function permutationsOf(vault: Vault): Permutations {
  const found = known.get(vault);
  if (found) return found;
  const adds = new Uint32Array(PLACES);
  const times = new Uint32Array(PLACES);
  for (let place = 0; place < PLACES; place += 1) {
    const bytes = Buffer.from(vault.index("filing-print", String(place)), "hex");
    adds[place] = bytes.readUInt32LE(0);
    times[place] = bytes.readUInt32LE(4) | 1;
  }
  const made = { adds, times };
  known.set(vault, made);
  return made;
}
