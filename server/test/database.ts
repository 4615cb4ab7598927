import { createHash } from "node:crypto";
import mysql from "mysql2/promise";
import { inject } from "vitest";
import { migrate } from "../src/migrate.ts";

/** A database of its own for each test file, laid down from the real migrations; the service's user may use it. */
export async function freshDatabase(
  name: string,
  server: { ownerUrl: string; appUrl: string } = { ownerUrl: inject("databaseUrl"), appUrl: inject("databaseAppUrl") },
): Promise<{ ownerUrl: string; appUrl: string; drop(): Promise<void> }> {
  const unique = createHash("sha256")
    .update(`${name} ${process.pid} ${Date.now()} ${Math.random()}`)
    .digest("hex")
    .slice(0, 10);
  const schema = `t_${name.replace(/\W/g, "_").slice(0, 30)}_${unique}`;
  // No connection is kept: tests may end the server in between.
  const asOwner = async (sql: string): Promise<void> => {
    const admin = await mysql.createConnection({ uri: server.ownerUrl });
    await admin.query(sql);
    await admin.end();
  };
  await asOwner(`CREATE DATABASE ${schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const within = (url: string) => Object.assign(new URL(url), { pathname: `/${schema}` }).href;
  const ownerUrl = within(server.ownerUrl);
  const appUrl = within(server.appUrl);
  await migrate(ownerUrl, appUrl);
  return {
    ownerUrl,
    appUrl,
    drop: () => asOwner(`DROP DATABASE IF EXISTS ${schema}`),
  };
}
