import { type FileHandle, open } from "node:fs/promises";
import { FileRefused } from "./refusal.ts";

const MAX_BOXES = 10_000;

/** An MP4 or M4A whose boxes fill the file exactly and that says what is in it. Throws `FileRefused`. */
export async function inspectMedia(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const seen = new Set<string>();
    let at = 0;
    for (let boxes = 0; at + 8 <= size && boxes < MAX_BOXES; boxes += 1) {
      const { length, type } = await boxAt(file, at, size);
      seen.add(type);
      at += length;
    }
    if (at !== size || !seen.has("ftyp") || !seen.has("moov")) throw new FileRefused("media_broken");
  } finally {
    await file.close();
  }
}

async function boxAt(file: FileHandle, at: number, size: number): Promise<{ length: number; type: string }> {
  const head = Buffer.alloc(16);
  await file.read(head, 0, Math.min(16, size - at), at);
  const type = head.toString("latin1", 4, 8);
  const short = head.readUInt32BE(0);
  const length = short === 0 ? size - at : short === 1 ? Number(head.readBigUInt64BE(8)) : short;
  if (length < 8 || at + length > size) throw new FileRefused("media_broken");
  return { length, type };
}
