import { Problem, sayProblem } from "@/api/problem";
import type { Material } from "@/api/types";
import type { Storage } from "@/platform/storage";
import { carryOn, type Upload, UploadFailed, type UploadMeans } from "./upload";

const PREFIX = "upload:";
const LONGEST_WAIT_MS = 60_000;

export interface UploadQueueMeans extends UploadMeans {
  storage: Storage;
  dropFile(ref: string): Promise<void>;
  after(ms: number, run: () => void): () => void;
}

/** The files of one draft, sent one after the other: on a thin line two at once only finish later, or never. */
export class UploadQueue {
  readonly uploads: Upload[];
  private readonly means: UploadQueueMeans;
  private readonly changed: () => void;
  private readonly arrived: (upload: Upload, material: Material) => void;
  private running: Promise<void> | null = null;
  private failures = 0;

  constructor(
    draftId: string,
    means: UploadQueueMeans,
    changed: () => void,
    arrived: (upload: Upload, material: Material) => void,
  ) {
    this.means = means;
    this.changed = changed;
    this.arrived = arrived;
    this.uploads = means.storage
      .keys(PREFIX)
      .flatMap((key) => means.storage.read<Upload>(key) ?? [])
      .filter((upload) => upload.draftId === draftId);
    for (const upload of this.uploads) if (upload.state !== "failed") upload.state = "queued";
  }

  add(upload: Upload): void {
    this.uploads.push(upload);
    this.store(upload);
    void this.run();
  }

  retry(id: string): void {
    const upload = this.uploads.find((each) => each.id === id);
    if (!upload) return;
    upload.state = "queued";
    this.store(upload);
    void this.run();
  }

  async cancel(id: string): Promise<void> {
    const upload = this.uploads.find((each) => each.id === id);
    if (upload) await this.forget(upload);
  }

  /** Sends what waits. Never throws; each upload tells its own state. */
  run(): Promise<void> {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async sendAll(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      try {
        const material = await carryOn(next, this.means, () => this.store(next as Upload));
        this.failures = 0;
        // Whoever deleted it on the way has its material back to delete.
        if (material) this.arrived(next, material);
        await this.forget(next);
      } catch (error) {
        if (this.stop(next, error)) return;
      }
    }
  }

  /** True when the whole queue has to wait. */
  private stop(upload: Upload, error: unknown): boolean {
    const later = error instanceof UploadFailed ? error.offline : error instanceof Problem && error.temporary;
    upload.problem = error instanceof UploadFailed ? error.message : sayProblem(error);
    upload.state = later ? "waiting" : "failed";
    this.store(upload);
    if (!later) return false;
    const wait = Math.min(LONGEST_WAIT_MS, 2000 * 2 ** this.failures++);
    this.means.after(wait, () => void this.run());
    for (const each of this.uploads) if (each.state === "waiting") each.state = "queued";
    upload.state = "waiting";
    this.changed();
    return true;
  }

  private next(): Upload | undefined {
    return this.uploads.find((each) => each.state === "queued" || each.state === "waiting");
  }

  private async forget(upload: Upload): Promise<void> {
    this.uploads.splice(this.uploads.indexOf(upload), 1);
    this.means.storage.remove(PREFIX + upload.id);
    this.changed();
    await this.means.dropFile(upload.file.ref).catch(() => {});
  }

  private store(upload: Upload): void {
    try {
      if (this.uploads.includes(upload)) this.means.storage.write(PREFIX + upload.id, upload);
    } catch {
      // No room on the phone: it goes on as long as the page is open.
    }
    this.changed();
  }
}
