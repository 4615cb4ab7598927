import { z } from "zod";
import { DEFAULT_LIMIT, idField, listOf, momentView, page, paging } from "#core/fields.ts";
import { problems } from "#core/problem.ts";
import { type AnyRoute, noContent, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { choicePolicy } from "./choice-routes.ts";
import { deliveriesOf, deliveryView } from "./deliveries.ts";
import { reachedPolicy } from "./reached-routes.ts";
import { receiptPolicy } from "./receipt-routes.ts";

const TAG = "notice";
const problem = problems({ "message.not_found": [404, "未找到您要的内容"] });

export const noticePolicy: Policy = {
  "GET /messages": "signed-in",
  "POST /messages/:id/read": "signed-in",
  "POST /messages/read-all": "signed-in",
  ...choicePolicy,
  ...reachedPolicy,
  ...receiptPolicy,
};

const messageView = z
  .object({
    id: z.string(),
    title: z.string(),
    body: z.string(),
    at: momentView,
    readAt: momentView.nullable(),
    link: z.object({ kind: z.string(), id: z.string() }).nullable(),
    /** Where else it was sent. */
    deliveries: z.array(deliveryView),
  })
  .meta({ id: "Message" });
const messageListView = listOf(messageView).extend({ unread: z.number().int() });
const messageQuery = z.strictObject({
  unread: z.enum(["true", "false"]).optional(),
  ...paging,
  cursor: idField.optional(),
});

const UNREAD_OF = "SELECT COUNT(*) AS unread FROM message WHERE read_at IS NULL AND account_id =";
/** How many messages an account has not read, as SQL over its row `a`. */
export const UNREAD = `(${UNREAD_OF} a.id)`;

export function noticeRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  return [
    route({
      method: "GET",
      path: "/messages",
      tag: TAG,
      summary: "我的消息，新的在前",
      query: messageQuery,
      answers: { 200: messageListView },
      async handle({ actor, query: { unread, cursor, limit = DEFAULT_LIMIT } }) {
        const where = [
          "account_id = ?",
          ...(unread === "true" ? ["read_at IS NULL"] : []),
          ...(cursor ? ["id < ?"] : []),
        ];
        const rows = await database.read<{
          id: string;
          eventId: string;
          title: string;
          body: Buffer;
          at: Date;
          readAt: Date | null;
          linkKind: string | null;
          linkId: string | null;
        }>(
          `SELECT id, event_id AS eventId, title, body, at, read_at AS readAt, link_kind AS linkKind, link_id AS linkId
           FROM message WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT ${limit + 1}`,
          [actor.accountId, ...(cursor ? [cursor] : [])],
        );
        const { items, nextCursor } = page(rows, limit, ({ id }) => id);
        const [waiting] = await database.read<{ unread: string }>(`${UNREAD_OF} ?`, [actor.accountId]);
        const deliveries = await deliveriesOf(
          database,
          items.map(({ id }) => id),
        );
        return ok({
          items: items.map(({ id, eventId, title, body, at, readAt, linkKind, linkId }) => ({
            id,
            title,
            body: vault.open(body, `message ${actor.accountId} ${eventId}`),
            at: at.toISOString(),
            readAt: readAt?.toISOString() ?? null,
            link: linkKind && linkId ? { kind: linkKind, id: linkId } : null,
            deliveries: deliveries.get(id) ?? [],
          })),
          nextCursor,
          unread: Number(waiting?.unread ?? 0),
        });
      },
    }),
    route({
      method: "POST",
      path: "/messages/:id/read",
      tag: TAG,
      summary: "标为已读",
      params: z.strictObject({ id: idField }),
      answers: { 204: null },
      async command(work, { params }) {
        const [row] = await work.query("SELECT id FROM message WHERE id = ? AND account_id = ?", [
          params.id,
          work.actor.accountId,
        ]);
        if (!row) throw problem("message.not_found");
        await work.change("UPDATE message SET read_at = ? WHERE id = ? AND read_at IS NULL", [work.at, params.id]);
        await work.change(
          "UPDATE notice_delivery SET state = 'read' WHERE message_id = ? AND rung = 0 AND state = 'delivered'",
          [params.id],
        );
        return noContent();
      },
    }),
    route({
      method: "POST",
      path: "/messages/read-all",
      tag: TAG,
      summary: "全部标为已读",
      answers: { 204: null },
      async command(work) {
        await work.change(
          `UPDATE notice_delivery d JOIN message m ON m.id = d.message_id SET d.state = 'read'
           WHERE m.account_id = ? AND m.read_at IS NULL AND d.rung = 0 AND d.state = 'delivered'`,
          [work.actor.accountId],
        );
        await work.change("UPDATE message SET read_at = ? WHERE account_id = ? AND read_at IS NULL", [
          work.at,
          work.actor.accountId,
        ]);
        return noContent();
      },
    }),
  ];
}
