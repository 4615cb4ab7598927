import mysql from "mysql2/promise";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { anchorHead } from "./anchor.ts";
import { canonicalJson, hashEntry } from "./chain.ts";
import { type Flaw, verifyChain } from "./verify.ts";

let app: TestApp;
let owner: mysql.Connection;
let auditor: StaffPerson;
let courtAuditor: StaffPerson;
let fang: Person;
beforeAll(async () => {
  app = await startApp("audit");
  owner = await mysql.createConnection({ uri: app.ownerUrl, multipleStatements: true, timezone: "Z" });
  auditor = await staffMember(app, { username: "auditor1", role: "auditor", courtCode: null });
  courtAuditor = await staffMember(app, { username: "auditor2", role: "auditor", courtCode: "鲁0102" });
  fang = await person(app, "王芳", { verified: true });
  await staffMember(app, { username: "clerk-far", role: "clerk", courtCode: "鲁0103" });
  for (let count = 0; count < 6; count += 1) await person(app, `来访者${count}`);
  await app.settle();
});
afterEach(() => expect(app.unexpected).toEqual([]));
afterAll(async () => {
  await owner.end();
  await app.stop();
});

const verify = (body: object = {}) => auditor.ask("POST", "/audit/verify", body);
const entries = async () =>
  (await owner.query("SELECT * FROM audit_entry ORDER BY seq"))[0] as { seq: number; hash: string; event_id: number }[];

test("every event has one entry, in a chain that verifies", async () => {
  const [[events]] = (await owner.query("SELECT COUNT(*) AS n FROM outbox WHERE done_at IS NOT NULL")) as unknown as [
    [{ n: number }],
  ];
  expect(await entries()).toHaveLength(events.n);
  const verdict = (await verify()).json;
  expect(verdict).toMatchObject({ ok: true, checked: events.n, firstBad: null });
  expect((await verify({ from: "3", to: "7" })).json).toMatchObject({ ok: true, checked: 5 });
  expect((await verify({ from: "999999" })).json).toMatchObject({ ok: true, checked: 0 });
});

test("an event told twice, or to many workers at once, is one entry", async () => {
  await owner.query("UPDATE outbox SET done_at = NULL, due_at = '2020-01-01' WHERE id <= 10");
  const before = (await entries()).length;
  await Promise.all([app.deliver(), app.deliver(), app.deliver()]);
  await app.settle();
  expect(await entries()).toHaveLength(before);
  await Promise.all(
    Array.from({ length: 30 }, () =>
      app.transact(SYSTEM, (work) =>
        work.emit({ name: "account.phone_bound", about: "account:5", courtCode: null, accountId: "5" }),
      ),
    ),
  );
  await Promise.all([app.deliver(), app.deliver(), app.deliver(), app.deliver()]);
  await app.settle();
  expect(await entries()).toHaveLength(before + 30);
  expect((await verify()).json.ok).toBe(true);
});

test("an auditor finds who did what; one of a court sees that court only; nobody else sees anything", async () => {
  const found = (await auditor.ask("GET", `/audit?object=account:${fang.accountId}`)).json.items;
  expect(found.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(["session.opened", "identity.verified"]),
  );
  expect(found[0]).toMatchObject({ actor: { id: fang.accountId, name: "王*", role: "litigant" } });
  expect((await auditor.ask("GET", `/audit?actor=${fang.accountId}&name=identity.verified`)).json.items).toHaveLength(
    1,
  );
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect((await auditor.ask("GET", `/audit?from=${today}&to=${today}&name=identity.verified`)).json.items).toHaveLength(
    1,
  );
  expect((await auditor.ask("GET", "/audit?to=2020-01-01")).json.items).toEqual([]);
  for (const bad of ["from=2026-02-30", "object=1%27%20OR%201=1", "cursor=-1", "name=x", "sort=at", "actor=1&actor=2"])
    expect((await auditor.ask("GET", `/audit?${bad}`)).status, bad).toBe(422);

  const seen: string[] = [];
  let cursor: string | null = "";
  type Page = { items: { seq: string; courtCode: string }[]; nextCursor: string | null };
  while (cursor !== null) {
    const address: string = `/audit?limit=2${cursor ? `&cursor=${cursor}` : ""}`;
    const { items, nextCursor } = (await courtAuditor.ask("GET", address)).json as Page;
    seen.push(...items.map(({ seq }) => seq));
    expect(items.every(({ courtCode }) => courtCode === "鲁0102")).toBe(true);
    cursor = nextCursor;
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(seen).size).toBe(seen.length);
  for (const path of ["/audit", "/audit/verify"])
    expect((await fang.ask(path === "/audit" ? "GET" : "POST", path, path === "/audit" ? undefined : {})).status).toBe(
      403,
    );
});

