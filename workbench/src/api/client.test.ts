import { describe, expect, test, vi } from "vitest";
import { makeClient } from "./client.ts";
import { ProblemError, UnknownOutcome } from "./problem.ts";
import { heldTokens } from "./tokens.ts";

interface Call {
  path: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

function peer(answer: (call: Call, count: number) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const send = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const call = {
      path: String(input).replace("/api/v1", ""),
      method: init?.method ?? "GET",
      headers: init?.headers as Record<string, string>,
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    };
    calls.push(call);
    return answer(call, calls.length);
  }) as typeof fetch;
  return { calls, send };
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A server that takes one access token at a time and rotates the refresh token, as ours does. */
function rotating() {
  let access = "a2";
  let refresh = "r1";
  let rotations = 0;
  const { calls, send } = peer(async (call) => {
    if (call.path === "/sessions/refresh") {
      await later();
      if ((call.body as { refreshToken: string }).refreshToken !== refresh)
        return json({ code: "session.reused" }, 401);
      rotations += 1;
      access = `a${rotations + 2}`;
      refresh = `r${rotations + 1}`;
      return json({ accessToken: access, refreshToken: refresh, expiresIn: 900 });
    }
    if (call.headers["Authorization"] !== `Bearer ${access}`)
      return json({ code: "session.expired", title: "登录已失效" }, 401);
    return json({ path: call.path });
  });
  return { calls, send, rotations: () => rotations };
}

describe("the client's tokens", () => {
  test("many calls with a dead token refresh once and all succeed", async () => {
    const server = rotating();
    const tokens = heldTokens({ accessToken: "old", refreshToken: "r1", expiresAt: Date.now() + 600_000 });
    const client = makeClient({ fetch: server.send, tokens, onSignedOut: () => expect.unreachable() });
    const answers = await Promise.all(["/a", "/b", "/c", "/d"].map((path) => client.get<{ path: string }>(path)));
    expect(answers.map((answer) => answer.path)).toEqual(["/a", "/b", "/c", "/d"]);
    expect(server.rotations()).toBe(1);
    expect(tokens.read()?.refreshToken).toBe("r2");
  });

  test("a token near its end is refreshed before it is used", async () => {
    const server = rotating();
    const tokens = heldTokens({ accessToken: "a2", refreshToken: "r1", expiresAt: Date.now() + 5_000 });
    const client = makeClient({ fetch: server.send, tokens, onSignedOut: () => {} });
    await client.get("/a");
    expect(server.calls.map((call) => call.path)).toEqual(["/sessions/refresh", "/a"]);
  });

  test("two tabs with one storage rotate once: the second finds the new token behind the lock", async () => {
    const server = rotating();
    const tokens = heldTokens({ accessToken: "old", refreshToken: "r1", expiresAt: Date.now() + 600_000 });
    let queue: Promise<unknown> = Promise.resolve();
    const lock = <T>(work: () => Promise<T>): Promise<T> => {
      const run = queue.then(work);
      queue = run.catch(() => undefined);
      return run;
    };
    const parts = { fetch: server.send, tokens, lock, onSignedOut: () => expect.unreachable() };
    await Promise.all([makeClient(parts).get("/tab1"), makeClient(parts).get("/tab2")]);
    expect(server.rotations()).toBe(1);
  });

  test("a refused refresh signs out once and keeps no token", async () => {
    const { send } = peer(() => json({ code: "session.expired", title: "登录已失效" }, 401));
    const tokens = heldTokens({ accessToken: "old", refreshToken: "r9", expiresAt: Date.now() + 600_000 });
    const out = vi.fn();
    const client = makeClient({ fetch: send, tokens, onSignedOut: out });
    await expect(client.get("/a")).rejects.toMatchObject({ status: 401 });
    expect(out).toHaveBeenCalledTimes(1);
    expect(tokens.read()).toBeNull();
  });

  test("no answer while refreshing does not sign anybody out", async () => {
    const { send } = peer((call) => {
      if (call.path === "/sessions/refresh") throw new TypeError("network");
      return json({ code: "session.expired" }, 401);
    });
    const tokens = heldTokens({ accessToken: "old", refreshToken: "r1", expiresAt: Date.now() + 600_000 });
    const out = vi.fn();
    await expect(makeClient({ fetch: send, tokens, onSignedOut: out }).get("/a")).rejects.toBeInstanceOf(
      UnknownOutcome,
    );
    expect(out).not.toHaveBeenCalled();
    expect(tokens.read()?.refreshToken).toBe("r1");
  });
});

describe("the client's answers", () => {
  const signedIn = () => heldTokens({ accessToken: "a", refreshToken: "r", expiresAt: Date.now() + 600_000 });

  test("a retry after a refresh carries the same key and body", async () => {
    const server = rotating();
    const tokens = heldTokens({ accessToken: "old", refreshToken: "r1", expiresAt: Date.now() + 600_000 });
    await makeClient({ fetch: server.send, tokens, onSignedOut: () => {} }).post(
      "/x/moves",
      { action: "accept" },
      "key-1",
    );
    const moves = server.calls.filter((call) => call.path === "/x/moves");
    expect(moves.map((call) => call.headers["Idempotency-Key"])).toEqual(["key-1", "key-1"]);
    expect(moves.map((call) => call.body)).toEqual([{ action: "accept" }, { action: "accept" }]);
  });

  test("a problem keeps its code, members and waiting time", async () => {
    const { send } = peer(() => json({ code: "session.locked", title: "暂时锁定" }, 429, { "Retry-After": "840" }));
    const error = await makeClient({ fetch: send, tokens: heldTokens(), onSignedOut: () => {} })
      .postOpen("/sessions/staff", {})
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: "session.locked", status: 429, retryAfterSeconds: 840 });
  });

  test.each([500, 502, 503, 504])("%i says nothing about what happened", async (status) => {
    const { send } = peer(() => json({ title: "x" }, status));
    const client = makeClient({ fetch: send, tokens: signedIn(), onSignedOut: () => {} });
    await expect(client.post("/x", {}, "k")).rejects.toBeInstanceOf(UnknownOutcome);
  });

  test("204 is null, and filters without a value are left out", async () => {
    const { calls, send } = peer(() => new Response(null, { status: 204 }));
    const client = makeClient({ fetch: send, tokens: signedIn(), onSignedOut: () => {} });
    expect(await client.get("/intake/items", { queue: "1", lane: "", cursor: null, limit: 50 })).toBeNull();
    expect(calls[0]?.path).toBe("/intake/items?queue=1&limit=50");
  });

  test("the server's clock is taken from its answers", async () => {
    const { send } = peer(() => json({}, 200, { Date: new Date(1_000_000 + 90_000).toUTCString() }));
    const client = makeClient({
      fetch: send,
      tokens: heldTokens({ accessToken: "a", refreshToken: "r", expiresAt: 9e12 }),
      onSignedOut: () => {},
      now: () => 1_000_000,
    });
    expect(client.serverNow()).toBe(1_000_000);
    await client.get("/me");
    expect(client.serverNow()).toBe(1_090_000);
  });
});
