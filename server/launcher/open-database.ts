import { join } from "node:path";
import { startGalera } from "./galera.ts";
import type { House } from "./house.ts";
import { startMariaDb } from "./mariadb.ts";
import { pause } from "./processes.ts";
import { say, step } from "./say.ts";
import type { Settings } from "./settings.ts";

export interface DatabaseUrls {
  owner: string;
  app: string;
  spares?: string;
}

/** The database: one given from outside, a Galera cluster, or a MariaDB of our own. */
export async function openDatabase(house: House, settings: Settings): Promise<DatabaseUrls> {
  const given = process.env["DATABASE_URL"];
  if (given) {
    say("  ✓ 使用给定的数据库 / using the database of DATABASE_URL");
    return { app: given, owner: process.env["DATABASE_OWNER_URL"] || given };
  }
  if (settings.cluster) {
    const cluster = await step(
      "数据库集群 / cluster",
      () => startGalera(join(settings.dataDir, "galera"), { tell: (line) => say(`  … ${line}`) }),
      ({ addresses }) => `Galera, ${addresses.join(" ")}`,
    );
    house.database = cluster;
    for (const node of cluster.nodes) {
      const log = join(settings.dataDir, "galera", `${node.name}.log`);
      void keepUp(house, log, { ended: () => node.server.ended, again: () => node.start() });
    }
    return { owner: cluster.ownerUrl, app: cluster.appUrl, spares: cluster.addresses.slice(1).join(",") };
  }
  const folder = join(settings.dataDir, "mariadb");
  const options = {
    folder,
    programs: [join(folder, "program"), join(settings.root, "var/mariadb/program")],
    logFile: join(settings.logs, "mariadb.log"),
    tell: (line: string) => say(`  … ${line}`),
  };
  let current = await step(
    "数据库 / database",
    () => startMariaDb(options),
    (db) => `MariaDB ${db.version.split("-")[0]}, 127.0.0.1:${db.port}`,
  );
  const { port, ownerUrl, appUrl } = current;
  house.database = current;
  const again = async () => {
    current = await startMariaDb({ ...options, port });
    house.database = current;
  };
  void keepUp(house, options.logFile, { ended: () => current.ended, again });
  return { owner: ownerUrl, app: appUrl };
}

/** A database that ended by itself is started again on the same port, so nobody else has to know. */
async function keepUp(
  house: House,
  log: string,
  { ended, again }: { ended: () => Promise<void>; again: () => Promise<void> },
): Promise<void> {
  for (let wait = 200; ; wait = Math.min(10_000, wait * 2)) {
    await ended();
    if (house.leaving) return;
    say(`  ! 数据库已退出,正在重启 / the database ended, starting it again, 日志 / log ${log}`);
    await pause(wait);
    if (house.leaving) return;
    await again().catch((error: Error) => say(`    ${error.message}`));
  }
}
