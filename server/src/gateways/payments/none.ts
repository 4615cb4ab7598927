import { GatewayError } from "../gateway-error.ts";
import type { Payments } from "./port.ts";

/** No way to pay is set up: every call fails, and nothing is ever taken for paid. */
export function noPayments(): Payments {
  const refuse = async (): Promise<never> => {
    throw new GatewayError("payments", "no driver is configured", { retryAfter: 3600 });
  };
  return { open: refuse, find: refuse, readNotice: refuse, close: refuse, refund: refuse };
}
