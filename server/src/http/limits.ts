import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "#core/actor.ts";
import { problem } from "#core/problem.ts";

export interface Limits {
  /** Takes one from the caller's allowance; throws 429 with Retry-After when it is used up. */
  spend(kind: LimitKind, actor: Actor | null, ip: string): Promise<void>;
}
export type LimitKind = keyof typeof ALLOWANCES;

/** Requests per minute. Accounts come before addresses: a court or a village shares one address. */
const ALLOWANCES = {
  general: { account: 1200, address: 3000 },
  costly: { account: 120, address: 600 },
  "sign-in": { account: 60, address: 300 },
  // Systems that call us in masses from a few addresses, and prove each call by a signature.
  peer: { account: 60_000, address: 60_000 },
} as const;

export interface LimitsOptions {
  /** The database's pool and name, for the allowances that all nodes share; without it each node counts for itself. */
  readonly pool?: { readonly client: object; readonly name: string };
  readonly factor?: number;
}

/**
 * `general` and `costly` are counted on each node (they protect the node); `sign-in` is counted in the database, for all
 * nodes together, and falls back to the node's own count when the database cannot be asked.
 */
export function openLimits({ pool, factor = 1 }: LimitsOptions): Limits {
  const memory = new Map<string, RateLimiterMemory>();
  for (const [kind, { account, address }] of Object.entries(ALLOWANCES)) {
    memory.set(
      `${kind} account`,
      new RateLimiterMemory({ keyPrefix: `${kind}-a`, points: account * factor, duration: 60 }),
    );
    memory.set(
      `${kind} address`,
      new RateLimiterMemory({ keyPrefix: `${kind}-i`, points: address * factor, duration: 60 }),
    );
  }
  const shared =
    pool &&
    new RateLimiterMySQL({
      storeClient: pool.client,
      dbName: pool.name,
      tableName: "rate_limit",
      tableCreated: true,
      clearExpiredByTimeout: true,
      keyPrefix: "sign-in",
      points: ALLOWANCES["sign-in"].address * factor,
      duration: 60,
      insuranceLimiter: memory.get("sign-in address") as RateLimiterMemory,
    });
  return {
    async spend(kind, actor, ip) {
      const limiter = kind === "sign-in" && shared ? shared : memory.get(`${kind} ${actor ? "account" : "address"}`);
      try {
        await limiter?.consume(actor ? actor.accountId : addressKey(ip));
      } catch (spent) {
        if (spent instanceof RateLimiterRes) {
          throw problem("request.too_many", { retryAfter: Math.max(1, Math.ceil(spent.msBeforeNext / 1000)) });
        }
        throw spent;
      }
    },
  };
}

/** An IPv6 household is a /64. */
export function addressKey(ip: string): string {
  const plain = ip.replace(/^::ffff:/, "");
  return plain.includes(":") ? plain.split(":").slice(0, 4).join(":") : plain;
}
