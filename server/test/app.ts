import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { startSandbox } from "#sandbox/sandbox.ts";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { Clock } from "../src/core/clock.ts";
import { courtDayOf } from "../src/core/period.ts";
import { openHouse } from "../src/house.ts";
import { freshDatabase } from "./database.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any;
}
export interface Asking {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export type TestApp = Awaited<ReturnType<typeof startApp>>;

const REASONS = new Set(["unexpected", "event not told", "job failed"]);

/** The whole application on a free port, over a real database, with real drivers against the sandbox's peers. */
export async function startApp(
  name: string,
  {
    limitFactor = 1000,
    environment = {} as Record<string, string>,
    mariadb = undefined as { ownerUrl: string; appUrl: string } | undefined,
  } = {},
) {
  const clock = new Clock();
  const [database, sandbox] = await Promise.all([
    freshDatabase(name, mariadb),
    // Money moves with the application's time, so that a bill of yesterday can be fetched.
    startSandbox({ port: 0, payNow: () => clock.now().getTime() }),
  ]);
  // Listens before there is an application: WeChat Pay must be told where its notices go.
  const server = createServer({ maxHeaderSize: 16_384 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), `sutong-${name}-`));
  const config = readConfig({
    SUTONG_MODE: "test",
    DATABASE_URL: database.appUrl,
    // A server that a test brought along stands alone.
    ...(mariadb ? {} : { DATABASE_SPARES: process.env["TEST_DATABASE_SPARES"] }),
    DATA_DIR: folder,
    SANDBOX_URL: sandbox.url,
    LOG_LEVEL: process.env["TEST_LOG"] ?? "silent",
    DEMO_PASSWORD: "Sutong-2026",
    MAIL_URL: sandbox.smtp,
    WECHATPAY_NOTIFY_URL: `${origin}/api/v1/payments/wechat/notify`,
    ...environment,
  });
  const unexpected: unknown[] = [];
  const logger = pino({ level: config.LOG_LEVEL });
  const watched = new Proxy(logger, {
    get(target, property) {
      if (property !== "error") return Reflect.get(target, property);
      return (facts: { err?: unknown }, message?: string) => {
        if (REASONS.has(message ?? "")) unexpected.push(facts.err ?? message);
        target.error(facts, message);
      };
    },
  });
  const house = openHouse(config, watched, clock);
  const made = createApp({ ...house.options, limitFactor });
  server.on("request", made.app.callback());

  return {
    ...made,
    ...made.means,
    config,
    clock,
    origin,
    sandbox,
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    /** What our own code failed at since the start: a test that expects none says so. */
    unexpected,
    /** Tells events until nothing is due. */
    async settle(): Promise<void> {
      while ((await made.deliver()) > 0);
    },
    /** Moves the application's time forward. */
    pass(days: number): void {
      clock.shiftMs += days * 86_400_000;
    },
    /** Moves it on to the next time it is that hour at a court: what begins two hours later then begins on the same day. */
    untilHour(hour: number): void {
      const now = clock.now();
      const at = Date.parse(`${courtDayOf(now)}T${String(hour).padStart(2, "0")}:00:00+08:00`);
      clock.shiftMs += at - now.getTime() + (at < now.getTime() ? 86_400_000 : 0);
    },
    /** One request below /api/v1, or at an absolute path that starts with `//`. */
    async ask(method: string, path: string, { token, body, headers }: Asking = {}): Promise<Answered> {
      const address = path.startsWith("//") ? origin + path.slice(1) : `${origin}/api/v1${path}`;
      const response = await fetch(address, {
        method,
        redirect: "manual",
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get("content-type") ?? "");
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text ? JSON.parse(text) : undefined,
      };
    },
    async stop(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await house.close();
      await Promise.all([database.drop(), sandbox.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
