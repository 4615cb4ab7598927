/**
 * JSON pointers into the draft, where an element of a list is named by its `key` instead of its number:
 * `/parties/p1/name`, `/answers/facts.3.1`. Everything here leaves what it is given unchanged and answers a copy.
 */

export function pointer(...parts: string[]): string {
  return parts.map((part) => `/${part.replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

export function partsOf(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** Whether one path is the other or lies within it. */
export function related(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** Whether `path` is `ancestor` or lies within it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

/** The value at the path, or undefined when there is none. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const part of partsOf(path)) value = child(value, part);
  return value;
}

/** A copy of `root` with the value set. A null on an element of a list removes it; an object on a new key is appended. */
export function withValue<T>(root: T, path: string, value: unknown): T {
  return set(root, partsOf(path), value) as T;
}

/** The path of the list element on the way to `path` that is not there; null where all of them are. */
export function goneElement(root: unknown, path: string): string | null {
  let value = root;
  const parts = partsOf(path);
  for (const [at, part] of parts.entries()) {
    const next = child(value, part);
    if (Array.isArray(value) && next === undefined) return pointer(...parts.slice(0, at + 1));
    value = next;
  }
  return null;
}

type Keyed = { key: string };

function child(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return value.find((each) => isKeyed(each) && each.key === part);
  if (typeof value !== "object" || value === null || !Object.keys(value).includes(part)) return undefined;
  return (value as Record<string, unknown>)[part];
}

function set(node: unknown, parts: string[], value: unknown): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (Array.isArray(node)) return setInList(node, part, rest, value);
  if (typeof node !== "object" || node === null) return node;
  return { ...node, [part]: set((node as Record<string, unknown>)[part], rest, value) };
}

function setInList(list: unknown[], key: string, rest: string[], value: unknown): unknown[] {
  const at = list.findIndex((each) => isKeyed(each) && each.key === key);
  if (rest.length > 0) return at < 0 ? list : list.map((each, i) => (i === at ? set(each, rest, value) : each));
  if (value === null) return list.filter((_, i) => i !== at);
  return at < 0 ? [...list, value] : list.map((each, i) => (i === at ? value : each));
}

function isKeyed(value: unknown): value is Keyed {
  return typeof value === "object" && value !== null && typeof (value as Keyed).key === "string";
}
