import { GatewayError } from "../gateway-error.ts";
import type { IdentityCheck } from "./port.ts";

/** No register is set up: every check fails, and nobody is ever taken for checked. */
export function noIdentity(): IdentityCheck {
  return {
    async check() {
      throw new GatewayError("identity", "no driver is configured", { retryAfter: 3600 });
    },
  };
}
