import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";
import type { Antivirus } from "#gateways/antivirus/port.ts";
import { inspectArchive } from "./archive.ts";
import { ALL_TYPES, type Family, familyOfContentType, familyOfName, TYPES, type TypeName } from "./kinds.ts";
import { inspectMedia } from "./media.ts";
import { inspectOffice } from "./office.ts";
import { inspectPdf } from "./pdf.ts";
import { inspectPicture } from "./picture.ts";
import type { Warning } from "./present.ts";
import { FileRefused, type RefusalCode } from "./refusal.ts";

const HEAD_BYTES = 4100;

export interface Announced {
  readonly name: string;
  readonly contentType: string;
  /** An archive is looked for here; elsewhere none is taken. */
  readonly archive?: boolean;
}
/** What was found in a file that is fit to be kept and shown. */
export interface Findings {
  readonly type: TypeName;
  readonly pages: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly warnings: readonly Warning[];
  /** A JPEG to look at; null where the original itself is shown. */
  readonly view: Buffer | null;
}
const PLAIN: Omit<Findings, "type"> = { pages: null, width: null, height: null, warnings: [], view: null };

/**
 * Looks into a file on the local disk: its type by content, viruses, and whatever its kind of file can hide. Throws
 * `FileRefused` with the reason, or the scanner's outage: then nothing is known and nothing is released.
 */
export async function inspectFile(path: string, announced: Announced, antivirus: Antivirus): Promise<Findings> {
  const head = await headOf(path);
  const kind = await detect(head);
  if (announced.archive && kind !== "office") throw new FileRefused("archive_wanted");
  const family: Family = kind === "office" ? "document" : ALL_TYPES[kind].family;
  const told = [familyOfContentType(announced.contentType), familyOfName(announced.name)];
  if (!announced.archive && told.some((each) => each !== null && each !== family)) throw new FileRefused("mismatch");

  const lookAt = async (content: Readable) => {
    const result = await antivirus.scan(content);
    if (!result.clean) throw new FileRefused("virus");
  };
  await lookAt(createReadStream(path));
  switch (kind) {
    case "office":
      if (announced.archive) return { ...PLAIN, type: await inspectArchive(path) };
      return { ...PLAIN, type: await inspectOffice(path, lookAt) };
    case "pdf":
      return { ...PLAIN, type: kind, ...(await inspectPdf(path)) };
    case "jpeg":
    case "png":
    case "webp":
      return { ...PLAIN, type: kind, ...(await inspectPicture(path, kind)), pages: 1 };
    case "mp4":
    case "m4a":
      await inspectMedia(path);
      return { ...PLAIN, type: kind };
    default:
      return { ...PLAIN, type: kind };
  }
}

const DETECTED: Readonly<Record<string, TypeName | RefusalCode>> = {
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "audio/mpeg": "mp3",
  "audio/x-m4a": "m4a",
  "audio/mp4": "m4a",
  "video/mp4": "mp4",
  "video/x-m4v": "mp4",
  "image/heic": "heic",
  "image/heif": "heic",
  "image/heic-sequence": "heic",
  "image/heif-sequence": "heic",
  "image/avif": "other_picture",
  "image/gif": "other_picture",
  "image/bmp": "other_picture",
  "image/tiff": "other_picture",
  "application/x-cfb": "old_office",
  "application/x-msdownload": "program",
  "application/x-elf": "program",
  "application/x-mach-binary": "program",
  "application/x-rar-compressed": "archive",
  "application/x-7z-compressed": "archive",
  "application/gzip": "archive",
  "application/x-tar": "archive",
  "application/x-bzip2": "archive",
  "application/x-xz": "archive",
  "application/xml": "svg",
};

async function detect(head: Buffer): Promise<TypeName | "office"> {
  const text = head.toString("latin1");
  // Archives are read by our own reader, which counts; not by one that unpacks while it looks.
  if (text.startsWith("PK\x03\x04")) return "office";
  if (text.startsWith("PK\x05\x06")) throw new FileRefused("archive");
  if (text.startsWith("ID3")) return "mp3";
  if (/^(\xef\xbb\xbf)?\s{0,8}%PDF-\d/.test(text)) return "pdf";
  const mime = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? "";
  const found = DETECTED[mime];
  if (found && found in TYPES) return found as TypeName;
  if (found) throw new FileRefused(found as RefusalCode);
  if (/<(svg|html|script|!doctype|\?xml)/i.test(text)) throw new FileRefused("svg");
  throw new FileRefused(mime.startsWith("video/") || mime.startsWith("audio/") ? "other_media" : "type");
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
