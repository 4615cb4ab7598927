/** One field that is wrong: `pointer` is a JSON pointer into the body, or `?name` for a query parameter. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export interface ProblemExtras {
  /** What to do about it, in plain Chinese; the title is used where it is left out. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Seconds until it is worth trying again: becomes `Retry-After`. */
  readonly retryAfter?: number;
  /** Further members of the answer, named by the code's documentation (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/**
 * A refusal that the caller can understand and act on (RFC 9457). Anything else that is thrown is our own
 * mistake: the caller sees `internal`, we see the stack.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly extras: ProblemExtras;

  constructor(code: string, status: number, title: string, extras: ProblemExtras = {}) {
    super(title);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.extras = extras;
  }
}

/** Every code there is with its status and title: the page of problems is printed from it. */
export const knownProblems = new Map<string, readonly [status: number, title: string]>();

/**
 * Turns a module's table of refusals into a function that makes them, so that every code a client may meet is
 * listed in one place and a misspelt one does not compile.
 */
export function problems<const T extends Record<string, readonly [status: number, title: string]>>(table: T) {
  for (const [code, meaning] of Object.entries(table)) knownProblems.set(code, meaning);
  return (code: keyof T & string, extras?: ProblemExtras): Problem => {
    const [status, title] = table[code] as readonly [number, string];
    return new Problem(code, status, title, extras);
  };
}

/** The refusals that every route may give. */
export const problem = problems({
  "request.unreadable": [400, "请求无法读取，请检查后重新提交"],
  "request.invalid": [422, "提交的内容有误，请按提示修改"],
  "request.not_found": [404, "未找到您要的内容"],
  "request.method": [405, "该地址不支持这种操作"],
  "request.too_large": [413, "提交的内容过大，请分次提交"],
  "request.media_type": [415, "提交的格式不受支持"],
  "request.precondition": [412, "内容已被更新，请刷新后再试"],
  "request.precondition_required": [428, "请先读取最新内容，再提交修改"],
  "request.too_many": [429, "操作过于频繁，请稍后再试"],
  "account.required": [401, "请先登录"],
  "account.forbidden": [403, "您的账号不能进行此操作"],
  "token.scope": [403, "这个访问令牌没有此项权限，请在小程序中办理"],
  "service.unavailable": [503, "系统暂时繁忙，请稍后再试"],
  internal: [500, "系统出现异常，工作人员已收到通知，请稍后再试"],
});
