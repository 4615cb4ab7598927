import { createHmac, timingSafeEqual } from "node:crypto";
import type { Seat, VideoRole } from "./port.ts";

/** A ticket lets its holder begin within minutes; a pass is what they go on with, bound to one session of Janus. */
export type Pass = Seat & { readonly until: number; readonly session?: number };

const ROLES: readonly VideoRole[] = ["bench", "party", "witness", "spectator"];

/** Signed, not sealed: it holds ids and a role, nothing personal. */
export function signPass(secret: string, { hearingId, personId, role, until, session }: Pass): string {
  const body = Buffer.from(JSON.stringify([hearingId, personId, ROLES.indexOf(role), until, session ?? 0])).toString(
    "base64url",
  );
  return `${body}.${macOf(secret, body)}`;
}

/** Null for what we did not sign, and for what is over. */
export function openPass(secret: string, text: string, now: number): Pass | null {
  const [body = "", mac = "", more] = text.split(".");
  if (more !== undefined || body === "") return null;
  const [given, right] = [Buffer.from(mac), Buffer.from(macOf(secret, body))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const [hearingId, personId, role, until, session] = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as [
    string,
    string,
    number,
    number,
    number,
  ];
  if (until <= now) return null;
  return { hearingId, personId, role: ROLES[role] ?? "spectator", until, ...(session > 0 ? { session } : {}) };
}

const macOf = (secret: string, body: string): string =>
  createHmac("sha256", secret).update(`video pass ${body}`, "utf8").digest("base64url");
