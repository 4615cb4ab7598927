import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import {
  CutShort,
  isDict,
  isList,
  NotPdf,
  nameIn,
  type PdfDict,
  type PdfValue,
  readValue,
  skipSpace,
} from "./pdf-syntax.ts";
import { FileRefused } from "./refusal.ts";

const WINDOW_BYTES = 1024 ** 2;
const MAX_OBJECT_BYTES = 4 * 1024 ** 2;
/** Of all packed objects together, and of one stream of them, which is held whole. */
const MAX_INFLATED_BYTES = 64 * 1024 ** 2;
const MAX_STREAM_BYTES = 12 * 1024 ** 2;
const MAX_PACKED_BYTES = 4 * 1024 ** 2;
const MARK = /(?<!\d)(\d{1,10})[ \t\r\n\f\0]+\d{1,5}[ \t\r\n\f\0]+obj(?![A-Za-z0-9])|\btrailer\b/g;
const inflated = promisify(inflate);

/** Told of every object (`number` is null for a trailer), in the order of the file: a later one replaces an earlier. */
export type OnObject = (number: number | null, value: PdfValue) => void;

/**
 * Goes through a PDF from front to end, without trusting its table of contents: every object is met, also those packed
 * into streams; what comes out of those is counted. Memory stays within a window. Throws `FileRefused`.
 */
export async function eachObject(file: FileHandle, bytes: number, tell: OnObject): Promise<void> {
  const look = windowOn(file, bytes);
  let unpacked = 0;
  for (let at = 0; at < bytes; ) {
    const { text, base } = await look(at, WINDOW_BYTES);
    MARK.lastIndex = at - base;
    const mark = MARK.exec(text);
    if (!mark) {
      // A mark may lie across the border.
      at = Math.max(at + 1, base + text.length >= bytes ? bytes : base + text.length - 64);
      continue;
    }
    const number = mark[1] === undefined ? null : Number(mark[1]);
    const body = base + mark.index + mark[0].length;
    const read = await readAt(look, body, bytes);
    at = read ? read.end : body;
    if (!read) continue;
    tell(number, read.value);
    if (!isDict(read.value)) continue;
    const stream = await streamAt(look, at, read.value, bytes);
    if (!stream) continue;
    at = stream.end;
    if (nameIn(read.value.get("Type")) === "XRef") tell(null, read.value);
    if (nameIn(read.value.get("Type")) !== "ObjStm") continue;
    unpacked += await eachPacked(file, read.value, stream, MAX_INFLATED_BYTES - unpacked, tell);
  }
}

type Look = (at: number, need: number) => Promise<{ text: string; base: number }>;

function windowOn(file: FileHandle, bytes: number): Look {
  let held = { text: "", base: 0 };
  return async (at, need) => {
    const until = Math.min(at + need, bytes);
    const isHeld =
      held.base <= at && held.base + held.text.length >= (need >= WINDOW_BYTES ? Math.min(at + 1024, bytes) : until);
    if (!isHeld || held.text === "") {
      const length = Math.min(Math.max(need, WINDOW_BYTES), bytes - at);
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, at);
      held = { text: buffer.toString("latin1", 0, bytesRead), base: at };
    }
    return held;
  };
}

async function readAt(look: Look, at: number, bytes: number): Promise<{ value: PdfValue; end: number } | null> {
  for (let need = 4096; ; need *= 8) {
    const { text, base } = await look(at, need);
    try {
      const { value, end } = readValue(text, at - base);
      return { value, end: base + end };
    } catch (error) {
      if (error instanceof NotPdf) return null;
      if (!(error instanceof CutShort)) throw error;
      if (base + text.length >= bytes || need > MAX_OBJECT_BYTES) return null;
    }
  }
}

interface Stream {
  readonly start: number;
  readonly length: number;
  /** Where to go on looking for objects. */
  readonly end: number;
}

async function streamAt(look: Look, after: number, dict: PdfDict, bytes: number): Promise<Stream | null> {
  const { text, base } = await look(after, 4096);
  const at = skipSpace(text, after - base);
  if (!text.startsWith("stream", at)) return null;
  const line = /^\r?\n?/.exec(text.slice(at + 6, at + 8))?.[0].length ?? 0;
  const start = base + at + 6 + line;
  const announced = dict.get("Length");
  if (typeof announced === "number" && Number.isInteger(announced) && announced >= 0 && start + announced <= bytes) {
    const tail = await look(start + announced, 64);
    const close = tail.text.slice(start + announced - tail.base, start + announced - tail.base + 32);
    if (/^\s{0,4}endstream/.test(close)) return { start, length: announced, end: start + announced };
  }
  for (let from = start; from < bytes; ) {
    const piece = await look(from, WINDOW_BYTES);
    const found = piece.text.indexOf("endstream", from - piece.base);
    if (found >= 0) return { start, length: piece.base + found - start, end: piece.base + found };
    from = Math.max(from + 1, piece.base + piece.text.length - 16);
  }
  return null;
}

/** The objects inside a packed stream; gives how many bytes came out. */
async function eachPacked(
  file: FileHandle,
  dict: PdfDict,
  stream: Stream,
  room: number,
  tell: OnObject,
): Promise<number> {
  if (stream.length > MAX_PACKED_BYTES || room <= 0) throw new FileRefused("pdf_padded");
  const packed = Buffer.alloc(stream.length);
  await file.read(packed, 0, stream.length, stream.start);
  const text = await unpack(packed, dict, Math.min(room, MAX_STREAM_BYTES));
  if (text === null) return 0;
  const [count, first] = [dict.get("N"), dict.get("First")];
  if (typeof count !== "number" || typeof first !== "number") return text.length;
  const heads = text.slice(0, first).trim().split(/\s+/).map(Number);
  for (let index = 0; index < count && index * 2 + 1 < heads.length; index += 1) {
    const [number = Number.NaN, offset = Number.NaN] = [heads[index * 2], heads[index * 2 + 1]];
    if (!Number.isInteger(number) || !Number.isInteger(offset)) break;
    try {
      // A word at the very end of the text is whole.
      tell(number, readValue(`${text} `, first + offset).value);
    } catch (error) {
      if (!(error instanceof CutShort || error instanceof NotPdf)) throw error;
    }
  }
  return text.length;
}

/** Null where it is packed in a way that nobody packs objects: whatever is in there, we do not count on it. */
async function unpack(packed: Buffer, dict: PdfDict, room: number): Promise<string | null> {
  const filter = dict.get("Filter");
  const filters = isList(filter) ? filter.map(nameIn) : filter === undefined ? [] : [nameIn(filter)];
  if (filters.length === 0) return packed.toString("latin1");
  if (filters.length > 1 || filters[0] !== "FlateDecode") return null;
  try {
    const out = await inflated(packed, { maxOutputLength: room, finishFlush: 2 });
    return (out as Buffer).toString("latin1");
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw new FileRefused("pdf_padded");
    return null;
  }
}
