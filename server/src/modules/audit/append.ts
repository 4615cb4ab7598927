import type { Heard } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { type AuditFacts, canonicalJson, hashEntry } from "./chain.ts";

interface Head {
  readonly seq: string;
  readonly hash: string;
}

/** Adds what happened to the end of the chain, save what is there already. The head's row is the one serial point. */
export async function appendEntries(work: Work, told: readonly Heard[]): Promise<void> {
  const [head] = await work.query<Head>("SELECT seq, hash FROM audit_head WHERE id = 1 FOR UPDATE");
  if (!head) throw new Error("the audit chain has no head");
  const ids = told.map(({ facts }) => facts.eventId);
  const known = await work.query<{ id: string }>(
    `SELECT event_id AS id FROM audit_entry WHERE event_id IN (${ids.map(() => "?").join(", ")})`,
    ids,
  );
  const there = new Set(known.map(({ id }) => String(id)));
  const entries: (AuditFacts & { hash: string })[] = [];
  for (const { event, facts } of told) {
    if (there.has(facts.eventId)) continue;
    const { seq, hash: prev } = entries.at(-1) ?? head;
    const { name, about, courtCode, ...payload } = event;
    const entry: AuditFacts = {
      ...facts,
      seq: String(BigInt(seq) + 1n),
      name,
      about,
      courtCode,
      payload: canonicalJson(payload),
      prev,
    };
    entries.push({ ...entry, hash: hashEntry(entry) });
  }
  const last = entries.at(-1);
  if (!last) return;
  await work.change(
    `INSERT INTO audit_entry (seq, event_id, at, actor_id, role, request_id, name, about, court_code, payload, prev, hash)
     VALUES ${entries.map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
    entries.flatMap((entry) => [
      entry.seq,
      entry.eventId,
      entry.at,
      entry.actorId,
      entry.role,
      entry.requestId,
      entry.name,
      entry.about,
      entry.courtCode,
      entry.payload,
      entry.prev,
      entry.hash,
    ]),
  );
  await work.change("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1", [last.seq, last.hash]);
}
