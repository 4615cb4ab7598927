import { computed, reactive } from "vue";
import type { Page, PaymentAlarm, Refund, Relief, Role } from "@/api/contract.ts";
import { api } from "@/api/index.ts";

export type Badge = "refunds" | "reliefs" | "reconciliation";
const LIMIT = 100;

/** What waits for this reader in the fee rooms. A list longer than one page counts as its first hundred. */
export const badges = reactive<Record<Badge, number>>({ refunds: 0, reliefs: 0, reconciliation: 0 });
export const badgeSum = computed(() => badges.refunds + badges.reliefs + badges.reconciliation);
export const badgeText = (count: number): string => (count >= LIMIT ? "99+" : String(count));

/** Counts what this role may decide. A count that cannot be read leaves the old one; the page itself says what is wrong. */
export async function readBadges(role: Role): Promise<void> {
  const supervises = role === "supervisor";
  await Promise.all([
    count("reliefs", "/fee-reliefs", { state: "requested" }, (each: Relief) => may(each, "grant")),
    supervises ? count("refunds", "/refunds", { state: "requested" }, (each: Refund) => may(each, "approve")) : null,
    supervises
      ? count("reconciliation", "/payment-alarms", { state: "open" }, (each: PaymentAlarm) => each.resolvedAt === null)
      : null,
  ]);
}

async function count<T>(name: Badge, path: string, query: Record<string, string>, counts: (each: T) => boolean) {
  const page = await api.get<Page<T>>(path, { ...query, limit: LIMIT }).catch(() => null);
  if (page) badges[name] = page.items.filter(counts).length;
}

function may(row: { moves: { action: string }[] }, action: string): boolean {
  return row.moves.some((move) => move.action === action);
}
