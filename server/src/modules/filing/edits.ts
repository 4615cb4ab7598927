import { isDeepStrictEqual } from "node:util";
import { problem as http, type Problem } from "#core/problem.ts";
import { invalid } from "#http/answer-problems.ts";
import { type FilingContent, filingContent } from "./content.ts";
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
 * changed the same place to different values, nothing is applied and every conflict is listed (`filing.conflict`, 409),
 * with the content as it stands: whoever is asked to choose must see all that is new.
 * A value that cannot stand is refused by itself; where no edit is left, the refusals are thrown (422).
 */
export function mergeEdits(
  content: FilingContent,
  versions: FieldVersions,
  edits: readonly Edit[],
  nextVersion: number,
): Merged {
  const found = edits.flatMap((edit) => conflictOf(content, versions, edit));
  const conflicts = [...new Map(found.map((conflict) => [conflict.path, conflict])).values()];
  if (conflicts.length > 0)
    throw problem("filing.conflict", { members: { conflicts, version: nextVersion - 1, content } });

  const refusals = new Map<Edit, Refusal>();
  const merged = withEdits(content, edits, refusals);
  const refused = edits.flatMap((edit) => refusals.get(edit) ?? []);
  const before = content as unknown as Branch;
  const after = merged as unknown as Branch;
  const applied = edits.filter(
    (edit) => !refusals.has(edit) && !isDeepStrictEqual(at(before, edit.path), at(after, edit.path)),
  );
  if (edits.length > 0 && refused.length === edits.length) throw nothingStands(refused);

  let touched: Record<string, number> = { ...versions };
  for (const { path } of applied) {
    touched = Object.fromEntries(Object.entries(touched).filter(([known]) => !known.startsWith(`${path}/`)));
    touched[path] = nextVersion;
  }
  return {
    content: merged,
    versions: touched,
    applied: applied.map(({ path }) => path),
    refused,
  };
}

/**
 * The content with all edits that can stand; the others go into `refused`. All are laid in at once and read once: only
 * where that fails are those at fault left out and the rest read again.
 */
function withEdits(content: FilingContent, edits: readonly Edit[], refused: Map<Edit, Refusal>): FilingContent {
  for (;;) {
    // Read anew, so that places which came into the form since it was stored are there.
    const fresh = filingContent.safeParse(content);
    const changed = (fresh.success ? fresh.data : structuredClone(content)) as unknown as Branch;
    const standing = edits.filter((edit) => !refused.has(edit));
    for (const edit of standing) {
      if (!put(changed, edit))
        refused.set(edit, { path: edit.path, pointer: edit.path.slice(0, 200), message: "没有这个位置，请刷新后重试" });
    }
    const parsed = filingContent.safeParse(changed);
    if (parsed.success) return parsed.data;
    const laid = standing.filter((edit) => !refused.has(edit));
    // What was stored could be read: where an error belongs to no edit, the document itself is broken, and that is our fault.
    if (laid.length === 0) throw new Error("the stored content of a filing cannot be read", { cause: parsed.error });
    for (const { pointer, message } of invalid(parsed.error, "").extras.errors ?? []) {
      const place = byKey(changed, pointer);
      for (const edit of atFault(content, laid, place))
        if (!refused.has(edit)) refused.set(edit, { path: edit.path, pointer: place, message });
    }
  }
}

/** The edits at the place of an error; else those of the same element that cannot stand alone (an idType that does not go with the number). */
function atFault(content: FilingContent, edits: readonly Edit[], pointer: string): readonly Edit[] {
  const own = edits.filter(({ path }) => overlap(path, pointer));
  if (own.length > 0) return own;
  let near: readonly Edit[] = [];
  for (let place = pointer; place !== "" && near.length === 0; place = place.slice(0, place.lastIndexOf("/"))) {
    near = edits.filter(({ path }) => overlap(path, place));
  }
  if (near.length === 0) near = edits;
  const alone = near.filter((edit) => {
    const changed = structuredClone(content) as unknown as Branch;
    return !(put(changed, edit) && filingContent.safeParse(changed).success);
  });
  return alone.length > 0 ? alone : near;
}

const overlap = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

