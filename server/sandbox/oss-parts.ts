import type { IncomingMessage } from "node:http";
import type { Taken, Unfinished } from "./oss-shelf.ts";
import { readBody } from "./peer.ts";

const SMALLEST_PART = 100 * 1024;

/** The parts a completion names, or the code of what is wrong with them: unknown, out of order, or too small. */
export async function completedParts(request: IncomingMessage, upload: Unfinished): Promise<Taken[] | string> {
  const text = (await readBody(request)).toString("utf8");
  const named = [...text.matchAll(/<PartNumber>(\d+)<\/PartNumber>\s*<ETag>([^<]*)<\/ETag>/g)].map(
    ([, number, etag]) => ({
      number: Number(number),
      etag: (etag ?? "").replace(/&quot;|"/g, ""),
    }),
  );
  if (named.length === 0) return "MalformedXML";
  const parts: Taken[] = [];
  let last = 0;
  for (const { number, etag } of named) {
    const part = upload.parts.get(number);
    if (!part || part.md5 !== etag) return "InvalidPart";
    if (number <= last) return "InvalidPartOrder";
    last = number;
    parts.push(part);
  }
  return parts.slice(0, -1).some((part) => part.bytes < SMALLEST_PART) ? "EntityTooSmall" : parts;
}
