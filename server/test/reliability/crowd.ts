import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import mysql, { type Connection, type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import type { Answered, TestApp } from "#test/app.ts";
import { COURT, type Filed, key, privateLoan } from "#test/filings.ts";
import { type StaffPerson, signInStaff, speaker, staffMember } from "#test/people.ts";

/** Many people at one moment, and the rows they need, made quickly but truly. */

/** Printed first, so that a run can be repeated: SEED=… npx vitest run <file>. */
export function seeded(name: string): { seed: number; random: () => number } {
  const seed = Number(process.env["SEED"] ?? randomInt(2 ** 31));
  process.stdout.write(`${name}: SEED=${seed}\n`);
  let state = seed >>> 0;
  return {
    seed,
    // mulberry32
    random() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Runs a task for each of a list, so many at a time; gives the results in the order of the list. */
export async function pooled<T, R>(
  list: readonly T[],
  width: number,
  run: (one: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const at = next++;
      results[at] = await run(list[at] as T, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
  return results;
}

export const clerks = (app: TestApp, count: number): Promise<StaffPerson[]> =>
  pooled([...Array(count).keys()], 8, (at) =>
    staffMember(app, { username: `clerk${at + 1}`, displayName: `立案员${at + 1}`, role: "clerk", courtCode: COURT }),
  );

/** The same person, signed in once more: a clock that jumped has ended the session. */
export async function again(app: TestApp, who: StaffPerson): Promise<StaffPerson> {
  const signedIn = await signInStaff(app, who);
  if (signedIn.status !== 200) throw new Error(`${who.username} cannot sign in again: ${signedIn.text}`);
  return { ...who, ...speaker(app, signedIn) };
}

/** The tables' own owner, for laying rows and for looking at them from outside. */
export async function withOwner<T>(app: { ownerUrl: string }, run: (owner: Connection) => Promise<T>): Promise<T> {
  const owner = await mysql.createConnection({ uri: app.ownerUrl, supportBigNumbers: true, bigNumberStrings: true });
  try {
    return await run(owner);
  } finally {
    await owner.end();
  }
}

export const rowsOf = <T extends object>(
  app: { ownerUrl: string },
  sql: string,
  values: (string | number)[] = [],
): Promise<T[]> =>
  withOwner(app, async (owner) => (await owner.query<RowDataPacket[]>(sql, values))[0] as unknown as T[]);

/**
 * Drafts like `model`, all its owner's: rows and materials are copied, then the owner saves each over HTTP with a
 * defendant of its own, so that what is sealed, indexed and checked is as real as if it had been typed.
 */
export async function draftsLike(
  app: TestApp,
  model: Filed,
  count: number,
  /** What else each says otherwise than the model. */
  { width = 8, telling = () => ({}) }: { width?: number; telling?: () => object } = {},
): Promise<Filed[]> {
  const { content } = (await model.owner.ask("GET", model.path)).json;
  const [name, materialId] = [content.parties[0].name as string, content.signature.materialId as string];
  const copies = await withOwner(app, async (owner) => {
    const made: { id: string; signature: string }[] = [];
    for (let number = 0; number < count; number += 1) {
      const id = await copyRow(owner, "filing", "id", model.id, {});
      const materials = await owner.query<RowDataPacket[]>(
        "SELECT id FROM material WHERE owner_kind = 'filing' AND owner_id = ?",
        [model.id],
      );
      let signature = "";
      for (const row of materials[0]) {
        const copy = await copyRow(owner, "material", "id", row["id"], { owner_id: id });
        if (row["id"] === materialId) signature = copy;
      }
      await copyRow(owner, "material_shelf", "owner_id", model.id, { owner_id: id });
      made.push({ id, signature });
    }
    return made;
  });
  return pooled(copies, width, async ({ id, signature }, at) => {
    const path = `/filings/${id}`;
    const { version } = (await model.owner.ask("GET", path)).json;
    const changed = {
      ...content,
      parties: privateLoan(name, `被告${at + 1}号`).parties,
      ...telling(),
      signature: { ...content.signature, materialId: signature },
    };
    const saved = await model.owner.ask("PUT", path, { content: changed }, { "if-match": `"${version}"` });
    if (saved.status !== 200) throw new Error(`copy not saved: ${saved.text}`);
    return { id, owner: model.owner, path };
  });
}

/** As clients do: whoever is told to come again does so, with the same key. */
export async function patiently(ask: () => Promise<Answered>): Promise<Answered> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await sleep(500);
  }
}

export async function submitAll(filings: readonly Filed[], width = 12): Promise<void> {
  await pooled(filings, width, async ({ owner, path }) => {
    const once = key();
    const answer = await patiently(() => owner.ask("POST", `${path}/moves`, { action: "submit" }, once));
    if (answer.status !== 200) throw new Error(`not submitted: ${answer.text}`);
  });
}

let copies = 0;

/** Copies a filing that waits in a queue, with every row that belongs to it, so many times. */
export async function queueCopies(app: TestApp, filingId: string, count: number): Promise<void> {
  await withOwner(app, async (owner) => {
    const [[item]] = await owner.query<RowDataPacket[]>("SELECT id FROM intake_item WHERE filing_id = ?", [filingId]);
    for (let left = count; left > 0; left -= 1) {
      copies += 1;
      const filing_id = await copyRow(owner, "filing", "id", filingId, { receipt_number: `复制-${copies}` });
      await copyRow(owner, "filing_submission", "filing_id", filingId, { filing_id });
      await copyRow(owner, "filing_clock_event", "filing_id", filingId, { filing_id });
      await copyRow(owner, "filing_party", "filing_id", filingId, { filing_id });
      await copyRow(owner, "intake_item", "id", item?.["id"], { filing_id });
    }
  });
}

const columns = new Map<string, string[]>();
const AUTO = new Set(["filing", "material", "filing_submission", "filing_clock_event", "intake_item"]);

async function copyRow(
  owner: Connection,
  table: string,
  where: string,
  value: string,
  set: Record<string, string>,
): Promise<string> {
  const all =
    columns.get(table) ??
    (await owner.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`))[0].map((row) => row["Field"] as string);
  columns.set(table, all);
  const kept = all.filter((name) => !(AUTO.has(table) && name === "id"));
  const sql = `INSERT INTO ${table} (${kept.join(",")}) SELECT ${kept.map((name) => (name in set ? "?" : name)).join(",")} FROM ${table} WHERE ${where} = ?`;
  const values = [...kept.filter((name) => name in set).map((name) => set[name]), value];
  return String((await owner.query<ResultSetHeader>(sql, values))[0].insertId);
}
