import { createSecretKey } from "node:crypto";
import type { RequestListener } from "node:http";
import Router from "@koa/router";
import jwt from "jsonwebtoken";
import Koa from "koa";
import mysql from "mysql2";
import type { Actor } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { presentCase, presentCases } from "#modules/case/present.ts";
import { listCaseRows } from "#modules/case/store.ts";
import { presentObligations } from "#modules/desk/present.ts";
import { countWaiting, listChangeRows, listOwnObligations } from "#modules/desk/read.ts";
import type { Means } from "#modules/module.ts";
import { readConfig, vaultOf } from "../src/config.ts";

type Statement = readonly [sql: string, values: readonly Value[]];

/**
 * The floor with our statements in place of its one: what a question costs that asks who may know, before a word of ours is run.
 * No rates, no logs, no headers, nothing deciphered, the rows as they came.
 */
export async function bare(): Promise<RequestListener> {
  const { DATABASE_URL = "", FLOOR_SECRET = "", BENCH_ACCOUNT = "", BENCH_CASE = "" } = process.env;
  const secret = createSecretKey(Buffer.from(FLOOR_SECRET));
  const wire = { supportBigNumbers: true, bigNumberStrings: true, dateStrings: ["DATE" as const], timezone: "Z" };
  const pool = mysql.createPool({ uri: DATABASE_URL, connectionLimit: 10, ...wire });
  const ask = <T extends object>([sql, values]: Statement): Promise<T[]> =>
    new Promise((done, failed) => {
      pool.execute(sql, values as mysql.ExecuteValues, (error, rows) =>
        error ? failed(error) : done(rows as unknown as T[]),
      );
    });
  const actor: Actor = {
    accountId: BENCH_ACCOUNT,
    role: "litigant",
    courtCode: null,
    sessionId: null,
    ownRightOnly: true,
  };
  const vault = vaultOf(readConfig(process.env));

  /** The statements of one of our reads, written down while it runs; what it makes of their rows is of no interest here. */
  async function statementsOf(read: (means: Means, database: Database) => Promise<unknown>): Promise<Statement[]> {
    const asked: Statement[] = [];
    const database = {
      read(sql: string, values: readonly Value[] = []) {
        asked.push([sql, values]);
        return ask([sql, values]);
      },
    } as Database;
    await read({ database, vault } as Means, database).catch(() => undefined);
    if (asked.length === 0) throw new Error("nothing was asked");
    return asked;
  }

  const router = new Router();
  const reads: Readonly<Record<string, (means: Means, database: Database) => Promise<unknown>>> = {
    "/cases/:id": (means) => presentCase(means, actor, BENCH_CASE),
    "/cases": async (means, database) =>
      presentCases(means, actor, (await listCaseRows(database, actor, { limit: 20 })).slice(0, 20)),
    "/obligations": async (means, database) =>
      presentObligations(means, actor, await listOwnObligations(database, actor, { state: "open", limit: 20 })),
    "/changes": async (_, database) => {
      await listChangeRows(database, actor, { limit: 20 });
      await countWaiting(database, actor);
    },
  };
  for (const [path, read] of Object.entries(reads)) {
    const statements = await statementsOf(read);
    router.get(path, async (ctx) => {
      jwt.verify(ctx.get("authorization").slice(7), secret, { algorithms: ["HS256"] });
      const answers: object[] = [];
      for (const statement of statements) answers.push(await ask(statement));
      ctx.body = answers;
    });
  }
  return new Koa().use(router.routes()).callback();
}
