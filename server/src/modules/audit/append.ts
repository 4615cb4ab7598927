import type { AppEvent, EventFacts } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { type AuditFacts, canonicalJson, hashEntry } from "./chain.ts";

interface Head {
  seq: string;
  hash: string;
}

/** Adds what happened to the end of the chain; nothing, where it is there already. The head's row is the one serial point. */
export async function appendEntry(work: Work, event: AppEvent, facts: EventFacts): Promise<void> {
  const [head] = await work.query<Head>("SELECT seq, hash FROM audit_head WHERE id = 1 FOR UPDATE");
  if (!head) throw new Error("the audit chain has no head");
  const known = await work.query("SELECT 1 FROM audit_entry WHERE event_id = ?", [facts.eventId]);
  if (known.length > 0) return;

  const { name, about, courtCode, ...payload } = event;
  const entry: AuditFacts = {
    seq: String(BigInt(head.seq) + 1n),
    eventId: String(facts.eventId),
    at: facts.at,
    actorId: facts.actorId,
    role: facts.role,
    requestId: facts.requestId,
    name,
    about,
    courtCode,
    payload: canonicalJson(payload),
    prev: head.hash,
  };
  const hash = hashEntry(entry);
  await work.change(
    `INSERT INTO audit_entry (seq, event_id, at, actor_id, role, request_id, name, about, court_code, payload, prev, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      entry.seq,
      entry.eventId,
      inMilliseconds(entry.at),
      entry.actorId,
      entry.role,
      entry.requestId,
      name,
      about,
      courtCode,
      entry.payload,
      entry.prev,
      hash,
    ],
  );
  await work.change("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1", [entry.seq, hash]);
}

/** A Date among a statement's values loses its milliseconds on the way, which the hash has not. */
const inMilliseconds = (moment: Date): string => moment.toISOString().slice(0, 23).replace("T", " ");
