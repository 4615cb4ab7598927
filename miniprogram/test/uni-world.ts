import { vi } from "vitest";

interface Request {
  url: string;
  method: string;
  data?: string;
  header: Record<string, string>;
  success(answer: { statusCode: number; data: string; header: Record<string, string> }): void;
  fail(error: unknown): void;
}
export interface Answered {
  status: number;
  body?: unknown;
  header?: Record<string, string>;
}
type Server = (request: {
  url: string;
  method: string;
  body: unknown;
  header: Record<string, string>;
}) => Answered | Promise<Answered> | "lost";

let server: Server = () => "lost";
const listeners = new Map<string, ((...args: unknown[]) => void)[]>();

/** The tests' server for `uni.request`. "lost" is a network without answer. */
export function serve(next: Server): void {
  server = next;
}

/** A fresh `uni` with a storage that copies, as the real ones do. */
export function installUni(): Map<string, string> {
  const stored = new Map<string, string>();
  listeners.clear();
  vi.stubGlobal("uni", {
    getStorageSync: (key: string) => (stored.has(key) ? JSON.parse(stored.get(key)!) : ""),
    setStorageSync: (key: string, value: unknown) => void stored.set(key, JSON.stringify(value)),
    removeStorageSync: (key: string) => void stored.delete(key),
    getStorageInfoSync: () => ({ keys: [...stored.keys()] }),
    $emit: (event: string, ...args: unknown[]) => {
      for (const each of listeners.get(event) ?? []) each(...args);
    },
    $on: (event: string, listener: () => void) =>
      void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    $off: () => {},
    onNetworkStatusChange: () => {},
    request: (request: Request) => void answer(request),
  });
  return stored;
}

async function answer(request: Request): Promise<void> {
  const body = request.data === undefined ? undefined : JSON.parse(request.data);
  const answered = await server({ url: request.url, method: request.method, body, header: request.header });
  await Promise.resolve();
  if (answered === "lost") return request.fail({ errMsg: "request:fail" });
  const data = answered.body === undefined ? "" : JSON.stringify(answered.body);
  request.success({ statusCode: answered.status, data, header: answered.header ?? {} });
}
