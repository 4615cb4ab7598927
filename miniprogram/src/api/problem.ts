import { say } from "@/text/speak";

export interface FieldProblem {
  pointer: string;
  code: string;
  message: string;
}

/** An answer other than 2xx, as the server told it (RFC 9457), or as it must be said when the server could not be heard. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly retryAfterSeconds: number | null;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Record<string, unknown>, retryAfterSeconds: number | null = null) {
    super(typeof body.title === "string" ? body.title : say("problem.failed"));
    this.name = "Problem";
    this.status = status;
    this.code = typeof body.code === "string" ? body.code : `http.${status}`;
    this.detail = typeof body.detail === "string" ? body.detail : "";
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [];
    this.retryAfterSeconds = retryAfterSeconds;
    this.body = body;
  }

  /** No answer came: the network, not the person, is at fault, and trying again is right. */
  get offline(): boolean {
    return this.status === 0;
  }

  /** The server asks to come back later; the request itself was fine. */
  get temporary(): boolean {
    return this.offline || this.status === 429 || this.status === 503 || this.status === 502 || this.status === 504;
  }
}

/** The network gave no answer. */
export function offlineProblem(): Problem {
  return new Problem(0, {
    code: "network.offline",
    title: say("problem.offline"),
    detail: say("problem.offlineDetail"),
  });
}

/** One or two sentences for the screen, whatever was thrown. */
export function sayProblem(error: unknown): string {
  if (!(error instanceof Problem)) return say("problem.unknown");
  if (error.detail.startsWith(error.message)) return error.detail;
  return error.detail ? `${error.message}。${error.detail}`.replace(/([。！？])。/g, "$1") : error.message;
}

/** The message meant for the field at `pointer`, if the server named one. */
export function messageAt(error: unknown, pointer: string): string | null {
  if (!(error instanceof Problem)) return null;
  return error.errors.find((each) => each.pointer === pointer)?.message ?? null;
}
