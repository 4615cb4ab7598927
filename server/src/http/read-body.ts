import type { IncomingMessage } from "node:http";
import { parse as parseContentType } from "content-type";
import inflate from "inflation";
import getRawBody from "raw-body";
import { problem } from "#core/problem.ts";

const LIMIT_BYTES = 256 * 1024;
const LIMIT_MS = 15_000;
/** Somebody who pastes a photograph into a text still hears why it was refused. */
const HEARD_OUT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 20;
const MAX_KEYS = 1000;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype", ""]);

export interface ReadBody {
  readonly raw: Buffer;
  readonly json: unknown;
}

/**
 * Reads a JSON body with every limit of rule 23: 256 KiB after inflating, UTF-8, an object on top, at most 20 deep and
 * 1,000 keys, no key twice, none that reaches a prototype, no half characters. Throws 400, 413 or 415.
 */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  checkMediaType(request.headers["content-type"]);
  const raw = await readRaw(request);
  const text = decode(raw);
  const json = parse(text);
  if (json === null || typeof json !== "object" || Array.isArray(json))
    throw unreadable("请求内容须为一个 JSON 对象。");
  checkStructure(text);
  return { raw, json };
}

/** The bytes of a body that is not ours to parse: at most 256 KiB, inside 15 s. */
export const readBytes = (request: IncomingMessage): Promise<Buffer> => readRaw(request);

function checkMediaType(header: string | undefined): void {
  let type: { type: string; parameters: Record<string, string> };
  try {
    type = parseContentType(header ?? "");
  } catch {
    throw problem("request.media_type", { detail: "请以 application/json 提交。" });
  }
  const charset = type.parameters["charset"]?.toLowerCase() ?? "utf-8";
  if (type.type !== "application/json" || (charset !== "utf-8" && charset !== "utf8")) {
    throw problem("request.media_type", { detail: "请以 UTF-8 编码的 application/json 提交。" });
  }
}

async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (!["identity", "gzip", "deflate"].includes(encoding)) {
    throw problem("request.media_type", { detail: "请求的压缩方式不受支持。" });
  }
  // Uploads go to the store; a body of 256 KiB that takes longer than this is held back on purpose.
  const late = setTimeout(
    () => request.destroy(problem("request.unreadable", { detail: "请求传送超时，请检查网络后重试。" })),
    LIMIT_MS,
  );
  const length = encoding === "identity" ? request.headers["content-length"] : undefined;
  try {
    return await getRawBody(inflate(request), { limit: LIMIT_BYTES, ...(length ? { length } : {}) });
  } catch (error) {
    const { type, code } = error as { type?: string; code?: string };
    if (type === "entity.too.large") {
      hearOut(request);
      throw problem("request.too_large");
    }
    // HPE: what came after the headers is not HTTP.
    if (type || /^(Z_|HPE_|ERR_ZLIB$|ECONNRESET$)/.test(code ?? "")) throw unreadable("请求内容不完整，请重新提交。");
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** Lets the sender finish, unread and up to a bound: a connection that is reset meanwhile would swallow the refusal. */
function hearOut(request: IncomingMessage): void {
  let left = HEARD_OUT_BYTES;
  request.unpipe();
  request.on("data", (part: Buffer) => {
    left -= part.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

function decode(raw: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw unreadable("请求内容不是有效的 UTF-8 文本。");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable("请求内容不是有效的 JSON。");
  }
}

/** Walks text that is known to be JSON, looking at what `JSON.parse` forgets: depth, number of keys, keys given twice. */
function checkStructure(text: string): void {
  const open: (Set<string> | null)[] = [];
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "{" || char === "[") {
      open.push(char === "{" ? new Set() : null);
      if (open.length > MAX_DEPTH) throw unreadable(`请求内容的层级不能超过 ${MAX_DEPTH} 层。`);
    } else if (char === "}" || char === "]") {
      open.pop();
    } else if (char === '"') {
      const end = endOfString(text, at);
      const seen = open.at(-1);
      const value = JSON.parse(text.slice(at, end + 1)) as string;
      if (!value.isWellFormed()) throw unreadable("请求内容含有残缺的字符，请重新输入。");
      if (seen && isKey(text, end)) {
        if (FORBIDDEN_KEYS.has(value) || seen.has(value)) throw unreadable(`字段名“${value.slice(0, 40)}”无效或重复。`);
        seen.add(value);
        keys += 1;
        if (keys > MAX_KEYS) throw unreadable(`请求内容的字段不能超过 ${MAX_KEYS} 个。`);
      }
      at = end;
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (" \t\n\r".includes(text[at] ?? "x")) at += 1;
  return text[at] === ":";
}

const unreadable = (detail: string) => problem("request.unreadable", { detail });
