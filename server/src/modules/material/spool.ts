import { createHash } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Lays a stream down in a temporary file of its own, hashing it on the way, for as long as `use` takes. Memory holds one
 * chunk; what is longer than `maxBytes` is cut and shows a wrong hash.
 */
export async function spool<T>(source: Readable, maxBytes: number, use: (file: Spooled) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "sutong-material-"));
  try {
    const path = join(folder, "content");
    const hash = createHash("sha256");
    let bytes = 0;
    const file = await open(path, "wx", 0o600);
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) break;
        hash.update(chunk);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
    return await use({ path, bytes, sha256: hash.digest("hex") });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
