import { problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";

/**
 * The next number of a gapless series, from 1: the row stays locked until the work ends, so a number that is not
 * committed is given again (案号、收件凭证). Take it as late in the work as possible.
 */
export async function nextNumber(work: Work, name: string): Promise<number> {
  await work.change(
    "INSERT INTO counter (name, value) VALUES (?, LAST_INSERT_ID(1)) ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(value + 1)",
    [name],
  );
  const [row] = await work.query<{ value: string }>("SELECT LAST_INSERT_ID() AS value");
  const number = Number(row?.value);
  // Past 2^53 a number is no longer the one that was counted: none at all is better than a wrong one.
  if (!Number.isSafeInteger(number)) throw problem("service.unavailable");
  return number;
}
