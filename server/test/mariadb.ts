import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startGalera } from "../launcher/galera.ts";
import { type MariaDb, startMariaDb } from "../launcher/mariadb.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where `npm start` keeps a fetched MariaDB; tests use the same copy. */
export const programs = [join(root, "var/mariadb/program")];

/** A server for ordinary tests: many databases, the log flushed once a second, gone afterwards without a trace. */
export function startTestServer(): Promise<MariaDb> {
  const folder = mkdtempSync(join(tmpdir(), "sutong-test-"));
  return startMariaDb({
    folder,
    programs,
    logFile: join(folder, "mariadb.log"),
    durable: false,
    reach: "every database",
    temporary: true,
    tell: (line) => process.stdout.write(`${line}\n`),
  });
}

/** The same on a Galera cluster of three: `ON_CLUSTER=1 npx vitest run server/src/modules/filing`. */
export async function startTestCluster(): Promise<Pick<MariaDb, "ownerUrl" | "appUrl" | "stop">> {
  const folder = mkdtempSync(join(tmpdir(), "sutong-cluster-"));
  const cluster = await startGalera(folder, { durable: false, tell: (line) => process.stdout.write(`${line}\n`) });
  process.env["TEST_DATABASE_SPARES"] = cluster.addresses.slice(1).join(",");
  return {
    ...cluster,
    async stop() {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface DurableServer {
  folder: string;
  /** Starts it, or starts it again on the same data and the same port after `kill` or `stop`. */
  start(): Promise<MariaDb>;
  /** Removes the folder; the server must be stopped. */
  remove(): Promise<void>;
}

/**
 * A server with exactly the settings of production, for tests that end it by force (`kill()` of what `start` gives)
 * and look at what is left.
 */
export function durableServer({ binlog = false } = {}): DurableServer {
  const folder = mkdtempSync(join(tmpdir(), "sutong-durable-"));
  return {
    folder,
    start: () =>
      startMariaDb({ folder, programs, logFile: join(folder, "mariadb.log"), reach: "every database", binlog }),
    remove: async () => {
      const { rm } = await import("node:fs/promises");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
