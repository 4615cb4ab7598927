import { expect, test } from "vitest";
import { call } from "../src/api/client";
import { Problem } from "../src/api/problem";
import { keepTokens, readTokens } from "../src/api/tokens";
import { serve } from "./uni-world";

const expired = { status: 401, body: { code: "session.expired", title: "登录已过期" } };

/** A server whose access tokens a1, a2 … belong to refresh tokens r1, r2 …; a refresh token works once, as the real one. */
function rotatingServer(validFrom: number) {
  let generation = 1;
  let refreshes = 0;
  serve(async ({ url, header, body }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (url.endsWith("/sessions/refresh")) {
      refreshes++;
      if ((body as { refreshToken: string }).refreshToken !== `r${generation}`) return expired;
      generation++;
      return {
        status: 200,
        body: { accessToken: `a${generation}`, refreshToken: `r${generation}`, expiresIn: 900, account: {} },
      };
    }
    const token = Number(/Bearer a(\d+)/.exec(header.Authorization ?? "")?.[1] ?? 0);
    return token >= validFrom && token === generation ? { status: 200, body: { url } } : expired;
  });
  return { refreshes: () => refreshes };
}

test("ten calls refused together renew the session once", async () => {
  const server = rotatingServer(2);
  keepTokens({ accessToken: "a1", refreshToken: "r1" });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => call<{ url: string }>({ path: `/cases/${i}` })),
  );
  expect(answers).toHaveLength(10);
  expect(server.refreshes()).toBe(1);
  expect(readTokens()).toEqual({ accessToken: "a2", refreshToken: "r2" });
});

test("a late refusal of the old token does not spend the new refresh token", async () => {
  const server = rotatingServer(2);
  keepTokens({ accessToken: "a1", refreshToken: "r1" });
  await call({ path: "/me" });
  const { renewTokens } = await import("../src/api/tokens");
  expect(await renewTokens("a1")).toBe("a2");
  expect(server.refreshes()).toBe(1);
});

test("an ended session is forgotten and told; a public call goes on without it", async () => {
  serve(({ url, header }) => {
    if (url.endsWith("/sessions/refresh")) return expired;
    return header.Authorization ? expired : { status: 200, body: { ok: true } };
  });
  let ended = 0;
  uni.$on("session:ended", () => ended++);
  keepTokens({ accessToken: "a1", refreshToken: "r1" });
  await expect(call({ path: "/me" })).rejects.toMatchObject({ status: 401 });
  expect(readTokens()).toBeNull();
  expect(ended).toBe(1);
  keepTokens({ accessToken: "a1", refreshToken: "r1" });
  expect(await call({ path: "/courts", anonymous: true })).toEqual({ ok: true });
});

test("a dead network while renewing keeps the session", async () => {
  serve(({ url }) => (url.endsWith("/sessions/refresh") ? "lost" : expired));
  keepTokens({ accessToken: "a1", refreshToken: "r1" });
  await expect(call({ path: "/me" })).rejects.toMatchObject({ offline: true });
  expect(readTokens()).toEqual({ accessToken: "a1", refreshToken: "r1" });
});

test("problems keep what the server said, field by field", async () => {
  const errors = [{ pointer: "/idNumber", code: "checksum", message: "身份证号码校验不符" }];
  serve(() => ({
    status: 422,
    body: { title: "有内容需要改", detail: "请改好后再试", code: "identity.invalid", errors },
  }));
  const problem = await call({ method: "PUT", path: "/me/identity", body: {} }).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 422, code: "identity.invalid", errors });
});
