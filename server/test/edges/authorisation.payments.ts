import { SYSTEM } from "#core/actor.ts";
import { COURT, key } from "../filings.ts";
import { payAndTell } from "../payments.ts";
import type { Plan } from "./authorisation.plan.ts";
import { FAR_COURT, type World } from "./world.ts";

const FEE = { category: "jurisdiction_objection", amountFen: null, halvings: [] };
const NATIVE = { channel: "wechat_native" };
const keyed = { headers: key() };

/** A notice of the owner's with something to pay. */
async function notice({ staff, people, caseId }: World): Promise<string> {
  const body = { source: "other", facts: FEE, payerAccountId: people.owner.accountId };
  const issued = await staff.clerk.ask("POST", `/cases/${caseId}/fee-notices`, body, key());
  if (issued.status !== 201) throw new Error(`no notice: ${issued.text}`);
  return issued.json.id;
}
async function order(world: World): Promise<{ id: string; orderNumber: string }> {
  const path = `/fee-notices/${await notice(world)}/payments`;
  const opened = await world.people.owner.ask("POST", path, NATIVE, key());
  if (opened.status !== 201) throw new Error(`no order: ${opened.text}`);
  return opened.json.payment;
}
async function paid(world: World): Promise<string> {
  const made = await order(world);
  await payAndTell(world.app, made);
  return made.id;
}
async function refund(world: World): Promise<string> {
  const body = { amountFen: 1, reason: "核减" };
  const asked = await world.staff.clerk.ask("POST", `/payments/${await paid(world)}/refunds`, body, key());
  if (asked.status !== 201) throw new Error(`no refund: ${asked.text}`);
  return asked.json.id;
}
async function genuine(world: World) {
  const { orderNumber } = await order(world);
  world.app.sandbox.wechatPay.pay(orderNumber, { silent: true });
  const { headers, body } = world.app.sandbox.wechatPay.notice(orderNumber);
  return { headers: headers as Record<string, string>, body: body.toString("utf8") };
}

let rows = 0;
const inserted = (world: World, sql: string): Promise<string> =>
  world.app.transact(SYSTEM, async (work) => {
    rows += 1;
    await work.change(sql, [`edges-${rows}`]);
    const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
    return String(row?.id);
  });
const difference = (world: World): Promise<string> =>
  inserted(
    world,
    `INSERT INTO reconciliation_difference (day, kind, reference, court_code, state, at)
     VALUES ('2026-01-05', 'missing_in_bill', ?, '${COURT}', 'open', UTC_TIMESTAMP(3))`,
  );
const alarm = (world: World, courtCode = COURT): Promise<string> =>
  inserted(
    world,
    `INSERT INTO payment_alarm (court_code, kind, source, facts, at) VALUES ('${courtCode}', 'amount_differs', ?, '{}', UTC_TIMESTAMP(3))`,
  );

const DAY = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);

export const paymentPlans: Readonly<Record<string, Plan>> = {
  "POST /fee-notices/:id/payments": {
    standing: notice,
    ...keyed,
    body: () => NATIVE,
    fresh: async (world) => ({ id: await notice(world), headers: key() }),
  },
  "GET /fee-notices/:id/payments": { standing: notice },
  "GET /payments/:id": { standing: async (world) => (await order(world)).id },
  "POST /payments/:id/moves": { standing: async (world) => (await order(world)).id, body: () => ({ action: "check" }) },
  "POST /payments/wechat/notify": { publicly: genuine },
  "POST /payments/:id/refunds": {
    standing: paid,
    ...keyed,
    body: () => ({ amountFen: 1, reason: "核减" }),
    fresh: async () => ({ headers: key() }),
  },
  "GET /refunds/:id": { standing: refund },
  "POST /refunds/:id/moves": {
    standing: refund,
    ...keyed,
    body: () => ({ action: "approve" }),
    fresh: async (world) => ({ id: await refund(world), headers: key() }),
  },
  "GET /receipts/:number": { standing: () => `票${COURT}-2026-00000001`, query: "?code=000000000000" },
  "POST /reconciliations": { body: () => ({ day: DAY }) },
  "GET /reconciliations/:day": {
    async standing({ staff }) {
      await staff.supervisor.ask("POST", "/reconciliations", { day: DAY });
      return DAY;
    },
  },
  "POST /reconciliation-differences/:id/moves": {
    standing: difference,
    ...keyed,
    body: () => ({ action: "explain", note: "已核对" }),
    fresh: async (world) => ({ id: await difference(world), headers: key() }),
  },
  "POST /payment-alarms/:id/moves": {
    standing: (world) => alarm(world),
    ...keyed,
    body: () => ({ action: "resolve", note: "已核对" }),
    fresh: async (world) => ({ id: await alarm(world), headers: key() }),
  },
  "POST /payment-alarms/:id/moves | farAlarm": {
    standing: (world) => alarm(world, FAR_COURT),
    ...keyed,
    body: () => ({ action: "resolve", note: "已核对" }),
  },
};
