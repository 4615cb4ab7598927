import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { lentVoice } from "#test/voice.ts";

describe("a text read aloud", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("speech", { environment: { VOICE: "espeak", VOICE_FOLDER: await lentVoice() } });
  }, 120_000);
  afterAll(() => app.stop());

  const say = (text: unknown) => app.ask("POST", "/speech", { body: { text } });

  it("is MP3 for whoever asks, and kept by nobody on the way", async () => {
    const { status, headers } = await say("法院已经收到您的材料。");
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([
      200,
      "audio/mpeg",
      "no-store",
    ]);
    expect(Number(headers.get("content-length"))).toBeGreaterThan(5_000);
  });

  it.each([
    ["nothing", "", 422, "request.invalid"],
    ["blanks", " \n ", 422, "request.invalid"],
    ["301 letters", "法".repeat(301), 422, "request.invalid"],
    ["signs alone", "——！", 422, "speech.nothing"],
  ])("is refused in Chinese where it is %s", async (_, text, status, code) => {
    const answer = await say(text);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.json.detail).toMatch(/\p{Script=Han}/u);
  });

  it("takes 300 letters", async () => expect((await say("法".repeat(300))).status).toBe(200));
});
