import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { findIds, openDraft, PEOPLE, settled } from "./h5-pages.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "aloud");

/** A browser's voices, of which a test browser has none: what would be said is written down, and said as fast as asked. */
function lendVoices(voices: { name: string; lang: string; localService: boolean; breathMs?: number }[]): void {
  const breathMs = voices[0]?.breathMs ?? 15;
  const said: { text: string; marked: string; rate: number }[] = [];
  let talking: SpeechSynthesisUtterance | null = null;
  const stand = {
    getVoices: () => voices,
    addEventListener: () => {},
    speak: (words: SpeechSynthesisUtterance) => {
      talking = words;
      const marked = document.querySelector<HTMLElement>(".being-read")?.innerText ?? "";
      said.push({ text: words.text, marked: marked.replace(/\s+/g, " "), rate: words.rate });
      setTimeout(() => talking === words && words.onend?.(new Event("end") as SpeechSynthesisEvent), breathMs);
    },
    cancel: () => {
      const cut = talking;
      talking = null;
      cut?.onerror?.(new Event("error") as SpeechSynthesisErrorEvent);
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: stand, configurable: true });
  Object.defineProperty(window, "SpeechSynthesisUtterance", {
    value: class {
      voice = null;
      lang = "";
      rate = 1;
      onend = null;
      onerror = null;
      readonly text: string;
      constructor(text: string) {
        this.text = text;
      }
    },
    configurable: true,
  });
  Object.assign(window, { said });
}
const CHINESE = { name: "普通话", lang: "zh-CN", localService: true };
/** Still speaking when somebody stops it, on a slow machine too. */
const SLOW = { ...CHINESE, breathMs: 3000 };
const FAR = { name: "远方的普通话", lang: "zh-CN", localService: false };
const ENGLISH = { name: "English", lang: "en-US", localService: true };

describe("a page read aloud", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("says question, help and choices in order, marks what it says, and the receipt", {
    timeout: 180_000,
  }, async () => {
    const phone = await withVoices([ENGLISH, FAR, CHINESE], PEOPLE.writer);
    const { draft } = await openDraft(phone, null);
    const consents = await readAll(phone, `/#/pages/wizard/consents?id=${draft}`);
    inOrder(consents, [
      "第 8 步",
      "哪些事愿意在手机上办",
      "每一项分开选",
      "立案",
      "同意在线办",
      "去法院办",
      "愿意先调解吗",
      "还没想好",
    ]);
    expect(consents.some(({ text }) => /同意在线办.*(?:已经选了|没有选)/.test(text))).toBe(true);
    const party = await readAll(phone, `/#/pages/wizard/service?id=${draft}`);
    inOrder(party, ["法院的文书送到哪里", "收件人", "填的是：", "电话"]);
    // What is said is what is marked.
    for (const { text, marked } of [...consents, ...party]) {
      if (/^(?:填的是|还没有填|按钮)/.test(text) || /选了。$|没有选。$/.test(text)) continue;
      expect(marked).toContain(text.slice(0, 12));
    }
    const ids = await findIds(base);
    const waiting = await withVoices([CHINESE], PEOPLE.waiting);
    inOrder(await readAll(waiting, `/#/pages/wizard/receipt?id=${ids["handedIn"]}`), [
      "法院已经收到",
      "收件编号",
      "收到时间",
      "接下来",
    ]);
  });

  it("stops when it is told to, and when the page is left", { timeout: 120_000 }, async () => {
    const phone = await withVoices([SLOW], PEOPLE.writer);
    await phone.go("/#/pages/guide/index");
    await settled(phone);
    await phone.tap("aloud");
    await phone.page.locator(".being-read").first().waitFor();
    await phone.picture("being-read");
    await phone.tap("aloud");
    await expect.poll(() => phone.at("aloud").innerText()).toContain("朗读");
    expect(await phone.page.locator(".being-read").count()).toBe(0);
    const count = await saidOn(phone).then((said) => said.length);
    await phone.page.waitForTimeout(300);
    expect((await saidOn(phone)).length).toBe(count);
  });

  it.each([
    ["no voice at all", []],
    ["no Chinese voice", [ENGLISH]],
    ["only one that sends the words away", [FAR]],
  ])("says so plainly where there is %s and the court has none", { timeout: 60_000 }, async (_, voices) => {
    const phone = await withVoices(voices, null);
    await phone.page.route("**/api/v1/speech", (route) => route.fulfill({ status: 409, json: { code: "speech.off" } }));
    await phone.go("/");
    await settled(phone);
    await phone.tap("aloud");
    await phone.page.getByText("这里没有中文朗读").waitFor();
    expect(await saidOn(phone)).toEqual([]);
    expect(await phone.page.locator(".being-read").count()).toBe(0);
  });

  it("reads with the court's own voice where the phone has none: real sound, in order, marked, until it is stopped", {
    timeout: 120_000,
  }, async () => {
    const phone = await withVoices([FAR], null);
    await phone.page.addInitScript(hearSounds);
    const asked: { text: string; sound: Promise<Buffer | null> }[] = [];
    phone.page.on("response", (answer) => {
      if (!answer.url().endsWith("/api/v1/speech")) return;
      const { text } = answer.request().postDataJSON() as { text: string };
      asked.push({ text, sound: answer.body().catch(() => null) });
    });
    await phone.go("/#/pages/guide/index");
    await settled(phone);
    await phone.tap("aloud");
    await expect
      .poll(async () => (await heardOn(phone)).filter(({ ended }) => ended).length, { timeout: 60_000 })
      .toBe(3);
    expect(await phone.page.locator(".being-read").count()).toBe(1);
    const sounds = await Promise.all(
      asked.map(async ({ text, sound }) => ({ text, bytes: (await sound) ?? Buffer.alloc(0) })),
    );
    const heard = await heardOn(phone);
    inOrder(
      heard.map(({ marked }) => ({ text: marked, marked })),
      ["立案前先看这里", "不用登录", "问五句话"],
    );
    // What was asked for is what is marked, one ahead of what is heard.
    inOrder(
      sounds.map(({ text }) => ({ text, marked: text })),
      ["立案前先看这里", "不用登录", "看明白了再办", "问五句话"],
    );
    for (const [at, { seconds, furthest }] of heard.slice(0, 3).entries()) {
      const { text = "", bytes } = sounds[at] ?? {};
      expect(bytes?.subarray(0, 2).toString("hex"), text).toBe("fff3");
      const syllables = text.replace(/[^\p{Script=Han}]/gu, "").length;
      expect(seconds, text).toBeGreaterThan(syllables / 6);
      expect(seconds, text).toBeLessThan(1 + syllables / 2);
      // It was played through, not only begun.
      expect(furthest, text).toBeGreaterThan(seconds - 0.4);
    }
    expect(new Set(sounds.map(({ bytes }) => bytes.toString("base64"))).size).toBe(sounds.length);

    await phone.tap("aloud");
    await expect.poll(() => phone.at("aloud").innerText()).toContain("朗读");
    expect(await phone.page.locator(".being-read").count()).toBe(0);
    // Of a sound that was only just asked to play, its length may be learnt after the stop.
    await phone.page.waitForTimeout(500);
    const heardBefore = await heardOn(phone);
    await phone.page.waitForTimeout(500);
    expect(await heardOn(phone)).toEqual(heardBefore);
    expect(await saidOn(phone)).toEqual([]);
  });

  async function withVoices(voices: Parameters<typeof lendVoices>[0], name: string | null): Promise<Phone> {
    const phone = await Phone.open(browser, base, pictures);
    await phone.page.addInitScript(lendVoices, voices);
    if (name !== null) await phone.signIn(name);
    return phone;
  }
});

