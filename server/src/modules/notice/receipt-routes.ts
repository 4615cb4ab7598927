import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { SYSTEM } from "#core/actor.ts";
import { problems } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { type MessageProvider, type MessageReceipt, ReceiptRefused } from "#gateways/messages/port.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { addressBound } from "./ask.ts";
import { endAndClimb, markSent } from "./climb.ts";
import type { Channel } from "./ladders.ts";

export const receiptPolicy: Policy = { "POST /notices/receipts/:provider": "public" };

const MOST = 500;
const problem = problems({ "notice.receipt_refused": [401, "回执未通过验证"] });

interface Known {
  readonly id: string;
  readonly messageId: string;
  readonly rung: number;
  readonly untilCode: "read" | "sent";
  readonly channel: Channel;
  readonly address: Buffer | null;
}

/**
 * What providers tell of messages they carried. They do not sign it, so its address holds a secret, and a receipt counts only
 * where reference, provider and phone number all fit what we have sent. It can make nothing happen but "arrived" and "did
 * not arrive".
 */
export function receiptRoutes(means: Means): readonly AnyRoute[] {
  const { gateways, settings, logger, transact } = means;
  const providers = new Map(gateways.messages.providers("sms").map((provider) => [provider.name, provider]));
  return [
    route({
      method: "POST",
      path: "/notices/receipts/:provider",
      tag: "notice",
      summary: "短信平台的送达回执（由平台调用）",
      description: "地址中的 token 由本系统设定；不符的一律答 401。编号、平台、手机号三者都对得上才会记录。",
      params: z.strictObject({ provider: z.string().regex(/^[a-z]{1,16}$/, "没有这个平台") }),
      query: z.strictObject({ token: z.string().max(200).optional() }),
      raw: true,
      limit: "peer",
      answers: { 200: z.record(z.string(), z.union([z.string(), z.number()])) },
      async handle({ params, query, rawBody, requestId, ip }) {
        const provider = providers.get(params.provider);
        const receipts =
          provider && isOurs(query.token ?? "", settings.receiptToken) ? readAll(provider, rawBody) : null;
        if (!provider || !receipts) {
          logger.warn({ requestId, ip, provider: params.provider }, "notice receipt refused");
          throw problem("notice.receipt_refused");
        }
        for (const receipt of receipts) {
          await transact(SYSTEM, (work) => takeReceipt(work, means, provider.name, receipt), {
            requestId,
            repeatable: true,
          });
        }
        return ok(provider.receiptAnswer);
      },
    }),
  ];
}

function readAll(provider: MessageProvider, body: Buffer): readonly MessageReceipt[] | null {
  try {
    return provider.readReceipts?.(body).slice(0, MOST) ?? null;
  } catch (error) {
    if (error instanceof ReceiptRefused) return null;
    throw error;
  }
}

async function takeReceipt(work: Work, { vault }: Means, provider: string, receipt: MessageReceipt): Promise<void> {
  const { reference, receipt: number, to, state } = receipt;
  const byOurs = reference !== null && /^[1-9]\d{0,18}$/.test(reference);
  if (!byOurs && !number) return;
  const [row] = await work.query<Known>(
    `SELECT id, message_id AS messageId, rung, until_code AS untilCode, channel, address FROM notice_delivery
     WHERE ${byOurs ? "id = ?" : "provider_reference = ?"} AND provider = ? AND state IN ('sending', 'sent', 'failed') FOR UPDATE`,
    [byOurs ? reference : number, provider],
  );
  if (!row?.address) return;
  const known = {
    id: String(row.id),
    messageId: String(row.messageId),
    rung: Number(row.rung),
    untilCode: row.untilCode,
  };
  if (vault.open(row.address, addressBound(known.id)) !== to.replace(/^\+?86(?=1\d{10}$)/, "")) return;
  if (state === "failed") await endAndClimb(work, known, "failed", "not_delivered", null);
  else await markSent(work, known, { state, receipt: number }, null);
}

function isOurs(given: string, wanted: string | null): boolean {
  if (!wanted) return false;
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
