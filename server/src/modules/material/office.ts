import { createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { TypeName } from "./kinds.ts";
import { FileRefused } from "./refusal.ts";
import { openEntry, readZip, type ZipEntry } from "./zip.ts";

/** What may come out of one document, all parts together. */
const MAX_UNPACKED_BYTES = 300 * 1024 ** 2;
/** A part of more than a megabyte that packs better than this is made to hurt. */
const MAX_RATIO = 200;
const RATIO_FROM_BYTES = 1024 ** 2;
const MAX_TEXT_BYTES = 4 * 1024 ** 2;
const MAX_DEPTH = 2;

const MAIN_PARTS: readonly (readonly [part: string, type: TypeName])[] = [
  ["wordprocessingml.document.main+xml", "docx"],
  ["spreadsheetml.sheet.main+xml", "xlsx"],
];
const PROGRAM = /\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|msi|jar|sh)$/i;

/** Looks at the raw bytes of a part: the scanner of viruses. Throws where it does not like them. */
export type LookAt = (content: Readable) => Promise<void>;

/**
 * Looks into a Word or Excel file part by part, counting every byte that comes out; each part is shown to `lookAt`.
 * Macros, outside templates, programs and archives inside are refused. Throws `FileRefused`.
 */
export async function inspectOffice(path: string, lookAt: LookAt, depth = 1): Promise<TypeName> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const entries = await readZip(file, size);
    refuseBombs(entries);
    const types = await readPart(path, entries, "[Content_Types].xml");
    // An archive that is no document: told as such.
    if (types === null) throw new FileRefused("archive");
    if (/macroEnabled/i.test(types) || entries.some(({ name }) => /vbaProject/i.test(name)))
      throw new FileRefused("macro");
    const type = MAIN_PARTS.find(([part]) => types.includes(part))?.[1];
    if (!type) throw new FileRefused("type");
    for (const entry of entries) await inspectPart(path, entry, lookAt, depth);
    return type;
  } finally {
    await file.close();
  }
}

function refuseBombs(entries: readonly ZipEntry[]): void {
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (names.size !== entries.length) throw new FileRefused("office_broken");
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const isBomb = entries.some(({ size, packed }) => size > RATIO_FROM_BYTES && size > packed * MAX_RATIO);
  if (isBomb || total > MAX_UNPACKED_BYTES) throw new FileRefused("office_padded");
}

async function inspectPart(path: string, entry: ZipEntry, lookAt: LookAt, depth: number): Promise<void> {
  if (entry.name.endsWith("/") && entry.size === 0) return;
  if (PROGRAM.test(entry.name)) throw new FileRefused("embedded");
  if (/_rels\/settings\.xml\.rels$/i.test(entry.name)) {
    const text = await textOf(path, entry);
    if (/attachedTemplate/i.test(text) && /TargetMode\s*=\s*["']External/i.test(text)) throw new FileRefused("linked");
  }
  const head = await headOf(path, entry);
  if (head.startsWith("MZ") || head.startsWith("\x7fELF")) throw new FileRefused("embedded");
  await lookAt(openEntry(path, entry));
  // A sheet inside a document is one more document; anything deeper, or any other archive, is not taken.
  if (!head.startsWith("PK\x03\x04")) return;
  if (depth >= MAX_DEPTH) throw new FileRefused("embedded");
  const inner = `${path}.${depth}`;
  try {
    await pipeline(openEntry(path, entry), createWriteStream(inner, { mode: 0o600 }));
    await inspectOffice(inner, lookAt, depth + 1);
  } catch (error) {
    throw error instanceof FileRefused && error.code !== "virus" ? new FileRefused("embedded") : error;
  } finally {
    await rm(inner, { force: true });
  }
}

async function readPart(path: string, entries: readonly ZipEntry[], name: string): Promise<string | null> {
  const entry = entries.find((each) => each.name === name);
  return entry ? textOf(path, entry) : null;
}

async function textOf(path: string, entry: ZipEntry): Promise<string> {
  if (entry.size > MAX_TEXT_BYTES) throw new FileRefused("office_padded");
  const chunks: Buffer[] = [];
  for await (const chunk of openEntry(path, entry) as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  // Word writes UTF-8; a part in UTF-16 must not hide from the patterns above.
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString("utf16le") : bytes.toString("utf8");
}

async function headOf(path: string, entry: ZipEntry): Promise<string> {
  const stream = openEntry(path, entry);
  for await (const chunk of stream as AsyncIterable<Buffer>) return chunk.subarray(0, 8).toString("latin1");
  return "";
}
