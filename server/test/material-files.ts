import { createHash, randomBytes } from "node:crypto";
import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import { PDFDocument } from "pdf-lib";
import sharp from "sharp";

/** Files as people send them, and as people should not: everything is made here, nothing dangerous lies in the repository. */

export const EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-" + "FILE!$H+H*";
export const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

export interface Sent {
  readonly name?: string;
  readonly contentType?: string;
  readonly kind?: string;
  readonly [more: string]: unknown;
}

export const orderOf = (bytes: Buffer, sent: Sent = {}) => ({
  name: "材料",
  kind: "evidence",
  contentType: "application/octet-stream",
  bytes: bytes.length,
  sha256: sha256(bytes),
  ...sent,
});

export const noise = (bytes: number): Buffer => randomBytes(bytes);

export async function jpeg(width = 640, height = 480, exif = false): Promise<Buffer> {
  const image = sharp({
    create: { width, height, channels: 3, background: { r: randomBytes(1)[0] ?? 0, g: 120, b: 60 } },
  }).jpeg();
  return exif
    ? image
        .withExif({ IFD0: { Copyright: "CANARY-EXIF" }, IFD3: { GPSLatitude: "36/1 40/1 0/1" } })
        .withMetadata({ orientation: 6 })
        .toBuffer()
    : image.toBuffer();
}
export const png = (width = 300, height = 200): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background: { r: 1, g: 2, b: randomBytes(1)[0] ?? 3, alpha: 0.5 } } })
    .png()
    .toBuffer();

export const layeredJpeg = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#335577" } })
    .jpeg({ progressive: true })
    .toBuffer();

/** A PNG with one more chunk after the header. */
export function withChunk(image: Buffer, type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([image.subarray(0, 33), length, body, check, image.subarray(33)]);
}
export const iccBomb = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from("icc\0\0", "latin1"), deflateSync(Buffer.alloc(bytes))]);

/** The header says so many pixels; what follows is empty. */
export async function hugePng(width: number, height: number): Promise<Buffer> {
  const image = Buffer.from(await png(1, 1));
  image.writeUInt32BE(width, 16);
  image.writeUInt32BE(height, 20);
  image.writeUInt32BE(crc32(image.subarray(12, 29)), 29);
  return image;
}

export async function pdf({
  pages = 2,
  size = [595, 842] as [number, number],
  packed = true,
  script = "",
} = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (let page = 0; page < pages; page += 1)
    document.addPage(size).drawText(`page ${page + 1} ${randomBytes(4).toString("hex")}`);
  if (script) document.addJavaScript("main", script);
  return Buffer.from(await document.save({ useObjectStreams: packed }));
}

/** As a PDF with an owner's password looks to whoever does not know it. */
export async function lockedPdf(): Promise<Buffer> {
  const text = (await pdf({ packed: false })).toString("latin1");
  return Buffer.from(text.replace(/trailer\s*<</, "trailer\n<<\n/Encrypt 99 0 R"), "latin1");
}

/** An object stream of a few kilobytes that swells to `bytes`. */
export async function paddedPdf(bytes: number): Promise<Buffer> {
  const packed = deflateSync(Buffer.alloc(bytes, 0x20));
  const head = `\n900 0 obj\n<< /Type /Obj#53tm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
  return Buffer.concat([await pdf({ packed: false }), Buffer.from(head), packed, Buffer.from("\nendstream\nendobj\n")]);
}

export interface Part {
  readonly name: string;
  readonly data: Buffer | string;
  /** What the directory says instead of the truth. */
  readonly claimedSize?: number;
  readonly flags?: number;
  readonly mode?: number;
  /** Is not written: its directory entry points to the header of another part, or (`within`) to what that part holds. */
  readonly at?: number;
  readonly within?: boolean;
  readonly stored?: boolean;
}

/** Writes archives as no library would. */
export function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const { name, data, claimedSize, flags = 0, mode = 0, at, within = false, stored = false } of parts) {
    const raw = Buffer.from(data);
    const packed = stored ? raw : deflateRawSync(raw);
    const label = Buffer.from(name, "utf8");
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedSize ?? raw.length, 18);
    fields.writeUInt16LE(label.length, 22);
    const inside = within ? 30 + Buffer.byteLength(parts[at ?? 0]?.name ?? "") : 0;
    const start = at === undefined ? offset : (offsets[at] ?? 0) + inside;
    offsets.push(start);
    if (at === undefined) {
      bodies.push(Buffer.from("PK\x03\x04", "latin1"), fields, label, packed);
      offset += 4 + 26 + label.length + packed.length;
    }
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt16LE(0x0314, 4);
    fields.copy(entry, 6, 0, 24);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(start, 42);
    directory.push(entry, label);
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

const typesOf = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.${main}"/></Types>`;
export const WORD = "openxmlformats-officedocument.wordprocessingml.document.main+xml";
export const SHEET = "openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/** A Word file (or another of its kind) with further parts. */
export const office = (more: readonly Part[] = [], main = WORD): Buffer =>
  zip([
    { name: "[Content_Types].xml", data: typesOf(main) },
    { name: "word/document.xml", data: `<w:document><w:t>${randomBytes(8).toString("hex")}</w:t></w:document>` },
    ...more,
  ]);

/** Two parts over the same bytes: one holds, unpacked, all of the other with its header. Both are whole and tell no lie. */
export function overlapping(): Buffer {
  const inner = { name: "word/inner.xml", data: noise(3000), stored: true };
  const header = 30 + inner.name.length;
  const data = zip([inner]).subarray(0, header + inner.data.length);
  return office([
    { name: "word/outer.bin", data: Buffer.concat([data]), stored: true },
    { ...inner, at: 2, within: true },
  ]);
}

export function box(type: string, data: Buffer | string = ""): Buffer {
  const body = Buffer.from(data);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}
export const mp4 = (brand = "isom"): Buffer =>
  Buffer.concat([
    box("ftyp", `${brand}\0\0\x02\0${brand}mp41`),
    box("moov", box("mvhd", Buffer.alloc(100))),
    box("mdat", noise(500)),
  ]);
export const heic = (): Buffer => Buffer.concat([box("ftyp", "heic\0\0\0\0mif1heic"), box("meta", noise(300))]);
