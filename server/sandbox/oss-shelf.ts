import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

export interface Shelved {
  readonly path: string;
  readonly bytes: number;
  readonly etag: string;
  readonly contentType: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly modifiedAt: Date;
}

export interface Unfinished {
  readonly key: string;
  readonly contentType: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly parts: Map<number, Taken>;
}

export interface Taken {
  readonly path: string;
  readonly bytes: number;
  readonly md5: string;
}

/** What the store holds: bytes in files of a folder, all else in memory. */
export function ossShelf(folder: string, now: () => number) {
  const objects = new Map<string, Shelved>();
  const uploads = new Map<string, Unfinished>();
  const newPath = () => join(folder, randomBytes(12).toString("hex"));

  return {
    objects: objects as ReadonlyMap<string, Shelved>,
    uploads,
    newUploadId: () => randomBytes(16).toString("hex").toUpperCase(),

    /** Takes a body to its end; one that breaks off leaves nothing. */
    async take(source: Readable): Promise<Taken> {
      await mkdir(folder, { recursive: true });
      const path = newPath();
      const hash = createHash("md5");
      let bytes = 0;
      const file = await open(path, "wx");
      try {
        for await (const chunk of source as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          hash.update(chunk);
          await file.writeFile(chunk);
        }
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      return { path, bytes, md5: hash.digest("hex").toUpperCase() };
    },

    discard: (taken: Taken) => rm(taken.path, { force: true }),

    async put(
      key: string,
      taken: Taken,
      facts: { contentType: string; meta: Record<string, string>; etag?: string },
    ): Promise<Shelved> {
      await this.remove(key);
      const path = newPath();
      await rename(taken.path, path);
      const { contentType, meta, etag = taken.md5 } = facts;
      const shelved = { path, bytes: taken.bytes, etag, contentType, meta, modifiedAt: new Date(now()) };
      objects.set(key, shelved);
      return shelved;
    },

    async copy(from: Shelved, key: string): Promise<Shelved> {
      const path = newPath();
      await copyFile(from.path, path);
      await this.remove(key);
      const shelved = { ...from, path, modifiedAt: new Date(now()) };
      objects.set(key, shelved);
      return shelved;
    },

    /** Joins the parts in the order given. */
    async join(key: string, upload: Unfinished, parts: readonly Taken[]): Promise<Shelved> {
      const source = Readable.from(
        (async function* () {
          for (const part of parts) yield* createReadStream(part.path);
        })(),
      );
      const taken = await this.take(source);
      const digest = createHash("md5")
        .update(Buffer.concat(parts.map((part) => Buffer.from(part.md5, "hex"))))
        .digest("hex")
        .toUpperCase();
      return this.put(key, taken, {
        contentType: upload.contentType,
        meta: { ...upload.meta },
        etag: `${digest}-${parts.length}`,
      });
    },

    async remove(key: string): Promise<void> {
      const known = objects.get(key);
      objects.delete(key);
      if (known) await rm(known.path, { force: true });
    },

    async abort(uploadId: string): Promise<void> {
      const upload = uploads.get(uploadId);
      uploads.delete(uploadId);
      for (const part of upload?.parts.values() ?? []) await rm(part.path, { force: true });
    },
  };
}

export type OssShelf = ReturnType<typeof ossShelf>;
