import mysql from "mysql2/promise";

/**
 * What the whole database holds, as one checksum for each table. Counts of requests and of tries are not its business, nor when a
 * session was last seen: that is written once a minute, whatever was answered.
 */
export async function openSnapshots(ownerUrl: string) {
  const connection = await mysql.createConnection({ uri: ownerUrl });
  const [found] = await connection.query("SHOW TABLES");
  const tables = (found as object[])
    .map((row) => String(Object.values(row)[0]))
    .filter((name) => name !== "rate_limit" && name !== "case_join_try" && name !== "session");
  const [fields] = await connection.query("SHOW COLUMNS FROM session");
  const columns = (fields as { Field: string }[]).map(({ Field }) => Field).filter((name) => name !== "seen_at");
  const sessions = `SELECT COUNT(*) AS many, BIT_XOR(CRC32(CONCAT_WS('|', ${columns.map((name) => `COALESCE(HEX(${name}), '-')`).join(", ")}))) AS sum FROM session`;
  return {
    async take(): Promise<Record<string, string>> {
      const [rows] = await connection.query(`CHECKSUM TABLE ${tables.map((name) => `\`${name}\``).join(", ")}`);
      const [[seen]] = (await connection.query(sessions)) as unknown as [[{ many: unknown; sum: unknown }]];
      const sums = (rows as { Table: string; Checksum: string | number }[]).map((row) => [
        row.Table.replace(/^.*\./, ""),
        String(row.Checksum),
      ]);
      return { ...Object.fromEntries(sums), session: `${seen.many}:${seen.sum}` };
    },
    close: () => connection.end(),
  };
}
