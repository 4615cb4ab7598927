import type { IntakeItem, Lease } from "@/api/contract.ts";

export type LeasePhase = "none" | "other" | "fresh" | "soon" | "passed";
export interface LeaseView {
  phase: LeasePhase;
  seconds: number;
  text: string;
}

/** From here on the clock turns amber and the page extends by itself if the clerk is at work. */
export const soonSeconds = 180;
/** Extending by itself stops this long after the last key or click: an item nobody reads goes back to the queue. */
export const attentiveMs = 120_000;

/** The decision that closed an item, or null while it is open: one that came back after correction still carries the old one. */
export function closingDecision(item: Pick<IntakeItem, "decision" | "state">): IntakeItem["decision"] {
  return item.state.code === "waiting" || item.state.code === "claimed" ? null : item.decision;
}

/** How a lease stands for this reader, by the server's clock. */
export function leaseView(lease: Lease | null, accountId: string, serverNow: number): LeaseView {
  if (!lease) return { phase: "none", seconds: 0, text: "" };
  const seconds = Math.max(0, Math.floor((Date.parse(lease.until) - serverNow) / 1000));
  if (lease.holder.id !== accountId) {
    return seconds > 0
      ? { phase: "other", seconds, text: `${lease.holder.name} 正在审查` }
      : { phase: "none", seconds: 0, text: "" };
  }
  if (seconds === 0) return { phase: "passed", seconds, text: "领取时间已过" };
  return { phase: seconds <= soonSeconds ? "soon" : "fresh", seconds, text: clockText(seconds) };
}

/** Whether to extend now without being asked. */
export function shouldExtend(view: LeaseView, now: number, lastTouch: number, busy: boolean): boolean {
  return view.phase === "soon" && !busy && now - lastTouch < attentiveMs;
}

export function clockText(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
