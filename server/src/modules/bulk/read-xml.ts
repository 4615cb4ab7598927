import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import { SheetUnreadable } from "./sheet-fault.ts";

export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
  /** Asked between two pieces: true ends the reading. */
  enough?(): boolean;
}

/**
 * Reads a part of a workbook piece by piece, so that memory holds none of it. Nothing is expanded but the five entities
 * of XML itself: a part that declares its own is refused.
 */
export async function readXml(source: Readable, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser({});
  const fail = (): never => {
    throw new SheetUnreadable("broken");
  };
  parser.on("doctype", fail);
  parser.on("error", fail);
  parser.on("opentag", ({ name, attributes }) => events.open?.(plain(name), attributes as Record<string, string>));
  parser.on("closetag", ({ name }) => events.close?.(plain(name)));
  parser.on("text", (text) => events.text?.(text));
  parser.on("cdata", (text) => events.text?.(text));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      parser.write(decode(decoder, chunk));
      if (events.enough?.()) return;
    }
    parser.close();
  } finally {
    source.destroy();
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new SheetUnreadable("broken");
  }
}

/** `x:row` and `row` are the same. */
const plain = (name: string): string => name.slice(name.indexOf(":") + 1);