/** Writes down what the browser's sounds do: how long each is, how far it was played, what was marked meanwhile. */
function hearSounds(): void {
  const heard: Heard[] = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    const marked = document.querySelector<HTMLElement>(".being-read")?.innerText ?? "";
    const one: Heard = { marked: marked.replace(/\s+/g, " "), seconds: 0, furthest: 0, ended: false };
    heard.push(one);
    this.addEventListener("timeupdate", () => {
      if (heard.at(-1) !== one) return;
      one.seconds = this.duration;
      one.furthest = Math.max(one.furthest, this.currentTime);
    });
    this.addEventListener(
      "ended",
      () => {
        one.ended = true;
      },
      { once: true },
    );
    return play.call(this);
  };
  Object.assign(window, { heard });
}
interface Heard {
  marked: string;
  seconds: number;
  furthest: number;
  ended: boolean;
}
const heardOn = (phone: Phone): Promise<Heard[]> =>
  phone.page.evaluate(() => structuredClone((window as unknown as { heard: Heard[] }).heard));

interface Said {
  text: string;
  marked: string;
}
const saidOn = (phone: Phone): Promise<Said[]> =>
  phone.page.evaluate(() => (window as unknown as { said: Said[] }).said);

/** All that is said from the press of the button until it falls silent by itself. */
async function readAll(phone: Phone, path: string): Promise<Said[]> {
  await phone.go(path);
  await settled(phone);
  await phone.page.evaluate(() => {
    (window as unknown as { said: Said[] }).said.length = 0;
  });
  await phone.tap("aloud");
  await expect.poll(() => phone.at("aloud").innerText(), { timeout: 60_000 }).toContain("朗读");
  await expect.poll(async () => (await saidOn(phone)).length, { timeout: 10_000 }).toBeGreaterThan(3);
  await expect.poll(() => phone.page.locator(".being-read").count(), { timeout: 60_000 }).toBe(0);
  return saidOn(phone);
}

function inOrder(said: readonly Said[], words: readonly string[]): void {
  let from = 0;
  for (const word of words) {
    const at = said.findIndex(({ text }, n) => n >= from && text.includes(word));
    expect(
      at,
      `“${word}” after ${said[from]?.text} in:\n${said.map(({ text }) => text).join("\n")}`,
    ).toBeGreaterThanOrEqual(0);
    from = at;
  }
}
