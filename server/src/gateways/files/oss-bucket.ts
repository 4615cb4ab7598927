import type { Readable } from "node:stream";
import OSS from "ali-oss";
import { circuitBreaker } from "../circuit-breaker.ts";
import { GatewayError } from "../gateway-error.ts";

export interface OssConfig {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly bucket: string;
  /** Such as `oss-cn-hangzhou`. */
  readonly region: string;
  /** Where it is not the region's public one, such as `https://oss-cn-hangzhou-internal.aliyuncs.com`. */
  readonly endpoint?: string;
  /** The bucket stands in the path, not in the host's name; so by default where the endpoint is an IP address or
   *  localhost. The cloud itself refuses it. */
  readonly bucketInPath?: boolean;
}

/** What the library can do and its types leave out. */
interface V4 {
  signatureUrlV4(
    method: string,
    expires: number,
    request: { headers?: Record<string, string>; queries?: Record<string, string> },
    key: string,
    additionalHeaders: readonly string[],
  ): Promise<string>;
}

interface Part {
  readonly number: number;
  readonly bytes: number;
  readonly etag: string;
}

const TIMEOUT_MS = 10_000;
const RETRIES = 2;

/** One bucket, in plain steps. "Not there" is `null` or `false`; everything else that fails is a `GatewayError`. */
export function ossBucket(config: OssConfig) {
  const client = new OSS({
    accessKeyId: config.accessKeyId,
    accessKeySecret: config.accessKeySecret,
    bucket: config.bucket,
    region: config.region,
    ...(config.endpoint
      ? { endpoint: config.endpoint, sldEnable: config.bucketInPath ?? isBare(config.endpoint) }
      : {}),
    secure: true,
    authorizationV4: true,
    timeout: TIMEOUT_MS,
    retryMax: RETRIES,
  } as unknown as OSS.Options) as OSS & V4;
  const breaker = circuitBreaker("files");

  return {
    sign(
      method: "PUT" | "GET",
      key: string,
      seconds: number,
      terms: { headers?: Record<string, string>; queries?: Record<string, string>; bytes?: number },
    ): Promise<string> {
      // The length is under the signature as well: no more and no less can be sent than was announced.
      const length: Record<string, string> = terms.bytes === undefined ? {} : { "content-length": String(terms.bytes) };
      const request = { headers: { ...terms.headers, ...length }, queries: terms.queries ?? {} };
      return client.signatureUrlV4(method, Math.floor(seconds), request, key, Object.keys(length));
    },

    beginParts: (key: string, contentType: string): Promise<string> =>
      attempt(async () => (await client.initMultipartUpload(key, { mime: contentType })).uploadId),

    listParts: (key: string, uploadId: string): Promise<Part[] | null> =>
      unless("NoSuchUpload", null, async () => {
        const { parts } = (await client.listParts(key, uploadId, { "max-parts": 1000 } as OSS.ListPartsQuery, {})) as {
          parts: unknown;
        };
        return (Array.isArray(parts) ? parts : [parts]).map((part: Record<string, string>) => ({
          number: Number(part["PartNumber"]),
          bytes: Number(part["Size"]),
          etag: String(part["ETag"]),
        }));
      }),

    completeParts: (key: string, uploadId: string, parts: readonly Part[]): Promise<unknown> =>
      attempt(() =>
        client.completeMultipartUpload(
          key,
          uploadId,
          parts.map(({ number, etag }) => ({ number, etag })),
        ),
      ),

    abortParts: (key: string, uploadId: string): Promise<unknown> =>
      unless("NoSuchUpload", null, () => client.abortMultipartUpload(key, uploadId)),

    head: (key: string): Promise<{ bytes: number; meta: Readonly<Record<string, string>> } | null> =>
      unless("NoSuchKey", null, async () => {
        const { meta, res } = await client.head(key);
        const headers = res.headers as Record<string, string>;
        return { bytes: Number(headers["content-length"]), meta: (meta ?? {}) as Record<string, string> };
      }),

    read: (key: string, range?: { start: number; end?: number }): Promise<Readable | null> =>
      unless("NoSuchKey", null, async () => {
        const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end ?? ""}` } : {};
        const { stream } = (await client.getStream(key, { headers } as OSS.GetStreamOptions)) as { stream: Readable };
        return stream;
      }),

    put: (key: string, content: Buffer | Readable, options: { contentType?: string; meta?: Record<string, string> }) =>
      attempt(() =>
        client.put(key, content, {
          mime: options.contentType ?? "application/octet-stream",
          ...(options.meta ? { meta: options.meta as unknown as OSS.UserMeta } : {}),
        }),
      ),

    copy: (from: string, to: string): Promise<boolean> =>
      unless("NoSuchKey", false, async () => {
        await client.copy(to, from);
        return true;
      }),

    remove: (key: string): Promise<unknown> => unless("NoSuchKey", null, () => client.delete(key)),
  };

  async function unless<T, U>(code: string, otherwise: U, act: () => Promise<T>): Promise<T | U> {
    return attempt<T | U>(() =>
      act().catch((error: unknown) => {
        if (codeOf(error) === code) return otherwise;
        throw error;
      }),
    );
  }

  /** Behind the circuit breaker. What the store refuses in so many words (4xx) is not an outage of it. */
  async function attempt<T>(act: () => Promise<T>): Promise<T> {
    breaker.pass();
    try {
      const result = await act();
      breaker.succeeded();
      return result;
    } catch (cause) {
      const { status } = cause as { status?: number };
      if (status !== undefined && status >= 400 && status < 500) breaker.succeeded();
      else breaker.failed();
      throw new GatewayError("files", `oss: ${codeOf(cause) ?? "failed"}`, { cause });
    }
  }
}

/** Where the addresses signed for this bucket lead: what a page must be allowed to speak to. */
export function ossOrigin({ bucket, region, endpoint, bucketInPath }: OssConfig): string {
  const given = endpoint || `${region}.aliyuncs.com`;
  const url = new URL(/^https?:\/\//.test(given) ? given : `https://${given}`);
  const inPath = Boolean(endpoint) && (bucketInPath ?? isBare(given));
  return inPath ? url.origin : `${url.protocol}//${bucket}.${url.host}`;
}

/** An endpoint without a name to put the bucket before. */
const isBare = (endpoint: string) => /^(https?:\/\/)?(localhost|[\d.]+|\[[\da-f:]+\])(:\d+)?\/?$/i.test(endpoint);

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}
