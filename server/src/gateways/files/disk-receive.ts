import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";

/** More bytes came than may come; nothing of them is kept. */
export class TooLarge extends Error {
  constructor() {
    super("larger than allowed");
    this.name = "TooLarge";
  }
}

/** The sender is slower than a thousand bytes a second. */
export class TooSlow extends Error {
  constructor() {
    super("slower than allowed");
    this.name = "TooSlow";
  }
}

const LOOK_MS = 5000;

/**
 * Writes a stream to a new file, hashing as it goes, and syncs it. Stops at the first byte past `maxBytes`, and where
 * `minBytesPerSecond` is given, at a sender slower than that. Whoever calls removes what a failure leaves.
 */
export async function receive(
  source: Readable,
  path: string,
  limits: { maxBytes: number; minBytesPerSecond?: number },
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  let seen = 0;
  const floor = ((limits.minBytesPerSecond ?? 0) * LOOK_MS) / 1000;
  const watch = setInterval(() => {
    if (bytes - seen < floor) source.destroy(new TooSlow());
    seen = bytes;
  }, LOOK_MS);
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) throw new TooLarge();
      hash.update(chunk);
      for (let written = 0; written < chunk.length; ) written += (await file.write(chunk, written)).bytesWritten;
    }
    await file.sync();
  } finally {
    clearInterval(watch);
    await file.close();
  }
  return { bytes, sha256: hash.digest("hex") };
}
