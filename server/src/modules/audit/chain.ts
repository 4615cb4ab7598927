import { createHash } from "node:crypto";

/** One line of the record, as it is hashed. */
export interface AuditFacts {
  readonly seq: string;
  readonly eventId: string;
  readonly at: Date;
  readonly actorId: string;
  readonly role: string;
  readonly requestId: string | null;
  readonly name: string;
  readonly about: string;
  readonly courtCode: string | null;
  /** Canonical JSON. */
  readonly payload: string;
  /** The hash of the entry before; 64 zeros for the first. */
  readonly prev: string;
}

export const BEGINNING = "0".repeat(64);

/**
 * SHA-256 over the entry's canonical JSON: names in this order, values as text, the payload by its own hash. The form is
 * part of the record: it is never changed, only followed by another under a new name.
 */
export function hashEntry(entry: AuditFacts): string {
  const { seq, eventId, at, actorId, role, requestId, name, about, courtCode, payload, prev } = entry;
  const form = {
    seq,
    eventId,
    at: at.toISOString(),
    actorId,
    role,
    requestId,
    name,
    about,
    courtCode,
    payload: sha256(payload),
    prev,
  };
  return sha256(JSON.stringify(form));
}

/** JSON with the keys of every object in order, so that the same facts are the same bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value as Record<string, unknown>).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
