import { GatewayError } from "../gateway-error.ts";
import type { Ocr } from "./port.ts";

/** No reader is set up: every call fails. */
export function noOcr(): Ocr {
  return {
    on: false,
    async read() {
      throw new GatewayError("ocr", "no driver is configured", { retryAfter: 3600 });
    },
  };
}
