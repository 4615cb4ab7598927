import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { courtVoice, type Player } from "@/aloud/court-voice";
import { fieldWords } from "@/aloud/field-words";
import { breaths, readOut, stop } from "@/aloud/read-out";

interface Spoken {
  statusCode: number;
  body?: string;
  header?: Record<string, string>;
}
const spoken = { answers: [] as Spoken[], asked: [] as string[] };
const request = ({ data, success }: { data: string; success(answer: object): void }): void => {
  spoken.asked.push((JSON.parse(data) as { text: string }).text);
  const { statusCode, body = "", header = {} } = spoken.answers.shift() ?? { statusCode: 200, body: "mp3" };
  success({ statusCode, data: new TextEncoder().encode(body).buffer, header });
};
beforeEach(() => {
  spoken.answers.length = spoken.asked.length = 0;
  Object.assign(uni, { request });
});
afterEach(() => vi.useRealTimers());

/** A phone on which every sound is heard at once; what is kept and dropped is counted. */
function phone(): Player & { kept: number; dropped: number } {
  return {
    kept: 0,
    dropped: 0,
    async keep() {
      this.kept += 1;
      return `sound ${this.kept}`;
    },
    play: async () => true,
    stop() {},
    drop() {
      this.dropped += 1;
    },
  };
}
const read = (player: Player, texts: string[]) =>
  new Promise<boolean | "no-voice">((done) => {
    void readOut(
      texts.map((text) => ({ text })),
      () => courtVoice(player, texts[0] ?? ""),
      done,
    ).then((began) => began === "no-voice" && done(began));
  });

describe("reading aloud with the court's voice", () => {
  it("asks for each breath once, in order, and keeps no sound", async () => {
    const player = phone();
    expect(await read(player, ["一。", "二。", "二。", "三。"])).toBe(false);
    expect(spoken.asked).toEqual(["一。", "二。", "二。", "三。"]);
    expect([player.kept, player.dropped]).toEqual([4, 4]);
  });

  it("passes over what cannot be said, and waits its turn where others are served", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
    spoken.answers.push(
      { statusCode: 422 },
      { statusCode: 503, body: '{"code":"service.unavailable"}', header: { "retry-after": "3" } },
    );
    const player = phone();
    expect(await read(player, ["——", "二。"])).toBe(false);
    expect(spoken.asked).toEqual(["——", "二。", "二。"]);
    expect(player.kept).toBe(1);
  });

  it("tells a court without a voice from one that fails on the way", async () => {
    spoken.answers.push({ statusCode: 409, body: '{"title":"…","code":"speech.off"}' });
    expect(await read(phone(), ["一。"])).toBe("no-voice");
    spoken.answers.push({ statusCode: 200, body: "mp3" }, { statusCode: 500 });
    expect(await read(phone(), ["一。", "二。"])).toBe(true);
  });

  it("says nothing more once it is stopped, even while the first sound is on its way", async () => {
    const ended = vi.fn();
    const player = phone();
    const play = vi.spyOn(player, "play");
    const begun = readOut([{ text: "一。" }], () => courtVoice(player, "一。"), ended);
    stop();
    await begun;
    expect(ended.mock.calls).toEqual([[false]]);
    expect(play).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(player.dropped).toBe(player.kept));
  });

  it("plays no sound that arrives after it was stopped", async () => {
    const player = phone();
    const play = vi.spyOn(player, "play");
    const mouth = await courtVoice(player, "一。");
    const saying = mouth?.say("二。", "三。");
    mouth?.hush();
    expect(await saying).toBe(false);
    expect(play).not.toHaveBeenCalled();
    expect(spoken.asked).toEqual(["一。", "二。"]);
  });

  it("breathes after sentences, and within what is too long for one breath", () => {
    expect(breaths("第一句。第二句？最后")).toEqual(["第一句。", "第二句？", "最后"]);
    expect(breaths("法".repeat(200)).map((each) => each.length)).toEqual([80, 80, 40]);
  });
});

describe("a field in words", () => {
  it.each([
    [
      "text",
      { type: "text", label: "姓名", required: true, choices: [], value: "王芳" },
      ["姓名，必填。", "填的是：王芳。"],
    ],
    ["nothing", { type: "date", label: "截至", choices: [], value: null }, ["截至。", "还没有填。"]],
    ["money", { type: "money", choices: [], value: "50000.00" }, ["填的是：50000.00 元。"]],
    [
      "choices",
      {
        type: "multi",
        choices: [
          { value: "a", label: "现金" },
          { value: "b", label: "转账", note: "银行或者手机" },
        ],
        value: ["b"],
      },
      ["现金，没有选。", "转账，银行或者手机，已经选了。"],
    ],
    [
      "a table",
      { type: "table", choices: [], columns: ["姓名", "归属"], value: [["小明", ""]] },
      ["第 1 项：姓名，小明；归属，没有填。"],
    ],
    ["what is wrong", { type: "mobile", choices: [], value: "1", error: "少了 10 位" }, ["填的是：1。", "少了 10 位"]],
  ])("%s", (_, asked, words) => expect(fieldWords(asked)).toEqual(words));
});
