import { statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Means } from "#modules/module.ts";
import { nowOf } from "./now.ts";

export const BEAT_SECONDS = 10;
/** Three beats missed, and a little. */
const SILENT_MS = 35_000;
/** What was never told of again is no longer looked for. */
const REMEMBERED_MS = 24 * 3_600_000;

export interface Disk {
  readonly name: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
}
export interface Peer {
  readonly name: string;
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  readonly failingSince: string | null;
  readonly open: boolean;
}
export interface Node {
  readonly id: string;
  readonly process: "api" | "worker";
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly alive: boolean;
  readonly disks: readonly Disk[];
  readonly gateways: readonly Peer[];
}

/** Says that this process lives, and what it alone can see. */
export async function beat(means: Means): Promise<void> {
  const { id, process: kind, version } = means.node;
  const now = await nowOf(means);
  const facts = JSON.stringify({ disks: await disksOf(means), gateways: means.gateways.health() });
  await means.database.read(
    `INSERT INTO node (id, process, version, started_at, seen_at, facts) VALUES (?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE version = VALUES(version), seen_at = VALUES(seen_at), facts = VALUES(facts)`,
    [id, kind, version, new Date(now.getTime() - process.uptime() * 1000), now, facts],
  );
}

/** Who leaves in good order is not missed. */
export async function leave({ database, node }: Means): Promise<void> {
  await database.read("DELETE FROM node WHERE id = ?", [node.id]);
}

export async function listNodes({ database }: Means, now: Date): Promise<readonly Node[]> {
  const rows = await database.read<Omit<Node, "alive" | "disks" | "gateways"> & { facts: string }>(
    `SELECT id, process, version, started_at AS startedAt, seen_at AS seenAt, facts FROM node
      WHERE seen_at > ? ORDER BY process, id LIMIT 1000`,
    [new Date(now.getTime() - REMEMBERED_MS)],
  );
  return rows.map(({ facts, ...row }) => ({
    ...row,
    alive: now.getTime() - row.seenAt.getTime() < SILENT_MS,
    ...(JSON.parse(facts) as Pick<Node, "disks" | "gateways">),
  }));
}

/** Where this process writes; the store may be a disk of its own. */
async function disksOf({ settings, gateways }: Means): Promise<Disk[]> {
  const places: [string, string][] = [["data", settings.dataDir]];
  if (gateways.store) places.push(["store", join(settings.dataDir, "store")]);
  const disks = await Promise.all(
    places.map(async ([name, path]) => {
      const found = await statfs(path).catch(() => null);
      return found && { name, freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
    }),
  );
  return disks.flatMap((disk) => disk ?? []);
}
