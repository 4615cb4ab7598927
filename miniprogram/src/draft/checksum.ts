import { sha256 } from "@noble/hashes/sha256";

const CHUNK_BYTES = 512 * 1024;

/** SHA-256 of a file in hexadecimal, read piece by piece so that an old phone neither runs out of memory nor freezes. */
export async function fileSha256(
  bytes: number,
  read: (offset: number, length: number) => Promise<ArrayBuffer>,
): Promise<string> {
  const hash = sha256.create();
  for (let offset = 0; offset < bytes; offset += CHUNK_BYTES) {
    hash.update(new Uint8Array(await read(offset, Math.min(CHUNK_BYTES, bytes - offset))));
    // Lets the screen draw between two pieces.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
