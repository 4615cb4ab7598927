import type { Connection, RowDataPacket } from "mysql2/promise";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Value } from "#core/database.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { anchorHead } from "../../src/modules/audit/anchor.ts";
import { type AuditFacts, BEGINNING, canonicalJson, hashEntry } from "../../src/modules/audit/chain.ts";
import { type Verdict, verifyChain } from "../../src/modules/audit/verify.ts";
import { seeded } from "./crowd.ts";
import { figure } from "./figure.ts";

/** G19; the full sizes stand in goals.ts. */
const ENTRIES = Number(process.env["AUDIT_ENTRIES"] ?? 300);
const TAMPERINGS = Number(process.env["AUDIT_TAMPERINGS"] ?? 60);
const WALK = Number(process.env["AUDIT_WALK"] ?? 0);
const LONG = 30 * 60_000;

const COLUMNS = [
  "event_id",
  "at",
  "actor_id",
  "role",
  "request_id",
  "name",
  "about",
  "court_code",
  "payload",
  "prev",
  "hash",
];
const CONTENT = COLUMNS.filter((name) => name !== "event_id");

/** One change somebody makes who owns the database, and the entry that must be named for it. */
type Tampering = (
  at: number,
  last: number,
  random: () => number,
) => readonly [sql: readonly string[], firstBad: number];
const TAMPERINGS_BY_KIND: Readonly<Record<string, Tampering>> = {
  edit: (at, _, random) => {
    const column = CONTENT[Math.floor(random() * CONTENT.length)] as string;
    const changed: Record<string, string> = { at: "at + INTERVAL 1 SECOND", actor_id: "actor_id + 1" };
    const text = `IF(LEFT(COALESCE(${column}, ''), 1) = 'b', 'c', 'b')`;
    const value = changed[column] ?? `CONCAT(${text}, SUBSTRING(COALESCE(${column}, ''), 2))`;
    return [[`UPDATE audit_entry SET ${column} = ${value} WHERE seq = ${at}`], at];
  },
  delete: (at) => [[`DELETE FROM audit_entry WHERE seq = ${at}`], at],
  "delete and close the gap": (at, last) => [
    [
      `DELETE FROM audit_entry WHERE seq = ${at}`,
      `UPDATE audit_entry SET seq = seq - 1 WHERE seq > ${at} ORDER BY seq`,
      `UPDATE audit_head SET seq = ${last - 1}, hash = (SELECT hash FROM audit_entry WHERE seq = ${last - 1})`,
    ],
    // Without its last entry the chain itself is whole: only the anchor knows of it.
    at,
  ],
  insert: (at, last) => [
    [
      `UPDATE audit_entry SET seq = seq + 1 WHERE seq >= ${at} ORDER BY seq DESC`,
      `INSERT INTO audit_entry SELECT ${at}, 900000000, at, actor_id, role, request_id, name, about, court_code, payload, prev, hash FROM audit_entry WHERE seq = ${at + 1}`,
      `UPDATE audit_head SET seq = ${last + 1}`,
    ],
    at,
  ],
  swap: (at, last) => {
    const other = at === last ? at - 1 : at + 1;
    const [from, to] = [Math.min(at, other), Math.max(at, other)];
    return [
      [
        `UPDATE audit_entry SET seq = 0 WHERE seq = ${from}`,
        `UPDATE audit_entry SET seq = ${from} WHERE seq = ${to}`,
        `UPDATE audit_entry SET seq = ${to} WHERE seq = 0`,
      ],
      from,
    ];
  },
  "cut the tail": (at, last) => {
    const first = Math.max(2, Math.min(at, last));
    return [
      [
        `DELETE FROM audit_entry WHERE seq >= ${first}`,
        `UPDATE audit_head SET seq = ${first - 1}, hash = (SELECT hash FROM audit_entry WHERE seq = ${first - 1})`,
      ],
      first,
    ];
  },
};

