import { createHash } from "node:crypto";
import mysql from "mysql2/promise";
import { inject } from "vitest";
import { migrate } from "../src/migrate.ts";

/** A database of its own for each test file, laid down from the real migrations; the service's user may use it. */
export async function freshDatabase(name: string): Promise<{ ownerUrl: string; appUrl: string; drop(): Promise<void> }> {
  const unique = createHash("sha256").update(`${name} ${process.pid} ${Date.now()} ${Math.random()}`).digest("hex").slice(0, 10);
  const schema = `t_${name.replace(/\W/g, "_").slice(0, 30)}_${unique}`;
  const admin = await mysql.createConnection({ uri: inject("databaseUrl") });
  await admin.query(`CREATE DATABASE ${schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const within = (url: string) => Object.assign(new URL(url), { pathname: `/${schema}` }).href;
  const ownerUrl = within(inject("databaseUrl"));
  const appUrl = within(inject("databaseAppUrl"));
  await migrate(ownerUrl, appUrl);
  return {
    ownerUrl,
    appUrl,
    async drop() {
      await admin.query(`DROP DATABASE IF EXISTS ${schema}`);
      await admin.end();
    },
  };
}
