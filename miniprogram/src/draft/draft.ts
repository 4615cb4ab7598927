import { shallowReactive } from "vue";
import { createFiling, getFiling, sendEdits } from "@/api/filings";
import { combineMaterials, deleteMaterial, orderMaterials } from "@/api/materials";
import type { Conflict, Content, Filing, Material, MaterialKind } from "@/api/types";
import type { KeptFile } from "@/platform";
import { storage } from "@/platform/storage";
import { newIdempotencyKey, newKey } from "@/values/keys";
import { EditQueue, type SyncState } from "./edit-queue";
import { isWithin, related } from "./pointer";
import { type DraftRecord, readRecord, removeRecord, writeRecord } from "./record";
import type { Upload } from "./upload";
import { after, uploadMeans } from "./upload-means";
import { UploadQueue } from "./upload-queue";

/** What the pages draw. Replaced part by part, so that Vue sees every change. */
export interface DraftView {
  content: Content;
  courtCode: string | null;
  courtName: string;
  causeName: string;
  sync: SyncState;
  problem: string;
  /** False when the phone has no room for it. */
  stored: boolean;
  conflicts: Conflict[];
  rejected: Record<string, { value: unknown; message: string }>;
  filing: Filing | null;
  /** When help that runs now is over, by this phone's clock. */
  helpEndsAt: number | null;
  /** Help was ended: this phone has nothing more to do with the draft. */
  helpOver: boolean;
  /** The draft is somebody else's, and this person helps them. */
  helping: boolean;
  materials: Material[];
  uploads: Upload[];
}

/** One filing being written on this phone: its edits, its files, and what the server last said of it. */
export class Draft {
  readonly view: DraftView;
  private readonly record: DraftRecord;
  private readonly queue: EditQueue;
  private readonly files: UploadQueue;
  /** What was put in on this phone since the app was opened. */
  private readonly added = new Set<string>();
  private readonly arrivals = new Map<string, Material>();

  constructor(record: DraftRecord) {
    this.record = record;
    this.queue = new EditQueue(
      record,
      { storage, createFiling, sendEdits, newKey: newIdempotencyKey, after, random: Math.random },
      () => this.publish(),
    );
    this.files = new UploadQueue(
      record.id,
      uploadMeans("filings", async () => {
        if (!record.filingId) await this.queue.flush();
        return record.filingId;
      }),
      () => this.publish(),
      (upload, material) => this.arrived(upload, material),
    );
    this.view = shallowReactive({ filing: null, helpEndsAt: null, helpOver: false, materials: [], ...this.shown() });
  }

  get id(): string {
    return this.record.id;
  }
  get filingId(): string | null {
    return this.record.filingId;
  }

  edit(path: string, value: unknown): void {
    // A field that loses the focus when its screen is taken away still reports what it held.
    if (this.view.helpOver) return;
    if (value !== null && typeof value === "object" && "key" in value) this.added.add(path);
    this.queue.edit(path, value);
    this.publish();
  }

  /** Chooses the court; `name` is for the screen until the server knows the filing. */
  chooseCourt(code: string, name: string): void {
    this.record.courtName = name;
    this.edit("/courtCode", code);
    void this.queue.flush();
  }

  chooseCause(code: string, name: string, formId: string | null): void {
    this.record.causeName = name;
    this.edit("/causeCode", code);
    this.edit("/formId", formId);
  }

  /** Another window wrote this draft. */
  reload(): void {
    const stored = readRecord(storage, this.record.id);
    if (stored) this.queue.reload(stored);
  }

  /** Sends what is unsent; true when the server has everything. */
  async flush(): Promise<boolean> {
    await this.queue.flush();
    void this.files.run();
    return this.queue.sync === "synced";
  }

  /** The line or the app is back: what is unsent sets out again. */
  async resume(): Promise<void> {
    await this.queue.resume();
    void this.files.run();
  }

  resolve(path: string, choice: "mine" | "theirs"): void {
    this.queue.resolve(path, choice);
  }

  mine(path: string): unknown {
    return this.queue.mine(path);
  }

  /** Asks the server for the filing; throws the problem. What is unsent here stays on top. */
  async refresh(): Promise<void> {
    if (!this.record.filingId) return;
    this.take(await getFiling(this.record.filingId));
  }

