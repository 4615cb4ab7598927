/** When WeChat is asked about an order and a refund, and what may therefore be promised. */
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long an order may be paid. */
export const ORDER_LIFE_MS = 40 * MINUTE_MS;
/** Whoever asks has so long, longer than any call may take; then the row comes back to be asked by another. */
export const LEASE_MS = 60 * SECOND_MS;
/** From the moment we mean to ask to the moment we surely know: a busy minute and a second try fit in. */
export const PROMISE_MS = 60 * SECOND_MS;

/** After an order was made: 10 s, 30 s, 60 s, 2, 5, 10 and 30 minutes; then when it expires. */
const ASK_AFTER_MS = [10, 30, 60, 120, 300, 600, 1800].map((seconds) => seconds * SECOND_MS);
const REFUND_AFTER_MS = [10, 30, 60, 120, 300, 600, 1800].map((seconds) => seconds * SECOND_MS);

export function nextAsk(order: { readonly createdAt: Date; readonly expiresAt: Date }, now: Date): Date {
  const planned = ASK_AFTER_MS.map((after) => order.createdAt.getTime() + after).find((at) => at > now.getTime());
  if (planned !== undefined && planned < order.expiresAt.getTime()) return new Date(planned);
  return order.expiresAt > now ? order.expiresAt : new Date(now.getTime() + MINUTE_MS);
}

/** WeChat did not answer, so soon again: 10 s, then longer, a minute at most. */
export const askAgain = (now: Date, failures: number): Date =>
  new Date(now.getTime() + Math.min(10 * SECOND_MS * 2 ** Math.min(failures, 8), MINUTE_MS));

export const promiseFor = (askAt: Date): Date => new Date(askAt.getTime() + PROMISE_MS);

/** A refund takes WeChat seconds or days: often at first, then every hour. */
export const nextRefundAsk = (now: Date, asked: number): Date =>
  new Date(now.getTime() + (REFUND_AFTER_MS[Math.max(asked - 1, 0)] ?? 60 * MINUTE_MS));

/** A refund that failed may yet be put right at WeChat by hand. */
export const afterFailure = (now: Date): Date => new Date(now.getTime() + 6 * 60 * MINUTE_MS);
