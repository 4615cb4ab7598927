import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";

/** What every call below throws when the store itself fails. */
export { GatewayError } from "../gateway-error.ts";

/**
 * Materials and documents. Bytes go straight between the phone and the store; we only sign and check. A key is ours
 * (`newFileKey`), never the file's name. Once an upload is complete, the addresses it was sent to change nothing more
 * as long as the file stands under its key.
 */
export interface Files {
  /** Addresses to upload to: one for a small file, one for each part of a large one (`partBytes`). */
  planUpload(order: UploadOrder): Promise<UploadPlan>;
  /** Fresh addresses for an upload that was begun; parts that are safely here are marked `received`. */
  resumeUpload(order: UploadOrder & { readonly uploadId: string | null }): Promise<UploadPlan>;
  /** Closes an upload: the file is whole, of the announced length and of the announced hash (a large one is read for
   *  it). Safe to repeat. Throws `UploadRefused`; after `length` or `hash` nothing is kept and the upload begins anew. */
  completeUpload(order: UploadOrder & { readonly uploadId: string | null }): Promise<Required<FileStat>>;
  /** Forgets an upload that was begun and frees what it holds. Safe to repeat. */
  abandonUpload(key: string, uploadId: string | null): Promise<void>;
  stat(key: string): Promise<FileStat | null>;
  /** The bytes, or a part of them (`end` is inclusive). Throws `FileMissing`. */
  read(key: string, range?: { readonly start: number; readonly end?: number }): Promise<Readable>;
  /** Stores what we made ourselves. Returns when it is safely on disk. */
  write(
    key: string,
    content: Buffer | Readable,
    options?: { contentType?: string; maxBytes?: number },
  ): Promise<FileStat>;
  /** An address to read the file from, for at most 300 seconds. */
  signDownload(key: string, options: DownloadOptions): Promise<string>;
  /** Throws `FileMissing`, except where the move was done before (`from` gone, `to` there). */
  move(from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** Safe to repeat. */
  remove(key: string): Promise<void>;
}

export interface UploadOrder {
  readonly key: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly contentType: string;
  /** How long the addresses live. */
  readonly seconds: number;
}

/**
 * How much of a file goes in one piece, if nobody says otherwise: on a bad line whatever was under way when it was cut is
 * sent again, and a piece must get through at all before a phone's patience ends (2 MiB in four minutes is 9 kB a second).
 */
export const PART_BYTES = 2 * 1024 ** 2;

/** `uploadId` is for us to keep, not for the client. Every header must be sent as it stands. A PUT of a whole file that
 *  is answered 409 had arrived before: go on to completion. */
export type UploadPlan = SingleUpload | PartedUpload;

export interface SingleUpload {
  readonly kind: "single";
  readonly uploadId: null;
  readonly method: "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
}

export interface PartedUpload {
  readonly kind: "parts";
  readonly uploadId: string;
  readonly method: "PUT";
  readonly partBytes: number;
  readonly parts: readonly UploadPart[];
  readonly expiresAt: Date;
}

export interface UploadPart {
  /** From 1. */
  readonly number: number;
  readonly offset: number;
  readonly bytes: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly received: boolean;
}

export interface FileStat {
  readonly bytes: number;
  /** Lower-case hex; absent where the store does not know it. */
  readonly sha256?: string;
}

export interface DownloadOptions {
  /** 1 to 300. */
  readonly seconds: number;
  /** A label for the reader, any text. */
  readonly fileName: string;
  readonly contentType: string;
  /** Shown in the page instead of saved. */
  readonly inline?: boolean;
}

/** Answers `PUT` and `GET` of the folder store. The app mounts it at `mountPath`; `null` where the store is elsewhere. */
export interface StoreDoor {
  readonly mountPath: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** `incomplete`: parts are missing. `length` / `hash`: not what was announced. `unknown`: no such upload. */
export class UploadRefused extends Error {
  readonly reason: "incomplete" | "length" | "hash" | "unknown";

  constructor(reason: UploadRefused["reason"]) {
    super(`upload refused: ${reason}`);
    this.name = "UploadRefused";
    this.reason = reason;
  }
}

export class FileMissing extends Error {
  constructor() {
    super("no such file");
    this.name = "FileMissing";
  }
}

/** A key nobody can guess, in an area such as `quarantine`, `sealed`, `view` or `document`. */
export function newFileKey(area: string): string {
  const name = randomBytes(20).toString("hex");
  return `${area}/${name.slice(0, 2)}/${name.slice(2)}`;
}

/** The only shape of key a store takes: lower-case words and slashes, no dots at the front of a word, no way up. */
export const FILE_KEY = /^[a-z0-9][a-z0-9_-]{0,63}(?:\/[a-z0-9][a-z0-9_-]{0,63}){1,5}$/;

export const MAX_DOWNLOAD_SECONDS = 300;
