import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import mysql, { type RowDataPacket } from "mysql2/promise";
import { fetchFromDebian, maySystemFetch } from "./debian-fetch.ts";
import { type MariaDb, type MariaDbOptions, startMariaDb } from "./mariadb.ts";
import { baseFlags, credentials, environment, openFolder, own } from "./mariadb-folder.ts";
import { findOrFetch } from "./mariadb-program.ts";
import { freePort } from "./ports.ts";
import { pause } from "./processes.ts";
import { Stop } from "./say.ts";
import { ROOT } from "./settings.ts";

/** A Galera cluster of three MariaDB servers on this machine, for tests and for showing how it works. */
export interface Galera {
  readonly nodes: readonly GaleraNode[];
  /** `host:port` of each, in the order of `nodes`. */
  readonly addresses: readonly string[];
  /** To the first node; `addresses` names the others. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Starts all anew after all have died: the one that knows most founds the cluster, the others join. */
  coldStart(): Promise<void>;
  stop(): Promise<void>;
}

export interface GaleraNode {
  readonly name: string;
  readonly port: number;
  /** Of the server that runs or ran last. */
  readonly server: MariaDb;
  /** Joins the others again after `server.kill()`. */
  start(): Promise<void>;
  /** Cuts this node off from the other two, or joins it to them again; clients reach it all the same. */
  isolate(isCut: boolean): Promise<void>;
  /** Until it is a member again and may be used. */
  synced(): Promise<void>;
}

const MEMBERS = 3;
const READY_MS = 60_000;
const FOUND = ["--wsrep-new-cluster"];
const ask = promisify(execFile);

