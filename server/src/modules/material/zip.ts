import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { type Readable, Transform } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { FileRefused } from "./refusal.ts";

/** One file inside an archive, as its directory announces it; `start` is where its bytes begin. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 0 | 8;
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

const MAX_ENTRIES = 5000;
const MAX_DIRECTORY_BYTES = 4 * 1024 ** 2;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const [END, DIRECTORY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const IS_LINK = 0xa000;
const FILE_KIND = 0xf000;

/**
 * The directory of an archive, read strictly: one disk, no Zip64, no passwords, no links, no way up or out, no two
 * entries over the same bytes, and each entry introduced by a header that says the same. Throws `FileRefused`.
 */
export async function readZip(file: FileHandle, bytes: number): Promise<ZipEntry[]> {
  const { count, offset, size } = await findEnd(file, bytes);
  if (count > MAX_ENTRIES || size > MAX_DIRECTORY_BYTES) throw new FileRefused("office_broken");
  const directory = await take(file, offset, size);
  const entries: (ZipEntry & { header: number })[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + DIRECTORY_ENTRY_BYTES > size || directory.readUInt32LE(at) !== DIRECTORY)
      throw new FileRefused("office_broken");
    const flags = directory.readUInt16LE(at + 8);
    const method = directory.readUInt16LE(at + 10);
    const packed = directory.readUInt32LE(at + 20);
    const unpacked = directory.readUInt32LE(at + 24);
    const nameBytes = directory.readUInt16LE(at + 28);
    const rest = directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    const mode = directory.readUInt32LE(at + 38) >>> 16;
    const header = directory.readUInt32LE(at + 42);
    const name = nameOf(directory.subarray(at + DIRECTORY_ENTRY_BYTES, at + DIRECTORY_ENTRY_BYTES + nameBytes));
    if (flags & 1) throw new FileRefused("office_locked");
    if ((method !== 0 && method !== 8) || packed === 0xffffffff || unpacked === 0xffffffff)
      throw new FileRefused("office_broken");
    if (!isPlainName(name) || (mode & FILE_KIND) === IS_LINK) throw new FileRefused("office_broken");
    entries.push({ name, method, packed, size: unpacked, header, start: await startOf(file, header, name, method) });
    at += DIRECTORY_ENTRY_BYTES + nameBytes + rest;
  }
  refuseOverlaps(entries, offset);
  return entries;
}

/** The bytes of an entry, inflated. Counts what really comes out: more than announced breaks the stream. */
export function openEntry(path: string, entry: ZipEntry): Readable {
  const { packed, start } = entry;
  return inflate(packed === 0 ? null : createReadStream(path, { start, end: start + packed - 1 }), entry);
}

/** The same for an entry whose packed bytes come from elsewhere; null for an empty one. */
export function inflate(source: Readable | null, { method, size }: Pick<ZipEntry, "method" | "size">): Readable {
  let total = 0;
  const out = new Transform({
    transform(chunk: Buffer, _, done) {
      total += chunk.length;
      done(total > size ? new FileRefused("office_padded") : null, chunk);
    },
    flush: (done) => done(total === size ? null : new FileRefused("office_broken")),
  });
  if (!source) return out.end();
  const stream = method === 8 ? source.pipe(createInflateRaw()) : source;
  source.on("error", (error) => out.destroy(error));
  if (stream !== source) stream.on("error", () => out.destroy(new FileRefused("office_broken")));
  out.on("close", () => {
    source.destroy();
    stream.destroy();
  });
  return stream.pipe(out);
}

/** Archives made by Chinese Windows carry their names in GBK and do not say so. */
function nameOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

async function findEnd(file: FileHandle, bytes: number): Promise<{ count: number; offset: number; size: number }> {
  const length = Math.min(bytes, END_BYTES + MAX_COMMENT_BYTES);
  const tail = await take(file, bytes - length, length);
  for (let at = length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== length) continue;
    const [disk, directoryDisk] = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
    const [here, count] = [tail.readUInt16LE(at + 8), tail.readUInt16LE(at + 10)];
    const [size, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    const end = bytes - length + at;
    if (disk || directoryDisk || here !== count || count === 0xffff || offset + size > end) break;
    return { count, offset, size };
  }
  throw new FileRefused("office_broken");
}

async function startOf(file: FileHandle, header: number, name: string, method: number): Promise<number> {
  const local = await take(file, header, LOCAL_HEADER_BYTES);
  const nameBytes = local.readUInt16LE(26);
  const own = await take(file, header + LOCAL_HEADER_BYTES, nameBytes);
  const isSame = local.readUInt32LE(0) === LOCAL && local.readUInt16LE(8) === method && nameOf(own) === name;
  if (!isSame) throw new FileRefused("office_broken");
  return header + LOCAL_HEADER_BYTES + nameBytes + local.readUInt16LE(28);
}

/** No backslash, no drive, no root, no step up, no control character. */
function isPlainName(name: string): boolean {
  return name.length > 0 && !/[\\\p{Cc}]|^\/|^[A-Za-z]:/u.test(name) && !name.split("/").includes("..");
}

function refuseOverlaps(entries: readonly (ZipEntry & { header: number })[], directory: number): void {
  const inOrder = [...entries].sort((a, b) => a.header - b.header);
  inOrder.forEach((entry, at) => {
    const limit = inOrder[at + 1]?.header ?? directory;
    if (entry.start + entry.packed > limit) throw new FileRefused("office_broken");
  });
}

async function take(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new FileRefused("office_broken");
  return buffer;
}
