import { Problem } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, holdCaseFor } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { sortedItems } from "./catalogue.ts";
import { paperUnder } from "./papers.ts";
import { problem } from "./problems.ts";
import type { Section } from "./sections.ts";
import { caseOfItem, listItems } from "./store.ts";

export interface Place<S> {
  readonly section: S;
  /** Behind which item of that heading; null: first. */
  readonly after: string | null;
}

/** Puts an item of the 正卷 where the court wants it. Throws `dossier.not_found`, `dossier.order_changed`. */
export async function placeItem(work: Work, means: Means, itemId: string, place: Place<Section>): Promise<void> {
  const database = within(work, means.database);
  const caseId = await caseOfItem(database, itemId);
  if (caseId === null) throw problem("dossier.not_found");
  await holdForBench(work, caseId);
  const courtCase = await findCaseRow(database, work.actor, caseId);
  const listed = await listItems(database, work.actor, { mine: [], needsApproval: false }, caseId);
  const moved = listed.find(({ id }) => id === itemId);
  if (!moved) throw problem("dossier.not_found");
  const under = sortedItems(courtCase, listed).filter(({ section }) => section === place.section);
  const paper = place.section === moved.section ? moved.paper : paperUnder(place.section, moved.paper);
  await work.change("UPDATE dossier_item SET section = ?, paper = ? WHERE id = ?", [place.section, paper, itemId]);
  for (const [index, { id }] of behind(under, moved, place.after).entries())
    await work.change("UPDATE dossier_item SET position = ? WHERE id = ?", [index + 1, id]);
  const { courtCode } = courtCase;
  await work.emit({ name: "dossier.item_placed", about: `case:${caseId}`, courtCode, caseId, itemId });
}

/** Holds the case of an item: one hand at a time orders its dossier. Whose case is hidden from the reader, has no items. */
export async function holdForBench(work: Work, caseId: string): Promise<void> {
  await holdCaseFor(work, caseId).catch((error: unknown) => {
    throw error instanceof Problem && error.status === 404 ? problem("dossier.not_found") : error;
  });
}

/** The row with `moved` in its new place. Throws `dossier.order_changed` where what it was to stand behind is gone. */
export function behind<T extends { readonly id: string }>(row: readonly T[], moved: T, after: string | null): T[] {
  const rest = row.filter(({ id }) => id !== moved.id);
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1;
  if (after !== null && at === 0) throw problem("dossier.order_changed");
  return [...rest.slice(0, at), moved, ...rest.slice(at)];
}
