import { request } from "node:http";
import type { RowDataPacket } from "mysql2/promise";
import type { Notice } from "#sandbox/wechat-pay-notices.ts";
import type { Answered, TestApp } from "./app.ts";
import { key } from "./filings.ts";
import type { Person } from "./people.ts";
import { withOwner } from "./reliability/crowd.ts";

export interface Ordered {
  readonly id: string;
  readonly orderNumber: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the client is handed differs by channel
  readonly wechat: any;
}

/** An order for a notice, through HTTP. */
export async function order(
  who: Person,
  notice: string,
  body: { channel?: string; amountFen?: number; payCode?: string } = {},
  once = key(),
): Promise<Ordered> {
  const answer = await who.ask("POST", `${notice}/payments`, { channel: "wechat_jsapi", ...body }, once);
  if (answer.status !== 201) throw new Error(`no order: ${answer.status} ${answer.text}`);
  const { payment, wechat } = answer.json;
  return { id: payment.id, orderNumber: payment.orderNumber, path: `/payments/${payment.id}`, wechat };
}

/** Brings a notice to a node, as WeChat does; 0 where nobody answered. */
export function bring(
  origin: string,
  { headers, body }: Notice,
): Promise<{ status: number; text: string; ms: number }> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const done = (status: number, text: string) => resolve({ status, text, ms: performance.now() - begun });
    // Not fetch: some forged headers are such as fetch would mend.
    const sent = request(
      `${origin}/api/v1/payments/wechat/notify`,
      { method: "POST", headers: { ...headers, "content-length": body.length }, timeout: 10_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => done(response.statusCode ?? 0, Buffer.concat(chunks).toString("utf8")));
        response.on("error", () => done(0, ""));
      },
    );
    sent.on("timeout", () => sent.destroy());
    sent.on("error", () => done(0, ""));
    sent.end(body);
  });
}

/** Somebody pays at WeChat and WeChat tells us at once. */
export async function payAndTell(app: TestApp, { orderNumber }: { orderNumber: string }): Promise<Answered["status"]> {
  app.sandbox.wechatPay.pay(orderNumber, { silent: true });
  return (await bring(app.origin, app.sandbox.wechatPay.notice(orderNumber))).status;
}

let copies = 0;

/** So many notices like one that nothing was paid for yet, with what the ledger holds of it. */
export function noticesLike(app: { ownerUrl: string }, noticeId: string, count: number): Promise<string[]> {
  return withOwner(app, async (owner) => {
    const [fields] = await owner.query<RowDataPacket[]>("SHOW COLUMNS FROM fee_notice");
    const names = fields.map((field) => field["Field"] as string).filter((name) => name !== "id");
    const changed: Record<string, string> = { source: "?", number: "?", pay_code: "?" };
    const made: string[] = [];
    for (let left = count; left > 0; left -= 1) {
      const at = ++copies;
      const unique = `${noticeId}-${at}`;
      const [row] = await owner.query(
        `INSERT INTO fee_notice (${names.join(",")}) SELECT ${names.map((name) => changed[name] ?? name).join(",")} FROM fee_notice WHERE id = ?`,
        [...names.filter((name) => changed[name]).map((name) => valueFor(name, unique, at)), noticeId],
      );
      const id = String((row as { insertId: number }).insertId);
      await owner.query(
        `INSERT INTO ledger_entry (fact, court_code, notice_id, debit, credit, amount_fen, at)
         SELECT REPLACE(fact, ?, ?), court_code, ?, debit, credit, amount_fen, at FROM ledger_entry WHERE notice_id = ? AND payment_id IS NULL`,
        [`notice:${noticeId}:`, `notice:${id}:`, id, noticeId],
      );
      made.push(id);
    }
    return made;
  });
}

const valueFor = (name: string, unique: string, at: number): string => {
  if (name === "pay_code") return `9${String(at).padStart(15, "0")}`;
  return name === "source" ? `appeal:${unique}` : `复制${unique}`;
};

