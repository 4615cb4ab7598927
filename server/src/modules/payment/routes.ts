import { isStaff } from "#core/actor.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { addDays } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import { findPayable } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { closeAtWechat } from "./ask.ts";
import { takeNotice } from "./notify.ts";
import { keepOpening, openOrder, presentOpening } from "./open.ts";
import { mayMove, type PaymentView, presentPayments } from "./present.ts";
import { problem } from "./problems.ts";
import { checkReceipt } from "./receipt.ts";
import {
  idParams,
  openedView,
  paymentBody,
  paymentItemsView,
  paymentListView,
  paymentMove,
  paymentQuery,
  paymentView,
  receiptParams,
  receiptQuery,
  receiptView,
} from "./schema.ts";
import { settle } from "./settle.ts";
import { findPayment, listPaymentRows, listPaymentsOf } from "./store.ts";
import { paymentWorkflow } from "./workflow.ts";

const TAG = "payment";
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

export function paymentRoutes(means: Means): readonly AnyRoute[] {
  const { database, gateways } = means;
  /** The payment as it was just written, read from inside the work. */
  const presentWritten = async (work: Work, id: string): Promise<PaymentView> => {
    const inside = { ...means, database: within(work, database) };
    const [view] = await presentPayments(inside, work.actor, [await findPayment(inside.database, work.actor, id)]);
    return view as PaymentView;
  };
  return [
    route({
      method: "POST",
      path: "/fee-notices/:id/payments",
      tag: TAG,
      summary: "交费：向微信下单，返回调起支付所需的参数",
      description:
        "同一交费通知、同一账号、同一渠道和金额只有一笔有效订单，再次请求得到同一笔。替他人交费须带缴款码。法院窗口只能使用 wechat_native。",
      params: idParams,
      body: paymentBody,
      answers: { 201: openedView },
      key: "required",
      limit: "costly",
      before: ({ actor, params, body, key, ip }) =>
        openOrder(means, actor, {
          noticeId: params.id,
          channel: body.channel,
          amountFen: body.amountFen ?? null,
          payCode: body.payCode,
          key: key as string,
          ip,
        }),
      async command(work, _, opened) {
        await keepOpening(work, means, opened);
        const payment = await presentWritten(work, opened.paymentId);
        return created({ payment, wechat: presentOpening(means, opened.opening) });
      },
    }),
    route({
      method: "GET",
      path: "/fee-notices/:id/payments",
      tag: TAG,
      summary: "这份交费通知的支付记录，新的在前",
      params: idParams,
      answers: { 200: paymentItemsView },
      async handle({ actor, params }) {
        // Whoever paid for somebody else sees what they paid; the payer and the court see all.
        const own = isStaff(actor) ? [] : await listPaymentsOf(database, params.id, actor.accountId);
        const all = await findPayable(means, actor, params.id).then(
          () => true,
          (error: unknown) => {
            if (own.length > 0) return false;
            throw error;
          },
        );
        return ok({
          items: await presentPayments(means, actor, all ? await listPaymentsOf(database, params.id) : own),
        });
      },
    }),
    route({
      method: "GET",
      path: "/payments",
      tag: TAG,
      summary: "本院支付记录，新的在前",
      query: paymentQuery,
      answers: { 200: paymentListView },
      async handle({ actor, query: { state, from, to, number, cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await listPaymentRows(database, actor, {
          state,
          from: from === undefined ? undefined : startOf(from),
          until: to === undefined ? undefined : startOf(addDays(to, 1)),
          number,
          before: cursor,
          limit,
        });
        const { items, nextCursor } = page(rows, limit, ({ id }) => String(id));
        return ok({ items: await presentPayments(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/payments/:id",
      tag: TAG,
      summary: "一笔支付：状态、准信时间、退款进度",
      params: idParams,
      answers: { 200: paymentView },
      async handle({ actor, params }) {
        const [view] = await presentPayments(means, actor, [await findPayment(database, actor, params.id)]);
        return ok(view);
      },
    }),
    route({
      method: "POST",
      path: "/payments/:id/moves",
      tag: TAG,
      summary: "向微信核实（check），或不付了（cancel）",
      description: "cancel 时微信已收到款项的，按已支付处理，返回的状态为准。",
      params: idParams,
      body: paymentMove,
      answers: { 200: paymentView },
      limit: "costly",
      /** WeChat is asked before the transaction; null where there is nothing to ask any more. */
      async before({ actor, params, body }) {
        const row = await findPayment(database, actor, params.id);
        if (!mayMove(actor, row)) throw problem("payment.not_found");
        if (body.action === "cancel") paymentWorkflow.next(row.state, body.action, actor.role);
        const open = row.state === "created" || row.state === "processing";
        if (!open && body.action === "check" && row.state !== "closed" && row.state !== "failed") return null;
        const fact = await gateways.payments.find(row.orderNumber);
        return body.action === "cancel" ? closeAtWechat(gateways.payments, row, fact) : fact;
      },
      async command(work, { params }, fact) {
        if (fact) await settle(work, means, fact, "query");
        return ok(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/payments/wechat/notify",
      tag: TAG,
      summary: "微信支付与退款结果通知（由微信调用）",
      description:
        "对原始字节验签、核对时效与商户后解密入账，提交后才答 204；不是微信发出的一律答 401 {code: FAIL}。同一通知重复送达不会重复入账。",
      raw: true,
      limit: "peer",
      answers: { 204: null },
      handle: (call) => takeNotice(means, call),
    }),
    route({
      method: "GET",
      path: "/receipts/:number",
      tag: TAG,
      summary: "核验诉讼费票据（不需登录）",
      params: receiptParams,
      query: receiptQuery,
      answers: { 200: receiptView },
      limit: "sign-in",
      handle: async ({ params, query }) => ok(await checkReceipt(means, { ...params, ...query })),
    }),
  ];
}
