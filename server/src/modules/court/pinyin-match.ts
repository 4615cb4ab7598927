import { pinyin } from "pinyin-pro";

/** For every character, all the ways it is read, without tones; ü is typed v or u. */
export type Readings = readonly (readonly string[])[];

const known = new Map<string, readonly string[]>();

export const readingsOf = (text: string): Readings => [...text].map(readingsOfOne);

function readingsOfOne(character: string): readonly string[] {
  const found = known.get(character);
  if (found) return found;
  const read = pinyin(character, { multiple: true, toneType: "none", type: "array", v: true }) as string[];
  const all = new Set(read.flatMap((one) => [one.toLowerCase(), one.toLowerCase().replace("v", "u")]));
  const made = [...all].filter((one) => one !== "");
  known.set(character, made);
  return made;
}

/**
 * True where `typed` spells characters from `start` on, each by its full reading or its first letter (`lixia`, `lx`, `lxia`);
 * the last may be cut short.
 */
export function spellsFrom(readings: Readings, start: number, typed: string): boolean {
  if (typed === "") return true;
  for (const reading of readings[start] ?? []) {
    if (reading.startsWith(typed)) return true;
    if (typed.startsWith(reading) && spellsFrom(readings, start + 1, typed.slice(reading.length))) return true;
    const [first = ""] = reading;
    if (reading.length > 1 && typed.startsWith(first) && spellsFrom(readings, start + 1, typed.slice(1))) return true;
  }
  return false;
}
