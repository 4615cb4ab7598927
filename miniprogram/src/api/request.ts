import { offlineProblem, Problem } from "./problem";

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** Idempotency-Key: made once for what the person does, the same again on every retry. */
  key?: string;
  ifMatch?: number;
  /** The call needs no sign-in and must not fail because a session ended. */
  anonymous?: boolean;
}

const TIMEOUT_MS = 20_000;

/** Origin of the server: our own on the web page, configured at build for the mini-program. */
export const origin: string = process.env.UNI_PLATFORM === "h5" ? "" : (import.meta.env.VITE_API_BASE ?? "");

/** One request, without renewing anything: what renewing itself must use. */
export function send<T>(request: Call, token: string | null): Promise<T> {
  const method = request.method ?? "GET";
  // An empty text that calls itself JSON is what uni-app makes of a command without a body.
  const body = request.body === undefined && method !== "GET" ? {} : request.body;
  const header: Record<string, string> = { Accept: "application/json" };
  if (token) header.Authorization = `Bearer ${token}`;
  if (request.key) header["Idempotency-Key"] = request.key;
  if (request.ifMatch !== undefined) header["If-Match"] = `"${request.ifMatch}"`;
  if (body !== undefined) header["Content-Type"] = "application/json";
  return new Promise<T>((resolve, reject) => {
    uni.request({
      url: `${origin}/api/v1${request.path}${queryText(request.query)}`,
      method,
      data: body === undefined ? undefined : JSON.stringify(body),
      header,
      timeout: TIMEOUT_MS,
      dataType: "text",
      success: (answer) => {
        const told = parse(answer.data);
        if (answer.statusCode >= 200 && answer.statusCode < 300) resolve(told as T);
        else reject(refusal(answer.statusCode, told, answer.header as Record<string, string> | undefined));
      },
      fail: () => reject(offlineProblem()),
    });
  });
}

function queryText(query: Call["query"]): string {
  const pairs = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return pairs.length === 0
    ? ""
    : `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&")}`;
}

function parse(data: unknown): unknown {
  if (typeof data !== "string") return data;
  if (data === "") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function refusal(status: number, body: unknown, header: Record<string, string> | undefined): Problem {
  // A captive portal or a dead proxy answers too, but not in our language: for the person that is "no network".
  const told = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : null;
  if (!told && status >= 500)
    return new Problem(status, { title: "服务器忙", detail: "请过一会儿再试。" }, retryAfter(header));
  if (!told && status !== 401) return offlineProblem();
  return new Problem(status, told ?? { title: "请先登录" }, retryAfter(header));
}

function retryAfter(header: Record<string, string> | undefined): number | null {
  const value = header?.["Retry-After"] ?? header?.["retry-after"];
  const seconds = Number(value);
  return value !== undefined && Number.isFinite(seconds) ? seconds : null;
}
