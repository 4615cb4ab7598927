import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { httpIdentity } from "./http.ts";
import { noIdentity } from "./none.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterAll(() => sandbox.stop());

const open = (secret: string = sandbox.keys.identity.secret, totalMs = 5000) =>
  httpIdentity({
    baseUrl: `${sandbox.url}/identity`,
    totalMs,
    key: { id: "sutong", algorithm: "hmac-sha256", secret },
  });
const question = (name: string, idNumber = "11010519491231002X", idType = "resident_id") => ({
  name,
  idType,
  idNumber,
});

test.each([
  ["王芳", "11010519491231002X", "resident_id", "match"],
  ["王芳", "110105194912310021", "resident_id", "mismatch"],
  ["王不符", "11010519491231002X", "resident_id", "mismatch"],
  ["查无此人", "11010519491231002X", "resident_id", "unknown"],
  ["John Smith", "X1234567", "foreign_document", "unknown"],
  ["陈大文", "H12345678", "hk_macau_permit", "match"],
])("%s with %s (%s): %s", async (name, idNumber, idType, match) => {
  expect(await open().check(question(name, idNumber, idType))).toEqual({ match });
});

test("no answer is ever taken for a match", async () => {
  await expect(open(undefined, 150).check(question("王超时"))).rejects.toMatchObject({
    what: "took too long to answer",
  });
  await expect(open("another-secret").check(question("王芳"))).rejects.toMatchObject({ what: "answered 401" });
  await expect(open().check(question("王芳", "1", "nonsense"))).rejects.toMatchObject({ what: "answered 422" });
  await expect(noIdentity().check(question("王芳"))).rejects.toMatchObject({ status: 503 });
});

test("neither name nor number stands in an address", async () => {
  const seen: string[] = [];
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.end('{"result":"perhaps"}');
  }).listen(0);
  const { port } = server.address() as { port: number };
  const identity = httpIdentity({
    baseUrl: `http://127.0.0.1:${port}`,
    key: { id: "a", algorithm: "hmac-sha256", secret: "b" },
  });
  await expect(identity.check(question("王芳"))).rejects.toMatchObject({ what: "answered without a result" });
  server.close();
  expect(seen).toEqual(["/checks"]);
});
