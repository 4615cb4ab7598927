/** An answer of the server that says no (RFC 9457). The outcome is known: nothing was done. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: { pointer: string; code: string; message: string }[];
  readonly members: Record<string, unknown>;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: Record<string, unknown>, retryAfter: string | null) {
    const title = text(body["title"]) || "请求没有完成";
    super(text(body["detail"]) || title);
    this.status = status;
    this.code = text(body["code"]);
    this.title = title;
    this.detail = text(body["detail"]);
    this.errors = Array.isArray(body["errors"]) ? (body["errors"] as ProblemError["errors"]) : [];
    this.members = body;
    const seconds = Number(retryAfter ?? body["retryAfterSeconds"] ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : null;
  }
}

/** No answer, or one that does not say what happened (lost connection, time limit, 5xx): the work may be done or not. */
export class UnknownOutcome extends Error {
  readonly retryAfterSeconds: number | null;

  constructor(message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** One sentence for a reader, whatever went wrong. */
export function sayProblem(error: unknown): string {
  if (error instanceof ProblemError) {
    const fields = error.errors.map((each) => each.message).filter(Boolean);
    return fields.length > 0 ? `${error.title}：${fields.join("；")}` : error.detail || error.title;
  }
  if (error instanceof UnknownOutcome) return "网络不通或服务繁忙，请稍后重试。";
  return "页面出现问题，请刷新后重试。";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
