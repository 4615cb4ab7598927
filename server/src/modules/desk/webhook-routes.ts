import { z } from "zod";
import { DEFAULT_LIMIT, idField, itemsOf, line, listOf, momentView, page, paging, stateView } from "#core/fields.ts";
import { within } from "#core/within.ts";
import { type BarredReason, WebhookBarred } from "#gateways/webhooks/port.ts";
import { type AnyRoute, created, noContent, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { idParams } from "./schema.ts";
import { queuePing, REPLAY_DAYS, replay } from "./webhook-queue.ts";
import {
  changeSecret,
  findWebhook,
  holdWebhook,
  KIND_GROUPS,
  type KindGroup,
  listKinds,
  listWebhooks,
  makeWebhook,
  openAddress,
  PAUSED,
  revokeWebhook,
  STATES,
  type Webhook,
} from "./webhook-store.ts";

const TAG = "desk";
const groups = Object.keys(KIND_GROUPS) as [KindGroup, ...KindGroup[]];
const codeLabel = z.object({ code: z.string(), label: z.string() });
const webhookView = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(codeLabel),
  state: stateView,
  /** 为什么暂停 */
  pausedWhy: codeLabel.nullable(),
  failures: z.number().int(),
  failingSince: momentView.nullable(),
  nextAt: momentView.nullable(),
  lastOkAt: momentView.nullable(),
  createdAt: momentView,
});
const webhooksView = itemsOf(webhookView).extend({
  /** 可以订阅的事件，以及各自属于哪一类 */
  events: z.array(z.object({ code: z.string(), label: z.string(), group: z.string() })),
});
const making = z.strictObject({
  name: line(40, 1),
  url: z.string().max(500, "地址不能超过 500 个字符"),
  kinds: z.array(z.enum(groups)).min(1, "请至少选择一类变动").max(groups.length),
});
const secretView = z.object({ id: z.string(), secret: z.string() });
const moving = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("ping") }),
  z.strictObject({ action: z.literal("pause") }),
  z.strictObject({ action: z.literal("resume") }),
  z.strictObject({
    action: z.literal("replay"),
    since: z.iso.datetime({ offset: true, error: "请填写带时区的时刻" }),
  }),
]);
const deliveryView = z.object({
  id: z.string(),
  messageId: z.string(),
  kind: z.string(),
  caseId: z.string().nullable(),
  at: momentView,
  state: stateView,
  attempts: z.number().int(),
  status: z.number().int().nullable(),
  error: codeLabel.nullable(),
  triedAt: momentView.nullable(),
  sentAt: momentView.nullable(),
  dueAt: momentView.nullable(),
});
const DELIVERY_STATES: Readonly<Record<string, string>> = {
  waiting: "等待推送",
  sent: "对方已接收",
  failed: "未能送到",
  dropped: "不再推送",
};
const ERRORS: Readonly<Record<string, string>> = {
  unreachable: "连接不上",
  timeout: "四秒内没有应答",
  broken: "应答中断",
  address: "地址不正确",
  scheme: "不是 https 地址",
  port: "端口不是 443 或者 8443",
  credentials: "地址中带有用户名或者口令",
  private: "地址指向内部网络",
  unknown_host: "域名解析不到",
};

