import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { person } from "#test/people.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp("session");
});
afterAll(() => app.stop());

test("a person signs in by WeChat and is somebody", async () => {
  const fang = await person(app, "王芳", { verified: true });
  const me = await fang.ask("GET", "/me");
  expect(me.json).toMatchObject({ id: fang.accountId, role: "litigant", name: "王芳", nameMasked: "王*" });
  console.log(me.text);
  expect(app.unexpected).toEqual([]);
});
