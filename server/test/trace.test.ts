import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportTraces } from "../src/core/trace-export.ts";
import { startApp, type TestApp } from "./app.ts";
import { person } from "./people.ts";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

let app: TestApp;
const spans: Span[] = [];
/** A receiver of OTLP over HTTP. */
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (request.url === "/v1/traces")
    spans.push(...JSON.parse(Buffer.concat(chunks).toString()).resourceSpans[0].scopeSpans[0].spans);
  response.end("{}");
});
beforeAll(async () => {
  app = await startApp("trace");
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
});
afterAll(async () => {
  receiver.close();
  await app.stop();
});
const attribute = ({ attributes }: Span, name: string) => attributes.find(({ key }) => key === name)?.value.stringValue;

test("a request is followed to the database and to the peer it asks, by its id", async () => {
  await person(app, "张无迹");
  expect(spans).toEqual([]);
  const end = exportTraces(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, "sutong-test");
  const answer = await app.ask("POST", "/sessions/wechat", { body: { code: "sandbox:李有迹" } });
  await end();
  const requestId = answer.headers.get("x-request-id");
  const root = spans.find(({ name }) => name === "POST /sessions/wechat") as Span;
  expect(attribute(root, "request.id")).toBe(requestId);
  expect(root.parentSpanId).toBeUndefined();
  const same = spans.filter(({ traceId }) => traceId === root.traceId);
  expect(new Set(same.map(({ name }) => name))).toEqual(
    new Set(["POST /sessions/wechat", "database read", "database transaction", "gateway login"]),
  );
  const ids = new Set(same.map(({ spanId }) => spanId));
  expect(same.filter(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId))).toEqual([]);
  expect(same.filter(({ startTimeUnixNano: from, endTimeUnixNano: to }) => BigInt(to) < BigInt(from))).toEqual([]);
  expect(JSON.stringify(spans)).not.toContain("李有迹");

  const before = spans.length;
  await person(app, "王无迹");
  await new Promise((done) => setTimeout(done, 100));
  expect(spans.length).toBe(before);
});
