import { createHash, randomInt } from "node:crypto";
import { nextNumber } from "#core/counter.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const drawn = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)] as string).join("");

/** 商户订单号 and 商户退款单号: the day, then what nobody can guess. */
export const orderNumber = (at: Date): string => `P${courtDayOf(at).replaceAll("-", "")}${drawn(18)}`;
export const refundNumber = (at: Date): string => `R${courtDayOf(at).replaceAll("-", "")}${drawn(18)}`;
/** Whether a number is of our own making, though we may not know it any more. */
export const looksLikeOurs = (number: string): boolean => /^[PR]20\d{6}[0-9A-HJKMNP-TV-Z]{18}$/.test(number);

/** One order for each key, account and notice. */
export const requestKey = (noticeId: string, key: string): string =>
  createHash("sha256").update(`${noticeId}\0${key}`).digest("hex");

/**
 * 票据号: court, year and the year's running number without gaps, and a code by which anybody who holds the receipt can
 * have it checked. Takes the counter's lock: the last thing before the row is written.
 */
export async function takeReceipt(
  work: Work,
  courtCode: string,
): Promise<{ receiptNumber: string; receiptCode: string }> {
  const year = courtDayOf(work.at).slice(0, 4);
  const serial = await nextNumber(work, `fee receipt ${year} ${courtCode}`);
  return { receiptNumber: `票${courtCode}-${year}-${String(serial).padStart(8, "0")}`, receiptCode: drawn(12) };
}
