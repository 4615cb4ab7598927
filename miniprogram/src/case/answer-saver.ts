import type { AnswerContent, AnswerItem, SubmissionDetail } from "@/api/case-types";
import { getSubmission, saveSubmission } from "@/api/cases";
import { Problem, sayProblem } from "@/api/problem";
import type { SyncState } from "@/draft/edit-queue";
import { storage } from "@/platform/storage";

const PAUSE_MS = 700;
const RETRY_MS = 8000;

interface Kept {
  content: AnswerContent;
  base: AnswerContent;
  version: number;
}

/** What both sides wrote since `base`: every item, and every field, is theirs who changed it; where both did, this phone's. */
export function merged(base: AnswerContent, mine: AnswerContent, theirs: AnswerContent): AnswerContent {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const of = (content: AnswerContent, key: string): AnswerItem | undefined =>
    content.items.find((item) => item.key === key);
  const keys = [...new Set([...mine.items, ...theirs.items].map((item) => item.key))];
  const items = keys
    .map((key) => (same(of(base, key), of(mine, key)) ? of(theirs, key) : of(mine, key)))
    .filter((item) => item !== undefined);
  const field = <K extends keyof AnswerContent>(key: K): AnswerContent[K] =>
    same(base[key], mine[key]) ? theirs[key] : mine[key];
  return { items, statement: field("statement"), mediation: field("mediation"), signature: field("signature") };
}

/** Keeps an answer on the phone with every key press and brings it to the court as soon as there is a network. */
export class AnswerSaver {
  readonly #id: string;
  readonly #tell: (sync: SyncState, problem: string) => void;
  #kept: Kept;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<boolean> | null = null;

  constructor(found: SubmissionDetail<AnswerContent>, tell: (sync: SyncState, problem: string) => void) {
    this.#id = found.id;
    this.#tell = tell;
    const left = storage.read<Kept>(this.#name);
    const base = left?.base ?? found.content;
    // What was typed where there was no network is newer than what the court has.
    const content = left ? merged(base, left.content, found.content) : found.content;
    this.#kept = { content, base: found.content, version: found.version };
    if (left) this.#later(0);
  }

  get content(): AnswerContent {
    return this.#kept.content;
  }
  get #name(): string {
    return `submission:${this.#id}`;
  }

  change(content: AnswerContent): void {
    this.#kept = { ...this.#kept, content };
    storage.write(this.#name, this.#kept);
    this.#tell("saved", "");
    this.#later(PAUSE_MS);
  }

  /** True once the court has everything. */
  flush(): Promise<boolean> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running ??= this.#send().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #later(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  async #send(): Promise<boolean> {
    for (let tries = 0; tries < 5; tries += 1) {
      const { content, base, version } = this.#kept;
      if (JSON.stringify(content) === JSON.stringify(base)) {
        storage.remove(this.#name);
        this.#tell("synced", "");
        return true;
      }
      this.#tell("sending", "");
      try {
        const saved = await saveSubmission(this.#id, "answer", content, version);
        this.#kept = { content: this.#kept.content, base: content, version: saved.version };
      } catch (error) {
        if (error instanceof Problem && error.status === 412) {
          const found = await getSubmission<AnswerContent>(this.#id);
          this.#kept = {
            content: merged(base, this.#kept.content, found.content),
            base: found.content,
            version: found.version,
          };
          continue;
        }
        const stopped = error instanceof Problem && !error.temporary && error.status !== 401;
        this.#tell(
          stopped ? "stopped" : error instanceof Problem && error.status === 401 ? "signin" : "offline",
          sayProblem(error),
        );
        if (!stopped) this.#later(RETRY_MS);
        return false;
      }
    }
    return false;
  }
}
