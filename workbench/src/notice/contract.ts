import type { Coded } from "@/api/contract.ts";

/** A reminder that was sent to somebody of a case, and how far it came. */
export interface NoticeReached {
  id: string;
  title: string;
  at: string;
  recipient: string;
  readAt: string | null;
  reached: Coded;
  deliveries: {
    channel: Coded;
    state: Coded;
    note: string | null;
    sentAt: string | null;
    deliveredAt: string | null;
    dueAt: string | null;
    to: string | null;
  }[];
}
