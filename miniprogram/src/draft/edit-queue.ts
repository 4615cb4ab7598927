import type { NewFiling } from "@/api/filings";
import { Problem } from "@/api/problem";
import type { Conflict, Content, Edit, Filing } from "@/api/types";
import { addEdit, mergePending, overlay, rebase, sameValue } from "./pending";
import { goneElement, isWithin, related, valueAt, withValue } from "./pointer";
import type { QueueMeans, SyncState } from "./queue-means";
import { type DraftRecord, hasUnsent, writeRecord } from "./record";
import { explainRefusal } from "./refusal";

export type { QueueMeans, SyncState } from "./queue-means";

const QUIET_MS = 1200;
const BATCH_EDITS = 100;
const LONGEST_WAIT_MS = 60_000;

/**
 * The edits of one draft on their way to the server. Every edit is on the phone before `edit` returns; it reaches the
 * server once, in order, through lost answers, dead networks and restarts; what the server refuses stays visible.
 */
export class EditQueue {
  sync: SyncState;
  problem = "";
  /** False when the phone had no room for the last thing written: it lives in this page only until it is sent. */
  stored = true;
  private readonly record: DraftRecord;
  private readonly means: QueueMeans;
  private readonly changed: () => void;
  private running: Promise<void> | null = null;
  private callOff: (() => void) | null = null;
  private failures = 0;
  private oneByOne = false;

  constructor(record: DraftRecord, means: QueueMeans, changed: () => void = () => {}) {
    this.record = record;
    this.means = means;
    this.changed = changed;
    this.sync = this.standing();
  }

  /** The draft as the person sees it: the server's content, and over it everything still under way or refused. */
  content(): Content {
    const { content, inflight, pending, rejected } = this.record;
    const refused = Object.entries(rejected).map(([path, { value }]) => ({ path, value, baseVersion: 0 }));
    return overlay(overlay(overlay(content, inflight?.edits ?? []), pending), refused);
  }

  /** Notes an edit: stored at once, sent after a short quiet. */
  edit(path: string, value: unknown): void {
    const { record } = this;
    if (path === "/courtCode") this.chooseCourt(value as string);
    for (const refused of Object.keys(record.rejected)) if (related(refused, path)) delete record.rejected[refused];
    record.pending = addEdit(record.pending, { path, value, baseVersion: record.version });
    if (this.sync !== "conflict" && this.sync !== "stopped") this.sync = "saved";
    this.save();
    this.later(QUIET_MS);
  }

  /** Takes in a fresh answer of the server; edits under way stay on top of it. */
  adopt(filing: Filing): void {
    // An answer is on its way that knows better what became of the batch.
    if (filing.version < this.record.version || this.record.inflight) return;
    this.receive(filing.version, filing.content);
    this.record.courtCode = filing.court.code;
    this.save();
  }

  /** Another window of this browser wrote the draft: what it stored is what counts, and holds all that was written here. */
  reload(stored: DraftRecord): void {
    Object.assign(this.record, stored);
    if (!this.running && this.sync !== "stopped") this.sync = this.standing();
    this.changed();
  }

  /** The line or the app is back: how often it failed before says nothing any more. */
  resume(): Promise<void> {
    this.failures = 0;
    return this.flush();
  }

  /** Sends everything there is to send now. Never throws: what went wrong is in `sync` and `problem`. */
  async flush(): Promise<void> {
    this.callOff?.();
    do {
      this.running ??= this.run().finally(() => {
        this.running = null;
        this.changed();
      });
      await this.running;
      // Something was typed in the moment between "all sent" and the end of the run.
    } while (this.sync === "saved" && this.hasWork());
  }

  /** The person's choice for one place changed on both sides. After the last one the sending goes on. */
  resolve(path: string, choice: "mine" | "theirs"): void {
    const conflict = this.record.conflicts.find((each) => each.path === path);
    if (!conflict) return;
    this.settle(conflict, choice);
    this.record.conflicts = this.record.conflicts.filter((each) => each !== conflict);
    if (this.record.conflicts.length === 0) this.sync = "saved";
    this.save();
    if (this.record.conflicts.length === 0) void this.flush();
  }

  /** What the person wrote at a place in conflict. */
  mine(path: string): unknown {
    return valueAt(this.content(), path);
  }

  private async run(): Promise<void> {
    const { record } = this;
    for (let rounds = 0; rounds < 1000; rounds++) {
      if (this.sync === "stopped") return;
      if (record.conflicts.length > 0) return this.show("conflict");
      try {
        if (!record.filingId) {
          if (!record.create) return this.show("saved");
          this.show("sending");
          await this.create(record.create);
        } else if (this.hasWork()) {
          this.show("sending");
          await this.sendBatch(record.filingId);
        } else {
          this.oneByOne = false;
          return this.show("synced");
        }
        this.failures = 0;
      } catch (error) {
        if (!this.recover(error)) return;
      }
    }
  }

  /** The filing is created on the server once a court is chosen; a court the server refused is asked for anew. */
  private chooseCourt(courtCode: string): void {
    const { record } = this;
    record.courtCode = courtCode;
    if (record.filingId || (record.create && this.sync !== "stopped")) return;
    record.create = { body: { courtCode }, key: this.means.newKey() };
    this.sync = "saved";
  }

  private standing(): SyncState {
    const { record } = this;
    if (record.conflicts.length > 0) return "conflict";
    return hasUnsent(record) || !record.filingId ? "saved" : "synced";
  }

  private hasWork(): boolean {
    const { filingId, create, pending, inflight } = this.record;
    return filingId ? pending.length > 0 || inflight !== null : create !== null;
  }

