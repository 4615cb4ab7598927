import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import type { DatabaseTls } from "#core/database-tls.ts";

/**
 * Where the database is written to: the one address there is, or one node of a Galera cluster. Which node it is stands in
 * the cluster itself (`database_writer`), so all processes agree, and whoever is cut off from the others cannot choose.
 */
export interface Writer {
  /** A new connection to where is written now; it breaks when that changes, or when nothing answers there any more. */
  connect(): Socket;
  /** A transaction's first statement: the time and, in a cluster, whether this node is still the one that is written to. */
  readonly opening: string;
  close(): void;
}

export interface WriterOptions {
  readonly url: string;
  /** `host:port` of the cluster's other nodes, in the order in which they are to take over. */
  readonly spares?: readonly string[];
  /** Whoever says nothing for so long is taken for gone. Where no other stands ready, there is less hurry. */
  readonly silentMs?: number;
  readonly onMove?: (node: string) => void;
  readonly ssl?: DatabaseTls;
}

interface Answer {
  readonly address: string;
  /** The node that answered, and the one it knows as the writer. */
  readonly node: string;
  readonly writer: string | null;
}

const LOOK_MS = 1_000;
const LOOK_FOR_MS = 200;
/** While a cluster makes out who is still there, it holds up every write. */
const TAKING_MS = 10_000;

const ONE = "SELECT 'the only one' AS node, 'the only one' AS writer";
const CLUSTER = "SELECT @@wsrep_node_name AS node, (SELECT node FROM database_writer WHERE id = 1) AS writer";
const TAKE = `INSERT INTO database_writer (id, node, at) VALUES (1, ?, UTC_TIMESTAMP(3))
  ON DUPLICATE KEY UPDATE at = IF(node = ?, VALUES(at), at), node = IF(node = ?, VALUES(node), node)`;
/** The lock is taken back from whoever holds it when another node becomes the writer, and their transaction with it. */
const OPENING = `SELECT UTC_TIMESTAMP(3) AS now, node = @@wsrep_node_name AS here
  FROM database_writer WHERE id = 1 LOCK IN SHARE MODE`;

export function openWriter({ url, spares = [], ssl, ...more }: WriterOptions): Writer {
  const { silentMs = spares.length > 0 ? 3_000 : 10_000, onMove = () => undefined } = more;
  const { hostname, port, username, password, pathname } = new URL(url);
  const login = {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    // The certificate of every node bears the name that all are known by.
    host: hostname,
    ...(ssl ? { ssl } : {}),
  };
  const addresses = [`${hostname}:${port || 3306}`, ...spares];
  const sockets = new Set<Socket>();
  const watched = new Map<string, Connection>();
  let [current, closed] = [addresses[0] as string, false];
  /** Nobody waits for an answer where there was none. */
  let away = false;

  function dial(address: string, socket = unconnected()): Socket {
    const at = address.lastIndexOf(":");
    const host = address.slice(0, at).replace(/^\[|\]$/g, "");
    return socket.connect({ host, port: Number(address.slice(at + 1)) });
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy(gone());
  }

  async function say<T>(address: string, sql: string, values: string[], patienceMs: number): Promise<T> {
    const talk = async (): Promise<T> => {
      let connection = watched.get(address);
      if (!connection) {
        // Longer than the patience below: the driver would take this process's own pause for the other's silence.
        connection = await mysql.createConnection({
          ...login,
          stream: () => dial(address),
          connectTimeout: 2 * TAKING_MS,
        });
        connection.on("error", () => watched.delete(address));
        watched.set(address, connection);
        if (closed) connection.destroy();
      }
      return (await connection.query<RowDataPacket[]>(sql, values))[0] as T;
    };
    try {
      return await Promise.race([talk(), silence(patienceMs)]);
    } catch (error) {
      watched.get(address)?.destroy();
      watched.delete(address);
      throw error;
    }
  }

  async function ask(address: string): Promise<Answer | null> {
    const sql = addresses.length > 1 ? CLUSTER : ONE;
    const [row] = await say<Omit<Answer, "address">[]>(address, sql, [], silentMs);
    return row ? { address, ...row } : null;
  }

  function move({ address, node }: Answer): void {
    away = false;
    if (address === current) return;
    current = address;
    cut();
    onMove(node);
  }

  async function look(): Promise<void> {
    const here = await ask(current).catch((error: unknown) => {
      away = !isTold(error);
      if (!away) throw error;
      cut();
      return null;
    });
    if (here && here.node === here.writer) return move(here);
    if (addresses.length === 1) return;
    const others = addresses.filter((address) => address !== current);
    const answers = [here, ...(await Promise.all(others.map((one) => ask(one).catch(() => null))))].filter(isThere);
    const writer = answers.find((one) => one.node === one.writer);
    if (writer) return move(writer);
    const [heir] = answers;
    if (!heir) return;
    const before = heir.writer ?? "";
    await say(heir.address, TAKE, [heir.node, before, before], TAKING_MS);
    // Who came first stands there now.
    const now = await ask(heir.address);
    if (now && now.node === now.writer) move(now);
  }

  // What the database itself refuses (too many connections, no such table yet) is told by whoever needs it.
  const lookSafely = () => look().catch(() => undefined);
  const firstLook = lookSafely();
  async function watch(): Promise<void> {
    for (await firstLook; !closed; await lookSafely())
      await sleep(away ? LOOK_FOR_MS : LOOK_MS, undefined, { ref: false });
  }
  void watch();

  return {
    opening: addresses.length > 1 ? OPENING : "SELECT UTC_TIMESTAMP(3) AS now, 1 AS here",
    connect() {
      const socket = unconnected();
      socket.once("close", () => sockets.delete(socket));
      const lead = () => {
        if (away) socket.destroy(gone());
        else if (!socket.destroyed) sockets.add(dial(current, socket));
      };
      // In a cluster nobody is led to a node before it is known which is the writer.
      if (addresses.length === 1) lead();
      else void firstLook.then(lead);
      return socket;
    },
    close() {
      closed = true;
      for (const connection of watched.values()) connection.destroy();
    },
  };
}

function unconnected(): Socket {
  const socket = new Socket().setNoDelay(true).setKeepAlive(true);
  // Between the driver's letting go and the end, nobody else listens.
  return socket.on("error", () => undefined);
}

const gone = () => Object.assign(new Error("the database does not answer"), { code: "ECONNRESET" });

const isThere = (answer: Answer | null): answer is Answer => answer !== null;

/** Answered by a server that works: not by one that says it may not be used (08S01), nor by a broken line. */
const isTold = (error: unknown): boolean => !(((error as { sqlState?: string }).sqlState ?? "08S01") === "08S01");

/** Three waits: a process that was itself held up must not take its own pause for the other's silence. */
async function silence(ms: number): Promise<never> {
  for (let part = 0; part < 3; part += 1) await sleep(ms / 3, undefined, { ref: false });
  throw new Error("no answer");
}
