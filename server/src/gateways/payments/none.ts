import { GatewayError } from "../gateway-error.ts";
import { NoticeRefused, type Payments } from "./port.ts";

/** No way to pay is set up: every call fails, and nothing is ever taken for paid. */
export function noPayments(): Payments {
  const unavailable = () => new GatewayError("payments", "no driver is configured", { retryAfter: 3600 });
  const refuse = async (): Promise<never> => {
    throw unavailable();
  };
  return {
    open: refuse,
    sheet() {
      throw unavailable();
    },
    find: refuse,
    close: refuse,
    refund: refuse,
    findRefund: refuse,
    readNotice() {
      throw new NoticeRefused("no driver is configured");
    },
    bill: refuse,
  };
}