  private async create(create: { body: NewFiling; key: string }): Promise<void> {
    const filing = await this.means.createFiling(create.body, create.key);
    const { record } = this;
    Object.assign(record, { filingId: filing.id, version: filing.version, content: filing.content, create: null });
    record.pending = record.pending.map((edit) => ({ ...edit, baseVersion: filing.version }));
    this.save();
  }

  private async sendBatch(filingId: string): Promise<void> {
    const { record } = this;
    if (!record.inflight) {
      const count = this.oneByOne ? 1 : BATCH_EDITS;
      record.inflight = { key: this.means.newKey(), edits: record.pending.slice(0, count) };
      record.pending = record.pending.slice(count);
      this.save();
    }
    const { key, edits } = record.inflight;
    const answer = await this.means.sendEdits(filingId, edits, key);
    // Another window has heard the same answer, and has written it down.
    if (record.inflight?.key !== key) return;
    record.pending = rebase(record.pending, edits, answer.version);
    this.receive(answer.version, answer.content);
    record.inflight = null;
    for (const { path, message } of answer.refused ?? []) {
      const refused = edits.find((edit) => edit.path === path);
      // Whatever was typed there since has its own chance.
      const retyped = record.pending.some((edit) => related(edit.path, path));
      if (refused && !retyped) record.rejected[path] = { value: refused.value, message };
    }
    this.save();
  }

  /**
   * The server's latest word becomes the ground. Whoever was taken out elsewhere while something about them was being
   * typed here goes along whole in the waiting edit: the person is asked about them, and nothing of them is lost.
   */
  private receive(version: number, content: Content): void {
    const { record } = this;
    const before = this.content();
    for (const { path, baseVersion } of record.pending) {
      const gone = goneElement(content, path);
      const kept = gone === null || gone === path ? undefined : valueAt(before, gone);
      if (gone && kept !== undefined)
        record.pending = addEdit(record.pending, { path: gone, value: kept, baseVersion });
    }
    Object.assign(record, { version, content });
  }

  /** Decides what a failure means; true when sending may go on at once. */
  private recover(error: unknown): boolean {
    const refusal = explainRefusal(error, this.record.inflight?.edits ?? []);
    this.problem = error instanceof Problem ? error.message : "";
    switch (refusal.kind) {
      case "later":
        this.show("offline");
        this.later(Math.max(refusal.afterMs, this.backoff()));
        return false;
      case "signin":
        this.show("signin");
        return false;
      case "conflict":
        this.takeBack();
        this.receive(refusal.version, refusal.content);
        for (const conflict of refusal.conflicts) this.meet(conflict);
        this.save();
        // The same place fought over by two machines: not faster than the person could see it.
        if (++this.failures < 5) return true;
        this.show("offline");
        this.later(this.backoff());
        return false;
      case "refused":
        this.takeBack();
        for (const { path, message } of refusal.fields) this.refuse(path, message);
        this.save();
        return true;
      case "split":
        this.takeBack();
        this.oneByOne = true;
        return true;
      case "stopped":
        this.problem = refusal.message;
        this.show("stopped");
        return false;
    }
  }

  /** The batch was not applied: its edits wait again, under the newer ones. */
  private takeBack(): void {
    const { record } = this;
    record.pending = mergePending(record.inflight?.edits ?? [], record.pending);
    record.inflight = null;
  }

  private meet(conflict: Conflict): void {
    if (sameValue(conflict.theirs, this.mine(conflict.path))) this.settle(conflict, "mine");
    else this.record.conflicts = [...this.record.conflicts.filter((each) => each.path !== conflict.path), conflict];
  }

  private settle(conflict: Conflict, choice: "mine" | "theirs"): void {
    const { record } = this;
    const concerns = (edit: Edit) => related(edit.path, conflict.path);
    const around = record.pending.find(({ path }) => path !== conflict.path && isWithin(conflict.path, path));
    if (around) {
      // Somebody taken out elsewhere meanwhile goes along whole: the choice is made inside, and the person is still asked about them.
      const value =
        choice === "mine"
          ? around.value
          : withValue({ value: around.value }, `/value${conflict.path.slice(around.path.length)}`, conflict.theirs)
              .value;
      record.pending = record.pending.map((edit) => (edit === around ? { ...around, value } : edit));
    } else if (choice === "mine") {
      // The whole place as it stands here: of somebody taken out elsewhere, a field alone could not bring them back.
      const value = this.mine(conflict.path) ?? null;
      const rest = record.pending.filter((edit) => !concerns(edit));
      record.pending = [...rest, { path: conflict.path, value, baseVersion: conflict.version }];
    } else {
      record.pending = record.pending.filter((edit) => !concerns(edit));
    }
  }

  private refuse(path: string, message: string): void {
    const edit = this.record.pending.find((each) => isWithin(path, each.path));
    if (!edit) return;
    this.record.rejected[edit.path] = { value: edit.value, message };
    this.record.pending = this.record.pending.filter((each) => each !== edit);
  }

  private backoff(): number {
    const longest = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.failures++);
    return longest / 2 + (this.means.random() * longest) / 2;
  }

  private later(ms: number): void {
    this.callOff?.();
    this.callOff = this.means.after(ms, () => void this.flush());
  }

  private show(sync: SyncState): void {
    this.sync = sync;
    if (sync === "synced" || sync === "sending") this.problem = "";
    this.changed();
  }

  private save(): void {
    this.record.savedAt = new Date().toISOString();
    try {
      writeRecord(this.means.storage, this.record);
      this.stored = true;
    } catch {
      this.stored = false;
    }
    this.changed();
  }
}