  /** Takes in a filing the server has just answered. */
  take(filing: Filing): void {
    const { help = null } = filing;
    this.queue.adopt(filing);
    Object.assign(this.record, {
      helping: help?.mine === true,
      courtName: filing.court.name,
      causeName: filing.cause?.name ?? this.record.causeName,
    });
    writeRecord(storage, this.record);
    const helpEndsAt = help ? Date.now() + help.secondsLeft * 1000 : null;
    Object.assign(this.view, { filing, helpEndsAt, materials: filing.materials });
    this.publish();
  }

  /** Whether the person may change the place just now: everything in a draft, in a correction what the court named. */
  mayEdit(path: string): boolean {
    const { filing } = this.view;
    if (!filing) return true;
    if (!filing.editable) return false;
    if (filing.help?.ownersAlone.some((each) => related(each, path))) return false;
    return filing.editablePointers === null || filing.editablePointers.some((each) => related(each, path));
  }

  /** Whether a person, an agent or a claim may be taken out: who helps takes out what they have put in. */
  mayRemove(path: string): boolean {
    return this.mayEdit(path) && (!this.helping || [...this.added].some((each) => isWithin(path, each)));
  }

  /** The draft is somebody else's, and this person helps them. */
  get helping(): boolean {
    return this.record.helping === true;
  }

  /** Help is over: nothing of somebody else's draft stays on this phone. */
  endHelping(): void {
    // Without a filing nothing sets out any more, and nothing is written down again.
    Object.assign(this.record, { pending: [], inflight: null, filingId: null, create: null });
    removeRecord(storage, this.record.id);
    this.view.helpOver = true;
  }

  addFile(file: KeptFile, kind: MaterialKind, purpose = ""): Upload {
    const upload: Upload = {
      id: newKey("u"),
      draftId: this.record.id,
      file,
      kind,
      purpose,
      key: newIdempotencyKey(),
      sha256: null,
      materialId: null,
      state: "queued",
      sent: 0,
      problem: "",
    };
    this.files.add(upload);
    return upload;
  }

  /** Resolves when the file is with the court, or with null when it stopped or was taken away. */
  async fileArrival(uploadId: string): Promise<Material | null> {
    await this.files.run();
    return this.arrivals.get(uploadId) ?? null;
  }

  retryFile(id: string): void {
    this.files.retry(id);
  }
  cancelFile(id: string): Promise<void> {
    return this.files.cancel(id);
  }

  async removeMaterial(id: string): Promise<void> {
    await deleteMaterial(id);
    this.view.materials = this.view.materials.filter((each) => each.id !== id);
  }

  /** Several photographs become one document, in the order they stand in. */
  async combineMaterials(pictures: readonly Material[], key: string): Promise<void> {
    const [first] = pictures;
    if (!this.record.filingId || !first) return;
    const ids = pictures.map(({ id }) => id);
    const name = `${first.name.replace(/\.[A-Za-z]{3,4}$/, "")}等${pictures.length}张.pdf`;
    const made = await combineMaterials(
      this.record.filingId,
      { ids, name, kind: first.kind, purpose: first.purpose },
      key,
    );
    this.view.materials = [...this.view.materials.filter((each) => !ids.includes(each.id)), made];
  }

  async orderMaterials(ids: string[]): Promise<void> {
    if (this.record.filingId) this.view.materials = (await orderMaterials(this.record.filingId, ids)).items;
  }

  replaceMaterial(material: Material): void {
    this.view.materials = this.view.materials.map((each) => (each.id === material.id ? material : each));
  }

  private arrived(upload: Upload, material: Material): void {
    this.arrivals.set(upload.id, material);
    this.view.materials = [...this.view.materials.filter((each) => each.id !== material.id), material];
  }

  private publish(): void {
    // The queues report once while they are being built.
    if (this.view) Object.assign(this.view, this.shown());
  }

  private shown() {
    const { record, queue, files } = this;
    const { courtCode, courtName, causeName, conflicts } = record;
    const uploads = files.uploads.map((upload) => ({ ...upload }));
    const rejected = { ...record.rejected };
    return {
      content: queue.content(),
      courtCode,
      courtName,
      causeName,
      conflicts,
      rejected,
      uploads,
      sync: queue.sync,
      problem: queue.problem,
      stored: queue.stored,
      helping: record.helping === true,
    };
  }
}