export async function startGalera(
  folder: string,
  { tell = () => undefined, durable = true }: Pick<MariaDbOptions, "tell" | "durable"> = {},
): Promise<Galera> {
  const programs = [join(ROOT, "var/mariadb/program")];
  const program = await findOrFetch(programs, tell);
  const { provider, scripts } = await findGalera(tell);
  const path = `${scripts}:${process.env["PATH"] ?? ""}:/usr/sbin`;
  mkdirSync(folder, { recursive: true });
  // The servers run as nobody in particular, and must get through.
  chmodSync(folder, 0o711);
  const homes = Array.from({ length: MEMBERS }, (_, at) => join(folder, `node${at + 1}`));
  const ports: { sql: number; group: number; state: number; steps: number }[] = [];
  for (const _ of homes)
    ports.push({ sql: await freePort(), group: await freePort(), state: await freePort(), steps: await freePort() });
  const group = ports.map((one) => `127.0.0.1:${one.group}`).join(",");
  const log = (at: number) => join(folder, `node${at + 1}.log`);

  const memberFlags = (at: number): string[] => {
    const { group: own, state, steps } = ports[at]!;
    const options = {
      "gmcast.listen_addr": `tcp://127.0.0.1:${own}`,
      "ist.recv_addr": `127.0.0.1:${steps}`,
      "evs.keepalive_period": "PT0.5S",
      "evs.inactive_check_period": "PT0.5S",
      "evs.suspect_timeout": "PT3S",
      "evs.inactive_timeout": "PT5S",
      "evs.install_timeout": "PT5S",
      // Who founds the cluster after all have died is decided below, as the runbook says.
      "pc.recovery": "no",
    };
    return [
      "--wsrep-on=ON",
      `--wsrep-provider=${provider}`,
      "--wsrep-cluster-name=sutong",
      `--wsrep-cluster-address=gcomm://${group}`,
      `--wsrep-node-name=node${at + 1}`,
      `--wsrep-node-address=127.0.0.1:${own}`,
      "--wsrep-sst-method=rsync",
      `--wsrep-sst-receive-address=127.0.0.1:${state}`,
      "--wsrep-slave-threads=2",
      "--binlog-format=ROW",
      "--innodb-autoinc-lock-mode=2",
      `--wsrep-provider-options=${Object.entries(options)
        .map(([name, value]) => `${name}=${value}`)
        .join(";")}`,
    ];
  };
  const launch = (at: number, more: readonly string[] = []): Promise<MariaDb> =>
    startMariaDb({
      folder: homes[at]!,
      programs,
      logFile: log(at),
      port: ports[at]!.sql,
      durable,
      member: { flags: [...memberFlags(at), ...more], path },
    });
  /** What this node has on its disk: the cluster's id and the last change it holds. */
  const recovered = async (at: number): Promise<{ position: string; last: number }> => {
    const { data, run, socket, runAs } = openFolder(homes[at]!);
    const where = [`--datadir=${data}`, `--socket=${socket}`, `--tmpdir=${run}`];
    const flags = [...baseFlags(program, runAs), ...where, ...memberFlags(at), "--skip-networking", "--wsrep-recover"];
    const { stderr } = await ask(program.mariadbd, flags, {
      env: environment(program),
      ...credentials(runAs),
      maxBuffer: 2 ** 24,
    });
    const position = /Recovered position: (\S+)/.exec(stderr)?.[1];
    if (!position) throw new Error(`node${at + 1} does not tell its position:\n${stderr.slice(-2000)}`);
    return { position, last: Number(position.split(":")[1]) };
  };

  const servers: MariaDb[] = [];
  const nodes = homes.map((_, at): GaleraNode => {
    const sql = async (text: string): Promise<RowDataPacket[]> => {
      const connection = await mysql.createConnection({ uri: servers.find(Boolean)!.ownerUrl, port: ports[at]!.sql });
      return connection
        .query<RowDataPacket[]>(text)
        .then(([rows]) => rows)
        .finally(() => connection.destroy());
    };
    return {
      name: `node${at + 1}`,
      port: ports[at]!.sql,
      get server() {
        return servers[at]!;
      },
      async start() {
        const { position } = await recovered(at);
        servers[at] = await launch(at, [`--wsrep-start-position=${position}`]);
        await this.synced();
      },
      isolate: async (isCut) =>
        void (await sql(`SET GLOBAL wsrep_provider_options = 'gmcast.isolate=${isCut ? 1 : 0}'`)),
      async synced() {
        for (const until = performance.now() + READY_MS; performance.now() < until; await pause(100)) {
          const [state] = await sql("SHOW STATUS LIKE 'wsrep_local_state_comment'").catch(() => []);
          if (state?.["Value"] === "Synced") return;
        }
        throw new Error(`node${at + 1} did not become a member within a minute, see ${log(at)}`);
      },
    };
  });
  const coldStart = async (): Promise<void> => {
    const positions = await Promise.all(homes.map((_, at) => recovered(at)));
    const first = positions.reduce((best, { last }, at) => (last > positions[best]!.last ? at : best), 0);
    const { data, runAs } = openFolder(homes[first]!);
    const state = join(data, "grastate.dat");
    writeFileSync(state, readFileSync(state, "utf8").replace("safe_to_bootstrap: 0", "safe_to_bootstrap: 1"));
    own(state, runAs);
    servers[first] = await launch(first, [...FOUND, `--wsrep-start-position=${positions[first]!.position}`]);
    await nodes[first]!.synced();
    for (const [at, node] of nodes.entries()) if (at !== first) await node.start();
  };
  const firstStart = async (): Promise<void> => {
    // Users and passwords are laid down once, by a server that is alone; the others take over its data.
    await (await startMariaDb({ folder: homes[0]!, programs, logFile: log(0), reach: "every database" })).stop();
    for (const [at, home] of homes.entries()) {
      mkdirSync(home, { recursive: true, mode: 0o711 });
      if (at > 0) cpSync(join(homes[0]!, "passwords.json"), join(home, "passwords.json"));
      servers[at] = await launch(at, at === 0 ? FOUND : []);
      await nodes[at]!.synced();
    }
  };
  await (homes.every((home) => existsSync(join(home, "data/grastate.dat"))) ? coldStart() : firstStart());
  return {
    nodes,
    addresses: ports.map(({ sql }) => `127.0.0.1:${sql}`),
    ownerUrl: servers[0]!.ownerUrl,
    appUrl: servers[0]!.appUrl,
    coldStart,
    async stop() {
      for (const server of [...servers].reverse()) await server?.stop();
    },
  };
}

/** Galera's library and the scripts by which a new member takes over the data: the machine's own, else a private copy. */
async function findGalera(tell: (line: string) => void): Promise<{ provider: string; scripts: string }> {
  const folder = join(ROOT, "var/galera/program");
  const library = "usr/lib/galera/libgalera_smm.so";
  const inRoot = (root: string) => ({ provider: join(root, library), scripts: join(root, "usr/bin") });
  const places = ["/", folder].map(inRoot);
  const isThere = ({ provider, scripts }: { provider: string; scripts: string }) =>
    existsSync(provider) && existsSync(join(scripts, "wsrep_sst_rsync"));
  const lacking = !existsSync("/usr/bin/rsync");
  const known = places.find(isThere);
  if (known && !lacking) return known;
  if (lacking || !maySystemFetch()) throw new Stop("Galera needs: apt-get install galera-4 mariadb-server rsync");
  tell("fetching a private copy of Galera (about 5 MB)");
  rmSync(folder, { recursive: true, force: true });
  await fetchFromDebian(folder, { name: "galera-4", beside: ["mariadb-server"], files: [library] });
  return inRoot(folder);
}
