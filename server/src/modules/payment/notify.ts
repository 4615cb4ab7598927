import { SYSTEM } from "#core/actor.ts";
import { NoticeRefused, type PaymentNotice } from "#gateways/payments/port.ts";
import { type Answer, noContent } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { settle } from "./settle.ts";
import { settleRefund } from "./settle-refund.ts";

interface Brought {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
  readonly requestId: string;
  readonly ip: string;
}

/**
 * A notice of WeChat's: verified over its raw bytes, settled, and answered 204 only after COMMIT. Whoever is not WeChat is
 * refused and learns nothing; what fails on our side is 5xx, so that WeChat comes again. No call goes out from here.
 */
export async function takeNotice(means: Means, { headers, rawBody, requestId, ip }: Brought): Promise<Answer> {
  let notice: PaymentNotice;
  try {
    notice = means.gateways.payments.readNotice(headers, rawBody);
  } catch (error) {
    if (!(error instanceof NoticeRefused)) throw error;
    means.logger.warn({ reason: error.reason, requestId, ip }, "payment notice refused");
    return { status: 401, body: { code: "FAIL", message: "通知未通过验证" } };
  }
  await means.transact(
    SYSTEM,
    async (work) => {
      if (notice.kind === "payment") await settle(work, means, notice.fact, "notice");
      else await settleRefund(work, means, notice.fact);
    },
    // Told twice is told once: an unknown COMMIT may be run again.
    { requestId, repeatable: true },
  );
  return noContent();
}
