import { setImmediate as breathe } from "node:timers/promises";
import type { Database } from "#core/database.ts";
import { type Anchor, anchorSigner } from "./anchor.ts";
import { type AuditFacts, BEGINNING, hashEntry } from "./chain.ts";

const PAGE = 2000;

/** What is wrong with an entry, in the order in which it is looked for. */
export const FLAWS = {
  missing: "记录缺失",
  broken_link: "与前一条记录衔接不上",
  altered: "内容与校验值不一致",
  cut: "链末端之前的记录缺失，末尾可能被删除",
  extra: "链末端之后多出记录",
  anchor_forged: "锚点签名不正确",
  anchor_differs: "与签名锚点记录的校验值不一致，此前的链可能被整体改写",
  anchor_lost: "锚点所指的记录不存在，末尾可能被删除",
} as const;
export type Flaw = keyof typeof FLAWS;

export interface Verdict {
  readonly ok: boolean;
  readonly checked: number;
  readonly anchors: number;
  readonly head: { readonly seq: string; readonly hash: string };
  /** The first entry that is not as it was written. */
  readonly firstBad: { readonly seq: string; readonly flaw: Flaw } | null;
}

export interface VerifyMeans {
  readonly database: Pick<Database, "read">;
  readonly auditSecret: string;
}
/** Sequence numbers, both included. `anchors` come from outside, such as the shipped log. */
export interface Range {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly anchors?: readonly Pick<Anchor, "seq" | "hash">[] | undefined;
}
type Stored = AuditFacts & { readonly hash: string };

/** Walks the chain from the first entry (or `from`) to its head (or `to`) and names the first that is wrong. */
export async function verifyChain(
  { database, auditSecret }: VerifyMeans,
  { from = "1", to, anchors: given = [] }: Range = {},
): Promise<Verdict> {
  const head = await readHead(database);
  const end = to !== undefined && BigInt(to) < BigInt(head.seq) ? BigInt(to) : BigInt(head.seq);
  const whole = end === BigInt(head.seq);
  const signer = anchorSigner(auditSecret);
  let checked = 0;
  let anchors = 0;
  const bad = (seq: string | bigint, flaw: Flaw): Verdict => ({
    ok: false,
    checked,
    anchors,
    head,
    firstBad: { seq: String(seq), flaw },
  });

  const outside = new Map(given.map(({ seq, hash }) => [seq, hash]));
  let at = BigInt(from);
  let prev = at === 1n ? BEGINNING : await hashBefore(database, at);
  if (prev === null && at <= end) return bad(at - 1n, "missing");
  while (at <= end) {
    const last = at + BigInt(PAGE) - 1n < end ? at + BigInt(PAGE) - 1n : end;
    const [rows, marks] = await Promise.all([readEntries(database, at, last), readAnchors(database, at, last)]);
    for (const row of rows) {
      if (row.seq !== String(at)) return bad(at, "missing");
      if (row.prev !== prev) return bad(at, "broken_link");
      if (hashEntry(row) !== row.hash) return bad(at, "altered");
      const mark = marks.get(row.seq);
      if (mark && !signer.isOurs(mark)) return bad(at, "anchor_forged");
      if (mark && mark.hash !== row.hash) return bad(at, "anchor_differs");
      if (outside.has(row.seq) && outside.get(row.seq) !== row.hash) return bad(at, "anchor_differs");
      prev = row.hash;
      anchors += (mark ? 1 : 0) + (outside.has(row.seq) ? 1 : 0);
      checked += 1;
      at += 1n;
    }
    if (at <= last) return bad(at, last === end && whole ? "cut" : "missing");
    await breathe();
  }
  if (checked > 0 && whole && prev !== head.hash) return bad(end, "altered");
  // Entries added since we began are in order; what stands behind the head, or before an anchor that is gone, is not.
  return (await lookBehind(database, outside, bad)) ?? { ok: true, checked, anchors, head, firstBad: null };
}

async function lookBehind(
  database: Pick<Database, "read">,
  outside: ReadonlyMap<string, string>,
  bad: (seq: string | bigint, flaw: Flaw) => Verdict,
): Promise<Verdict | null> {
  const [row] = await database.read<{ seq: string; last: string | null; anchored: string | null }>(
    `SELECT seq, (SELECT MAX(seq) FROM audit_entry) AS last, (SELECT MAX(seq) FROM audit_anchor) AS anchored FROM audit_head WHERE id = 1`,
  );
  const seq = BigInt(row?.seq ?? 0);
  const last = BigInt(row?.last ?? 0);
  if (last > seq) return bad(seq + 1n, "extra");
  if (last < seq) return bad(last + 1n, "cut");
  const anchored = [BigInt(row?.anchored ?? 0), ...[...outside.keys()].map(BigInt)].reduce((most, one) =>
    one > most ? one : most,
  );
  return anchored > last ? bad(last + 1n, "anchor_lost") : null;
}

async function readHead(database: Pick<Database, "read">): Promise<{ seq: string; hash: string }> {
  const [row] = await database.read<{ seq: string; hash: string }>("SELECT seq, hash FROM audit_head WHERE id = 1");
  if (!row) throw new Error("the audit chain has no head");
  return { seq: String(row.seq), hash: row.hash };
}

async function hashBefore(database: Pick<Database, "read">, seq: bigint): Promise<string | null> {
  const [row] = await database.read<{ hash: string }>("SELECT hash FROM audit_entry WHERE seq = ?", [String(seq - 1n)]);
  return row?.hash ?? null;
}

async function readEntries(database: Pick<Database, "read">, from: bigint, to: bigint): Promise<Stored[]> {
  const rows = await database.read<Stored>(
    `SELECT seq, event_id AS eventId, at, actor_id AS actorId, role, request_id AS requestId, name, about,
            court_code AS courtCode, payload, prev, hash
       FROM audit_entry WHERE seq BETWEEN ? AND ? ORDER BY seq`,
    [String(from), String(to)],
  );
  return rows.map((row) => ({
    ...row,
    seq: String(row.seq),
    eventId: String(row.eventId),
    actorId: String(row.actorId),
  }));
}

async function readAnchors(database: Pick<Database, "read">, from: bigint, to: bigint): Promise<Map<string, Anchor>> {
  const rows = await database.read<Anchor>(
    "SELECT seq, hash, at, signature FROM audit_anchor WHERE seq BETWEEN ? AND ?",
    [String(from), String(to)],
  );
  return new Map(rows.map((row) => [String(row.seq), { ...row, seq: String(row.seq) }]));
}
