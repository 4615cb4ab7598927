import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { FileMissing } from "#gateways/files/port.ts";
import type { Means } from "#modules/module.ts";
import { MAX_FILE_BYTES } from "./kinds.ts";
import { FileRefused, type RefusalCode } from "./refusal.ts";
import { spool } from "./spool.ts";
import { readMaterial } from "./store.ts";
import { inflate, readZip, type ZipEntry } from "./zip.ts";

export const MAX_ARCHIVE_FILES = 2000;
const MAX_UNPACKED_BYTES = 1024 ** 3;
/** A file of more than a megabyte that packs better than this is made to hurt. */
const MAX_RATIO = 200;
const RATIO_FROM_BYTES = 1024 ** 2;
/** What a Mac or a Windows folder puts in by itself. */
const LEFTOVER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

const OWN_WORDS: Partial<Record<RefusalCode, RefusalCode>> = {
  office_broken: "archive_broken",
  office_locked: "archive_locked",
  office_padded: "archive_padded",
};

/** One file of an archive that passed: enough to fetch it alone, without the rest. */
export interface ArchivedFile extends ZipEntry {
  /** The path inside the archive: a label, never a path of ours. */
  readonly name: string;
}

/** Looks at the directory of an archive; its files are looked into when they are taken out. Throws `FileRefused`. */
export async function inspectArchive(path: string): Promise<"zip"> {
  await listEntries(path);
  return "zip";
}

/** The files of an archive that was released, without folders and leftovers. Null where it is not there any more. */
export async function readArchive(means: Means, materialId: string): Promise<ArchivedFile[] | null> {
  const material = await readMaterial(means, materialId);
  if (material?.state !== "ready") return null;
  const source = await means.gateways.files.read(material.sealedKey);
  const entries = await spool(source, material.bytes, ({ path }) => listEntries(path));
  return entries.filter(({ name }) => !name.endsWith("/") && !LEFTOVER.test(name));
}

/**
 * Lays one file of an archive down for as long as `use` takes: only its own bytes are fetched, and what comes out is
 * counted against what was announced. Throws `FileRefused` where they differ, `FileMissing` where the archive is gone.
 */
export async function takeOut<T>(
  means: Means,
  materialId: string,
  file: ArchivedFile,
  use: (taken: { bytes: number; sha256: string; open: () => Readable }) => Promise<T>,
): Promise<T> {
  const material = await readMaterial(means, materialId);
  if (material?.state !== "ready") throw new FileMissing();
  const { start, packed } = file;
  const source =
    packed === 0 ? null : await means.gateways.files.read(material.sealedKey, { start, end: start + packed - 1 });
  return inOwnWords(() =>
    spool(inflate(source, file), MAX_FILE_BYTES, ({ path, bytes, sha256 }) =>
      use({ bytes, sha256, open: () => createReadStream(path) }),
    ),
  );
}

async function listEntries(path: string): Promise<ZipEntry[]> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const entries = await inOwnWords(() => readZip(file, size));
    if (entries.length > MAX_ARCHIVE_FILES) throw new FileRefused("archive_many");
    const total = entries.reduce((sum, entry) => sum + entry.size, 0);
    const isBomb = entries.some(
      (entry) =>
        entry.size > MAX_FILE_BYTES || (entry.size > RATIO_FROM_BYTES && entry.size > entry.packed * MAX_RATIO),
    );
    if (isBomb || total > MAX_UNPACKED_BYTES) throw new FileRefused("archive_padded");
    return entries;
  } finally {
    await file.close();
  }
}

async function inOwnWords<T>(doing: () => Promise<T>): Promise<T> {
  try {
    return await doing();
  } catch (error) {
    const own = error instanceof FileRefused ? OWN_WORDS[error.code] : undefined;
    throw own ? new FileRefused(own) : error;
  }
}
