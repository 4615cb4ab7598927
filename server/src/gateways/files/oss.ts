import { createHash } from "node:crypto";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "../gateway-error.ts";
import { type OssConfig, ossBucket } from "./oss-bucket.ts";
import {
  FILE_KEY,
  FileMissing,
  type Files,
  PART_BYTES,
  type UploadOrder,
  type UploadPlan,
  UploadRefused,
} from "./port.ts";
import { checkOrder, checkSeconds, dispositionOf, partsOf } from "./terms.ts";

export interface OssFilesConfig extends OssConfig {
  /** Up to here a file goes in one piece. `PART_BYTES` by default. */
  readonly partBytes?: number;
  /** 2 GiB by default. */
  readonly maxBytes?: number;
}

/** Our own word for the hash, on what we wrote ourselves; nobody else can set it, for it would break the signature. */
const HASH = "sha256";
const PART_TYPE = "application/octet-stream";

/** Alibaba Cloud's object store, with V4 signatures. */
export function ossFiles(config: OssFilesConfig, now: () => number = Date.now): Files {
  const { partBytes = PART_BYTES, maxBytes = 2 * 1024 ** 3 } = config;
  const bucket = ossBucket(config);

  return {
    async planUpload(order) {
      checkOrder(order, maxBytes);
      checkKey(order.key);
      if (order.bytes <= partBytes) return single(order);
      return parted(order, await bucket.beginParts(order.key, order.contentType), new Map());
    },

    async resumeUpload({ uploadId, ...order }) {
      checkOrder(order, maxBytes);
      checkKey(order.key);
      if (uploadId === null) return single(order);
      const parts = await bucket.listParts(order.key, uploadId);
      if (!parts) throw new UploadRefused("unknown");
      return parted(order, uploadId, new Map(parts.map((part) => [part.number, part.bytes])));
    },

    async completeUpload({ uploadId, ...order }) {
      checkKey(order.key);
      if (uploadId && !(await bucket.head(order.key))) await joinParts(order, uploadId);
      const head = await bucket.head(order.key);
      if (!head) throw new UploadRefused("incomplete");
      // The store does not know SHA-256: what it holds is read once, here.
      const fault = head.bytes !== order.bytes ? "length" : (await hashOf(order.key)) !== order.sha256 ? "hash" : null;
      if (fault) {
        await bucket.remove(order.key);
        throw new UploadRefused(fault);
      }
      return { bytes: head.bytes, sha256: order.sha256 };
    },

    async abandonUpload(key, uploadId) {
      checkKey(key);
      if (uploadId) await bucket.abortParts(key, uploadId);
    },

    async stat(key) {
      checkKey(key);
      const head = await bucket.head(key);
      if (!head) return null;
      const sha256 = head.meta[HASH];
      return sha256 ? { bytes: head.bytes, sha256 } : { bytes: head.bytes };
    },

    async read(key, range) {
      checkKey(key);
      const stream = await bucket.read(key, range);
      if (!stream) throw new FileMissing();
      return stream;
    },

    async write(key, content, options = {}) {
      checkKey(key);
      const limit = options.maxBytes ?? maxBytes;
      if (Buffer.isBuffer(content)) {
        if (content.length > limit) throw new RangeError("files: larger than allowed");
        const sha256 = createHash("sha256").update(content).digest("hex");
        await bucket.put(key, content, { contentType: options.contentType, meta: { [HASH]: sha256 } });
        return { bytes: content.length, sha256 };
      }
      const meter = measure(limit);
      const piping = pipeline(content, meter.through);
      piping.catch(() => {});
      await bucket.put(key, meter.through, { contentType: options.contentType });
      await piping;
      return meter.result();
    },

    async signDownload(key, options) {
      checkKey(key);
      checkSeconds(options.seconds);
      const queries = {
        "response-content-disposition": dispositionOf(options),
        "response-content-type": options.contentType,
        "response-cache-control": "private, no-store",
      };
      return bucket.sign("GET", key, options.seconds, { queries });
    },

    async move(from, to) {
      checkKey(from);
      checkKey(to);
      if (!(await bucket.copy(from, to))) {
        if (await bucket.head(to)) return;
        throw new FileMissing();
      }
      await bucket.remove(from);
    },

    async copy(from, to) {
      checkKey(from);
      checkKey(to);
      if (!(await bucket.copy(from, to))) throw new FileMissing();
    },

    async remove(key) {
      checkKey(key);
      await bucket.remove(key);
    },
  };

  async function single(order: UploadOrder): Promise<UploadPlan> {
    // Without leave to overwrite, an address that is still alive cannot change what was checked.
    const headers = { "content-type": order.contentType, "x-oss-forbid-overwrite": "true" };
    const url = await bucket.sign("PUT", order.key, order.seconds, { headers, bytes: order.bytes });
    return { kind: "single", uploadId: null, method: "PUT", url, headers, expiresAt: expiry(order) };
  }

  async function parted(order: UploadOrder, uploadId: string, here: ReadonlyMap<number, number>): Promise<UploadPlan> {
    const headers = { "content-type": PART_TYPE };
    const parts = await Promise.all(
      partsOf(order.bytes, partBytes).map(async (part) => {
        const queries = { partNumber: String(part.number), uploadId };
        const url = await bucket.sign("PUT", order.key, order.seconds, { headers, queries, bytes: part.bytes });
        return { ...part, url, headers, received: here.get(part.number) === part.bytes };
      }),
    );
    return { kind: "parts", uploadId, method: "PUT", partBytes, parts, expiresAt: expiry(order) };
  }

  async function joinParts(order: UploadOrder, uploadId: string): Promise<void> {
    const received = await bucket.listParts(order.key, uploadId);
    if (!received) throw new UploadRefused("unknown");
    const sizes = new Map(received.map((part) => [part.number, part.bytes]));
    if (partsOf(order.bytes, partBytes).some((part) => sizes.get(part.number) !== part.bytes)) {
      throw new UploadRefused("incomplete");
    }
    await bucket.completeParts(order.key, uploadId, received);
  }

  async function hashOf(key: string): Promise<string> {
    const stream = await bucket.read(key);
    if (!stream) throw new FileMissing();
    const hash = createHash("sha256");
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
    } catch (cause) {
      throw new GatewayError("files", "broke off while reading", { cause });
    }
    return hash.digest("hex");
  }

  function expiry({ seconds }: UploadOrder): Date {
    return new Date(now() + seconds * 1000);
  }
}

function checkKey(key: string): void {
  if (!FILE_KEY.test(key)) throw new RangeError("not a file key");
}

/** Counts and hashes what passes, and stops at the first byte past the limit. */
function measure(limit: number) {
  const hash = createHash("sha256");
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) return done(new RangeError("files: larger than allowed"));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { through, result: () => ({ bytes, sha256: hash.digest("hex") }) };
}
