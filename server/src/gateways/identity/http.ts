import { GatewayError } from "../gateway-error.ts";
import { messageSigner, type SigningKey } from "../message-signature.ts";
import { type OutboundConfig, outbound } from "../outbound.ts";
import type { IdentityCheck, IdentityMatch } from "./port.ts";

export interface HttpIdentityConfig extends OutboundConfig {
  readonly key: SigningKey;
}

const NAME = "identity";
const MATCHES: readonly unknown[] = ["match", "mismatch", "unknown"] satisfies IdentityMatch[];

/** A register of people reached over HTTP. The person stands in the body, never in the address, and every call is signed. */
export function httpIdentity({ key, ...limits }: HttpIdentityConfig): IdentityCheck {
  const call = outbound(NAME, { totalMs: 5000, attempts: 2, ...limits });
  const sign = messageSigner(key);

  return {
    async check({ name, idType, idNumber }) {
      const answer = await call({
        method: "POST",
        path: "/checks",
        body: { name, idType, idNumber },
        sign,
        repeatable: true,
      });
      if (answer.status !== 200) throw new GatewayError(NAME, `answered ${answer.status}`);
      const result = (answer.json as { result?: unknown } | null | undefined)?.result;
      if (!isMatch(result)) throw new GatewayError(NAME, "answered without a result");
      return { match: result };
    },
  };
}

const isMatch = (value: unknown): value is IdentityMatch => MATCHES.includes(value);
