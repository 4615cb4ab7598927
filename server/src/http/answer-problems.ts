import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import { isConnectionLost, isCrowded, isFull, isLockLost } from "#core/database.ts";
import { type FieldError, Problem, problem } from "#core/problem.ts";
import type { Ctx, Next } from "#http/context.ts";

/** The first middleware: whatever is thrown below leaves here as `application/problem+json` (RFC 9457). */
export async function answerProblems(ctx: Ctx, next: Next): Promise<void> {
  const given = ctx.get("x-request-id");
  ctx.state.requestId = /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
  ctx.state.route = "-";
  ctx.state.actor = null;
  ctx.set("x-request-id", ctx.state.requestId);
  try {
    await next();
    if (ctx.status === 404 && ctx.body == null) throw problem("request.not_found");
    // The router's own refusal of a method has no words; its Allow header stays.
    if ((ctx.status === 405 || ctx.status === 501) && ctx.body == null) throw problem("request.method");
  } catch (thrown) {
    const answer = asProblem(thrown);
    if (answer.status >= 500) ctx.app.emit("error", thrown, ctx);
    sendProblem(ctx, answer);
  }
}

function sendProblem(ctx: Ctx, answer: Problem): void {
  const { detail, errors, retryAfter, members } = answer.extras;
  if (retryAfter !== undefined) ctx.set("retry-after", String(retryAfter));
  if (answer.status === 401) ctx.set("www-authenticate", "Bearer");
  ctx.status = answer.status;
  ctx.set("cache-control", "no-store");
  ctx.body = JSON.stringify({
    ...members,
    type: `/docs/problems#${answer.code}`,
    title: answer.message,
    status: answer.status,
    detail: detail ?? answer.message,
    code: answer.code,
    errors: errors ?? [],
    requestId: ctx.state.requestId,
  });
  ctx.type = "application/problem+json";
}

export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof ZodError) return invalid(thrown, "");
  const status = thrown instanceof Error && "status" in thrown ? thrown.status : undefined;
  // Koa and the URL parser refuse broken requests with a status of their own.
  if (status === 413) return problem("request.too_large");
  if (typeof status === "number" && status >= 400 && status < 500) return problem("request.unreadable");
  if (thrown instanceof URIError) return problem("request.unreadable");
  // The database is away, or has no room: it comes back, and the asker may ask again.
  if ([isConnectionLost, isCrowded, isLockLost, isFull].some((is) => is(thrown)))
    return problem("service.unavailable", { retryAfter: 2 });
  return problem("internal");
}

/** A schema's complaints as pointers; `prefix` is `?` for query parameters. */
export function invalid(error: ZodError, prefix: string): Problem {
  const errors = error.issues.flatMap((issue): FieldError[] => {
    const place = issue.path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1"));
    const pointer = prefix ? `${prefix}${place.join(".")}` : place.map((part) => `/${part}`).join("");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        pointer: prefix ? `${prefix}${key}` : `${pointer}/${key}`,
        code: "unknown",
        message: "没有这个字段",
      }));
    }
    return [{ pointer, code: issue.code, message: inChinese(issue.message, issue.code) }];
  });
  return problem("request.invalid", {
    detail: errors[0]?.message ?? "提交的内容有误，请按提示修改",
    errors: errors.slice(0, 50),
  });
}

/** Our own messages are Chinese already; the library's are not shown to people. */
function inChinese(message: string, code: string | undefined): string {
  if (/[\u4e00-\u9fff]/.test(message)) return message;
  return MESSAGES[code ?? ""] ?? "内容格式不正确";
}
const MESSAGES: Readonly<Record<string, string>> = {
  invalid_type: "缺少内容或类型不正确",
  too_big: "内容过长或过大",
  too_small: "内容过短或过小",
  invalid_value: "不在可选范围内",
  invalid_format: "格式不正确",
  invalid_union: "内容格式不正确",
  invalid_key: "字段名不正确",
};

/** A conversation that the other side broke off or filled with what is not HTTP: nobody is left to answer, nothing of ours failed. */
export function isBrokenConversation(thrown: unknown): boolean {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^(HPE_|ECONNRESET$|ECONNABORTED$|EPIPE$|ERR_STREAM_PREMATURE_CLOSE$)/.test(code);
}
