import { open, readFile, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "../gateway-error.ts";
import type { Address, DiskAddresses } from "./disk-address.ts";
import { absent, type DiskFolder } from "./disk-folder.ts";
import { receive, TooLarge, TooSlow } from "./disk-receive.ts";
import { FILE_KEY, type StoreDoor } from "./port.ts";
import { rangeOf } from "./range.ts";

const MIN_BYTES_PER_SECOND = 1000;
const MAX_UPLOADS_AT_ONCE = 64;

/** Refusals of the door: status and what to do, in the reader's words. */
const REFUSALS = {
  "file.address": [403, "链接无效，请返回后重新打开"],
  "file.expired": [403, "链接已过期，请返回后重新打开"],
  "file.missing": [404, "未找到该文件"],
  "file.method": [405, "该地址不支持这种操作"],
  "file.length": [400, "上传的内容与登记的大小不一致，请重新上传"],
  "file.hash": [422, "上传的内容与登记的文件不一致，请重新选择文件上传"],
  "file.too_large": [413, "上传的内容超过登记的大小，请重新选择文件上传"],
  "file.type": [415, "上传的文件类型与登记的不一致，请重新选择文件上传"],
  "file.slow": [408, "上传中断，请在网络较好时继续上传"],
  "file.busy": [503, "系统暂时繁忙，请稍后继续上传"],
} as const;

/** Serves the folder's signed addresses: PUT of a file or a part, GET and HEAD with one range. */
export function diskDoor(folder: DiskFolder, addresses: DiskAddresses): StoreDoor {
  let uploads = 0;
  return {
    mountPath: addresses.mountPath,
    async handle(request, response) {
      try {
        await answer(request, response);
      } catch (error) {
        if (response.headersSent || response.destroyed) return void response.destroy();
        // A full disk is told; a sender who left, or was cut off, hears nothing any more. The rest is our mistake.
        refuse(request, response, error instanceof TooSlow ? "file.slow" : "file.busy");
        const outside = error instanceof GatewayError || error instanceof TooSlow || "code" in (error as object);
        if (!outside) throw error;
      }
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "";
    if (method !== "PUT" && method !== "GET" && method !== "HEAD") return refuse(request, response, "file.method");
    const address = addresses.open(method, request.url ?? "");
    if (address === "expired") return refuse(request, response, "file.expired");
    if (typeof address === "string" || !FILE_KEY.test(address.key)) return refuse(request, response, "file.address");
    if (method !== "PUT") return serve(address, request, response);
    if (uploads >= MAX_UPLOADS_AT_ONCE) return refuse(request, response, "file.busy");
    uploads++;
    try {
      await take(address, request, response);
    } finally {
      uploads--;
    }
  }

  async function take({ key, terms }: Address, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = Number(terms["bytes"]);
    const announced = request.headers["content-length"];
    if (request.headers["content-type"] !== terms["type"]) return refuse(request, response, "file.type");
    if (announced !== undefined && Number(announced) > bytes) return refuse(request, response, "file.too_large");
    if (announced !== undefined && Number(announced) !== bytes) return refuse(request, response, "file.length");
    const upload = terms["upload"];
    const target = upload ? join(folder.uploadPath(upload), String(Number(terms["part"]))) : folder.objectPath(key);
    if (upload && (await readFile(join(folder.uploadPath(upload), "key"), "utf8").catch(absent)) !== key) {
      return refuse(request, response, "file.missing");
    }
    await folder.checkSpace(bytes);
    const temporary = await folder.temporary();
    try {
      const got = await receive(request, temporary, { maxBytes: bytes, minBytesPerSecond: MIN_BYTES_PER_SECOND });
      if (got.bytes !== bytes) return refuse(request, response, "file.length");
      if (!upload && got.sha256 !== terms["sha256"]) return refuse(request, response, "file.hash");
      if (!upload) await folder.writeHash(target, got.sha256);
      await folder.place(temporary, target);
      response.writeHead(200, { etag: `"${got.sha256}"`, "content-length": 0, "cache-control": "no-store" }).end();
    } catch (error) {
      if (error instanceof TooLarge) return refuse(request, response, "file.too_large");
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async function serve({ key, terms }: Address, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stat = await folder.stat(key);
    const file = stat && (await open(folder.objectPath(key), "r").catch(absent));
    if (!stat || !file) return refuse(request, response, "file.missing");
    try {
      const etag = stat.sha256 ? `"${stat.sha256}"` : undefined;
      const condition = request.headers["if-range"];
      const range = condition === undefined || condition === etag ? rangeOf(request.headers.range, stat.bytes) : null;
      const type = terms["type"] ?? "application/octet-stream";
      const headers: Record<string, string | number> = {
        "content-type": type,
        "content-disposition": terms["disposition"] ?? "attachment",
        "accept-ranges": "bytes",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        // A reader of PDF in the browser does not run inside a sandbox; nothing else needs more than being looked at.
        "content-security-policy":
          type === "application/pdf" ? "frame-ancestors 'none'" : "sandbox; default-src 'none'; frame-ancestors 'none'",
        ...(etag ? { etag } : {}),
      };
      if (range === "unsatisfiable") {
        response.writeHead(416, { "content-range": `bytes */${stat.bytes}`, "content-length": 0 }).end();
        return;
      }
      const { start, end } = range ?? { start: 0, end: stat.bytes - 1 };
      headers["content-length"] = end - start + 1;
      if (range) headers["content-range"] = `bytes ${start}-${end}/${stat.bytes}`;
      response.writeHead(range ? 206 : 200, headers);
      if (request.method === "HEAD" || stat.bytes === 0) return void response.end();
      await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
    } finally {
      await file.close();
    }
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, code: keyof typeof REFUSALS): void {
  const [status, title] = REFUSALS[code];
  const body = JSON.stringify({ type: "about:blank", title, status, detail: title, code, errors: [] });
  // What was not read is not read to the end either: the connection is closed once the answer had time to arrive.
  const unread = !request.complete && request.method === "PUT";
  response.once("finish", () => {
    if (unread) setTimeout(() => request.destroy(), 500).unref();
  });
  response.writeHead(status, {
    "content-type": "application/problem+json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 503 ? { "retry-after": "5" } : {}),
    ...(unread ? { connection: "close" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