/** What of the books does not agree with itself; empty where all is well. */
export function faultsInBooks(app: { ownerUrl: string }): Promise<string[]> {
  return withOwner(app, async (owner) => {
    const faults: string[] = [];
    const none = async (what: string, sql: string) => {
      const [rows] = await owner.query<RowDataPacket[]>(sql);
      for (const row of rows.slice(0, 5)) faults.push(`${what}: ${JSON.stringify(row)}`);
    };
    const PAID = "('succeeded', 'refunding', 'refunded')";
    await none(
      "a payment whose ledger is not its money",
      `SELECT p.id, p.paid_fen, COALESCE(SUM(l.amount_fen), 0) AS booked FROM payment p
       LEFT JOIN ledger_entry l ON l.payment_id = p.id AND l.debit = 'wechat'
       WHERE p.state IN ${PAID} GROUP BY p.id HAVING booked <> p.paid_fen`,
    );
    await none(
      "money in the ledger without a payment",
      `SELECT l.id FROM ledger_entry l LEFT JOIN payment p ON p.id = l.payment_id
       WHERE l.payment_id IS NOT NULL AND (p.id IS NULL OR p.state NOT IN ${PAID})`,
    );
    await none(
      "a refund whose ledger is not its money",
      `SELECT r.id, r.amount_fen, COALESCE(SUM(l.amount_fen), 0) AS booked FROM refund r
       LEFT JOIN ledger_entry l ON l.refund_id = r.id AND l.credit = 'wechat'
       GROUP BY r.id, r.state, r.amount_fen HAVING booked <> IF(r.state = 'succeeded', r.amount_fen, 0)`,
    );
    await none(
      "a payment that gave back other than its refunds",
      `SELECT p.id, p.refunded_fen, COALESCE(SUM(r.amount_fen), 0) AS back FROM payment p
       LEFT JOIN refund r ON r.payment_id = p.id AND r.state = 'succeeded' GROUP BY p.id HAVING back <> p.refunded_fen`,
    );
    await none(
      "a payment that gave back more than it took",
      "SELECT id FROM payment WHERE refunded_fen > COALESCE(paid_fen, 0)",
    );
    await none(
      "a notice that took other than was applied",
      `SELECT n.id, n.paid_fen, COALESCE(SUM(p.applied_fen), 0) AS applied FROM fee_notice n
       LEFT JOIN payment p ON p.notice_id = n.id GROUP BY n.id HAVING applied <> n.paid_fen`,
    );
    await none(
      "a notice whose WeChat account is not what is there",
      `SELECT n.id, COALESCE(SUM(IF(l.debit = 'wechat', l.amount_fen, IF(l.credit = 'wechat', -l.amount_fen, 0))), 0) AS there,
         (SELECT COALESCE(SUM(p.paid_fen - p.refunded_fen), 0) FROM payment p WHERE p.notice_id = n.id) AS should
       FROM fee_notice n LEFT JOIN ledger_entry l ON l.notice_id = n.id GROUP BY n.id HAVING there <> should`,
    );
    await none(
      "a payment without its one receipt",
      `SELECT id FROM payment WHERE (state IN ${PAID} AND applied_fen > 0) <> (receipt_number IS NOT NULL)`,
    );
    await none(
      "receipts with a gap",
      `SELECT court_code, COUNT(*) AS many, COUNT(DISTINCT receipt_number) AS different, MAX(RIGHT(receipt_number, 8)) AS last
       FROM payment WHERE receipt_number IS NOT NULL
       GROUP BY court_code, LEFT(receipt_number, CHAR_LENGTH(receipt_number) - 8) HAVING many <> different OR many <> last`,
    );
    await none(
      "a payment that was told of other than once",
      `SELECT p.id, COUNT(o.id) AS told FROM payment p LEFT JOIN outbox o ON o.about = CONCAT('payment:', p.id) AND o.name = 'payment.succeeded'
       GROUP BY p.id, p.state HAVING told <> IF(p.state IN ${PAID}, 1, 0)`,
    );
    return faults;
  });
}
