import type { Content, Edit } from "@/api/types";
import { isWithin, related, withValue } from "./pointer";

/** Edits that wait for the server. No two of them overlap: the list says for each place what it shall be, once. */
export type Pending = readonly Edit[];

/** The list with one more edit; a later value takes the place of earlier ones there or within, and keeps their base version. */
export function addEdit(pending: Pending, edit: Edit): Edit[] {
  const around = pending.find((each) => each.path !== edit.path && isWithin(edit.path, each.path));
  if (around) {
    // The place lies within a person or claim still on its way: change it there.
    const root = { value: around.value };
    const value = withValue(root, `/value${edit.path.slice(around.path.length)}`, edit.value).value;
    return pending.map((each) => (each === around ? { ...each, value } : each));
  }
  // What lay within it hid the server's value from the writer: the oldest ground they stood on counts.
  const covered = pending.filter((each) => isWithin(each.path, edit.path));
  const rest = pending.filter((each) => !isWithin(each.path, edit.path));
  return [...rest, { ...edit, baseVersion: Math.min(edit.baseVersion, ...covered.map((each) => each.baseVersion)) }];
}

/** Both lists as one, `later` winning: used when a batch comes back unapplied. */
export function mergePending(earlier: Pending, later: Pending): Edit[] {
  return later.reduce<Edit[]>(addEdit, [...earlier]);
}

/** What the person sees: the server's content with the edits still under way laid over it. */
export function overlay(content: Content, pending: Pending): Content {
  return pending
    .filter((edit) => edit.path !== "/courtCode")
    .reduce((result, edit) => withValue(result, edit.path, edit.value), content);
}

/**
 * After our own batch was applied as `version`, later edits of the same places build on it; without this the server
 * would take our own earlier value for somebody else's.
 */
export function rebase(pending: Pending, applied: Pending, version: number): Edit[] {
  return pending.map((edit) =>
    applied.some((each) => related(each.path, edit.path)) ? { ...edit, baseVersion: version } : edit,
  );
}

/** Whether two values are the same whatever the order of their members, so that nobody is asked to choose between twins. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return (a ?? null) === (b ?? null);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => sameValue(left[name], right[name]));
}
