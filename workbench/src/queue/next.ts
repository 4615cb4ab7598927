import type { IntakeItem } from "@/api/contract.ts";
import { api, newKey } from "@/api/index.ts";
import { steady } from "@/api/settle.ts";

/** Claims the next item of a queue by the server's order; null when nothing waits. One key: a lost answer does not claim two. */
export function takeNext(queueId: string): Promise<IntakeItem | null> {
  const key = newKey();
  return steady(() => api.post<IntakeItem | null>(`/intake/queues/${queueId}/next`, {}, key));
}
