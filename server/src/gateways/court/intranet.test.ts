import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { messageSigner } from "../message-signature.ts";
import { intranetCourt } from "./intranet.ts";
import { localCourt } from "./local.ts";
import type { RegisterCase } from "./port.ts";

let sandbox: Sandbox;
let shift = 0;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now: () => Date.now() + shift });
});
afterAll(() => sandbox.stop());
afterEach(() => {
  shift = 0;
  sandbox.faults.clear();
});

const keyOf = (secret: string) => ({ id: "sutong", algorithm: "hmac-sha256", secret }) as const;
const open = (secret: string = sandbox.keys.court.secret) =>
  intranetCourt({ baseUrl: `${sandbox.url}/court`, key: keyOf(secret) });

let serial = 0;
function request(change: Partial<RegisterCase> = {}): RegisterCase {
  serial++;
  return {
    reference: `filing/${serial}`,
    courtCode: "鲁0102",
    caseNumber: `（2026）鲁0102民初${serial}号`,
    causeCode: "CIV2025:108(3)",
    causeName: "民间借贷纠纷",
    acceptedAt: new Date("2026-03-02T01:02:03.000Z"),
    parties: [
      { side: "plaintiff", name: "王芳" },
      { side: "defendant", name: "李强" },
    ],
    ...change,
  };
}

test("a case is registered once under its reference, however often it is pushed", async () => {
  const court = open();
  const wanted = request();
  const before = sandbox.court.cases.size;
  const first = await court.registerCase(wanted);
  expect(first.innerId).toMatch(/^N\d{9}$/);
  expect(await court.registerCase(wanted)).toEqual(first);
  expect(await court.findRegistration(wanted.reference)).toEqual(first);
  expect(sandbox.court.cases.size).toBe(before + 1);
  expect(sandbox.court.cases.get(wanted.reference)?.content).toMatchObject({
    causeName: "民间借贷纠纷",
    acceptedAt: "2026-03-02T01:02:03.000Z",
  });
  expect(await court.findRegistration("filing/unknown")).toBeNull();
});

test("a lost answer is asked for again, with a new nonce, and one case stands", async () => {
  const before = sandbox.court.cases.size;
  sandbox.faults.set("court", { lose: "after" });
  expect((await open().registerCase(request())).innerId).toBeDefined();
  expect(sandbox.court.cases.size).toBe(before + 1);
});

test("other content under a known reference, a taken number and nonsense are refused", async () => {
  const court = open();
  const wanted = request();
  await court.registerCase(wanted);
  await expect(court.registerCase({ ...wanted, causeName: "合同纠纷" })).rejects.toMatchObject({ reason: "changed" });
  await expect(court.registerCase(request({ caseNumber: wanted.caseNumber }))).rejects.toMatchObject({
    reason: "number_taken",
  });
  await expect(court.registerCase(request({ caseNumber: "1" }))).rejects.toMatchObject({ reason: "invalid" });
  await expect(court.registerCase(request({ parties: [] }))).rejects.toMatchObject({ reason: "invalid" });
});

test("the inner system hears nobody who signs with another key", async () => {
  await expect(open("another-secret-than-theirs").registerCase(request())).rejects.toMatchObject({
    what: "answered 401",
  });
});

test("every tampering with a signed message is found", async () => {
  const url = new URL(`${sandbox.url}/court/cases/tampered`);
  const body = JSON.stringify({ ...request(), reference: undefined });
  const sign = () =>
    messageSigner(keyOf(sandbox.keys.court.secret))({
      method: "PUT",
      url,
      headers: { "content-type": "application/json" },
      body: Buffer.from(body),
    });
  const send = async (change: { method?: string; url?: string; body?: string; headers?: Record<string, string> }) => {
    const response = await fetch(change.url ?? url, {
      method: change.method ?? "PUT",
      body: change.body ?? body,
      headers: { "content-type": "application/json", ...sign(), ...change.headers },
    });
    return response.ok ? "accepted" : ((await response.json()) as { code: string }).code;
  };
  expect(await send({ body: body.replace("王芳", "王方") })).toBe("signature.digest");
  expect(await send({ method: "POST" })).toBe("signature.wrong");
  expect(await send({ url: `${sandbox.url}/court/cases/other` })).toBe("signature.wrong");
  expect(await send({ url: `${url}?force=1` })).toBe("signature.wrong");
  expect(await send({ headers: { "content-type": "text/plain" } })).toBe("signature.wrong");
  const { "signature-input": input = "" } = sign();
  expect(await send({ headers: { "signature-input": input.replace(/expires=\d+/, "expires=9999999999") } })).toBe(
    "signature.wrong",
  );
  expect(await send({ headers: { "signature-input": input.replace(' "content-digest"', "") } })).toBe(
    "signature.uncovered",
  );
  expect(await send({ headers: { signature: "" } })).toBe("signature.missing");

  const once = sign();
  expect(await send({ headers: once })).toBe("accepted");
  expect(await send({ headers: once })).toBe("signature.replayed");
  shift = 61_000;
  expect(await send({})).toBe("signature.expired");
});

test("without an inner system the case is ours alone, and its id follows from the reference", async () => {
  const wanted = request();
  const first = await localCourt().registerCase(wanted);
  expect(first).toEqual(await localCourt().registerCase(wanted));
  expect(first.registeredAt).toEqual(wanted.acceptedAt);
  expect((await localCourt().registerCase(request())).innerId).not.toBe(first.innerId);
});
