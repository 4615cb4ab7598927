import { GatewayError } from "../gateway-error.ts";
import type { Messages } from "./port.ts";

/** No channel is set up: every call fails, and nothing is ever taken for sent. */
export function noMessages(): Messages {
  return {
    async send() {
      throw new GatewayError("messages", "no driver is configured", { retryAfter: 3600 });
    },
  };
}
