import mysql from "mysql2/promise";

/** What the whole database holds, as one checksum for each table. Shared counts of requests are not its business. */
export async function openSnapshots(ownerUrl: string) {
  const connection = await mysql.createConnection({ uri: ownerUrl });
  const [found] = await connection.query("SHOW TABLES");
  const tables = (found as object[])
    .map((row) => String(Object.values(row)[0]))
    .filter((name) => name !== "rate_limit");
  return {
    async take(): Promise<Record<string, string>> {
      const [rows] = await connection.query(`CHECKSUM TABLE ${tables.map((name) => `\`${name}\``).join(", ")}`);
      return Object.fromEntries(
        (rows as { Table: string; Checksum: string | number }[]).map((row) => [
          row.Table.replace(/^.*\./, ""),
          String(row.Checksum),
        ]),
      );
    },
    close: () => connection.end(),
  };
}
