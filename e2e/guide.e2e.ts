import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { personCaller, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "guide");
const LOAN = "CIV2025:108(3)";

describe("five questions before signing in", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("end in a court, a cause and a fee, and whoever signs in then has them in a draft", async () => {
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    await phone.go("/#/pages/guide/walk");
    await phone.at("walk-at").waitFor();
    await phone.picture("what");
    await phone.fill("cause-search", "借钱不还");
    await phone.tapCode("cause-item", LOAN);
    await courtOf(phone, "walk-defendant", "历下", "鲁0102");
    await courtOf(phone, "walk-place", "市中", "鲁0103");
    await phone.fill("field-walk.amount", "50000");
    await phone.picture("how-much");
    await phone.tap("walk-next");
    await phone.picture("who");
    await phone.tap("field-walk.who-0");
    await phone.tap("walk-next");

    // The fee is the one the court would ask for this cause; the first court advised is the one taken along.
    await phone.at("walk-fee").waitFor();
    expect(await phone.at("walk-fee").innerText()).toContain("1,050 元");
    const advised = await phone.at("walk-court").getAttribute("data-code");
    expect(await phone.at("walk-cause").innerText()).toBe("民间借贷纠纷");
    await phone.picture("result");
    await phone.page.screenshot({ path: join(pictures, "result-whole.png"), fullPage: true });

    // Signing in comes in between, and loses nothing.
    await phone.tap("walk-begin");
    await phone.fill("signin-name", "邹小路");
    await phone.tap("signin-submit");
    await phone.tap("walk-begin");
    await phone.at("cause-chosen").waitFor();
    expect(await phone.at("cause-chosen").innerText()).toContain("民间借贷纠纷");
    await phone.picture("draft");
    await phone.tap("wizard-next");
    await phone.at("court-chosen").waitFor();
    const person = await personCaller(base, "邹小路");
    const filing = await until(async () => {
      const [mine] = (await person("GET", "/filings")).items;
      return mine && person("GET", `/filings/${mine.id}`);
    });
    expect(filing.court.code).toBe(advised);
    const { causeCode, amountFen, parties } = filing.content;
    expect([causeCode, amountFen]).toEqual([LOAN, 5_000_000]);
    // "My own affair": the plaintiff stands ready to be filled in, and is a person.
    expect(parties.map(({ side, kind }: { side: string; kind: string }) => [side, kind])).toEqual([
      ["plaintiff", "natural"],
    ]);
  });

  async function courtOf(phone: Phone, test: string, words: string, code: string): Promise<void> {
    await phone.fill(`${test}-search`, words);
    await phone.tapCode(`${test}-item`, code);
  }
});