test("the entries hold no name, number or phone", async () => {
  const text = JSON.stringify(await entries());
  for (const secret of ["王芳", "13800138000", "来访者"]) expect(text).not.toContain(secret);
});

test("the database refuses to change or remove an entry or an anchor", async () => {
  await anchorHead(app);
  for (const table of ["audit_entry", "audit_anchor"]) {
    await expect(owner.query(`UPDATE ${table} SET hash = REPEAT('f', 64)`)).rejects.toThrow("only grows");
    await expect(owner.query(`DELETE FROM ${table}`)).rejects.toThrow("only grows");
  }
});

test("canonical JSON is one form for equal facts", () => {
  expect(canonicalJson({ b: 1, a: { d: [1, { z: null, y: "庭" }], c: undefined } })).toBe(
    '{"a":{"d":[1,{"y":"庭","z":null}]},"b":1}',
  );
});

/** Tampering as somebody would who owns the database: triggers dropped, then put back with the rows as they were. */
const TRIGGERS = ["audit_entry_no_update", "audit_entry_no_delete", "audit_anchor_no_update", "audit_anchor_no_delete"];
const TABLES = ["audit_entry", "audit_anchor", "audit_head"];
async function tampered(change: string, values: unknown[] = []) {
  for (const name of TRIGGERS) await owner.query(`DROP TRIGGER IF EXISTS ${name}`);
  for (const table of TABLES) await owner.query(`CREATE TABLE keep_${table} AS SELECT * FROM ${table}`);
  try {
    await owner.query(change, values);
    return (await verify()).json as { ok: boolean; firstBad: { seq: string; code: Flaw } | null };
  } finally {
    for (const table of TABLES)
      await owner.query(
        `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM keep_${table}; DROP TABLE keep_${table}`,
      );
  }
}
const copyTo = (seq: number) =>
  `INSERT INTO audit_entry SELECT ${seq}, 900000000, at, actor_id, role, request_id, name, about, court_code, payload, prev, hash FROM audit_entry WHERE seq = 5`;

test("every single tampering is found and the first bad entry named", async () => {
  const all = await entries();
  const last = all.length;
  const end = all.at(-1)?.seq ?? 0;
  const swap = (a: number, b: number) =>
    `UPDATE audit_entry SET seq = 800000000 WHERE seq = ${a}; UPDATE audit_entry SET seq = ${a} WHERE seq = ${b}; UPDATE audit_entry SET seq = ${b} WHERE seq = 800000000`;
  const edits = {
    at: "at = at + INTERVAL 1 SECOND",
    actor_id: "actor_id = actor_id + 1",
    role: "role = 'judge'",
    request_id: "request_id = 'other'",
    name: "name = 'filing.moved'",
    about: "about = 'account:424242'",
    court_code: "court_code = '鲁0199'",
    payload: "payload = CONCAT(payload, ' ')",
    event_id: "event_id = event_id + 700000000",
  };
  for (const [column, set] of Object.entries(edits)) {
    for (const seq of [1, 5, end]) {
      expect(
        (await tampered(`UPDATE audit_entry SET ${set} WHERE seq = ?`, [seq])).firstBad,
        `${column} of ${seq}`,
      ).toMatchObject({ seq: String(seq), code: "altered" });
    }
  }
  expect((await tampered("DELETE FROM audit_entry WHERE seq = 5")).firstBad).toMatchObject({
    seq: "5",
    code: "missing",
  });
  expect((await tampered("DELETE FROM audit_entry WHERE seq = 1")).firstBad).toMatchObject({
    seq: "1",
    code: "missing",
  });
  expect((await tampered(swap(5, 6))).firstBad).toMatchObject({ seq: "5" });
  expect((await tampered(swap(3, 9))).firstBad).toMatchObject({ seq: "3" });
  expect((await tampered(copyTo(end + 1))).firstBad).toMatchObject({ seq: String(end + 1), code: "extra" });
  expect((await tampered(`DELETE FROM audit_entry WHERE seq > ${end - 3}`)).firstBad).toMatchObject({
    seq: String(end - 2),
    code: "cut",
  });
  expect((await tampered("UPDATE audit_head SET hash = REPEAT('e', 64)")).ok).toBe(false);
  expect(last).toBe(end);
  // Put back as it was, the chain is good: the verdicts above are about the tampering.
  expect((await verify()).json.ok).toBe(true);
});

