import { z } from "zod";
import { DEFAULT_LIMIT, idField, listOf, momentView, page, paging, stateView } from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { describeAccounts } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { addressesOf, type DeliveryView, deliveriesOf, sentView } from "./deliveries.ts";
import { WORK_TEMPLATES } from "./ladders.ts";

export const reachedPolicy: Policy = { "GET /notices": ["clerk", "judge", "court_clerk", "supervisor"] };

const REACHED = {
  read: "已看",
  delivered: "已送到手机",
  sent: "已发出",
  inapp: "在站内，还没有看",
} as const;

const noticeView = z
  .object({
    id: z.string(),
    title: z.string(),
    at: momentView,
    /** Masked (王*). */
    recipient: z.string(),
    readAt: momentView.nullable(),
    /** The furthest it has come. It reminds; it is no service of process. */
    reached: stateView,
    deliveries: z.array(sentView),
  })
  .meta({ id: "NoticeReached" });

const noticeQuery = z.strictObject({
  about: z
    .string()
    .regex(/^[a-z_]{1,32}:[1-9]\d{0,19}$/, "格式为 对象:编号，例如 filing:12")
    .meta({ description: "通知所说的对象，例如 filing:12、case:5、fee_notice:7" }),
  ...paging,
  cursor: idField.optional(),
});

interface Row {
  readonly id: string;
  readonly title: string;
  readonly at: Date;
  readonly accountId: string;
  readonly readAt: Date | null;
}

export function reachedRoutes({ database, vault }: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/notices",
      tag: "notice",
      summary: "某一立案、案件或交费通知的提醒是否到达（法院工作人员）",
      description:
        "只列本院对象发给当事人的提醒，新的在前；不含正文，号码和地址已遮盖。case:编号 列出该案的全部提醒。提醒不是送达。",
      query: noticeQuery,
      answers: { 200: listOf(noticeView) },
      async handle({ actor, query: { about, cursor, limit = DEFAULT_LIMIT } }) {
        const [kind = "", id = ""] = about.split(":");
        const [which, values] =
          kind === "case"
            ? ["case_id = ?", [id]]
            : ["(about = ? OR (link_kind = ? AND link_id = ?))", [about, kind, id]];
        const rows = await database.read<Row>(
          `SELECT id, title, at, account_id AS accountId, read_at AS readAt FROM message
           WHERE ${which} AND court_code = ?
             AND template NOT IN (${WORK_TEMPLATES.map(() => "?").join(", ")}) ${cursor ? "AND id < ?" : ""}
           ORDER BY id DESC LIMIT ${limit + 1}`,
          [...values, actor.courtCode, ...WORK_TEMPLATES, ...(cursor ? [cursor] : [])],
        );
        const { items, nextCursor } = page(rows, limit, (row) => row.id);
        const ids = items.map((row) => row.id);
        const [deliveries, addresses, people] = await Promise.all([
          deliveriesOf(database, ids),
          addressesOf({ database, vault }, ids),
          describeAccounts(items.map(({ accountId }) => String(accountId))),
        ]);
        return ok({
          items: items.map(({ id: messageId, title, at, accountId, readAt }) => ({
            id: messageId,
            title,
            at: at.toISOString(),
            recipient: people.get(String(accountId))?.displayName ?? "用户",
            readAt: readAt?.toISOString() ?? null,
            reached: reachedOf(readAt, deliveries.get(messageId) ?? []),
            deliveries: (deliveries.get(messageId) ?? []).map((one) => ({
              ...one,
              to: addresses.get(`${messageId} ${one.channel.code}`) ?? null,
            })),
          })),
          nextCursor,
        });
      },
    }),
  ];
}

function reachedOf(readAt: Date | null, deliveries: readonly DeliveryView[]): { code: string; label: string } {
  const outside = deliveries.slice(1).map(({ state }) => state.code);
  const code = readAt ? "read" : ((["delivered", "sent"] as const).find((each) => outside.includes(each)) ?? "inapp");
  return { code, label: REACHED[code] };
}
