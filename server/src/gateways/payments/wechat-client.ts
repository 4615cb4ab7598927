import { z } from "zod";
import { GatewayError } from "../gateway-error.ts";
import { type OutboundAnswer, type OutboundConfig, outbound } from "../outbound.ts";
import {
  certificateKeys,
  type PlatformCertificate,
  type PlatformKeys,
  publicKey,
  readCertificate,
} from "./wechat-keys.ts";
import { sealed, unseal } from "./wechat-seal.ts";
import { ORIGIN, Signer, type SignerConfig } from "./wechat-sign.ts";
import { objectionTo } from "./wechat-verify.ts";

export interface WechatClientConfig extends OutboundConfig, SignerConfig {
  readonly apiV3Key: string;
  /** WeChat's public key for this merchant. Without it WeChat's certificates are fetched and renewed. */
  readonly publicKey: { readonly id: string; readonly pem: string } | null;
}

export interface WechatClient {
  /** The library, speaking through our conversation: what it gives back was verified. */
  readonly pay: Signer;
  readonly keys: PlatformKeys;
  /** Fetches WeChat's certificates, in certificate mode. Never called for a notice. */
  refresh(): Promise<void>;
}

const NAME = "payments";
const CERTIFICATES = "/v3/certificates";
/** A file, not a word of WeChat's: it carries no signature, but the hash that the signed answer before it named. */
const FILES = /^\/v3\/billdownload\//;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const certificates = z.object({
  data: z
    .array(z.object({ serial_no: z.string(), encrypt_certificate: sealed }))
    .min(1)
    .max(20),
});

export function wechatClient(config: WechatClientConfig): WechatClient {
  const { apiV3Key, now } = config;
  const call = outbound(NAME, config);
  const learnt = config.publicKey ? null : certificateKeys();
  const keys: PlatformKeys = learnt ?? publicKey(config.publicKey?.id ?? "", config.publicKey?.pem ?? "");
  const pay = new Signer(config);
  let refreshing: Promise<void> | null = null;

  pay.createHttp({
    post: (url, body, headers) => converse("POST", url, headers, body),
    get: (url, headers) => converse("GET", url, headers),
    upload: async () => {
      throw new Error("nothing is uploaded");
    },
  });
  return { pay, keys, refresh };

  async function converse(method: "GET" | "POST", url: string, headers: Record<string, unknown>, body?: object) {
    if (!keys.any(now())) await refresh();
    const answer = await exchange(method, url, String(headers["Authorization"]), body);
    const isFile = FILES.test(url.slice(ORIGIN.length));
    if (isFile) return { status: answer.status, data: answer.status === 200 ? answer.bytes : answer.json };
    await believe(answer);
    return { status: answer.status, data: answer.json };
  }

  /** Each attempt is signed anew: WeChat takes a nonce once. */
  function exchange(method: "GET" | "POST", url: string, first: string | null, body?: object): Promise<OutboundAnswer> {
    let authorization = first;
    return call({
      method,
      path: url.slice(ORIGIN.length),
      // Every call of ours names its own number, by which WeChat knows it again.
      repeatable: true,
      maxBytes: MAX_FILE_BYTES,
      ...(body === undefined ? {} : { body }),
      sign: () => {
        const made = authorization ?? pay.buildAuthorization(method, url, body as Record<string, unknown> | undefined);
        authorization = null;
        return {
          authorization: made,
          "user-agent": "sutong (wechatpay-node-v3)",
          ...(config.publicKey ? { "wechatpay-serial": config.publicKey.id } : {}),
        };
      },
    });
  }

  /**
   * A 2xx that is not surely WeChat's is not believed. A refusal may come without a signature, from WeChat's own gate; it
   * moves nothing. But one that carries a signature must carry the right one.
   */
  async function believe(answer: OutboundAnswer): Promise<void> {
    const isRefusal = answer.status >= 300;
    if (isRefusal && answer.headers["wechatpay-signature"] === undefined) return;
    let objection = objectionTo(answer.headers, answer.bytes, keys, now());
    if (objection?.stranger && learnt) {
      await refresh();
      objection = objectionTo(answer.headers, answer.bytes, keys, now());
    }
    if (objection) throw new GatewayError(NAME, `answer refused: ${objection.reason}`);
  }

  /** One at a time: who comes meanwhile waits for the same answer. */
  function refresh(): Promise<void> {
    if (!learnt) return Promise.resolve();
    refreshing ??= fetchCertificates(learnt).finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function fetchCertificates(into: NonNullable<typeof learnt>): Promise<void> {
    const answer = await exchange("GET", ORIGIN + CERTIFICATES, null);
    if (answer.status !== 200) throw new GatewayError(NAME, `answered ${answer.status} for its certificates`);
    const told = certificates.safeParse(answer.json);
    if (!told.success) throw new GatewayError(NAME, "answered no certificates");
    // Only who holds our APIv3 key can have sealed them; the answer itself must then be signed by one of them.
    let opened: PlatformCertificate[];
    try {
      opened = told.data.data.map((one) => readCertificate(one.serial_no, unseal(one.encrypt_certificate, apiV3Key)));
    } catch (cause) {
      throw new GatewayError(NAME, "answered certificates that are not sealed for us", { cause });
    }
    const fresh = certificateKeys();
    fresh.learn(opened);
    const objection = objectionTo(answer.headers, answer.bytes, fresh, now());
    if (objection) throw new GatewayError(NAME, `certificates refused: ${objection.reason}`);
    into.learn(opened);
  }
}
