import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { offlineProblem, Problem } from "../src/api/problem";
import type { Material, UploadPlan } from "../src/api/types";
import { fileSha256 } from "../src/draft/checksum";
import type { Upload } from "../src/draft/upload";
import { UploadQueue, type UploadQueueMeans } from "../src/draft/upload-queue";
import { storage } from "../src/platform/storage";

const PART = 100;
type Weather = "fine" | "lost" | "answer lost";

/** The court's store: parts arrive under signed addresses that die with every new plan; `complete` wants all of them. */
class FileStore {
  readonly parts = new Map<number, Buffer>();
  created = 0;
  completed = 0;
  puts = 0;
  private readonly size: number;
  private generation = 0;

  constructor(size: number) {
    this.size = size;
  }

  plan(): UploadPlan {
    this.generation++;
    const count = Math.ceil(this.size / PART);
    const parts = Array.from({ length: count }, (_, i) => ({
      number: i + 1,
      offset: i * PART,
      bytes: Math.min(PART, this.size - i * PART),
      url: `https://store/${this.generation}/${i + 1}`,
      headers: {},
      received: this.parts.has(i + 1),
    }));
    return { method: "PUT", partBytes: PART, parts, expiresAt: "" };
  }

  put(url: string, bytes: ArrayBuffer): number {
    const [generation, number] = url.split("/").slice(-2).map(Number);
    if (generation !== this.generation) return 403;
    this.puts++;
    this.parts.set(number!, Buffer.from(bytes));
    return 200;
  }

  bytes(): Buffer {
    return Buffer.concat([...this.parts].sort(([a], [b]) => a - b).map(([, part]) => part));
  }
}

function world(file: Buffer, weather: () => Weather) {
  const store = new FileStore(file.length);
  const kept = new Map([["f1", file]]);
  const material = { id: "m1" } as Material;
  const keys = new Set<string>();
  const travel = async <T>(run: () => T): Promise<T> => {
    await Promise.resolve();
    const now = weather();
    if (now === "lost") throw offlineProblem();
    const answer = run();
    if (now === "answer lost") throw offlineProblem();
    return answer;
  };
  const read = (ref: string, offset: number, length: number) => {
    const bytes = kept.get(ref)!.subarray(offset, offset + length);
    return Promise.resolve(new Uint8Array(bytes).buffer as ArrayBuffer);
  };
  const means: UploadQueueMeans = {
    storage,
    filingId: () => Promise.resolve("1"),
    hash: (each) => fileSha256(each.bytes, (offset, length) => read(each.ref, offset, length)),
    create: (_id, upload) =>
      travel(() => {
        if (!keys.has(upload.key)) store.created++;
        keys.add(upload.key);
        return { material, upload: store.plan() };
      }),
    resume: () => travel(() => store.plan()),
    complete: () =>
      travel(() => {
        if (!store.bytes().equals(file)) throw new Problem(422, { title: "文件不完整" });
        store.completed++;
        return material;
      }),
    read,
    put: (url, _headers, bytes) => travel(() => store.put(url, bytes)).catch(() => 0),
    dropFile: (ref) => Promise.resolve(void kept.delete(ref)),
    after: () => () => {},
  };
  return { store, kept, means };
}

function uploadOf(file: Buffer): Upload {
  const kept = { ref: "f1", name: "借条.jpg", contentType: "image/jpeg", bytes: file.length };
  return {
    id: "u1",
    draftId: "d1",
    file: kept,
    kind: "evidence",
    purpose: "",
    key: "k1",
    sha256: null,
    materialId: null,
    state: "queued",
    sent: 0,
    problem: "",
  };
}

test("the checksum read in pieces is the checksum of the whole", async () => {
  for (const size of [0, 1, 55, 56, 64, 1_200_000]) {
    const file = randomBytes(size);
    const hash = await fileSha256(size, (offset, length) =>
      Promise.resolve(new Uint8Array(file.subarray(offset, offset + length)).buffer as ArrayBuffer),
    );
    expect(hash).toBe(createHash("sha256").update(file).digest("hex"));
  }
});

test("whatever the network does, with restarts, the file arrives whole and no part is sent twice for nothing", async () => {
  const weathers = fc.array(fc.constantFrom<Weather>("fine", "fine", "lost", "answer lost"), { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 650 }),
      weathers,
      fc.array(fc.boolean()),
      async (size, weather, restarts) => {
        const file = randomBytes(size);
        const sky = [...weather];
        const { store, kept, means } = world(file, () => sky.shift() ?? "fine");
        const arrived: string[] = [];
        const start = () =>
          new UploadQueue(
            "d1",
            means,
            () => {},
            (_upload, material) => void arrived.push(material.id),
          );
        let queue = start();
        queue.add(uploadOf(file));
        for (let i = 0; i < 40 && arrived.length === 0; i++) {
          await queue.run();
          if (restarts[i]) queue = start();
        }
        expect(arrived).toEqual(["m1"]);
        expect(store.bytes().equals(file)).toBe(true);
        expect(store.created).toBe(1);
        expect(store.puts).toBeLessThanOrEqual(Math.ceil(size / PART) + weather.length);
        expect(kept.size).toBe(0);
        expect(storage.keys("upload:")).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

test("a file the court refuses waits for the person and does not hold up the next one", async () => {
  const file = randomBytes(50);
  const { kept, means } = world(file, () => "fine");
  kept.set("f2", file);
  const honest = means.create;
  means.create = (id, upload) =>
    upload.id === "u1"
      ? Promise.reject(new Problem(415, { title: "这种文件不能上传", detail: "请换成图片或 PDF。" }))
      : honest(id, upload);
  const arrived: string[] = [];
  const queue = new UploadQueue(
    "d1",
    means,
    () => {},
    (upload) => void arrived.push(upload.id),
  );
  queue.add(uploadOf(file));
  queue.add({ ...uploadOf(file), id: "u2", file: { ...uploadOf(file).file, ref: "f2" }, key: "k2" });
  await queue.run();
  expect(arrived).toEqual(["u2"]);
  expect(queue.uploads.map((each) => [each.id, each.state, each.problem])).toEqual([
    ["u1", "failed", "这种文件不能上传。请换成图片或 PDF。"],
  ]);
  await queue.cancel("u1");
  expect(queue.uploads).toEqual([]);
});
