import { inflateRawSync } from "node:zlib";
import { plain } from "./pdf-text.ts";

/** What a DOCX says, without spaces: body first, then headers and footers. */
export function docxText(docx: Buffer): string {
  const parts = [...entriesOf(docx)].filter(([name]) => /^word\/(document|header\d+|footer\d+)\.xml$/.test(name));
  parts.sort(([a], [b]) => a.localeCompare(b));
  return parts.map(([, xml]) => wordsOf(xml.toString("utf8"))).join("");
}

const wordsOf = (xml: string): string =>
  plain(
    [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
      .map(([, words = ""]) => words)
      .join("")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&apos;/g, "'")
      .replace(/&amp;/g, "&"),
  );

/** The files in a zip, by its central directory. */
function* entriesOf(zip: Buffer): Generator<[name: string, content: Buffer]> {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [names, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + packed);
    yield [zip.toString("utf8", at + 46, at + 46 + names), method === 0 ? bytes : inflateRawSync(bytes)];
    at += 46 + names + extra + comment;
  }
}
