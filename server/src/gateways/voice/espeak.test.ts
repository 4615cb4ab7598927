import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lentVoice } from "#test/voice.ts";
import { GatewayError } from "../gateway-error.ts";
import { gatewayHealth } from "../health.ts";
import { espeakVoice } from "./espeak.ts";
import { Unsayable } from "./port.ts";

const run = promisify(execFile);
const QUESTION = "法院的文书送到哪里？按这里送到就算送达，请一定写能收到的地址。";
const folderOf = mkdtempSync(join(tmpdir(), "sutong-voice-"));
let folder: string;
beforeAll(async () => {
  folder = await lentVoice();
}, 120_000);
afterAll(() => rmSync(folderOf, { recursive: true, force: true }));

/** Loudness of every tenth of a second, 0 to 1, as LAME itself unpacks the sound. */
async function loudness(sound: Buffer): Promise<number[]> {
  const [mp3, raw] = [join(folderOf, "a.mp3"), join(folderOf, "a.raw")];
  writeFileSync(mp3, sound);
  const lame = folder ? join(folder, "usr/bin/lame") : "lame";
  await run(lame, ["--quiet", "--decode", "-t", mp3, raw]);
  const pcm = readFileSync(raw);
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length >> 1);
  return Array.from({ length: Math.floor(samples.length / 1600) }, (_, at) => {
    const part = samples.subarray(at * 1600, (at + 1) * 1600);
    return Math.sqrt(part.reduce((sum, each) => sum + each * each, 0) / part.length) / 32768;
  });
}

describe("the court's own voice", () => {
  it("says a sentence as MP3, as long as it takes to say, loud enough and silent between the sentences", async () => {
    const sound = await espeakVoice({ folder }).say(QUESTION);
    expect(sound.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xf3]));
    const loud = await loudness(sound);
    const syllables = QUESTION.replace(/[^\p{Script=Han}]/gu, "").length;
    // 3 to 5 syllables a second is how people read out.
    expect(loud.length / 10).toBeGreaterThan(syllables / 5);
    expect(loud.length / 10).toBeLessThan(syllables / 2.5);
    expect(loud.filter((each) => each > 0.02).length / loud.length).toBeGreaterThan(0.5);
    expect(loud.filter((each) => each < 0.005).length).toBeGreaterThan(2);
  });

  it("says other words otherwise, the same words alike, and longer ones longer", async () => {
    const [one, other] = [espeakVoice({ folder }), espeakVoice({ folder })];
    const [loan, house, amount] = await Promise.all(
      ["归还借款", "房屋租赁", "¥12,000.50"].map((text) => one.say(text)),
    );
    expect(loan).not.toEqual(house);
    expect(await other.say("归还借款")).toEqual(loan);
    expect(await one.say("一万二千元五角")).toEqual(amount);
    // The dictionary of the program itself reads 还 as hái: what is said is huán.
    const plain = await one.say("归孩借款");
    expect(plain).not.toEqual(loan);
    expect((await one.say(QUESTION)).length).toBeGreaterThan(2 * (loan?.length ?? 0));
  });

  it("takes what looks like an option or a command for words", async () => {
    const voice = espeakVoice({ folder });
    for (const text of ["--help 一", "-w /tmp/a 一", "$(touch /tmp/a); 一", "<voice name='en'>一"])
      expect((await voice.say(text)).length).toBeGreaterThan(1000);
  });

  it("says nothing of what holds no words", async () => {
    await expect(espeakVoice({ folder }).say("——！")).rejects.toThrow(Unsayable);
  });

  it("sends the third away while one speaks and one waits, and makes one sound for all who ask for it", async () => {
    const voice = espeakVoice({ folder, mostAtOnce: 1, mostWaiting: 1 });
    const same = [voice.say(QUESTION), voice.say(QUESTION), voice.say(QUESTION)];
    const waits = voice.say("房屋租赁合同纠纷");
    await expect(voice.say("机动车交通事故责任纠纷")).rejects.toMatchObject({ status: 503, extras: { retryAfter: 3 } });
    const [first, ...rest] = await Promise.all(same);
    expect(rest.every((each) => each === first)).toBe(true);
    await waits;
    expect((await voice.say("机动车交通事故责任纠纷")).length).toBeGreaterThan(1000);
  });

  it("keeps what was said last, and no more of it than it may", async () => {
    const voice = espeakVoice({ folder, mostBytes: 20_000 });
    const first = await voice.say("归还借款");
    expect(await voice.say("归还借款")).toBe(first);
    for (const text of ["房屋租赁", "交通事故", "离婚纠纷", "劳动争议"]) await voice.say(text);
    const again = await voice.say("归还借款");
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });

  it("gives up where the programs are missing or take too long, and says so of its health", async () => {
    const nowhere = espeakVoice({ folder: folderOf });
    expect([nowhere.on, espeakVoice({ folder }).on]).toEqual([false, true]);
    await expect(nowhere.say("一")).rejects.toThrow(GatewayError);
    expect(gatewayHealth().find(({ name }) => name === "voice")?.failingSince).not.toBeNull();
    const hurried = espeakVoice({ folder, timeoutMs: 1 });
    await expect(hurried.say(QUESTION)).rejects.toThrow(GatewayError);
    await espeakVoice({ folder }).say("一");
    expect(gatewayHealth().find(({ name }) => name === "voice")?.failingSince).toBeNull();
  });
});
