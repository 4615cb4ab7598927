import type { Means } from "#modules/module.ts";

export interface DatabaseState {
  readonly version: string;
  readonly connections: number;
  readonly mostConnections: number;
  /** Databases that follow this one. */
  readonly followers: number;
  /** Where it is a Galera cluster. */
  readonly cluster: {
    readonly size: number;
    readonly state: string;
    readonly primary: boolean;
    readonly missing: number;
  } | null;
}

export async function readDatabase({ database }: Means): Promise<DatabaseState> {
  const [[fixed], rows] = await Promise.all([
    database.read<{ version: string; most: number }>("SELECT VERSION() AS version, @@max_connections AS most"),
    database.read<{ Variable_name: string; Value: string }>(
      `SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Slaves_connected', 'Replicas_connected',
        'wsrep_cluster_size', 'wsrep_cluster_status', 'wsrep_local_state_comment', 'wsrep_incoming_addresses')`,
    ),
  ]);
  const status = new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
  const size = Number(status.get("wsrep_cluster_size") ?? 0);
  const primary = status.get("wsrep_cluster_status") === "Primary";
  return {
    version: fixed?.version ?? "",
    connections: Number(status.get("threads_connected") ?? 0),
    mostConnections: Number(fixed?.most ?? 1),
    followers: Number(status.get("slaves_connected") ?? status.get("replicas_connected") ?? 0),
    cluster:
      size > 0
        ? {
            size,
            state: status.get("wsrep_local_state_comment") ?? "",
            primary,
            missing: primary ? Math.max(0, MEMBERS - size) : MEMBERS,
          }
        : null,
  };
}
/** A cluster has three nodes: with fewer, the next one lost may stop it. */
const MEMBERS = 3;
