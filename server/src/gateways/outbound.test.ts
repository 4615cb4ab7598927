import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { GatewayError } from "./gateway-error.ts";
import { type OutboundRequest, outbound } from "./outbound.ts";

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function peer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push({ close: () => [server.close(), server.closeAllConnections()] });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask: OutboundRequest = { method: "GET", path: "/x", repeatable: true };
const post: OutboundRequest = { method: "POST", path: "/x", body: { a: 1 }, repeatable: false };

test("a repeatable call outlives one failure, and gives up after its attempts", async () => {
  let calls = 0;
  const baseUrl = await peer((_, response) => response.writeHead(++calls === 1 ? 500 : 200).end('{"a":1}'));
  expect(await outbound("peer", { baseUrl })(ask)).toMatchObject({ status: 200, json: { a: 1 } });
  expect(calls).toBe(2);

  let broken = 0;
  const down = await peer((_, response) => {
    broken++;
    response.writeHead(500).end();
  });
  await expect(outbound("peer", { baseUrl: down, attempts: 3 })(ask)).rejects.toMatchObject({
    what: "answered 500",
    status: 503,
  });
  expect(broken).toBe(3);
});

test("what may not be repeated is sent once where it may have arrived, and again where it was turned away", async () => {
  let lost = 0;
  const loses = await peer((request) => {
    lost++;
    request.socket.destroy();
  });
  await expect(outbound("peer", { baseUrl: loses })(post)).rejects.toBeInstanceOf(GatewayError);
  expect(lost).toBe(1);

  let turned = 0;
  const busy = await peer((_, response) => response.writeHead(++turned === 1 ? 503 : 200).end("{}"));
  expect((await outbound("peer", { baseUrl: busy })(post)).status).toBe(200);
});

test("a peer that does not answer, answers slowly or answers without end is cut off in time", async () => {
  const silent = await peer(() => {});
  const from = performance.now();
  await expect(outbound("peer", { baseUrl: silent, totalMs: 150, attempts: 1 })(ask)).rejects.toMatchObject({
    what: "took too long to answer",
  });

  const dripping = await peer(async (_, response) => {
    response.writeHead(200);
    while (!response.destroyed && performance.now() - from < 5000) {
      response.write(" ");
      await sleep(20);
    }
  });
  await expect(outbound("peer", { baseUrl: dripping, totalMs: 150, attempts: 1 })(ask)).rejects.toBeInstanceOf(
    GatewayError,
  );
  expect(performance.now() - from).toBeLessThan(4500);

  const endless = await peer(async (_, response) => {
    response.on("error", () => {});
    for (let sent = 0; sent < 64 && !response.destroyed; sent++) {
      response.write(Buffer.alloc(256 * 1024, 32));
      await sleep(1);
    }
    response.end();
  });
  await expect(outbound("peer", { baseUrl: endless, attempts: 1 })(ask)).rejects.toMatchObject({
    what: "answered without end",
  });
});

test("connecting has its own limit", async () => {
  // A peer that takes the connection and never says a word of TLS.
  const mute = createTcpServer().listen(0, "127.0.0.1");
  await once(mute, "listening");
  open.push(mute);
  const { port } = mute.address() as AddressInfo;
  const call = outbound("peer", { baseUrl: `https://127.0.0.1:${port}`, connectMs: 120, totalMs: 5000, attempts: 1 });
  const from = performance.now();
  await expect(call(ask)).rejects.toMatchObject({ what: "took too long to connect" });
  expect(performance.now() - from).toBeLessThan(4500);
});

test("after five failures the circuit opens, answers at once, and closes when the peer is back", async () => {
  let calls = 0;
  let healthy = false;
  const baseUrl = await peer((_, response) => {
    calls++;
    response.writeHead(healthy ? 200 : 500).end("{}");
  });
  let clock = 0;
  const call = outbound("peer", { baseUrl, attempts: 1 }, () => clock);
  for (let time = 0; time < 5; time++) await expect(call(ask)).rejects.toMatchObject({ what: "answered 500" });
  await expect(call(ask)).rejects.toMatchObject({ what: "circuit is open", extras: { retryAfter: 10 } });
  expect(calls).toBe(5);

  clock = 10_001;
  await expect(call(ask)).rejects.toMatchObject({ what: "answered 500" });
  await expect(call(ask)).rejects.toMatchObject({ what: "circuit is open" });
  expect(calls).toBe(6);

  healthy = true;
  clock = 20_003;
  expect((await call(ask)).status).toBe(200);
  expect((await call(ask)).status).toBe(200);
});

test("what an outage tells a caller names neither peer nor address", async () => {
  const call = outbound("peer", { baseUrl: "http://127.0.0.1:1", attempts: 1 });
  const error = await call(ask).catch((thrown: GatewayError) => thrown);
  expect(error).toMatchObject({ code: "service.unavailable", status: 503, message: "系统暂时繁忙，请稍后再试" });
});
