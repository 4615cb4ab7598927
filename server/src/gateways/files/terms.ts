import { type DownloadOptions, MAX_DOWNLOAD_SECONDS, type UploadOrder } from "./port.ts";

const MAX_UPLOAD_SECONDS = 24 * 3600;
/** What a browser shows without running anything. All else is only ever saved. */
const SHOWABLE = new Set([
  "application/pdf",
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "text/plain",
  "audio/mpeg",
  "audio/mp4",
  "video/mp4",
]);
const CONTENT_TYPE = /^[a-z0-9][a-z0-9.+-]{0,63}\/[a-z0-9][a-z0-9.+-]{0,126}(?:; ?charset=[a-z0-9-]{1,20})?$/i;

/** Throws where our own code asks for what no store should sign. */
export function checkOrder(order: UploadOrder, maxBytes: number): void {
  if (!Number.isSafeInteger(order.bytes) || order.bytes < 1 || order.bytes > maxBytes)
    throw new RangeError("files: bytes");
  if (!/^[0-9a-f]{64}$/.test(order.sha256)) throw new RangeError("files: sha256");
  if (!CONTENT_TYPE.test(order.contentType)) throw new RangeError("files: content type");
  if (!(order.seconds >= 1 && order.seconds <= MAX_UPLOAD_SECONDS)) throw new RangeError("files: seconds");
}

export function checkSeconds(seconds: number): void {
  if (!(seconds >= 1 && seconds <= MAX_DOWNLOAD_SECONDS)) throw new RangeError("files: seconds");
}

export function partsOf(bytes: number, partBytes: number): { number: number; offset: number; bytes: number }[] {
  const count = Math.ceil(bytes / partBytes);
  return Array.from({ length: count }, (_, at) => {
    const offset = at * partBytes;
    return { number: at + 1, offset, bytes: Math.min(partBytes, bytes - offset) };
  });
}

/**
 * `Content-Disposition` for any name (RFC 6266): a plain one every reader takes, and the real one in UTF-8 (RFC 8187,
 * before 5987). A name is a label: control characters and turned text are left out, and it never breaks the header.
 */
export function dispositionOf({
  fileName,
  contentType,
  inline,
}: Pick<DownloadOptions, "fileName" | "contentType" | "inline">): string {
  const clean = fileName
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/^\.+/, "_")
    .trim();
  const name = [...clean].slice(0, 120).join("") || "file";
  const plain = name.replace(/[^\x20-\x7e]/g, "_").replace(/[%;]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const kind = inline && SHOWABLE.has(contentType.split(";")[0] ?? "") ? "inline" : "attachment";
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
