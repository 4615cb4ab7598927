import { lookup as resolve } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isLoopback, isOpen } from "./addresses.ts";
import { WebhookBarred, type Webhooks, WebhookUnanswered } from "./port.ts";

export interface WebhooksConfig {
  /** Demonstrations and tests: a receiver on this machine, also without TLS. Never in production. */
  readonly loopback: boolean;
  /** What a name stands for; the system's own resolver unless a test gives another. */
  readonly resolve?: (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
  readonly connectMs?: number;
  readonly totalMs?: number;
}

const PORTS: readonly string[] = ["", "443", "8443"];
const MOST_BYTES = 64 * 1024;
const LONGEST = 500;

/**
 * Calls what is outside and nothing else: the address that was resolved and found open is the one that is connected to, so a name
 * that stands for something else a moment later leads nowhere. Redirects are answers, not ways.
 */
export function outsideWebhooks({
  loopback,
  resolve: ask = (name) => resolve(name, { all: true, verbatim: true }),
  connectMs = 2000,
  totalMs = 4000,
}: WebhooksConfig): Webhooks {
  const allowed = (address: string): boolean => isOpen(address) || (loopback && isLoopback(address));

  function read(text: string): URL {
    if (text.length > LONGEST || !URL.canParse(text)) throw new WebhookBarred("address");
    const url = new URL(text);
    const isHere = loopback && (isLoopback(bare(url)) || url.hostname === "localhost");
    if (url.protocol !== "https:" && !(isHere && url.protocol === "http:")) throw new WebhookBarred("scheme");
    if (url.username || url.password) throw new WebhookBarred("credentials");
    if (!isHere && !PORTS.includes(url.port)) throw new WebhookBarred("port");
    if (isIP(bare(url)) && !allowed(bare(url))) throw new WebhookBarred("private");
    return url;
  }

  async function addressesOf(name: string) {
    if (isIP(name)) return [{ address: name, family: isIP(name) }];
    const found = await ask(name).catch(() => []);
    if (found.length === 0) throw new WebhookBarred("unknown_host");
    // One closed address among open ones is enough: nobody names half of their receiver inside our network by accident.
    if (!found.every(({ address }) => allowed(address))) throw new WebhookBarred("private");
    return found;
  }

  return {
    async check(address) {
      const name = bare(read(address));
      const silence = expired(AbortSignal.timeout(totalMs)).catch(() => {
        throw new WebhookBarred("unknown_host");
      });
      await Promise.race([addressesOf(name), silence]);
    },
    async post(address, headers, body) {
      const url = read(address);
      const deadline = AbortSignal.timeout(totalMs);
      const [first] = await Promise.race([addressesOf(bare(url)), expired(deadline)]);
      if (!first) throw new WebhookBarred("unknown_host");
      const fixed: LookupFunction = (_name, options, answer) => {
        if (options.all) answer(null, [{ address: first.address, family: first.family }]);
        else answer(null, first.address, first.family);
      };
      return send(url, fixed, headers, Buffer.from(body), { connectMs, deadline });
    },
  };
}

const bare = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

const expired = (deadline: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    deadline.addEventListener("abort", () => reject(new WebhookUnanswered("timeout")), { once: true });
  });

function send(
  url: URL,
  lookup: LookupFunction,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  { connectMs, deadline }: { connectMs: number; deadline: AbortSignal },
): Promise<number> {
  const isTls = url.protocol === "https:";
  return new Promise((resolvePost, reject) => {
    let connected = false;
    const outgoing = (isTls ? httpsRequest : httpRequest)(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": String(body.length) },
        lookup,
        agent: false,
      },
      (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          // Nobody reads it; whoever answers without end is heard out no further.
          if (bytes > MOST_BYTES) outgoing.destroy();
        });
        response.on("error", () => undefined);
        done(() => resolvePost(response.statusCode ?? 0));
        response.resume();
        setImmediate(() => outgoing.destroy());
      },
    );
    const onDeadline = () => fail(new WebhookUnanswered("timeout"));
    const connecting = setTimeout(() => fail(new WebhookUnanswered("unreachable")), connectMs);
    deadline.addEventListener("abort", onDeadline, { once: true });
    function done(settle: () => void): void {
      clearTimeout(connecting);
      deadline.removeEventListener("abort", onDeadline);
      settle();
    }
    function fail(error: WebhookUnanswered): void {
      outgoing.destroy();
      done(() => reject(error));
    }
    outgoing.on("socket", (socket) => {
      socket.once(isTls ? "secureConnect" : "connect", () => {
        connected = true;
        clearTimeout(connecting);
      });
    });
    outgoing.on("error", (error) => fail(new WebhookUnanswered(connected ? "broken" : "unreachable", error)));
    outgoing.end(body);
  });
}
