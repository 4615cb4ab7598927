import { isDeepStrictEqual } from "node:util";
import type { FilingContent } from "./content.ts";

/** One place that came out different. An element of a list that came or went is one place. */
export interface Alteration {
  readonly path: string;
  /** null: there was nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

type Branch = Readonly<Record<string, unknown>>;
const LISTS = new Set(["parties", "claims", "agents"]);

/** Where two contents differ, place by place; what was empty and stays empty is no difference. */
export function alterationsOf(before: FilingContent, after: FilingContent): Alteration[] {
  const found: Alteration[] = [];
  const compare = (was: unknown, is: unknown, path: string, name: string): void => {
    if (isDeepStrictEqual(was, is)) return;
    if (LISTS.has(name) && Array.isArray(was) && Array.isArray(is)) {
      const keys = new Set([...was, ...is].map(({ key }: { key: string }) => key));
      for (const key of keys) {
        const [old, now] = [was, is].map(
          (list) => list.find((element: { key: string }) => element.key === key) ?? null,
        );
        if (old && now) compare(old, now, `${path}/${key}`, "");
        else found.push({ path: `${path}/${key}`, before: old, after: now });
      }
    } else if (isBranch(was) && isBranch(is)) {
      for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
        compare(was[key], is[key], `${path}/${key}`, key);
    } else if (!(isBlank(was) && isBlank(is))) {
      found.push({ path, before: was ?? null, after: is ?? null });
    }
  };
  compare(before, after, "", "");
  return found;
}

/** Elements of lists that were there before and are gone. */
export const removedOf = (alterations: readonly Alteration[]): string[] =>
  alterations.filter(({ before, after }) => isElement(before) && after === null).map(({ path }) => path);

/** A place as it came out of several changes: what was there first, what is there last; nothing where that is the same. */
export function summed<T extends Alteration>(changes: readonly T[]): T[] {
  const byPath = new Map<string, T>();
  for (const change of changes) {
    const first = byPath.get(change.path);
    byPath.set(change.path, first ? { ...change, before: first.before } : change);
  }
  return [...byPath.values()].filter(({ before, after }) => !isDeepStrictEqual(before, after));
}

const isBranch = (value: unknown): value is Branch =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const isElement = (value: unknown): boolean => isBranch(value) && typeof value["key"] === "string";
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
