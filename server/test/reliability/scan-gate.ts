import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import mysql from "mysql2/promise";
import { accessTokens } from "../../src/modules/account/tokens.ts";
import type { TestApp } from "../app.ts";
import type { Persona } from "../edges/authorisation.table.ts";
import type { World } from "../edges/world.ts";

/**
 * What scanners speak through: `x-scan-as` names the persona that asks, and each request gets a token of this moment and a key
 * of its own, so that nothing is answered from memory. It counts what went by, and serves a page with every fault in it.
 */
export async function openGate(app: TestApp, world: World) {
  const owner = await mysql.createConnection({ uri: app.ownerUrl });
  await owner.query("UPDATE session SET idle_seconds = 86400, expires_at = expires_at + INTERVAL 1 DAY");
  const tokens = accessTokens(app.settings.tokenSecret);
  const sessions = new Map(Object.entries(world.people).map(([name, { token }]) => [name, tokens.read(token)]));
  const passed = { requests: 0, understood: 0, statuses: new Map<number, number>(), failures: [] as string[] };

  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://gate");
    if (pathname.startsWith("/planted")) return void planted(incoming, outgoing, searchParams.get("word") ?? "");
    passed.requests += 1;
    const persona = incoming.headers["x-scan-as"] as Persona | undefined;
    const session = persona && sessions.get(persona);
    const { host: _, "x-scan-as": __, connection: ___, ...headers } = incoming.headers;
    const outward = request(app.origin + incoming.url, {
      method: incoming.method ?? "GET",
      headers: {
        ...headers,
        ...(session
          ? { authorization: `Bearer ${tokens.issue(session.accountId, session.sessionId, app.clock.now())}` }
          : {}),
        ...(incoming.method === "POST" ? { "idempotency-key": randomUUID() } : {}),
      },
    });
    outward.on("response", (answer) => {
      const status = answer.statusCode ?? 0;
      passed.statuses.set(status, (passed.statuses.get(status) ?? 0) + 1);
      if (status < 400) passed.understood += 1;
      // 503 is the honest answer of what is not set up here.
      if (status >= 500 && status !== 503 && passed.failures.length < 20)
        passed.failures.push(`${status} ${incoming.method} ${incoming.url?.slice(0, 300)}`);
      outgoing.writeHead(status, answer.headers);
      answer.pipe(outgoing);
    });
    outward.on("error", () => outgoing.destroy());
    incoming.pipe(outward);
  });

  async function planted(incoming: IncomingMessage, outgoing: ServerResponse, word: string): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    const wanted = body === "" ? word : String((JSON.parse(body) as { word?: unknown }).word);
    const [rows] = await owner
      .query(`SELECT name FROM court WHERE code = '${wanted}'`)
      .catch((error: Error) => [error.message]);
    outgoing.setHeader("content-type", "text/html; charset=utf-8");
    outgoing.end(`<!doctype html><form><input name="word"></form><p>${wanted}</p><pre>${JSON.stringify(rows)}</pre>`);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await owner.end();
    },
  };
}
export type Gate = Awaited<ReturnType<typeof openGate>>;
