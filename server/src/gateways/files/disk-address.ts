import { createHmac, timingSafeEqual } from "node:crypto";

/** What a signed address allows: one method on one key, in the exact terms of its query. */
export interface Address {
  readonly method: "PUT" | "GET";
  readonly key: string;
  readonly terms: Readonly<Record<string, string>>;
}

export type AddressRefusal = "unreadable" | "signature" | "expired";

/** Makes and checks the folder store's addresses: an HMAC over method, key and every term, of which `expires` is one. */
export function diskAddresses(secret: string, publicUrl: string, now: () => number = Date.now) {
  const base = publicUrl.replace(/\/$/, "");
  const mountPath = base.startsWith("/") ? base : new URL(base).pathname.replace(/\/$/, "");

  return {
    mountPath,

    sign(address: Address, expiresAt: Date): string {
      const query = new URLSearchParams({ ...address.terms, expires: String(Math.floor(expiresAt.getTime() / 1000)) });
      query.sort();
      query.append("signature", seal(address.method, address.key, query));
      return `${base}/${address.key}?${query}`;
    },

    /** `target` is the request's path and query as they came. HEAD is allowed what GET is. */
    open(method: string, target: string): Address | AddressRefusal {
      if (!URL.canParse(target, "http://store")) return "unreadable";
      const url = new URL(target, "http://store");
      if (!url.pathname.startsWith(`${mountPath}/`)) return "unreadable";
      const key = url.pathname.slice(mountPath.length + 1);
      const given = url.searchParams.get("signature") ?? "";
      const query = url.searchParams;
      query.delete("signature");
      const names = [...query.keys()];
      if (new Set(names).size !== names.length) return "unreadable";
      query.sort();
      const verb = method === "PUT" ? "PUT" : "GET";
      if (!same(given, seal(verb, key, query))) return "signature";
      if (Number(query.get("expires")) * 1000 <= now()) return "expired";
      return { method: verb, key, terms: Object.fromEntries(query) };
    },
  };

  function seal(method: string, key: string, sorted: URLSearchParams): string {
    return createHmac("sha256", secret).update(`${method}\n${key}\n${sorted}`).digest("base64url");
  }
}

export type DiskAddresses = ReturnType<typeof diskAddresses>;

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
