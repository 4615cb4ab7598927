import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { ossFiles } from "./oss.ts";
import { ossOrigin } from "./oss-bucket.ts";
import { newFileKey } from "./port.ts";

let clockShift = 0;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => Date.now() + clockShift });
});
afterAll(() => sandbox.stop());

test("an outage of the object store is told as one, and breaks the circuit", async () => {
  const away = ossFiles({ ...sandbox.keys.oss, endpoint: "http://127.0.0.1:1" });
  const outcomes = new Set<string>();
  for (let time = 0; time < 6; time++) {
    await away
      .stat(newFileKey("document"))
      .catch((error: { name: string; what: string }) => outcomes.add(`${error.name} ${error.what}`));
  }
  expect([...outcomes].some((text) => text.endsWith("circuit is open"))).toBe(true);
  expect([...outcomes].every((text) => text.startsWith("GatewayError"))).toBe(true);
});

test("the object store believes nobody with another secret, another region or an old clock", async () => {
  const key = newFileKey("document");
  await ossFiles({ ...sandbox.keys.oss, endpoint: sandbox.url }).write(key, Buffer.from("a"));
  const refusal = (change: object) =>
    ossFiles({ ...sandbox.keys.oss, endpoint: sandbox.url, ...change })
      .write(key, Buffer.from("b"))
      .then(
        () => "accepted",
        (error: { what: string }) => error.what,
      );
  expect(await refusal({ accessKeySecret: "wrong" })).toBe("oss: SignatureDoesNotMatch");
  expect(await refusal({ accessKeyId: "nobody" })).toBe("oss: InvalidAccessKeyId");
  expect(await refusal({ region: "oss-cn-beijing" })).toBe("oss: InvalidArgument");
  clockShift = 3600_000;
  expect(await refusal({})).toBe("oss: RequestTimeTooSkewed");
  clockShift = 0;
  expect(await refusal({})).toBe("accepted");
});

test("an answer the object store breaks off is asked for again", async () => {
  const files = ossFiles({ ...sandbox.keys.oss, endpoint: sandbox.url });
  const key = newFileKey("document");
  sandbox.faults.set("oss", { lose: "before" });
  await files.write(key, Buffer.from("a"));
  sandbox.faults.set("oss", { status: 503 });
  await expect(files.stat(key)).rejects.toMatchObject({ name: "GatewayError", status: 503 });
  expect((await files.stat(key))?.bytes).toBe(1);
});

test.each([
  [undefined, "https://sutong-sandbox.oss-cn-hangzhou.aliyuncs.com/document/a"],
  [
    "https://oss-cn-hangzhou-internal.aliyuncs.com",
    "https://sutong-sandbox.oss-cn-hangzhou-internal.aliyuncs.com/document/a",
  ],
  ["oss-cn-hangzhou.aliyuncs.com", "https://sutong-sandbox.oss-cn-hangzhou.aliyuncs.com/document/a"],
  ["http://127.0.0.1:9000", "http://127.0.0.1:9000/sutong-sandbox/document/a"],
])("with the endpoint %s the bucket stands where it is looked for", async (endpoint, address) => {
  const files = ossFiles({ ...sandbox.keys.oss, ...(endpoint ? { endpoint } : {}) });
  const url = await files.signDownload("document/a", { seconds: 60, fileName: "a", contentType: "text/plain" });
  expect(url.split("?")[0]).toBe(address);
  // A page may speak to this place and no other.
  expect(ossOrigin({ ...sandbox.keys.oss, ...(endpoint ? { endpoint } : {}) })).toBe(new URL(url).origin);
});