test("a tail cut together with the head, and a chain written anew, are found by the anchors", async () => {
  await anchorHead(app);
  const all = await entries();
  const end = all.at(-1)?.seq ?? 0;
  const before = all.find(({ seq }) => seq === end - 1)?.hash;
  const cut = `DELETE FROM audit_entry WHERE seq = ${end}; UPDATE audit_head SET seq = ${end - 1}, hash = '${before}'`;
  expect((await tampered(cut)).firstBad).toMatchObject({ seq: String(end), code: "anchor_lost" });

  const rewritten = await rewrite(4);
  expect((await tampered(rewritten)).firstBad).toMatchObject({ code: "anchor_differs" });
  const forged = `${rewritten}; UPDATE audit_anchor a JOIN audit_entry e ON e.seq = a.seq SET a.hash = e.hash`;
  expect((await tampered(forged)).firstBad).toMatchObject({ code: "anchor_forged" });

  // With the anchors' table wiped too, what was shipped with the log still shows it.
  const [head] = (await owner.query("SELECT seq, hash FROM audit_head"))[0] as { seq: number; hash: string }[];
  const shipped = { anchors: [{ seq: String(head?.seq), hash: head?.hash }] };
  expect((await verify(shipped)).json.ok).toBe(true);
  expect((await verify({ anchors: [{ ...shipped.anchors[0], hash: "a".repeat(64) }] })).json.firstBad).toMatchObject({
    seq: String(end),
    code: "anchor_differs",
  });
});

/** SQL that changes one entry and then every hash behind it, as one would who knows how the chain is made. */
async function rewrite(from: number): Promise<string> {
  const rows = await app.database.read<Parameters<typeof hashEntry>[0] & { hash: string }>(
    `SELECT seq, event_id AS eventId, at, actor_id AS actorId, role, request_id AS requestId, name, about, court_code AS courtCode, payload, prev, hash FROM audit_entry ORDER BY seq`,
  );
  let prev = "";
  const changes = rows.flatMap((row) => {
    const seq = Number(row.seq);
    const changed = {
      ...row,
      seq: String(row.seq),
      eventId: String(row.eventId),
      actorId: seq === from ? "77" : String(row.actorId),
      prev: seq > from ? prev : row.prev,
    };
    prev = hashEntry(changed);
    return seq < from
      ? []
      : [
          `UPDATE audit_entry SET actor_id = ${changed.actorId}, prev = '${changed.prev}', hash = '${prev}' WHERE seq = ${seq}`,
        ];
  });
  return [...changes, `UPDATE audit_head SET hash = '${prev}'`].join("; ");
}

test("the anchor is written to the log as well as to the table, once for a head", async () => {
  await app.transact(SYSTEM, (work) =>
    work.emit({ name: "account.phone_bound", about: "account:6", courtCode: null, accountId: "6" }),
  );
  await app.settle();
  const lines: unknown[] = [];
  const logger = { ...app.logger, info: (facts: unknown) => void lines.push(facts) } as typeof app.logger;
  const anchor = await anchorHead({ ...app, logger });
  await anchorHead({ ...app, logger });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ auditHead: { seq: anchor?.seq, hash: anchor?.hash, signature: anchor?.signature } });
  const [rows] = await owner.query("SELECT * FROM audit_anchor WHERE seq = ?", [anchor?.seq]);
  expect(rows).toHaveLength(1);
  expect(app.jobs.map(({ name, everySeconds }) => [name, everySeconds])).toContainEqual(["anchor-audit", 60]);
});

test("while entries are added the walk goes on and finds nothing wrong", async () => {
  const adding = Promise.all(
    Array.from({ length: 40 }, () =>
      app.transact(SYSTEM, (work) =>
        work.emit({ name: "account.phone_bound", about: "account:6", courtCode: null, accountId: "6" }),
      ),
    ),
  ).then(() => app.settle());
  const verdicts = await Promise.all(
    Array.from({ length: 10 }, () => verifyChain({ database: app.database, auditSecret: app.settings.auditSecret })),
  );
  await adding;
  expect(verdicts.every(({ ok }) => ok)).toBe(true);
  expect((await verify()).json.ok).toBe(true);
});
