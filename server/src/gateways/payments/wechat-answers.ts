import { z } from "zod";
import { GatewayError } from "../gateway-error.ts";
import { PaymentAlreadyPaid, PaymentRefused } from "./port.ts";

const NAME = "payments";
/** WeChat knows nothing of that number: an answer too. */
export const NOT_THERE = ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"];
const PAID = new Set(["ORDERPAID", "ORDER_PAID"]);

/** What WeChat answered; `undefined` where it said one of the refusals that are an answer too. */
export async function asked(
  call: () => Promise<{ status: number; data?: unknown }>,
  fine: readonly string[] = [],
): Promise<unknown> {
  const { status, data } = await call();
  if (status === 200) return data;
  if (status === 204) return null;
  const told = z.object({ code: z.string().regex(/^[A-Z0-9_]{1,64}$/) }).safeParse(data);
  const code = told.success ? told.data.code : "";
  if (fine.includes(code)) return undefined;
  if (PAID.has(code)) throw new PaymentAlreadyPaid(code);
  if (!code || status === 401 || COME_AGAIN.has(code))
    throw new GatewayError(NAME, `answered ${status} ${code}`, { retryAfter: 60 });
  throw new PaymentRefused(code, status);
}

/** Refusals of the moment, or of our keys: not of what was asked. */
const COME_AGAIN = new Set(["SIGN_ERROR", "STATEMENT_CREATING", "USERPAYING", "FREQUENCY_LIMITED", "SYSTEM_ERROR"]);

export function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const told = schema.safeParse(answer);
  if (!told.success) throw new GatewayError(NAME, "answered what was not agreed");
  return told.data;
}
