import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SignedHeaders, WechatPaySigner } from "./wechat-pay-signature.ts";

/** One delivery, as it lies on the wire. A header that is sent twice is a list. */
export interface Notice {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}
export type NoticeKind = "TRANSACTION.SUCCESS" | "REFUND.SUCCESS" | "REFUND.ABNORMAL" | "REFUND.CLOSED";

/** How the sandbox brings its notices; a real WeChat does all of this now and then. */
export interface Manners {
  /** Never sends the next so many. */
  quiet?: number;
  /** Never sends this share (0 to 1). */
  dropShare?: number;
  /** Copies of each: a number, or the least and the most. */
  repeat?: number | readonly [number, number];
  delayMs?: number;
  /** Keeps all until `release`. */
  hold?: boolean;
  /** Of all that is left to chance here. */
  seed?: number;
}

export interface Delivery {
  readonly to: string;
  readonly kind: NoticeKind;
  /** 0 where nobody answered. */
  readonly status: number;
}

const RETRY_MS = [1_000, 3_000, 10_000, 30_000, 60_000];
const NAMES = {
  "TRANSACTION.SUCCESS": "支付成功",
  "REFUND.SUCCESS": "退款成功",
  "REFUND.ABNORMAL": "退款异常",
  "REFUND.CLOSED": "退款关闭",
};

/** Makes, signs and brings notices: again after what is no 2xx, as WeChat does, only sooner. */
export function noticePost(signer: WechatPaySigner, now: () => number) {
  const held: (() => void)[] = [];
  const deliveries: Delivery[] = [];
  const stopped = new AbortController();
  let manners: Manners = {};
  let random = chance(1);

  return {
    deliveries,
    make,
    send,
    behave(next: Manners): void {
      manners = { ...next };
      random = chance(next.seed ?? 1);
    },
    /** Lets the held ones go; shuffled where asked. */
    release({ shuffle = false } = {}): number {
      const going = held.splice(0);
      if (shuffle) for (let at = going.length - 1; at > 0; at--) swap(going, at, Math.floor(random() * (at + 1)));
      for (const go of going) go();
      return going.length;
    },
    stop(): void {
      stopped.abort();
    },
  };

  /** The envelope around `resource`, signed for this moment. */
  function make(kind: NoticeKind, resource: Record<string, unknown>): Notice {
    const body = envelope(kind, resource);
    return { headers: headersFor(body), body };
  }

  function envelope(kind: NoticeKind, resource: Record<string, unknown>): Buffer {
    const original = kind.startsWith("REFUND") ? "refund" : "transaction";
    const { algorithm, ciphertext, associated_data, nonce } = signer.seal(JSON.stringify(resource), original);
    return Buffer.from(
      JSON.stringify({
        id: randomUUID(),
        create_time: new Date(now()).toISOString().replace(/\.\d+Z$/, "+00:00"),
        resource_type: "encrypt-resource",
        event_type: kind,
        summary: NAMES[kind],
        resource: { original_type: original, algorithm, ciphertext, associated_data, nonce },
      }),
    );
  }

  function headersFor(body: Buffer): SignedHeaders {
    return {
      ...signer.sign(body),
      "content-type": "application/json",
      "user-agent": "Mozilla/4.0",
      "request-id": randomUUID(),
    };
  }

  function send(to: string, kind: NoticeKind, resource: Record<string, unknown>): void {
    if (manners.quiet && manners.quiet > 0) {
      manners.quiet--;
      return;
    }
    if (manners.dropShare && random() < manners.dropShare) return;
    const [least, most] =
      typeof manners.repeat === "number" ? [manners.repeat, manners.repeat] : (manners.repeat ?? [1, 1]);
    const copies = least + Math.floor(random() * (most - least + 1));
    const body = envelope(kind, resource);
    const delay = manners.delayMs ?? 0;
    for (let copy = 0; copy < copies; copy++) {
      const go = () => void bring(to, kind, body, delay).catch(() => {});
      if (manners.hold) held.push(go);
      else go();
    }
  }

  async function bring(to: string, kind: NoticeKind, body: Buffer, delayMs: number): Promise<void> {
    const { signal } = stopped;
    if (delayMs) await sleep(delayMs, undefined, { signal, ref: false });
    for (let attempt = 0; ; attempt++) {
      const status = await post(to, { headers: headersFor(body), body }, signal);
      if (signal.aborted) return;
      deliveries.push({ to, kind, status });
      const wait = RETRY_MS[attempt];
      if ((status >= 200 && status < 300) || wait === undefined) return;
      await sleep(wait, undefined, { signal, ref: false });
    }
  }
}

export type NoticePost = ReturnType<typeof noticePost>;

/** Within five seconds, as WeChat waits; 0 where nothing came. */
async function post(to: string, { headers, body }: Notice, stopped: AbortSignal): Promise<number> {
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(5_000)]);
    const response = await fetch(to, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
      signal,
      redirect: "manual",
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

function swap(list: (() => void)[], one: number, other: number): void {
  const kept = list[one] as () => void;
  list[one] = list[other] as () => void;
  list[other] = kept;
}

/** Mulberry32: chance that comes again with its seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
