import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { ARTICLES } from "../server/test/declaration.ts";
import { type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller } from "./filed.ts";
import { layoutFaults } from "./layout.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "languages");

describe("the languages of the courts, on the phone", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk2", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("runs from right to left in Uyghur, reads Mongolian from top to bottom, and comes back to Chinese", {
    timeout: 300_000,
  }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "热娜", "孙启明");
    const owner = await personCaller(base, "热娜");
    const { id: threadId } = await owner("POST", `/cases/${caseId}/threads`, {
      subject: "开庭用什么语言",
      body: "想请法院翻译。",
    });

    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    const { page } = phone;
    const letters: string[] = [];
    page.on("request", (request) => letters.push(...(request.url().match(/noto-[a-z-]+/) ?? [])));
    const turned = () => page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]);
    await phone.signIn("热娜");
    await phone.go("/#/pages/me/index");
    await phone.at("language-ug").waitFor();
    // Letters are fetched for a language that was chosen, and for no other.
    expect(letters).toEqual([]);
    await phone.tap("language-ug");
    await expect.poll(turned).toEqual(["rtl", "ug"]);
    await expect.poll(() => new Set(letters).size).toBe(1);
    expect(letters[0]).toContain("noto-naskh-arabic");
    for (const path of ["me", "home", "filings", "messages"]) {
      await phone.go(`/#/pages/${path}/index`);
      await page.waitForTimeout(1500);
      expect(await layoutFaults(page), path).toEqual([]);
      await phone.picture(`uyghur-${path}`);
    }
    // The account knows it: another phone speaks Uyghur as soon as she has signed in.
    await expect.poll(async () => (await owner("GET", "/me")).language).toBe("ug");

    await owner("POST", `/threads/${threadId}/messages`, { body: ARTICLES.mn.text });
    await phone.go(`/#/pages/contact/thread?id=${threadId}`);
    const words = page.locator('[data-test="reading"][data-script="mong"] .words:visible').first();
    await words.waitFor();
    expect(
      await words.evaluate((each) => [getComputedStyle(each).writingMode, getComputedStyle(each).direction]),
    ).toEqual(["vertical-lr", "ltr"]);
    // The text runs down: higher than a line, and its first letter stands left of and not below its last column.
    const [first, last] = await words.evaluate((each) => {
      const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
      let node = walker.nextNode() as Text;
      while (node.length === 0) node = walker.nextNode() as Text;
      const boxOf = (at: number) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, top } = range.getBoundingClientRect();
        return { left, top };
      };
      return [boxOf(0), boxOf(node.length - 1)] as const;
    });
    expect(last.left).toBeGreaterThan(first.left + 20);
    await expect.poll(() => letters.some((each) => each.includes("noto-sans-mongolian"))).toBe(true);
    await page.waitForTimeout(800);
    await phone.picture("mongolian-message");
    expect(await layoutFaults(page)).toEqual([]);

    await phone.go("/#/pages/me/index");
    await phone.tap("language-zh-CN");
    await expect.poll(turned).toEqual(["ltr", "zh-CN"]);
    await phone.picture("chinese");
  });
});
