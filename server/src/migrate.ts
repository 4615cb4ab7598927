import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import mysql from "mysql2/promise";
import { Umzug } from "umzug";

const FOLDER = new URL("../../sql/", import.meta.url);
const LOCK = "sutong_migrate";

/**
 * Lays down `sql/NNNN_*.sql` in order, each once, under a lock that only one process holds. A file that was changed after
 * it ran is refused. Gives the names that ran.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const connection = await mysql.createConnection({ uri: ownerUrl, multipleStatements: true, charset: "utf8mb4" });
  try {
    const [[row]] = (await connection.query("SELECT GET_LOCK(?, 120) AS got", [LOCK])) as unknown as [[{ got: number }]];
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
          const [rows] = (await connection.query("SELECT name, checksum FROM migration ORDER BY name")) as unknown as [{ name: string; checksum: string }[]];
          for (const { name, checksum } of rows) {
            const file = files.find((known) => known.name === name);
            if (file && file.checksum !== checksum) throw new Error(`migration ${name} was changed after it ran`);
          }
          return rows.map(({ name }) => name);
        },
        async logMigration({ name }) {
          const file = files.find((known) => known.name === name);
          await connection.query("INSERT INTO migration (name, checksum, at) VALUES (?, ?, UTC_TIMESTAMP(3))", [name, file?.checksum]);
        },
        async unlogMigration() {
          throw new Error("migrations only go forward");
        },
      },
    });
    return (await umzug.up()).map(({ name }) => name);
  } finally {
    await connection.end();
  }
}

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
  const ran = await migrate(url);
  console.log(ran.length > 0 ? `migrations: ${ran.join(", ")}` : "migrations: nothing new");
}
