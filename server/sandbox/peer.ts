import type { IncomingMessage, ServerResponse } from "node:http";

/** One outside system. It is handed what comes below its own path; `url` still holds the whole target, as sent. */
export interface Peer {
  handle(call: Call): Promise<void>;
}

export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path below the peer's own, percent-encoding untouched. */
  readonly path: string;
  /** The whole target as it stood on the wire. */
  readonly url: URL;
}

/** Reads a whole body; throws past the limit. */
export async function readBody(request: IncomingMessage, limit = 256 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new RangeError("body larger than allowed");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function reply(response: ServerResponse, status: number, body: unknown, type = "application/json"): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response
    .writeHead(status, { "content-type": `${type}; charset=utf-8`, "content-length": Buffer.byteLength(text) })
    .end(text);
}

export function asRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
