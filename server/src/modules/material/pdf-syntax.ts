/** What stands in a PDF file, as far as looking into it needs: strings are not kept. */
export type PdfValue = number | PdfName | PdfRef | readonly PdfValue[] | PdfDict | null;
export type PdfDict = ReadonlyMap<string, PdfValue>;
export interface PdfName {
  readonly name: string;
}
export interface PdfRef {
  readonly ref: number;
}

/** The text ended in the middle: read further and try again. */
export class CutShort extends Error {}
/** This is no PDF value. */
export class NotPdf extends Error {}

const MAX_DEPTH = 40;
const SPACE = /[\0\t\n\f\r ]/;
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]/;

/** Reads one value of PDF text at a place; gives where it ended. Throws `CutShort` or `NotPdf`. */
export function readValue(text: string, start: number, depth = 0): { value: PdfValue; end: number } {
  if (depth > MAX_DEPTH) throw new NotPdf();
  const at = skipSpace(text, start);
  const char = text[at];
  if (char === undefined) throw new CutShort();
  if (text.startsWith("<<", at)) return readDict(text, at + 2, depth);
  if (char === "[") return readArray(text, at + 1, depth);
  if (char === "/") return readName(text, at + 1);
  if (char === "(") return { value: null, end: skipString(text, at) };
  if (char === "<") {
    if (at + 1 >= text.length) throw new CutShort();
    const end = text.indexOf(">", at);
    if (end < 0) throw new CutShort();
    return { value: null, end: end + 1 };
  }
  return readWord(text, at);
}

/** Past white space and comments. */
export function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < text.length && SPACE.test(text[at] as string)) at += 1;
    if (text[at] !== "%") return at;
    while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  }
}

function readDict(text: string, start: number, depth: number): { value: PdfDict; end: number } {
  const dict = new Map<string, PdfValue>();
  for (let at = start; ; ) {
    at = skipSpace(text, at);
    if (at + 1 >= text.length) throw new CutShort();
    if (text.startsWith(">>", at)) return { value: dict, end: at + 2 };
    if (text[at] !== "/") throw new NotPdf();
    const key = readName(text, at + 1);
    const { value, end } = readValue(text, key.end, depth + 1);
    dict.set(key.value.name, value);
    at = end;
  }
}

function readArray(text: string, start: number, depth: number): { value: PdfValue[]; end: number } {
  const items: PdfValue[] = [];
  for (let at = start; ; ) {
    at = skipSpace(text, at);
    if (at >= text.length) throw new CutShort();
    if (text[at] === "]") return { value: items, end: at + 1 };
    const { value, end } = readValue(text, at, depth + 1);
    items.push(value);
    at = end;
  }
}

function readName(text: string, start: number): { value: PdfName; end: number } {
  let end = start;
  while (end < text.length && REGULAR.test(text[end] as string)) end += 1;
  if (end >= text.length) throw new CutShort();
  // A name may be written in hexadecimal, also to hide it.
  const name = text
    .slice(start, end)
    .replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { value: { name }, end };
}

/** Strings nest their brackets. */
function skipString(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "(") open += 1;
    else if (char === ")") {
      open -= 1;
      if (open === 0) return at + 1;
    }
  }
  throw new CutShort();
}

const REFERENCE = /^[ \t\r\n\f\0]+(\d{1,10})[ \t\r\n\f\0]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/;

function readWord(text: string, start: number): { value: PdfValue; end: number } {
  let end = start;
  while (end < text.length && REGULAR.test(text[end] as string)) end += 1;
  if (end >= text.length) throw new CutShort();
  const word = text.slice(start, end);
  if (word === "") throw new NotPdf();
  if (/^\d{1,10}$/.test(word)) {
    const reference = REFERENCE.exec(text.slice(end, end + 32));
    if (reference) return { value: { ref: Number(word) }, end: end + reference[0].length };
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return { value: Number(word), end };
  if (word === "true" || word === "false" || word === "null") return { value: null, end };
  throw new NotPdf();
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const isList = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value);
export const nameIn = (value: PdfValue | undefined): string | null =>
  value != null && typeof value === "object" && "name" in value ? value.name : null;
export const refIn = (value: PdfValue | undefined): number | null =>
  value != null && typeof value === "object" && "ref" in value ? value.ref : null;
