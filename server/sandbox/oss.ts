import { createReadStream } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { pipeline } from "node:stream/promises";
import { completedParts } from "./oss-parts.ts";
import { ossShelf } from "./oss-shelf.ts";
import { checkOssSignature, type OssKey } from "./oss-signature.ts";
import type { Call, Peer } from "./peer.ts";

interface Wanted extends Call {
  readonly key: string;
  readonly query: ReadonlyMap<string, string | null>;
}

/**
 * Alibaba Cloud's object store, as much of it as a bucket's user needs: objects, copies, multipart uploads, signed
 * addresses. Every request must carry a right V4 signature. Stands at `/<bucket>/…` (the bucket in the path).
 */
export function ossPeer(config: OssKey & { bucket: string }, folder: string, now: () => number = Date.now) {
  const shelf = ossShelf(folder, now);
  const peer: Peer = {
    async handle(call) {
      const query = queryOf(call.url.search);
      const resource = decodeURIComponent(call.url.pathname);
      const request = { method: call.request.method ?? "", resource, query, headers: call.request.headers };
      const refused = checkOssSignature(request, config, now());
      if (refused) return fail(call, refused.status, refused.code, refused.message);
      const key = resource.slice(config.bucket.length + 2);
      if (key === "")
        return fail(call, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
      await answer({ ...call, key, query });
    },
  };
  return { peer, shelf };

  async function answer(call: Wanted): Promise<void> {
    const { request, query } = call;
    if (request.method === "POST" && query.has("uploads")) return begin(call);
    if (query.has("uploadId")) return withUpload(call, query.get("uploadId") ?? "");
    if (request.method === "PUT") return "x-oss-copy-source" in request.headers ? copy(call) : put(call);
    if (request.method === "GET" || request.method === "HEAD") return get(call);
    if (request.method === "DELETE") {
      await shelf.remove(call.key);
      return done(call, 204);
    }
    fail(call, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
  }

  async function put(call: Wanted): Promise<void> {
    const { request, key } = call;
    if (taken(call)) return;
    const body = await shelf.take(request);
    const md5 = request.headers["content-md5"];
    if (md5 && md5 !== Buffer.from(body.md5, "hex").toString("base64")) {
      await shelf.discard(body);
      return fail(call, 400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
    }
    const { etag } = await shelf.put(key, body, {
      contentType: typeOf(request.headers),
      meta: metaOf(request.headers),
    });
    done(call, 200, { etag: `"${etag}"` });
  }

  async function copy(call: Wanted): Promise<void> {
    const source = decodeURIComponent(String(call.request.headers["x-oss-copy-source"])).replace(/^\//, "");
    const from = source.startsWith(`${config.bucket}/`)
      ? shelf.objects.get(source.slice(config.bucket.length + 1))
      : undefined;
    if (!from) return fail(call, 404, "NoSuchKey", "The specified key does not exist.");
    if (taken(call)) return;
    const { etag, modifiedAt } = await shelf.copy(from, call.key);
    xml(
      call,
      `<CopyObjectResult><ETag>"${etag}"</ETag><LastModified>${modifiedAt.toISOString()}</LastModified></CopyObjectResult>`,
    );
  }

  async function get(call: Wanted): Promise<void> {
    const { request, response, query } = call;
    const object = shelf.objects.get(call.key);
    if (!object) return fail(call, 404, "NoSuchKey", "The specified key does not exist.");
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const start = range ? Number(range[1]) : 0;
    const end = Math.min(range?.[2] ? Number(range[2]) : object.bytes - 1, object.bytes - 1);
    // As the real one: a range it cannot serve is passed over.
    const partial = range !== null && start <= end;
    const headers: Record<string, string | number> = {
      "content-type": query.get("response-content-type") ?? object.contentType,
      "content-length": partial ? end - start + 1 : object.bytes,
      etag: `"${object.etag}"`,
      "last-modified": object.modifiedAt.toUTCString(),
      "accept-ranges": "bytes",
    };
    for (const name of ["content-disposition", "cache-control"]) {
      const value = query.get(`response-${name}`);
      if (value) headers[name] = value;
    }
    for (const [name, value] of Object.entries(object.meta)) headers[`x-oss-meta-${name}`] = value;
    if (partial) headers["content-range"] = `bytes ${start}-${end}/${object.bytes}`;
    response.writeHead(partial ? 206 : 200, headers);
    if (request.method === "HEAD" || object.bytes === 0) return void response.end();
    await pipeline(createReadStream(object.path, partial ? { start, end } : {}), response);
  }

  function begin(call: Wanted): void {
    const { key, request } = call;
    const uploadId = shelf.newUploadId();
    shelf.uploads.set(uploadId, {
      key,
      contentType: typeOf(request.headers),
      meta: metaOf(request.headers),
      parts: new Map(),
    });
    xml(
      call,
      `<InitiateMultipartUploadResult><Bucket>${config.bucket}</Bucket><Key>${plainXml(key)}</Key><UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  async function withUpload(call: Wanted, uploadId: string): Promise<void> {
    const { request, query, key } = call;
    const upload = shelf.uploads.get(uploadId);
    if (upload?.key !== key) return fail(call, 404, "NoSuchUpload", "The specified upload does not exist.");
    if (request.method === "PUT") {
      const number = Number(query.get("partNumber"));
      if (!Number.isInteger(number) || number < 1 || number > 10_000)
        return fail(call, 400, "InvalidArgument", "Part number must be an integer between 1 and 10000.");
      const part = await shelf.take(request);
      const before = upload.parts.get(number);
      upload.parts.set(number, part);
      if (before) await shelf.discard(before);
      return done(call, 200, { etag: `"${part.md5}"` });
    }
    if (request.method === "GET") {
      const parts = [...upload.parts].sort(([a], [b]) => a - b);
      const rows = parts.map(
        ([number, part]) =>
          `<Part><PartNumber>${number}</PartNumber><ETag>"${part.md5}"</ETag><Size>${part.bytes}</Size></Part>`,
      );
      return xml(
        call,
        `<ListPartsResult><Bucket>${config.bucket}</Bucket><Key>${plainXml(key)}</Key><UploadId>${uploadId}</UploadId><IsTruncated>false</IsTruncated>${rows.join("")}</ListPartsResult>`,
      );
    }
    if (request.method === "DELETE") {
      await shelf.abort(uploadId);
      return done(call, 204);
    }
    const parts = await completedParts(request, upload);
    if (typeof parts === "string")
      return fail(call, 400, parts, "One or more of the specified parts are not acceptable.");
    const { etag } = await shelf.join(key, upload, parts);
    await shelf.abort(uploadId);
    xml(
      call,
      `<CompleteMultipartUploadResult><Bucket>${config.bucket}</Bucket><Key>${plainXml(key)}</Key><ETag>"${etag}"</ETag></CompleteMultipartUploadResult>`,
    );
  }

  /** The bearer of an address without leave to overwrite meets a file that is there. */
  function taken(call: Wanted): boolean {
    const forbidden = call.request.headers["x-oss-forbid-overwrite"] === "true" && shelf.objects.has(call.key);
    if (forbidden)
      fail(call, 409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten.");
    return forbidden;
  }
}

const typeOf = (headers: IncomingHttpHeaders) => headers["content-type"] ?? "application/octet-stream";

function metaOf(headers: IncomingHttpHeaders): Record<string, string> {
  const meta = Object.entries(headers).filter(([name]) => name.startsWith("x-oss-meta-"));
  return Object.fromEntries(meta.map(([name, value]) => [name.slice("x-oss-meta-".length), String(value)]));
}

function queryOf(search: string): Map<string, string | null> {
  const pairs = search.replace(/^\?/, "").split("&").filter(Boolean);
  return new Map(
    pairs.map((pair) => {
      const [name = "", value] = pair.split(/=(.*)/s).map((text) => decodeURIComponent(text.replace(/\+/g, " ")));
      return [name, value || null];
    }),
  );
}

const plainXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

function done({ response }: Call, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { "content-length": 0 }) }).end();
}

function xml({ response }: Call, body: string, status = 200): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
  response
    .writeHead(status, { "content-type": "application/xml", "content-length": Buffer.byteLength(text) })
    .end(text);
}

function fail(call: Call, status: number, code: string, message: string): void {
  call.request.resume();
  if (call.request.method === "HEAD") {
    done(call, status);
    return;
  }
  xml(
    call,
    `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>000000000000000000000000</RequestId><HostId>sandbox</HostId></Error>`,
    status,
  );
}
