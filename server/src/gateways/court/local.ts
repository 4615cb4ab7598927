import { createHash } from "node:crypto";
import type { CourtSystem } from "./port.ts";

/**
 * For a demonstration where the court has no inner system: there is nobody to tell, so a case is entered as soon as
 * we say so, and its inner id follows from the reference. It keeps nothing and can therefore find nothing.
 */
export function localCourt(): CourtSystem {
  return {
    async registerCase({ reference, acceptedAt }) {
      const innerId = `local-${createHash("sha256").update(reference).digest("hex").slice(0, 16)}`;
      return { innerId, registeredAt: acceptedAt };
    },
    async findRegistration() {
      return null;
    },
    async listEvents() {
      return [];
    },
  };
}