describe("an audit trail that somebody changed", () => {
  const { random } = seeded("audit tampering");
  let app: TestApp;
  let owner: Connection;

  beforeAll(async () => {
    app = await startApp("audit_tampering");
    owner = await mysql.createConnection({
      uri: app.ownerUrl,
      timezone: "Z",
      supportBigNumbers: true,
      bigNumberStrings: true,
    });
    for (const name of ["audit_entry_no_update", "audit_entry_no_delete"]) await owner.query(`DROP TRIGGER ${name}`);
    await lay(owner, 1, ENTRIES, BEGINNING);
    await anchorHead(app);
  }, LONG);
  afterAll(async () => {
    await owner.end();
    await app.stop();
  });

  /** Looks through the eyes of the transaction that tampered. */
  const verify = (): Promise<Verdict> =>
    verifyChain({
      database: {
        read: async <T extends object>(sql: string, values: readonly Value[] = []) =>
          (await owner.query<RowDataPacket[]>(sql, [...values]))[0] as unknown as T[],
      },
      auditSecret: app.settings.auditSecret,
    });

  it(
    `${TAMPERINGS} single tamperings with ${ENTRIES} entries: each is found, and its entry named`,
    async () => {
      expect(await verify()).toMatchObject({ ok: true, checked: ENTRIES, anchors: 1 });
      const kinds = Object.entries(TAMPERINGS_BY_KIND);
      const wrong: string[] = [];
      let found = 0;
      for (let turn = 0; turn < TAMPERINGS; turn += 1) {
        const [kind, tamper] = kinds[turn % kinds.length] as (typeof kinds)[number];
        const at = 2 + Math.floor(random() * (ENTRIES - 1));
        const [statements, expected] = tamper(at, ENTRIES, random);
        await owner.beginTransaction();
        for (const sql of statements) await owner.query(sql);
        const { ok, firstBad } = await verify();
        await owner.rollback();
        if (!ok) found += 1;
        if (firstBad?.seq !== String(expected)) wrong.push(`${kind} at ${at}: ${JSON.stringify(firstBad)}`);
      }
      figure("G19", "tamperings found", found, { of: TAMPERINGS, atLeast: TAMPERINGS });
      figure("G19", "first bad entry named", TAMPERINGS - wrong.length, { of: TAMPERINGS, atLeast: TAMPERINGS });
      expect(wrong).toEqual([]);
      expect(found).toBe(TAMPERINGS);
      expect((await verify()).ok).toBe(true);
    },
    LONG,
  );

  it.runIf(WALK > 0)(
    `walks ${WALK} entries`,
    async () => {
      const [[head]] = await owner.query<RowDataPacket[]>("SELECT hash FROM audit_head");
      await lay(owner, ENTRIES + 1, WALK, head?.["hash"] as string);
      const begun = performance.now();
      expect(await verify()).toMatchObject({ ok: true, checked: WALK });
      const seconds = (performance.now() - begun) / 1000;
      figure("G19", `verify ${WALK} entries`, seconds, { atMost: 60, unit: "s", timed: true });
    },
    LONG,
  );
});

/** Entries as `appendEntry` writes them, many at a time; the head follows. */
async function lay(owner: Connection, from: number, to: number, before: string): Promise<void> {
  let prev = before;
  for (let at = from; at <= to; at += 1000) {
    const rows: (string | number | null)[][] = [];
    for (let seq = at; seq < Math.min(at + 1000, to + 1); seq += 1) {
      const facts: AuditFacts = {
        seq: String(seq),
        eventId: String(seq),
        at: new Date(Date.UTC(2026, 0, 1) + seq * 1000),
        actorId: String(1 + (seq % 97)),
        role: "clerk",
        requestId: `r-${seq}`,
        name: "filing.moved",
        about: `filing:${seq % 1000}`,
        courtCode: "鲁0102",
        payload: canonicalJson({ from: "submitted", to: "under_review", round: seq % 7 }),
        prev,
      };
      prev = hashEntry(facts);
      const moment = facts.at.toISOString().slice(0, 23).replace("T", " ");
      const { actorId, role, requestId, name, about, courtCode, payload } = facts;
      rows.push([seq, seq, moment, actorId, role, requestId, name, about, courtCode, payload, facts.prev, prev]);
    }
    await owner.query(`INSERT INTO audit_entry (seq, ${COLUMNS.join(", ")}) VALUES ?`, [rows]);
  }
  await owner.query("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1", [to, prev]);
}
