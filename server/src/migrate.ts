import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import mysql from "mysql2/promise";
import { Umzug } from "umzug";
import { databaseTls } from "#core/database-tls.ts";

const FOLDER = new URL("../../sql/", import.meta.url);
const LOCK = "sutong_migrate";

/**
 * Lays down `sql/NNNN_*.sql` in order, each once, under a lock that only one process holds, and gives the service's
 * user its rights. A file that was changed after it ran is refused. Gives the names that ran.
 */
export async function migrate(ownerUrl: string, appUrl: string = ownerUrl): Promise<string[]> {
  const connection = await mysql.createConnection({
    uri: ownerUrl,
    multipleStatements: true,
    charset: "utf8mb4",
    ...databaseTls(process.env["DATABASE_CA"]),
  });
  try {
    const [[row]] = (await connection.query("SELECT GET_LOCK(?, 120) AS got", [LOCK])) as unknown as [
      [{ got: number }],
    ];
    if (row.got !== 1) throw new Error("another process holds the migration lock");
    await connection.query(
      `CREATE TABLE IF NOT EXISTS migration (
         name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
         checksum CHAR(64) CHARACTER SET ascii NOT NULL,
         at DATETIME(3) NOT NULL
       ) COMMENT '已执行的数据库变更'`,
    );
    const files = await readMigrations();
    const umzug = new Umzug({
      migrations: files.map(({ name, sql }) => ({ name, up: () => connection.query(sql) })),
      logger: undefined,
      storage: {
        async executed() {
          const [rows] = (await connection.query("SELECT name, checksum FROM migration ORDER BY name")) as unknown as [
            { name: string; checksum: string }[],
          ];
          for (const { name, checksum } of rows) {
            const file = files.find((known) => known.name === name);
            if (file && file.checksum !== checksum) throw new Error(`migration ${name} was changed after it ran`);
          }
          return rows.map(({ name }) => name);
        },
        async logMigration({ name }) {
          const file = files.find((known) => known.name === name);
          await connection.query("INSERT INTO migration (name, checksum, at) VALUES (?, ?, UTC_TIMESTAMP(3))", [
            name,
            file?.checksum,
          ]);
        },
        async unlogMigration() {
          throw new Error("migrations only go forward");
        },
      },
    });
    const ran = (await umzug.up()).map(({ name }) => name);
    await grant(connection, ownerUrl, appUrl);
    return ran;
  } finally {
    await connection.end();
  }
}

/** The service's user may read and write rows, never change tables; the audit trail it may only add to (rule 38). */
async function grant(connection: mysql.Connection, ownerUrl: string, appUrl: string): Promise<void> {
  const user = decodeURIComponent(new URL(appUrl).username);
  if (user === decodeURIComponent(new URL(ownerUrl).username)) return;
  const host = await hostOf(connection, user);
  const [tables] = (await connection.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()",
  )) as unknown as [{ name: string }[]];
  for (const { name } of tables) {
    const rights =
      name === "migration" ? "SELECT" : ADD_ONLY.has(name) ? "SELECT, INSERT" : "SELECT, INSERT, UPDATE, DELETE";
    await connection.query(`GRANT ${rights} ON ${mysql.escapeId(name)} TO ${mysql.escape(user)}@${mysql.escape(host)}`);
  }
}
/** From where the service's user comes; an owner who may not look has made it for this machine, as the launcher does. */
async function hostOf(connection: mysql.Connection, user: string): Promise<string> {
  try {
    const [[found]] = (await connection.query(
      "SELECT known.Host AS host FROM mysql.user known WHERE known.User = ? LIMIT 1",
      [user],
    )) as unknown as [[{ host: string } | undefined]];
    return found?.host ?? "%";
  } catch {
    return "127.0.0.1";
  }
}
const ADD_ONLY = new Set(["audit_entry", "audit_anchor", "ledger_entry"]);

async function readMigrations(): Promise<{ name: string; sql: string; checksum: string }[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(fileURLToPath(pathToFileURL(process.argv[1]))).href) {
  const url = process.env["DATABASE_OWNER_URL"] ?? process.env["DATABASE_URL"];
  if (!url) throw new Error("DATABASE_OWNER_URL is not set");
  const ran = await migrate(url, process.env["DATABASE_URL"] ?? url);
  console.log(ran.length > 0 ? `migrations: ${ran.join(", ")}` : "migrations: nothing new");
}
