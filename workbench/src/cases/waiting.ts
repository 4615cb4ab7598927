import { ref } from "vue";
import type { Role } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import type { Submission } from "./contract.ts";

export const deskRoles: Role[] = ["judge", "court_clerk", "supervisor"];
/** Judges and court clerks begin with what belongs to their own cases; supervisors with what they answer themselves. */
export const ownQuery = (role: Role): Record<string, string> =>
  role === "supervisor" ? { mine: "true" } : { own: "true" };

/** How many submissions wait for this reader's answer. */
export const waiting = ref(0);
export const MOST = 200;

/** A count that cannot be read leaves the old one; the page itself says what is wrong. */
export async function readWaiting(role: Role): Promise<void> {
  if (!deskRoles.includes(role)) return;
  const answer = await api.get<{ items: Submission[] }>("/submissions", ownQuery(role)).catch(() => null);
  if (answer) waiting.value = answer.items.length;
}
