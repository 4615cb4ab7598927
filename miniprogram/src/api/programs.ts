import { call } from "./client";
import type { Coded, Page } from "./types";

/** A token for a program of one's own, by the contract of /api/v1. */
export interface ApiToken {
  id: string;
  name: string;
  scopes: Coded[];
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
}
export interface Webhook {
  id: string;
  name: string;
  url: string;
  kinds: Coded[];
  state: Coded;
  pausedWhy: Coded | null;
  failures: number;
  failingSince: string | null;
  nextAt: string | null;
  lastOkAt: string | null;
}
export interface Delivery {
  id: string;
  messageId: string;
  kind: string;
  at: string;
  state: Coded;
  attempts: number;
  status: number | null;
  error: Coded | null;
  triedAt: string | null;
  dueAt: string | null;
}
export interface Webhooks {
  items: Webhook[];
  events: { code: string; label: string; group: string }[];
}
export type WebhookMove = { action: "ping" | "pause" | "resume" } | { action: "replay"; since: string };

export const listTokens = () => call<{ items: ApiToken[] }>({ path: "/me/tokens" });
/** Without a key, as everything that is shown once: a kept answer would be a kept secret. */
export const makeToken = (body: { name: string; scopes: string[]; days: number }) =>
  call<{ id: string; token: string; expiresAt: string }>({ method: "POST", path: "/me/tokens", body });
export const revokeToken = (id: string, key: string) =>
  call<undefined>({ method: "DELETE", path: `/me/tokens/${id}`, key });
export const listWebhooks = () => call<Webhooks>({ path: "/me/webhooks" });
export const makeWebhook = (body: { name: string; url: string; kinds: string[] }) =>
  call<{ id: string; secret: string }>({ method: "POST", path: "/me/webhooks", body });
export const revokeWebhook = (id: string, key: string) =>
  call<undefined>({ method: "DELETE", path: `/me/webhooks/${id}`, key });
export const moveWebhook = (id: string, body: WebhookMove, key: string) =>
  call<Webhook & { replayed: number | null }>({ method: "POST", path: `/me/webhooks/${id}/moves`, body, key });
export const changeSecret = (id: string) =>
  call<{ id: string; secret: string }>({ method: "POST", path: `/me/webhooks/${id}/secret` });
export const listDeliveries = (id: string, cursor: string | null = null) =>
  call<Page<Delivery>>({ path: `/me/webhooks/${id}/deliveries`, query: { limit: 20, cursor } });
