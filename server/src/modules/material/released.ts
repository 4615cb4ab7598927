import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { FileMissing } from "#gateways/files/port.ts";
import type { Means } from "#modules/module.ts";
import { spool } from "./spool.ts";
import { readMaterial } from "./store.ts";
import { openEntry, readZip } from "./zip.ts";

/** The parts of an office file that passed its examination, one by one. */
export interface Parts {
  readonly names: readonly string[];
  /** How many bytes come out of a part; 0 where there is none. */
  size(name: string): number;
  /** Null where there is no such part. What comes out is counted against what was announced. */
  open(name: string): Readable | null;
}

/** Lays a released office file down for as long as `use` takes. Throws `FileMissing` where it was not released. */
export async function readParts<T>(means: Means, materialId: string, use: (parts: Parts) => Promise<T>): Promise<T> {
  const material = await readMaterial(means, materialId);
  if (material?.state !== "ready") throw new FileMissing();
  const source = await means.gateways.files.read(material.sealedKey);
  return spool(source, material.bytes, async ({ path, bytes }) => {
    const file = await open(path, "r");
    try {
      return await use(await partsOf(file, path, bytes));
    } finally {
      await file.close();
    }
  });
}

async function partsOf(file: FileHandle, path: string, bytes: number): Promise<Parts> {
  const entries = new Map((await readZip(file, bytes)).map((entry) => [entry.name, entry]));
  return {
    names: [...entries.keys()],
    size: (name) => entries.get(name)?.size ?? 0,
    open(name) {
      const entry = entries.get(name);
      return entry ? openEntry(path, entry) : null;
    },
  };
}
