import { isDeepStrictEqual } from "node:util";
import { Problem, problem as http } from "#core/problem.ts";
import { invalid } from "#http/answer-problems.ts";
import { type FilingContent, filingContent, repeatedKey } from "./content.ts";
import { problem } from "./problems.ts";

/** Path → the version in which it was last changed. */
export type FieldVersions = Readonly<Record<string, number>>;

export interface Edit {
  /** A JSON pointer; list elements by their key: `/parties/p1/name`. */
  readonly path: string;
  readonly value: unknown;
  /** The version of the filing that the writer saw. */
  readonly baseVersion: number;
}
export interface Conflict {
  readonly path: string;
  /** What stands there now. */
  readonly theirs: unknown;
  /** The version that put it there. */
  readonly version: number;
}

type Branch = Record<string, unknown>;
const LISTS = new Set(["parties", "claims", "agents"]);
const MAX_DEPTH = 6;

export interface Refusal {
  readonly path: string;
  readonly pointer: string;
  readonly message: string;
}
export interface Merged {
  readonly content: FilingContent;
  readonly versions: FieldVersions;
  readonly applied: readonly string[];
  /** Edits whose value cannot stand (a half-typed number): the others are kept all the same. */
  readonly refused: readonly Refusal[];
}

/**
 * Merges field edits into the content: what two devices changed in different places stands side by side; where both
 * changed the same place to different values, nothing is applied and every conflict is listed (`filing.conflict`, 409).
 * A malformed value is refused by itself; where no edit is left, the first refusal is thrown (422).
 */
export function mergeEdits(
  content: FilingContent,
  versions: FieldVersions,
  edits: readonly Edit[],
  nextVersion: number,
): Merged {
  const conflicts = edits.flatMap((edit) => conflictOf(content, versions, edit));
  if (conflicts.length > 0) throw problem("filing.conflict", { members: { conflicts } });

  let current = content;
  let touched: Record<string, number> = { ...versions };
  const applied: string[] = [];
  const refused: Refusal[] = [];
  let firstRefusal: unknown = null;
  for (const { path, value } of edits) {
    try {
      const changed = structuredClone(current) as unknown as Branch;
      put(changed, path, value);
      const next = checkContent(changed);
      if (isDeepStrictEqual(next, current)) continue;
      current = next;
      touched = Object.fromEntries(Object.entries(touched).filter(([known]) => !known.startsWith(`${path}/`)));
      touched[path] = nextVersion;
      applied.push(path);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      firstRefusal ??= error;
      const [first] = error.extras.errors ?? [];
      refused.push({ path, pointer: first?.pointer ?? path, message: first?.message ?? error.message });
    }
  }
  if (firstRefusal && refused.length === edits.length) throw firstRefusal;
  return { content: current, versions: touched, applied, refused };
}

/** The leaves in which two contents differ, as edits would name them. */
export function changedPaths(before: FilingContent, after: FilingContent): string[] {
  const a = flatten(before);
  const b = flatten(after);
  const paths = new Set([...a.keys(), ...b.keys()]);
  return [...paths].filter((path) => !isDeepStrictEqual(a.get(path), b.get(path)));
}

/** Every leaf by its pointer; list elements by key; the order of a keyed list is a leaf `/parties/#`. */
export function flatten(content: FilingContent): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const walk = (value: unknown, path: string, name: string): void => {
    if (LISTS.has(name) && Array.isArray(value)) {
      leaves.set(`${path}/#`, value.map((element: { key: string }) => element.key).join(" "));
      for (const element of value as { key: string }[]) walk(element, `${path}/${element.key}`, "");
    } else if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) if (key !== "key") walk(inner, `${path}/${key}`, key);
    } else {
      leaves.set(path, value);
    }
  };
  walk(content, "", "");
  return leaves;
}

function conflictOf(content: FilingContent, versions: FieldVersions, { path, value, baseVersion }: Edit): Conflict[] {
  const newer = Object.entries(versions).filter(
    ([known, version]) => version > baseVersion && (known === path || known.startsWith(`${path}/`) || path.startsWith(`${known}/`)),
  );
  if (newer.length === 0) return [];
  const theirs = at(content as unknown as Branch, path);
  if (isDeepStrictEqual(theirs ?? null, value)) return [];
  return [{ path, theirs: theirs ?? null, version: Math.max(...newer.map(([, version]) => version)) }];
}

function segments(path: string): string[] {
  const parts = path.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const sound = path.startsWith("/") && parts.length <= MAX_DEPTH && parts.every((part) => part !== "" && !(part in Object.prototype));
  if (!sound) throw noSuchPlace(path);
  return parts;
}

function at(content: Branch, path: string): unknown {
  let place: unknown = content;
  for (const part of segments(path)) {
    if (Array.isArray(place)) place = place.find((element: unknown) => (element as { key?: string } | null)?.key === part);
    else if (place !== null && typeof place === "object" && Object.hasOwn(place, part)) place = (place as Branch)[part];
    else return undefined;
  }
  return place;
}

function put(content: Branch, path: string, value: unknown): void {
  const parts = segments(path);
  const last = parts.at(-1) as string;
  const parent = parts.length === 1 ? content : at(content, `/${parts.slice(0, -1).map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`);
  if (Array.isArray(parent)) return putElement(parent, last, value, path);
  if (parent === null || typeof parent !== "object") throw noSuchPlace(path);
  const branch = parent as Branch;
  const isAnswer = parts[0] === "answers" && parts.length === 2;
  if (!isAnswer && !Object.hasOwn(branch, last)) throw noSuchPlace(path);
  if (isAnswer && value === null) delete branch[last];
  else branch[last] = value;
}

/** null takes the element out; an object under a new key is put at the end. */
function putElement(list: Branch[], key: string, value: unknown, path: string): void {
  const index = list.findIndex((element) => element["key"] === key);
  if (value === null) {
    if (index >= 0) list.splice(index, 1);
    return;
  }
  if (typeof value !== "object" || Array.isArray(value)) throw noSuchPlace(path);
  const element = { ...(value as Branch), key };
  if (index >= 0) list[index] = element;
  else list.push(element);
}

/** The content after a change, or 422 with pointers that name list elements by key. */
export function checkContent(changed: unknown): FilingContent {
  const parsed = filingContent.safeParse(changed);
  if (!parsed.success) {
    const answer = invalid(parsed.error, "");
    const errors = (answer.extras.errors ?? []).map((error) => ({ ...error, pointer: byKey(changed as Branch, error.pointer) }));
    throw http("request.invalid", { ...(answer.extras.detail ? { detail: answer.extras.detail } : {}), errors });
  }
  const repeated = repeatedKey(parsed.data);
  if (repeated) throw http("request.invalid", { detail: `键“${repeated}”重复。`, errors: [{ pointer: "/parties", code: "repeated", message: "同一列表中的键不能重复" }] });
  return parsed.data;
}

function byKey(content: Branch, pointer: string): string {
  let place: unknown = content;
  return pointer
    .split("/")
    .map((part, index) => {
      if (index === 0) return part;
      const isElement = Array.isArray(place) && /^\d+$/.test(part);
      place = (place as Branch | undefined)?.[part];
      const key = (place as { key?: unknown } | undefined)?.key;
      return isElement && typeof key === "string" ? key : part;
    })
    .join("/");
}

const noSuchPlace = (path: string) =>
  http("request.invalid", { detail: "要修改的位置不存在，请刷新后重试。", errors: [{ pointer: path.slice(0, 200), code: "unknown", message: "没有这个位置" }] });
