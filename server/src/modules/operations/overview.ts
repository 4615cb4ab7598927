import { waitingEvents } from "#core/outbox.ts";
import type { Sample } from "#http/gauges.ts";
import type { Means } from "#modules/module.ts";
import { unsettledPayments } from "#modules/payment/index.ts";
import { findBackup } from "./backup-runs.ts";
import { readDatabase } from "./database-state.ts";
import { type Disk, listNodes, type Node, type Peer } from "./nodes.ts";
import { nowOf } from "./now.ts";

export type Overview = Awaited<ReturnType<typeof look>>;

/** Everything there is to know of how the house runs, at one moment. */
export async function look(means: Means) {
  const now = await nowOf(means);
  const [nodes, waiting, payments, database, backup] = await Promise.all([
    listNodes(means, now),
    waitingEvents(means.database, now),
    unsettledPayments(means, now),
    readDatabase(means),
    findBackup(means, now),
  ]);
  const alive = nodes.filter((node) => node.alive);
  return { now, nodes, waiting, payments, database, backup, disks: disksOf(alive), gateways: gatewaysOf(nodes) };
}

/** Of several machines, each disk of each. */
const disksOf = (nodes: readonly Node[]): (Disk & { machine: string })[] => {
  const found = new Map<string, Disk & { machine: string }>();
  for (const { id, disks } of nodes) {
    const machine = id.split("-").slice(1, -1).join("-");
    for (const disk of disks) found.set(`${machine} ${disk.name}`, { ...disk, machine });
  }
  return [...found.values()];
};

/** Of several processes, the one that heard of a peer last. */
function gatewaysOf(nodes: readonly Node[]): Peer[] {
  const heard = (peer: Peer) => [peer.lastSuccessAt ?? "", peer.lastFailureAt ?? ""].sort().at(-1) as string;
  const found = new Map<string, Peer>();
  for (const peer of nodes.flatMap(({ gateways }) => gateways)) {
    const other = found.get(peer.name);
    if (!other || heard(other) < heard(peer)) found.set(peer.name, peer);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The figures behind the alarms; /metrics gives them under these names. */
export const FIGURES: Readonly<Record<string, string>> = {
  sutong_nodes: "Processes that told of themselves within 35 s",
  sutong_nodes_silent: "API processes that went away without a word within the last day",
  sutong_worker_silent_seconds: "Time since any worker told of itself",
  sutong_outbox_due: "Events due and not told",
  sutong_outbox_oldest_seconds: "How long the oldest due event has waited",
  sutong_events_failing: "Events tried three times or more without success",
  sutong_gateway_failing_seconds: "How long nothing has succeeded at an outside system",
  sutong_payments_unsettled: "Alarms, open differences and overdue orders",
  sutong_disk_used_share: "Used share of a disk",
  sutong_database_connections_share: "Used share of max_connections",
  sutong_cluster_nodes_missing: "Nodes of the database's cluster that are not in it",
  sutong_backup_age_seconds: "Age of the last full backup",
};

export function samplesOf({ now, nodes, waiting, payments, database, backup, disks, gateways }: Overview): Sample[] {
  const since = (at: Date | string) => Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000);
  const workers = nodes.filter((node) => node.process === "worker").map(({ seenAt }) => since(seenAt));
  const one = (name: string, value: number, labels: Readonly<Record<string, string>> = {}) => ({ name, value, labels });
  return [
    ...(["api", "worker"] as const).map((kind) =>
      one("sutong_nodes", nodes.filter(({ process, alive }) => alive && process === kind).length, { process: kind }),
    ),
    one("sutong_nodes_silent", nodes.filter(({ process, alive }) => !alive && process === "api").length),
    one("sutong_worker_silent_seconds", Math.min(...workers, Number.POSITIVE_INFINITY)),
    one("sutong_outbox_due", waiting.due),
    one("sutong_outbox_oldest_seconds", waiting.oldestSeconds),
    one(
      "sutong_events_failing",
      waiting.failing.reduce((sum, { count }) => sum + count, 0),
    ),
    ...gateways.map(({ name, failingSince }) =>
      one("sutong_gateway_failing_seconds", failingSince ? since(failingSince) : 0, { gateway: name }),
    ),
    one("sutong_payments_unsettled", payments.alarms + payments.differences + payments.late),
    ...disks.map(({ name, machine, freeBytes, totalBytes }) =>
      one("sutong_disk_used_share", 1 - freeBytes / Math.max(1, totalBytes), { disk: `${machine} ${name}` }),
    ),
    one("sutong_database_connections_share", database.connections / database.mostConnections),
    one("sutong_cluster_nodes_missing", database.cluster?.missing ?? 0),
    one("sutong_backup_age_seconds", backup.full?.ageSeconds ?? Number.POSITIVE_INFINITY),
  ];
}
