import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";

describe("tokens for a law firm's own programs", () => {
  let app: TestApp;
  let owner: Person;
  beforeAll(async () => {
    app = await startApp("tokens");
    await seedCourtsAndRules(app);
    owner = await person(app, "韩律师", { verified: true });
  });
  afterAll(() => app.stop());

  const made = async (scopes: string[], days = 90) => {
    const answer = await owner.ask("POST", "/me/tokens", { name: "律所系统", scopes, days });
    expect(answer.status, answer.text).toBe(201);
    return answer.json as { id: string; token: string };
  };
  const status = async (token: string, method: string, path: string, body?: unknown): Promise<number> =>
    (await app.ask(method, path, { token, body })).status;

  it("reads what its scopes name and nothing else, changes nothing, and cannot make another", async () => {
    const { token } = await made(["changes:read", "cases:read"]);
    expect(await status(token, "GET", "/changes")).toBe(200);
    expect(await status(token, "GET", "/cases")).toBe(200);
    for (const [method, path, body] of [
      ["GET", "/obligations"],
      ["GET", "/me"],
      ["GET", "/filings"],
      ["GET", "/me/tokens"],
      ["POST", "/changes/acknowledge", { through: "1" }],
      ["POST", "/me/tokens", { name: "又一个", scopes: ["cases:read"], days: 1 }],
      ["DELETE", "/sessions/current"],
    ] as const)
      expect(await status(token, method, path, body), `${method} ${path}`).toBe(403);
    expect(await status(token, "GET", "/courts")).toBe(200);
  });

  it("is shown once, kept as a hash, and no good from the moment it is revoked, or has run out", async () => {
    const { id, token } = await made(["changes:read"]);
    const { items } = (await owner.ask("GET", "/me/tokens")).json;
    expect(JSON.stringify(items)).not.toContain(token);
    expect(JSON.stringify(await app.database.read("SELECT * FROM api_token"))).not.toContain(token.slice(7));
    expect(JSON.stringify(await app.database.read("SELECT payload FROM outbox"))).not.toContain(token.slice(7));
    expect(await status(token, "GET", "/changes")).toBe(200);
    const stranger = await person(app, "路人");
    expect((await stranger.ask("DELETE", `/me/tokens/${id}`)).status).toBe(404);
    expect((await owner.ask("DELETE", `/me/tokens/${id}`)).status).toBe(204);
    expect(await status(token, "GET", "/changes")).toBe(401);
    expect(await status(`sutong_${"A".repeat(43)}`, "GET", "/changes")).toBe(401);
    const short = await made(["changes:read"], 1);
    app.pass(2);
    expect(await status(short.token, "GET", "/changes")).toBe(401);
  });
});
