import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { startSandbox } from "#sandbox/sandbox.ts";
import type { TestApp } from "#test/app.ts";
import { durableServer } from "#test/mariadb.ts";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { Clock } from "../src/core/clock.ts";
import { openHouse } from "../src/house.ts";
import { migrate } from "../src/migrate.ts";

/** The whole application on a MariaDB with the settings of production, for measuring. */
export async function openApp() {
  const durable = durableServer();
  const [mariadb, sandbox] = await Promise.all([durable.start(), startSandbox({ port: 0 })]);
  await migrate(mariadb.ownerUrl, mariadb.appUrl);
  const folder = mkdtempSync(join(tmpdir(), "sutong-bench-"));
  const config = readConfig({
    SUTONG_MODE: "test",
    DATABASE_URL: mariadb.appUrl,
    DATA_DIR: folder,
    SANDBOX_URL: sandbox.url,
    LOG_LEVEL: "silent",
  });
  const clock = new Clock();
  const house = openHouse(config, pino({ level: "silent" }));
  const made = createApp({ ...house.options, clock, limitFactor: 1e6 });
  const { origin, close } = await listen(made.app.callback());
  const app = {
    ...made,
    ...made.means,
    config,
    clock,
    origin,
    sandbox,
    ownerUrl: mariadb.ownerUrl,
    /** Of the database. */
    pid: mariadb.pid,
    appUrl: mariadb.appUrl,
    async settle(): Promise<void> {
      while ((await made.deliver()) > 0);
    },
    async ask(
      method: string,
      path: string,
      { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
    ) {
      const response = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: text.startsWith("{") ? JSON.parse(text) : undefined,
      };
    },
    async stop(): Promise<void> {
      close();
      await house.close();
      await sandbox.stop();
      await mariadb.stop();
      await durable.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // The helpers of the tests ask no more of an application than this.
  return app as unknown as TestApp;
}

export async function listen(handler: RequestListener): Promise<{ origin: string; close(): void }> {
  const server = createServer(handler);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
