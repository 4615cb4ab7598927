import type { Readable } from "node:stream";

/** Looks into every upload before anybody may open it. Where it cannot look, it throws and the file stays closed. */
export interface Antivirus {
  /** Reads the stream to its end. `signature` is the scanner's name for what it found. */
  scan(content: Readable): Promise<ScanResult>;
}

export type ScanResult = { readonly clean: true } | { readonly clean: false; readonly signature: string };
