import type { Work } from "#core/work.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { readHours } from "#modules/court/index.ts";
import { problem } from "./problems.ts";
import { ensureResources, listResources, nameOf, newRef, type Resource } from "./resources.ts";

/** What a court lists itself; judges and clerks are its accounts. */
export const LISTED = ["courtroom", "online_room", "assessor", "interpreter"] as const;
export type ListedKind = (typeof LISTED)[number];

export interface ListedFacts {
  readonly name: string;
  readonly place?: string | null | undefined;
  readonly working?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly closed?: boolean | undefined;
}

/** Everything a court can book: its judges and clerks by their names, its rooms, assessors and interpreters. */
export async function listBookable(work: Work, courtCode: string): Promise<Resource[]> {
  const staff = await listStaffOf(courtCode, ["judge", "court_clerk"], work.tx);
  const wanted = staff.map(({ id, role }) => ({
    kind: role === "judge" ? ("judge" as const) : ("clerk" as const),
    ref: String(id),
    courtCode,
  }));
  await ensureResources(work, wanted);
  const names = new Map(staff.map(({ name }, n) => [nameOf(wanted[n] as (typeof wanted)[number]), name]));
  const rows = await listResources(work, { courtCode });
  // Who has left the court is not offered any more; what they were booked for stays.
  return rows
    .filter(({ kind, ref }) => (kind !== "judge" && kind !== "clerk") || names.has(nameOf({ kind, ref })))
    .map((row) => ({ ...row, name: names.get(nameOf(row)) ?? row.name }));
}

/** A room, an assessor or an interpreter more. Throws `resource.taken`, `resource.working`. */
export async function addResource(work: Work, kind: ListedKind, facts: ListedFacts): Promise<string> {
  const courtCode = work.actor.courtCode ?? "";
  await mustBeGood(work, courtCode, kind, facts, null);
  const ref = newRef();
  await work.change(
    "INSERT INTO booking_resource (kind, ref, court_code, name, place, working, language) VALUES (?, ?, ?, ?, ?, ?, ?)",
    [kind, ref, courtCode, facts.name, facts.place ?? null, facts.working || null, facts.language || null],
  );
  const ids = await ensureResources(work, [{ kind, ref, courtCode }]);
  const id = ids.get(nameOf({ kind, ref })) as string;
  await work.emit({ name: "resource.changed", about: `resource:${id}`, courtCode, resourceId: id });
  return id;
}

/**
 * Names, hours and whether it may still be booked; sittings that are booked stay. Throws `resource.not_found`,
 * `resource.changed_meanwhile`, `resource.taken`, `resource.working`.
 */
export async function changeResource(work: Work, id: string, version: number, facts: ListedFacts): Promise<void> {
  const courtCode = work.actor.courtCode ?? "";
  await work.query("SELECT id FROM booking_resource WHERE id = ? FOR UPDATE", [id]);
  const [row] = await listResources(work, { courtCode, kinds: LISTED, ids: [id] });
  if (!row) throw problem("resource.not_found");
  if (row.version !== version) throw problem("resource.changed_meanwhile");
  await mustBeGood(work, courtCode, row.kind as ListedKind, facts, id);
  await work.change(
    `UPDATE booking_resource SET name = ?, place = ?, working = ?, language = ?, closed_at = ?, version = version + 1 WHERE id = ?`,
    [
      facts.name,
      facts.place ?? null,
      facts.working || null,
      facts.language || null,
      facts.closed ? (row.closedAt ?? work.at) : null,
      id,
    ],
  );
  await work.emit({ name: "resource.changed", about: `resource:${id}`, courtCode, resourceId: id });
}

async function mustBeGood(work: Work, courtCode: string, kind: ListedKind, facts: ListedFacts, id: string | null) {
  if (facts.working && !readHours(facts.working)) throw problem("resource.working");
  const alike = await listResources(work, { courtCode, kinds: [kind] });
  if (alike.some((one) => one.name === facts.name && one.id !== id)) throw problem("resource.taken");
}
