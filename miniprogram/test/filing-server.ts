import { Problem } from "../src/api/problem";
import type { Conflict, Content, Edit, EditsAnswer, Filing } from "../src/api/types";
import { emptyContent } from "../src/draft/content";
import { related, valueAt, withValue } from "../src/draft/pointer";

/** A small server of filings, honest about what the contract promises: idempotency keys, versions by place, conflicts. */
export class FilingServer {
  version = 0;
  content: Content = emptyContent();
  courtCode = "";
  created = 0;
  readonly applied: Edit[] = [];
  private readonly answers = new Map<string, { request: string; answer: unknown }>();
  private readonly changedAt = new Map<string, number>();

  create(body: { courtCode: string }, key: string): Filing {
    return this.once(key, body, () => {
      this.created++;
      this.version++;
      this.courtCode = body.courtCode;
      return this.filing();
    });
  }

  edits(edits: Edit[], key: string): EditsAnswer {
    return this.once(key, edits, () => {
      const conflicts = edits.flatMap((edit) => this.conflictOf(edit));
      if (conflicts.length > 0)
        throw new Problem(409, {
          code: "filing.conflict",
          title: "内容已在别处改过",
          conflicts,
          version: this.version,
          content: JSON.parse(JSON.stringify(this.content)),
        });
      this.version++;
      for (const edit of edits) this.apply(edit);
      return { version: this.version, content: this.content, applied: edits.map((edit) => edit.path) };
    });
  }

  /** Somebody else, on the computer at home. */
  editElsewhere(path: string, value: unknown): void {
    this.version++;
    this.apply({ path, value, baseVersion: this.version });
  }

  filing(): Filing {
    return {
      id: "1",
      version: this.version,
      content: this.content,
      court: { code: this.courtCode, name: "" },
    } as Filing;
  }

  private apply(edit: Edit): void {
    this.applied.push(edit);
    if (edit.path === "/courtCode") this.courtCode = String(edit.value);
    else this.content = withValue(this.content, edit.path, edit.value);
    this.changedAt.set(edit.path, this.version);
  }

  private conflictOf(edit: Edit): Conflict[] {
    const newer = [...this.changedAt].some(([path, version]) => version > edit.baseVersion && related(path, edit.path));
    return newer ? [{ path: edit.path, theirs: valueAt(this.content, edit.path) ?? null, version: this.version }] : [];
  }

  private once<T>(key: string, request: unknown, run: () => T): T {
    const text = JSON.stringify(request);
    const before = this.answers.get(key);
    if (before && before.request !== text)
      throw new Problem(422, { code: "idempotency.mismatch", title: "同一个键，不同的内容" });
    if (before) return JSON.parse(JSON.stringify(before.answer)) as T;
    const answer = run();
    this.answers.set(key, { request: text, answer: JSON.parse(JSON.stringify(answer)) });
    return JSON.parse(JSON.stringify(answer)) as T;
  }
}
