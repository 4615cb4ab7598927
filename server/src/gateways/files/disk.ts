import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { GatewayError } from "../gateway-error.ts";
import { diskAddresses } from "./disk-address.ts";
import { diskDoor } from "./disk-door.ts";
import { absent, diskFolder, ensureFolder, syncFolder, writeSynced } from "./disk-folder.ts";
import { receive } from "./disk-receive.ts";
import {
  FileMissing,
  type Files,
  PART_BYTES,
  type StoreDoor,
  type UploadOrder,
  type UploadPlan,
  UploadRefused,
} from "./port.ts";
import { checkOrder, checkSeconds, dispositionOf, partsOf } from "./terms.ts";

export interface DiskFilesConfig {
  readonly root: string;
  /** Where the door is mounted as clients see it: a path (`/store`) or, better, an address on a host of its own. */
  readonly publicUrl: string;
  /** At least 32 characters; whoever holds it can read every file. */
  readonly secret: string;
  /** Up to here a file goes in one piece. `PART_BYTES` by default. */
  readonly partBytes?: number;
  /** 2 GiB by default. */
  readonly maxBytes?: number;
}

/** Files in a folder on this machine's disk, with the same signed addresses as an object store, and the door to serve them. */
export function diskFiles(config: DiskFilesConfig, now: () => number = Date.now): { files: Files; door: StoreDoor } {
  const { root, publicUrl, secret, partBytes = PART_BYTES, maxBytes = 2 * 1024 ** 3 } = config;
  if (secret.length < 32) throw new RangeError("files: the secret is too short");
  const folder = diskFolder(root);
  const addresses = diskAddresses(secret, publicUrl, now);
  let nextSweep = 0;

  const files: Files = {
    async planUpload(order) {
      checkOrder(order, maxBytes);
      folder.objectPath(order.key);
      await folder.checkSpace(order.bytes);
      sweepNowAndThen();
      if (order.bytes <= partBytes) return single(order);
      const uploadId = randomBytes(20).toString("hex");
      const path = folder.uploadPath(uploadId);
      await ensureFolder(path);
      await writeSynced(join(path, "key"), order.key);
      await syncFolder(path);
      return parted(order, uploadId, new Map());
    },

    async resumeUpload({ uploadId, ...order }) {
      checkOrder(order, maxBytes);
      if (uploadId === null) return single(order);
      return parted(order, uploadId, await receivedParts(order.key, uploadId));
    },

    async completeUpload({ uploadId, ...order }) {
      const done = await folder.stat(order.key);
      if (!done && uploadId) await joinParts(order, uploadId);
      const stat = done ?? (await folder.stat(order.key));
      if (!stat) throw new UploadRefused("incomplete");
      if (stat.bytes !== order.bytes) throw new UploadRefused("length");
      if (stat.sha256 !== order.sha256) throw new UploadRefused("hash");
      if (uploadId) await forget(uploadId);
      return { bytes: stat.bytes, sha256: stat.sha256 };
    },

    async abandonUpload(_key, uploadId) {
      if (uploadId) await forget(uploadId);
    },

    stat: (key) => folder.stat(key),

    async read(key, range) {
      // Opened before it is given: a file that is not there is told here, not in the middle of the stream.
      const file = await open(folder.objectPath(key), "r").catch(absent);
      if (!file) throw new FileMissing();
      return file.createReadStream(range);
    },

    async write(key, content, options = {}) {
      const path = folder.objectPath(key);
      await folder.checkSpace(Buffer.isBuffer(content) ? content.length : 0);
      const temporary = await folder.temporary();
      try {
        const source = Buffer.isBuffer(content) ? Readable.from([content]) : content;
        const { sha256, bytes } = await receive(source, temporary, { maxBytes: options.maxBytes ?? maxBytes });
        await folder.writeHash(path, sha256);
        await folder.place(temporary, path);
        return { bytes, sha256 };
      } catch (cause) {
        await rm(temporary, { force: true });
        throw outage(cause);
      }
    },

    async signDownload(key, options) {
      checkSeconds(options.seconds);
      folder.objectPath(key);
      const terms = { type: options.contentType, disposition: dispositionOf(options) };
      return addresses.sign({ method: "GET", key, terms }, inSeconds(options.seconds));
    },

    async move(from, to) {
      const stat = await folder.stat(from);
      if (!stat) {
        if (await folder.stat(to)) return;
        throw new FileMissing();
      }
      if (stat.sha256) await folder.writeHash(folder.objectPath(to), stat.sha256);
      await folder.place(folder.objectPath(from), folder.objectPath(to));
      await folder.remove(folder.objectPath(from));
    },

    async copy(from, to) {
      const stat = await folder.stat(from);
      if (!stat) throw new FileMissing();
      const temporary = await folder.temporary();
      await copyFile(folder.objectPath(from), temporary);
      const file = await open(temporary, "r+");
      await file.sync().finally(() => file.close());
      if (stat.sha256) await folder.writeHash(folder.objectPath(to), stat.sha256);
      await folder.place(temporary, folder.objectPath(to));
    },

    async remove(key) {
      await folder.remove(folder.objectPath(key));
    },
  };
  return { files, door: diskDoor(folder, addresses) };

  /** Once an hour at most, beside the work; what fails now is tried again then. */
  function sweepNowAndThen(): void {
    if (performance.now() < nextSweep) return;
    nextSweep = performance.now() + 3600_000;
    folder.sweep(Date.now()).catch(() => {});
  }

  function inSeconds(seconds: number): Date {
    return new Date(now() + seconds * 1000);
  }

  function single(order: UploadOrder): UploadPlan {
    const { key, bytes, sha256, contentType } = order;
    const expiresAt = inSeconds(order.seconds);
    const url = addresses.sign(
      { method: "PUT", key, terms: { bytes: String(bytes), sha256, type: contentType } },
      expiresAt,
    );
    return { kind: "single", uploadId: null, method: "PUT", url, headers: { "content-type": contentType }, expiresAt };
  }

  function parted(order: UploadOrder, uploadId: string, here: ReadonlyMap<number, number>): UploadPlan {
    const expiresAt = inSeconds(order.seconds);
    const type = "application/octet-stream";
    const parts = partsOf(order.bytes, partBytes).map((part) => {
      const terms = { upload: uploadId, part: String(part.number), bytes: String(part.bytes), type };
      const url = addresses.sign({ method: "PUT", key: order.key, terms }, expiresAt);
      return { ...part, url, headers: { "content-type": type }, received: here.get(part.number) === part.bytes };
    });
    return { kind: "parts", uploadId, method: "PUT", partBytes, parts, expiresAt };
  }

  /** Sizes of what is here, by number: begun under another size of parts, a part is none of ours and comes again. */
  async function receivedParts(key: string, uploadId: string): Promise<Map<number, number>> {
    const path = folder.uploadPath(uploadId);
    if ((await readFile(join(path, "key"), "utf8").catch(absent)) !== key) throw new UploadRefused("unknown");
    const names = await readdir(path);
    const numbers = names.filter((name) => /^\d+$/.test(name));
    return new Map(
      await Promise.all(numbers.map(async (name) => [Number(name), (await stat(join(path, name))).size] as const)),
    );
  }

  /** Joins the parts into one new file: a part that is still being sent again cannot reach into what was checked. */
  async function joinParts(order: UploadOrder, uploadId: string): Promise<void> {
    const parts = partsOf(order.bytes, partBytes);
    const received = await receivedParts(order.key, uploadId);
    if (parts.some((part) => received.get(part.number) !== part.bytes)) throw new UploadRefused("incomplete");
    const path = folder.uploadPath(uploadId);
    const temporary = await folder.temporary();
    try {
      const { bytes, sha256 } = await receive(inOrder(path, parts.length), temporary, { maxBytes: order.bytes + 1 });
      if (bytes !== order.bytes || sha256 !== order.sha256) {
        await forget(uploadId);
        throw new UploadRefused(bytes === order.bytes ? "hash" : "length");
      }
      await folder.writeHash(folder.objectPath(order.key), sha256);
      await folder.place(temporary, folder.objectPath(order.key));
    } catch (cause) {
      await rm(temporary, { force: true });
      throw outage(cause);
    }
  }

  async function forget(uploadId: string): Promise<void> {
    await rm(folder.uploadPath(uploadId), { recursive: true, force: true });
  }
}

function inOrder(path: string, count: number): Readable {
  return Readable.from(
    (async function* () {
      for (let number = 1; number <= count; number++) yield* createReadStream(join(path, String(number)));
    })(),
  );
}

/** A full or broken disk is an outage; the rest is thrown as it is. */
function outage(cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (!code || !["ENOSPC", "EDQUOT", "EIO", "EROFS"].includes(code)) return cause;
  return new GatewayError("files", `disk: ${code}`, { cause, retryAfter: 60 });
}
