import { Problem } from "@/api/problem";
import type { Conflict, Content, Edit } from "@/api/types";

export type Refusal =
  | { kind: "later"; afterMs: number }
  | { kind: "signin" }
  | { kind: "conflict"; conflicts: Conflict[]; version: number; content: Content }
  | { kind: "refused"; fields: { path: string; message: string }[] }
  | { kind: "split" }
  | { kind: "stopped"; message: string };

/** What a failed sending of `edits` means for them. Whatever is not understood is tried again later: nothing is thrown away. */
export function explainRefusal(error: unknown, edits: readonly Edit[]): Refusal {
  if (!(error instanceof Problem) || error.temporary || error.status >= 500) {
    return { kind: "later", afterMs: 1000 * ((error instanceof Problem && error.retryAfterSeconds) || 0) };
  }
  if (error.status === 401) return { kind: "signin" };
  const { conflicts, version, content } = error.body;
  if (error.status === 409 && Array.isArray(conflicts) && conflicts.length > 0) {
    return {
      kind: "conflict",
      conflicts: conflicts as Conflict[],
      version: version as number,
      content: content as Content,
    };
  }
  if (error.code.startsWith("idempotency."))
    return error.status === 409 ? { kind: "later", afterMs: 2000 } : { kind: "split" };
  if (error.status === 400 || error.status === 413 || error.status === 422) return refusedFields(error, edits);
  return { kind: "stopped", message: error.detail || error.message };
}

function refusedFields(error: Problem, edits: readonly Edit[]): Refusal {
  const fields = error.errors.flatMap(({ pointer, message }) => {
    const path = pathOf(pointer, edits);
    return path ? [{ path, message }] : [];
  });
  if (fields.length > 0) return { kind: "refused", fields };
  // The server did not say which one: send them one by one, so that a single bad value holds nobody up.
  if (edits.length > 1) return { kind: "split" };
  const only = edits[0];
  const message = error.detail || error.message;
  return only ? { kind: "refused", fields: [{ path: only.path, message }] } : { kind: "stopped", message };
}

/** The server may name the place in our request (`/edits/3/value`) or in the draft (`/parties/p1/phone`). */
function pathOf(pointer: string, edits: readonly Edit[]): string | null {
  const inRequest = /^\/?edits\/(\d+)(?:\/|$)/.exec(pointer);
  if (inRequest) return edits[Number(inRequest[1])]?.path ?? null;
  return edits.some((edit) => pointer === edit.path || pointer.startsWith(`${edit.path}/`)) ? pointer : null;
}
