import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { GatewayError } from "../gateway-error.ts";
import { FILE_KEY, type FileStat } from "./port.ts";

const RESERVE_BYTES = 1024 ** 3;
const RESERVE_SHARE = 0.1;
const DAY_MS = 24 * 3600_000;

/**
 * The folder: `objects/` holds finished files, `uploads/` those in parts, `tmp/` what is being written. A file appears
 * under its name only when it is whole and on the disk (written aside, synced, renamed, folder synced).
 */
export function diskFolder(root: string) {
  const temporary = join(root, "tmp");

  return {
    objectPath: (key: string) => inside(root, "objects", key),
    uploadPath: (uploadId: string) => {
      if (!/^[0-9a-f]{40}$/.test(uploadId)) throw new RangeError("not an upload id");
      return join(root, "uploads", uploadId);
    },

    /** A new file nobody else writes to. */
    async temporary(): Promise<string> {
      await ensureFolder(temporary);
      return join(temporary, randomBytes(16).toString("hex"));
    },

    /** Puts a written and synced file in its place; when this returns, it survives a power cut. */
    async place(from: string, to: string): Promise<void> {
      await ensureFolder(dirname(to));
      await rename(from, to);
      await syncFolder(dirname(to));
    },

    /** Stands beside the object; written before it, so that a file which is there has its hash. */
    async writeHash(objectPath: string, sha256: string): Promise<void> {
      const path = await this.temporary();
      await writeSynced(path, sha256);
      await this.place(path, hashPath(objectPath));
    },

    async stat(key: string): Promise<FileStat | null> {
      const path = this.objectPath(key);
      const found = await stat(path).catch(absent);
      if (!found?.isFile()) return null;
      const sha256 = await readFile(hashPath(path), "utf8").catch(absent);
      return sha256 ? { bytes: found.size, sha256 } : { bytes: found.size };
    },

    async remove(path: string): Promise<void> {
      await rm(path, { force: true });
      await rm(hashPath(path), { force: true });
      await syncFolder(dirname(path)).catch(absent);
    },

    /** Frees what crashes and people who never came back have left: temporary files of a day, uploads of thirty days. */
    async sweep(at: number): Promise<void> {
      await sweepFolder(temporary, at - DAY_MS);
      await sweepFolder(join(root, "uploads"), at - 30 * DAY_MS);
    },

    /** Throws while the disk is nearly full (a tenth, at most 1 GiB, is kept free), before the database suffers. */
    async checkSpace(bytes = 0): Promise<void> {
      await ensureFolder(root);
      const disk = await statfs(root);
      const free = disk.bavail * disk.bsize - bytes;
      if (free < Math.min(RESERVE_BYTES, disk.blocks * disk.bsize * RESERVE_SHARE)) {
        throw new GatewayError("files", "the disk is nearly full", { retryAfter: 60 });
      }
    },
  };
}

export type DiskFolder = ReturnType<typeof diskFolder>;

export const hashPath = (objectPath: string) => `${objectPath}.sha256`;

/** Writes and syncs one small file. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function ensureFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (!first) return;
  // Every folder that was made is a line in the one above it, which must be on the disk as well.
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) await syncFolder(dirname(folder));
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function sweepFolder(path: string, before: number): Promise<void> {
  const names = (await readdir(path).catch(absent)) ?? [];
  for (const name of names) {
    const found = await stat(join(path, name)).catch(absent);
    if (found && found.mtimeMs < before) await rm(join(path, name), { recursive: true, force: true });
  }
}

/** For `catch`: gives `null` where the file is not there, and throws everything else. */
export function absent(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
  throw error;
}

/** A key has no dots and no way up; the second look is there because the first one matters so much. */
function inside(root: string, area: string, key: string): string {
  if (!FILE_KEY.test(key)) throw new RangeError("not a file key");
  const folder = join(root, area);
  const path = join(folder, key);
  if (relative(folder, path).split(sep).includes("..")) throw new RangeError("not a file key");
  return path;
}
