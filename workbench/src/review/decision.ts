import type { Decided, IntakeItem } from "@/api/contract.ts";
import { ProblemError, UnknownOutcome } from "@/api/problem.ts";
import { isInFlight } from "@/api/settle.ts";

/**
 * Where a decision stands. `unsure` is the honest one: it was sent, no answer came, and the same key is sent again until
 * the server says what happened.
 */
export type Standing =
  | { is: "editing" }
  | { is: "sending"; attempt: number }
  | { is: "unsure"; attempt: number; retryInMs: number }
  | { is: "done"; item: IntakeItem }
  | { is: "refused"; problem: ProblemError }
  | { is: "decided"; decided: Decided }
  | { is: "stale"; problem: ProblemError };

export interface Decision {
  itemId: string;
  key: string;
  body: { action: string; fence: number } & Record<string, unknown>;
}

interface Parts {
  send: (decision: Decision) => Promise<IntakeItem>;
  wait: (ms: number) => Promise<void>;
  tell: (standing: Standing) => void;
}

/** Sends a decision and goes on, with the same key, until its outcome is known. Never sends anything but this body. */
export async function settleDecision(decision: Decision, parts: Parts): Promise<Standing> {
  for (let attempt = 1; ; attempt += 1) {
    if (attempt === 1) parts.tell({ is: "sending", attempt });
    try {
      return told(parts, { is: "done", item: await parts.send(decision) });
    } catch (error) {
      const known = outcomeOf(error);
      if (known) return told(parts, known);
      const retryInMs = pauseBefore(attempt, error);
      parts.tell({ is: "unsure", attempt, retryInMs });
      await parts.wait(retryInMs);
    }
  }
}

/** The lease is over: nothing was done, and claiming again is the way on. */
const leaseCodes = new Set(["intake.stale_fence", "intake.leased", "intake.not_claimed", "intake.assigned"]);

/** What an error says about a decision, or null when it says nothing. */
export function outcomeOf(error: unknown): Standing | null {
  if (error instanceof UnknownOutcome) return null;
  if (!(error instanceof ProblemError)) throw error;
  if (error.status === 429 || isInFlight(error)) return null;
  if (error.code === "intake.decided") return { is: "decided", decided: decidedOf(error) };
  if (leaseCodes.has(error.code)) return { is: "stale", problem: error };
  return { is: "refused", problem: error };
}

/** 1, 2, 4, 8, then every 10 seconds; later if the server asks for it. */
export function pauseBefore(attempt: number, error: unknown): number {
  const asked = error instanceof ProblemError || error instanceof UnknownOutcome ? (error.retryAfterSeconds ?? 0) : 0;
  return Math.max(Math.min(1000 * 2 ** (attempt - 1), 10_000), Math.min(asked, 60) * 1000);
}

function told(parts: Parts, standing: Standing): Standing {
  parts.tell(standing);
  return standing;
}

function decidedOf(problem: ProblemError): Decided {
  const decided = problem.members["decided"] as Partial<Decided> | undefined;
  return {
    action: decided?.action ?? "",
    label: decided?.label ?? "已处理",
    byName: decided?.byName ?? "其他工作人员",
    at: decided?.at ?? "",
    note: decided?.note ?? null,
  };
}

/** A decision on its way survives a reload of the page: it is taken up again with its own key. */
export function pendingDecisions(storage: Storage, name = "sutong.workbench.pending-decision") {
  return {
    keep: (decision: Decision) => storage.setItem(name, JSON.stringify(decision)),
    drop: () => storage.removeItem(name),
    of(itemId: string): Decision | null {
      try {
        const kept = JSON.parse(storage.getItem(name) ?? "null") as Decision | null;
        return kept?.itemId === itemId ? kept : null;
      } catch {
        return null;
      }
    },
  };
}
