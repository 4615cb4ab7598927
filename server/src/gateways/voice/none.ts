import { GatewayError } from "../gateway-error.ts";
import type { Voice } from "./port.ts";

/** No voice is set up: every call fails. */
export function noVoice(): Voice {
  return {
    on: false,
    async say() {
      throw new GatewayError("voice", "no driver is configured", { retryAfter: 3600 });
    },
  };
}
