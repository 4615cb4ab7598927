import { once } from "node:events";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pino } from "pino";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Files } from "#gateways/files/port.ts";
import { readConfig } from "./config.ts";
import { openHouse } from "./house.ts";
import { placeSql, SEALED_COLUMNS, SEALED_FILES, type SealedColumn } from "./sealed-columns.ts";

const BATCH = 100;

export interface Resealing {
  readonly database: Pick<Database, "read">;
  readonly files: Pick<Files, "read" | "write">;
  readonly vault: Vault;
  /** The number that seals now. */
  readonly newest: number;
}

/**
 * Seals what stands under older keys anew under the newest, a value at a time: whatever changed in between is left to the
 * one who changed it, so the service goes on beside it. Ended at any point, it goes on where it was. Gives how many were done.
 */
export async function reseal(means: Resealing, said: (line: string) => void = () => undefined): Promise<number> {
  let done = 0;
  for (const sealed of await present(means.database, SEALED_COLUMNS)) {
    for (;;) {
      const values = await oldValues(means, sealed);
      for (const value of values) done += await resealValue(means, sealed, value);
      if (values.length > 0) said(`${sealed.table}.${sealed.column} ${done}`);
      if (values.length < BATCH) break;
    }
  }
  for (const sealed of await present(means.database, SEALED_FILES)) {
    for (const { key, place } of await filesOf(means, sealed)) done += await resealFile(means, key, place);
  }
  return done;
}

/** How many values and files stand under older keys. */
export async function countOld(means: Resealing): Promise<number> {
  let old = 0;
  for (const { table, column } of await present(means.database, SEALED_COLUMNS)) {
    const [row] = await means.database.read<{ n: string }>(
      `SELECT COUNT(*) AS n FROM ${table} t WHERE t.${column} IS NOT NULL AND ${keyOf(column)} <> ?`,
      [means.newest],
    );
    old += Number(row?.n ?? 0);
  }
  for (const sealed of await present(means.database, SEALED_FILES)) {
    for (const { key } of await filesOf(means, sealed)) old += (await keyOfFile(means, key)) === means.newest ? 0 : 1;
  }
  return old;
}

/** The second byte of a sealed value is the number of its key. */
const keyOf = (column: string): string => `ORD(SUBSTRING(t.${column}, 2, 1))`;

interface OldValue {
  readonly value: Buffer;
  readonly place: string | null;
}

const oldValues = ({ database, newest }: Resealing, sealed: SealedColumn): Promise<OldValue[]> =>
  database.read<OldValue>(
    `SELECT t.${sealed.column} AS value, ${placeSql(sealed)} AS place FROM ${sealed.table} t ${sealed.owner ?? ""}
      WHERE t.${sealed.column} IS NOT NULL AND ${keyOf(sealed.column)} <> ? LIMIT ${BATCH}`,
    [newest],
  );

/** No two sealed values are alike (each has a nonce of its own), so a value itself says which row is meant. */
async function resealValue({ database, vault }: Resealing, sealed: SealedColumn, { value, place }: OldValue) {
  const { table, column } = sealed;
  if (place === null) throw new Error(`${table}.${column}: a value that belongs to no row`);
  let plain: string;
  try {
    plain = vault.open(value, place);
  } catch (error) {
    throw new Error(`${table}.${column}, ${place}: does not open`, { cause: error });
  }
  const result = await database.read(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, [
    vault.seal(plain, place),
    value,
  ]);
  return (result as unknown as { affectedRows: number }).affectedRows;
}

const filesOf = ({ database }: Resealing, sealed: SealedColumn): Promise<{ key: string; place: string }[]> =>
  database.read(
    `SELECT t.${sealed.column} AS \`key\`, ${placeSql(sealed)} AS place FROM ${sealed.table} t ${sealed.owner ?? ""}
      WHERE t.${sealed.column} IS NOT NULL`,
  );

async function keyOfFile({ files }: Resealing, key: string): Promise<number> {
  const stream = await files.read(key, { start: 0, end: 1 });
  const [head] = (await once(stream, "data")) as [Buffer];
  return head[1] ?? 0;
}

async function resealFile(means: Resealing, key: string, place: string): Promise<number> {
  if ((await keyOfFile(means, key)) === means.newest) return 0;
  const chunks: Buffer[] = [];
  for await (const chunk of await means.files.read(key)) chunks.push(chunk as Buffer);
  const plain = means.vault.open(Buffer.concat(chunks), place);
  await means.files.write(key, means.vault.seal(plain, place), { contentType: "application/octet-stream" });
  return 1;
}

/** Without those whose table or column this version of the database does not have. */
async function present(database: Pick<Database, "read">, columns: readonly SealedColumn[]): Promise<SealedColumn[]> {
  const rows = await database.read<{ name: string }>(
    "SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns WHERE table_schema = DATABASE()",
  );
  const known = new Set(rows.map(({ name }) => name));
  return columns.filter(({ table, column }) => known.has(`${table}.${column}`));
}

/** `npm run reseal`, with the service's own settings; DATA_KEYS names the old numbers and the new one. */
if (process.argv[1] && import.meta.url === pathToFileURL(fileURLToPath(pathToFileURL(process.argv[1]))).href) {
  const config = readConfig(process.env);
  const house = openHouse(config, pino({ level: "warn" }));
  const { database, gateways, vault } = house.options;
  const newest = Math.max(...config.DATA_KEYS.split(",").map((pair) => Number.parseInt(pair, 10)));
  const means: Resealing = { database, files: gateways.files, vault, newest };
  console.log(`待重新加密 ${await countOld(means)} 项，使用密钥 ${newest} 号`);
  const done = await reseal(means, (line) => console.log(line));
  const left = await countOld(means);
  console.log(`已重新加密 ${done} 项，还剩 ${left} 项${left === 0 ? "：旧编号可以从 DATA_KEYS 中去掉" : ""}`);
  await house.close();
  process.exit(left === 0 ? 0 : 1);
}
