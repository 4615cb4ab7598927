import { randomUUID } from "node:crypto";
import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { ResourceKind } from "./workflow.ts";

export interface Resource {
  readonly id: string;
  readonly kind: ResourceKind;
  readonly ref: string;
  readonly courtCode: string | null;
  readonly name: string;
  /** Division it stands in, where it is not its court's own. */
  readonly place: string | null;
  readonly working: string | null;
  /** Of an interpreter. */
  readonly language: string | null;
  readonly closedAt: Date | null;
  readonly version: number;
}
const COLUMNS =
  "r.id, r.kind, r.ref, r.court_code AS courtCode, r.name, r.place, r.working, r.language, r.closed_at AS closedAt, r.version";
const asResource = (row: Resource): Resource => ({ ...row, id: String(row.id), version: Number(row.version) });

export interface ResourceToBe {
  readonly kind: ResourceKind;
  readonly ref: string;
  readonly courtCode: string | null;
  /** Of a place that no court lists as its own. */
  readonly name?: string;
}
/** What names a resource: `judge 12`. */
export const nameOf = ({ kind, ref }: { kind: string; ref: string }): string => `${kind} ${ref}`;

/**
 * The rows of these people, made where they are not there yet; by `nameOf`. A person of the public is one row in every court,
 * so that nobody is asked to be in two of them at once. In one order, so that two works never wait for each other.
 */
export async function ensureResources(work: Work, wanted: readonly ResourceToBe[]): Promise<Map<string, string>> {
  const all = [...new Map(wanted.map((one) => [nameOf(one), one])).values()].sort((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : 1,
  );
  if (all.length === 0) return new Map();
  const find = async () => {
    const rows = await work.query<{ id: string; kind: string; ref: string }>(
      `SELECT id, kind, ref FROM booking_resource WHERE ${all.map(() => "(kind = ? AND ref = ?)").join(" OR ")}`,
      all.flatMap(({ kind, ref }) => [kind, ref]),
    );
    return new Map(rows.map((row) => [nameOf(row), String(row.id)]));
  };
  const known = await find();
  const missing = all.filter((one) => !known.has(nameOf(one)));
  if (missing.length === 0) return known;
  for (const { kind, ref, courtCode, name = "" } of missing)
    await work.change(
      "INSERT INTO booking_resource (kind, ref, court_code, name) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id",
      [kind, ref, courtCode, name],
    );
  return find();
}

/** A room or an assessor: nobody of the court's accounts, so it is given a name and a reference of its own. */
export const newRef = (): string => randomUUID().replaceAll("-", "");

export async function listResources(
  from: Pick<Database, "read"> | Work,
  { courtCode, kinds, ids }: { courtCode?: string; kinds?: readonly ResourceKind[]; ids?: readonly string[] },
): Promise<Resource[]> {
  const ask = "read" in from ? from.read.bind(from) : from.query.bind(from);
  const where: string[] = [];
  const values: string[] = [];
  if (courtCode !== undefined) {
    where.push("r.court_code = ?");
    values.push(courtCode);
  }
  if (kinds) {
    where.push(`r.kind IN (${kinds.map(() => "?").join(",")})`);
    values.push(...kinds);
  }
  if (ids) {
    if (ids.length === 0) return [];
    where.push(`r.id IN (${ids.map(() => "?").join(",")})`);
    values.push(...ids);
  }
  const rows = (await ask(
    `SELECT ${COLUMNS} FROM booking_resource r WHERE ${where.join(" AND ") || "TRUE"} ORDER BY r.id LIMIT 1000`,
    values,
  )) as Resource[];
  return rows.map(asResource);
}