/** Programs of a law firm that are told of changes: signed, at least once, with nothing in it but where to look. */
export function webhookRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault, gateways } = means;
  return [
    route({
      method: "GET",
      path: "/me/webhooks",
      tag: TAG,
      summary: "我的推送地址（不含密钥），以及可以订阅的事件",
      answers: { 200: webhooksView },
      async handle({ actor }) {
        const rows = await listWebhooks(database, actor.accountId);
        return ok({ items: rows.map((row) => present(means, row)), events: listKinds() });
      },
    }),
    route({
      method: "POST",
      path: "/me/webhooks",
      tag: TAG,
      summary: "登记推送地址；签名密钥只显示这一次",
      description:
        "签名按 Standard Webhooks：webhook-id、webhook-timestamp、webhook-signature（HMAC-SHA256，v1）。至少送达一次，请按 webhook-id 去重；先后次序不作保证；四秒内答复 2xx 即为收到，其他答复和重定向都会再次推送。只有变动的类别、案件编号和案号，不含个人信息。地址须为公网 https（443、8443 端口）。",
      limit: "costly",
      body: making,
      answers: { 201: secretView },
      // No key is taken: the first answer, kept for repeats, would keep the secret in the clear.
      async handle({ body, work }) {
        await gateways.webhooks.check(body.url).catch(sayBarred);
        return created(await work((one) => makeWebhook(one, vault, body)));
      },
    }),
    route({
      method: "DELETE",
      path: "/me/webhooks/:id",
      tag: TAG,
      summary: "撤销推送地址，立即停止推送",
      params: idParams,
      answers: { 204: null },
      async command(work, { params: { id } }) {
        await revokeWebhook(work, id);
        return noContent();
      },
    }),
    route({
      method: "POST",
      path: "/me/webhooks/:id/moves",
      tag: TAG,
      summary: "推送一条测试、暂停、恢复，或者从某一时刻起重新推送",
      params: idParams,
      body: moving,
      answers: { 200: webhookView.extend({ replayed: z.number().int().nullable() }) },
      async command(work, { params: { id }, body, actor }) {
        const row = await holdWebhook(work, id);
        let replayed: number | null = null;
        if (body.action === "pause") {
          await work.change("UPDATE webhook SET state = 'paused', paused_why = 'asked' WHERE id = ?", [id]);
        } else if (body.action === "resume") {
          await work.change(
            "UPDATE webhook SET state = 'active', paused_why = NULL, failures = 0, failing_since = NULL, next_at = NULL WHERE id = ?",
            [id],
          );
        } else {
          if (row.state !== "active") throw problem("webhook.paused");
          if (body.action === "ping") await queuePing(work, row);
          else replayed = await replay(work, row, soundSince(work.at, body.since));
        }
        const now = await findWebhook(within(work, database), actor.accountId, id);
        return ok({ ...present(means, now), replayed });
      },
    }),
    route({
      method: "POST",
      path: "/me/webhooks/:id/secret",
      tag: TAG,
      summary: "更换签名密钥（只显示这一次）；原密钥一天内同时签名",
      params: idParams,
      answers: { 200: secretView },
      async handle({ params: { id }, work }) {
        const secret = await work(async (one) => changeSecret(one, vault, await holdWebhook(one, id)));
        return ok({ id, secret });
      },
    }),
    route({
      method: "GET",
      path: "/me/webhooks/:id/deliveries",
      tag: TAG,
      summary: "推送记录，最近的在前",
      params: idParams,
      query: z.strictObject({ ...paging, cursor: idField.optional() }),
      answers: { 200: listOf(deliveryView) },
      async handle({ actor, params: { id }, query: { cursor, limit = DEFAULT_LIMIT } }) {
        await findWebhook(database, actor.accountId, id);
        const rows = await database.read<DeliveryRow>(
          `SELECT d.id, d.message_id AS messageId, d.kind, d.case_id AS caseId, d.at, d.state, d.attempts, d.status, d.error, d.tried_at AS triedAt,
             d.sent_at AS sentAt, d.due_at AS dueAt
           FROM webhook_delivery d WHERE d.webhook_id = ? ${cursor ? "AND d.id < ?" : ""} ORDER BY d.id DESC LIMIT ${Number(limit) + 1}`,
          [id, ...(cursor ? [cursor] : [])],
        );
        const { items, nextCursor } = page(rows, limit, (row) => String(row.id));
        return ok({ items: items.map(presentDelivery), nextCursor });
      },
    }),
  ];
}

interface DeliveryRow {
  readonly id: string;
  readonly messageId: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly at: Date;
  readonly state: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly triedAt: Date | null;
  readonly sentAt: Date | null;
  readonly dueAt: Date;
}
const presentDelivery = (row: DeliveryRow) => ({
  id: String(row.id),
  messageId: row.messageId,
  kind: row.kind,
  caseId: row.caseId === null ? null : String(row.caseId),
  at: row.at.toISOString(),
  state: { code: row.state, label: DELIVERY_STATES[row.state] ?? row.state },
  attempts: Number(row.attempts),
  status: row.status === null ? null : Number(row.status),
  error: row.error === null ? null : { code: row.error, label: ERRORS[row.error] ?? row.error },
  triedAt: row.triedAt?.toISOString() ?? null,
  sentAt: row.sentAt?.toISOString() ?? null,
  dueAt: row.state === "waiting" ? row.dueAt.toISOString() : null,
});

/** A moment of a work comes as the database's text. */
const iso = (value: Date | string | null): string | null =>
  value === null
    ? null
    : value instanceof Date
      ? value.toISOString()
      : new Date(`${value.replace(" ", "T")}Z`).toISOString();

function present({ vault }: Means, row: Webhook) {
  return {
    id: String(row.id),
    name: row.name,
    url: openAddress(vault, row),
    kinds: row.kinds.split(",").map((code) => ({ code, label: KIND_GROUPS[code as KindGroup] ?? code })),
    state: { code: row.state, label: STATES[row.state] },
    pausedWhy: row.pausedWhy === null ? null : { code: row.pausedWhy, label: PAUSED[row.pausedWhy] },
    failures: Number(row.failures),
    failingSince: iso(row.failingSince),
    nextAt: iso(row.nextAt),
    lastOkAt: iso(row.lastOkAt),
    createdAt: iso(row.createdAt) ?? "",
  };
}

function soundSince(now: Date, since: string): Date {
  const from = new Date(since);
  if (from < new Date(now.getTime() - REPLAY_DAYS * 86_400_000))
    throw problem("webhook.replay_from", {
      errors: [{ pointer: "/since", code: "too_early", message: `最早从 ${REPLAY_DAYS} 天以前开始` }],
    });
  return from;
}

function sayBarred(error: unknown): never {
  if (!(error instanceof WebhookBarred)) throw error;
  const reason: BarredReason = error.reason;
  throw problem("webhook.barred", {
    errors: [{ pointer: "/url", code: reason, message: ERRORS[reason] ?? "地址不能使用" }],
  });
}