const nothingStands = (refusals: readonly Refusal[]): Problem =>
  http("request.invalid", {
    detail: refusals[0]?.message ?? "修改的内容有误，请按提示改正",
    errors: refusals.map(({ pointer, message }) => ({ pointer, code: "invalid", message })),
  });

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
  const collect = (value: unknown, path: string, name: string): void => {
    if (LISTS.has(name) && Array.isArray(value)) {
      leaves.set(`${path}/#`, value.map((element: { key: string }) => element.key).join(" "));
      for (const element of value as { key: string }[]) collect(element, `${path}/${element.key}`, "");
    } else if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) if (key !== "key") collect(inner, `${path}/${key}`, key);
    } else {
      leaves.set(path, value);
    }
  };
  collect(content, "", "");
  return leaves;
}

function conflictOf(content: FilingContent, versions: FieldVersions, { path, value, baseVersion }: Edit): Conflict[] {
  const newer = Object.entries(versions).filter(([known, version]) => version > baseVersion && overlap(known, path));
  const parts = segments(path);
  if (newer.length === 0 || !parts) return [];
  const version = Math.max(...newer.map(([, changed]) => changed));
  const gone = goneElement(content as unknown as Branch, parts);
  // A field of somebody who was taken out meanwhile: the question is whether they are back, not what the field says.
  if (gone !== null && gone !== path) return [{ path: gone, theirs: null, version }];
  const theirs = at(content as unknown as Branch, path) ?? null;
  if (saysTheSame(theirs, value)) return [];
  return [{ path, theirs, version }];
}

/** The path of the list element on the way that is not there; null where all of them are. */
function goneElement(content: Branch, parts: readonly string[]): string | null {
  for (let length = 1; length <= parts.length; length += 1) {
    const around = walk(content, parts.slice(0, length - 1));
    if (Array.isArray(around) && walk(content, parts.slice(0, length)) === undefined)
      return `/${parts.slice(0, length).map(escaped).join("/")}`;
  }
  return null;
}

const escaped = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** The same value, or of an element the fields that were named: the same edit sent twice disturbs nobody. */
function saysTheSame(theirs: unknown, value: unknown): boolean {
  const areBranches = [theirs, value].every((one) => one !== null && typeof one === "object" && !Array.isArray(one));
  return isDeepStrictEqual(theirs, areBranches ? { ...(theirs as Branch), ...(value as Branch) } : value);
}

/** The parts of a pointer; null for one that can lead nowhere (rule 23). */
function segments(path: string): string[] | null {
  const parts = path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const sound =
    path.startsWith("/") &&
    parts.length <= MAX_DEPTH &&
    parts.every((part) => part !== "" && !(part in Object.prototype));
  return sound ? parts : null;
}

const at = (content: Branch, path: string): unknown => walk(content, segments(path) ?? [""]);

function walk(content: Branch, parts: readonly string[]): unknown {
  let place: unknown = content;
  for (const part of parts) {
    if (Array.isArray(place))
      place = place.find((element: unknown) => (element as { key?: string } | null)?.key === part);
    else if (place !== null && typeof place === "object" && Object.hasOwn(place, part)) place = (place as Branch)[part];
    else return undefined;
  }
  return place;
}

/** Lays one edit in; false where its place does not exist. The key of an element is its name and stays. */
function put(content: Branch, { path, value }: Edit): boolean {
  const parts = segments(path);
  if (!parts) return false;
  const last = parts.at(-1) as string;
  const parent = walk(content, parts.slice(0, -1));
  if (Array.isArray(parent)) return putElement(parent, last, value);
  if (parent === null || typeof parent !== "object") return false;
  const branch = parent as Branch;
  const isAnswer = parts[0] === "answers" && parts.length === 2;
  if (!isAnswer && (last === "key" || !Object.hasOwn(branch, last))) return false;
  if (isAnswer && value === null) delete branch[last];
  else branch[last] = value;
  return true;
}

/** null takes the element out; an object under a new key is put at the end. */
function putElement(list: Branch[], key: string, value: unknown): boolean {
  const index = list.findIndex((element) => element["key"] === key);
  if (value === null) {
    if (index >= 0) list.splice(index, 1);
    return true;
  }
  if (typeof value !== "object" || Array.isArray(value)) return false;
  const element = { ...(value as Branch), key };
  if (index >= 0) list[index] = element;
  else list.push(element);
  return true;
}

/** A pointer with list elements by their keys instead of their positions. */
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
