import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { GatewayError } from "../gateway-error.ts";
import type { LoginRefused } from "./port.ts";
import { wechatLogin } from "./wechat.ts";

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

const open = (change: Partial<Parameters<typeof wechatLogin>[0]> = {}) =>
  wechatLogin({ ...sandbox.keys.wechat, baseUrl: `${sandbox.url}/wechat`, ...change }, () => performance.now() + shift);
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "accepted",
    (error: LoginRefused) => error.reason ?? error.name,
  );

test("a code is exchanged once, and gives no session key away", async () => {
  const login = open();
  const code = sandbox.wechat.loginCode("王芳");
  const person = await login.exchange(code);
  expect(Object.keys(person).sort()).toEqual(["openid", "unionid"]);
  expect(person.openid).toMatch(/^o.{27}$/);
  expect(await reasonOf(login.exchange(code))).toBe("used");
});

test("the same person comes by the same openid, another by another", async () => {
  const login = open();
  const first = await login.exchange("sandbox:王芳");
  expect(await login.exchange(sandbox.wechat.loginCode("王芳"))).toEqual(first);
  expect((await login.exchange("sandbox:李强")).openid).not.toBe(first.openid);
});

test("an old, unknown, malformed or blocked code is refused", async () => {
  const login = open();
  const code = sandbox.wechat.loginCode("王芳");
  shift = 5 * 60_000 + 1;
  expect(await reasonOf(login.exchange(code))).toBe("invalid");
  for (const wrong of ["0000", "", "a b", "x".repeat(129), "a\nb"])
    expect(await reasonOf(login.exchange(wrong))).toBe("invalid");
  expect(await reasonOf(login.exchange("sandbox:风险账号"))).toBe("blocked");
});

test("a phone code is no login code", async () => {
  expect(await reasonOf(open().exchange(sandbox.wechat.phoneCode("13800000000")))).toBe("invalid");
});

test("asking too often is told as such", async () => {
  const login = open();
  const reasons = new Set<string>();
  for (let time = 0; time < 101; time++) reasons.add(await reasonOf(login.exchange("sandbox:急急急")));
  expect([...reasons]).toEqual(["accepted", "too_many"]);
});

test("a wrong secret is our fault, not the person's, and does not appear in the error", async () => {
  const error = await open({ appSecret: "not-the-secret" })
    .exchange("sandbox:王芳")
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({ what: "answered errcode 40125" });
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("not-the-secret");
});

test("busy is asked again; a lost answer is an outage, and the code is spent", async () => {
  const login = open();
  sandbox.faults.set("wechat", { busy: true, times: 2 });
  await expect(login.exchange("sandbox:王芳")).resolves.toBeDefined();

  const code = sandbox.wechat.loginCode("王芳");
  sandbox.faults.set("wechat", { lose: "after" });
  await expect(login.exchange(code)).rejects.toBeInstanceOf(GatewayError);
  expect(await reasonOf(login.exchange(code))).toBe("used");
});

test("slow and broken answers are outages", async () => {
  sandbox.faults.set("wechat", { delayMs: 400 });
  await expect(open({ totalMs: 100 }).exchange("sandbox:王芳")).rejects.toMatchObject({
    what: "took too long to answer",
  });
  sandbox.faults.clear();
  sandbox.faults.set("wechat", { status: 502, times: 9 });
  await expect(open().exchange("sandbox:王芳")).rejects.toMatchObject({ what: "answered 502" });
});

test("the phone number comes by a code of its own, and a token that was replaced is renewed", async () => {
  const login = open();
  const asked = vi.spyOn(sandbox.wechat.peer, "handle");
  expect(await login.phone(sandbox.wechat.phoneCode("13812345678"))).toEqual({ phone: "13812345678" });
  expect(await login.phone("sandbox:13900000001")).toEqual({ phone: "13900000001" });
  const tokens = () => asked.mock.calls.filter(([call]) => call.path === "/cgi-bin/stable_token").length;
  expect(tokens()).toBe(1);

  // Somebody else forces a new token: ours is gone, and is asked for again.
  await fetch(`${sandbox.url}/wechat/cgi-bin/stable_token`, {
    method: "POST",
    body: JSON.stringify({
      grant_type: "client_credential",
      appid: sandbox.keys.wechat.appId,
      secret: sandbox.keys.wechat.appSecret,
      force_refresh: true,
    }),
  });
  expect(await login.phone("sandbox:13900000002")).toEqual({ phone: "13900000002" });
  expect(tokens()).toBe(3);

  shift = 7000_000;
  expect(await login.phone("sandbox:13900000003")).toEqual({ phone: "13900000003" });
  expect(tokens()).toBe(4);

  const code = sandbox.wechat.phoneCode("13812345678");
  await login.phone(code);
  expect(await reasonOf(login.phone(code))).toBe("used");
  expect(await reasonOf(login.phone(sandbox.wechat.loginCode("王芳")))).toBe("invalid");
  asked.mockRestore();
});

test("many who ask at once share one token", async () => {
  const login = open();
  const asked = vi.spyOn(sandbox.wechat.peer, "handle");
  await Promise.all(Array.from({ length: 10 }, () => login.phone("sandbox:13900000001")));
  expect(asked.mock.calls.filter(([call]) => call.path === "/cgi-bin/stable_token")).toHaveLength(1);
  asked.mockRestore();
});
