import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { loanPaper } from "../server/test/paper-pictures.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "dossier");

describe("a dossier, on the phone and at the desk", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk3", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("is read page by page by a party, with the reader on the page; the judge reads it and adds what the party never sees", {
    timeout: 300_000,
  }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "许静宜", "卢建平");
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    await phone.signIn("许静宜");
    const programs: string[] = [];
    phone.page.on("request", (request) => programs.push(request.url()));
    await phone.go(`/#/pages/dossier/index?caseId=${caseId}`);
    await expect
      .poll(
        async () => {
          await phone.page.reload();
          await phone.at("dossier-number").waitFor();
          return phone.page.locator('[data-test="dossier-item"][data-title="起诉状"]').count();
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toBe(1);
    await phone.picture("catalogue");
    // What draws PDFs is fetched from our own address, and only when a page is opened.
    expect(programs.filter((url) => url.includes("pdfjs/"))).toEqual([]);
    await phone.page.locator('[data-test="dossier-item"][data-title="起诉状"]').first().click();
    await phone.page.locator('[data-test="dossier-sheet"][data-page="1"] canvas').waitFor();
    await phone.picture("page");
    expect(programs.some((url) => url.startsWith(base) && url.endsWith("pdfjs/pdf.min.mjs"))).toBe(true);
    expect(programs.filter((url) => url.includes("pdf") && !url.startsWith(base))).toEqual([]);
    await phone.tap("page-next");
    await phone.page.locator('[data-test="dossier-sheet"][data-page="2"] canvas').waitFor();
    await phone.tap("zoom-in");
    await phone.picture("enlarged");

    const desk = await Desk.signIn(browser, base, pictures, "judge1", credentials);
    onTestFailed(() => desk.picture("failed"));
    await desk.go(`/cases/${caseId}?tab=dossier`);
    await desk.at("dossier-item").first().click();
    await desk.page.locator('[data-test="dossier-viewer"][data-page="1"]').waitFor();
    await desk.page.waitForTimeout(800);
    await desk.picture("desk");
    await desk.click("dossier-add");
    await desk.at("dossier-add-scan").click();
    await desk.pick("dossier-add-section", "询问、调查笔录");
    const page = (sentence: string) =>
      loanPaper({ title: "询问笔录", lender: "", borrower: "卢建平", sentences: [sentence], date: "2026年11月20日" });
    await desk.page.locator('[data-test="scan-file"]').setInputFiles([
      { name: "2.png", mimeType: "image/png", buffer: await page("被告愿意分期归还。") },
      { name: "1.png", mimeType: "image/png", buffer: await page("双方确认借款本金为五万元。") },
    ]);
    await expect.poll(() => desk.page.locator('li.done[data-test="scan"]').count(), { timeout: 30_000 }).toBe(2);
    await desk.picture("scans");
    await desk.click("dialog-send");
    const inquiry = desk.page.locator('[data-test="completeness"] li', { hasText: "询问当事人笔录" });
    await expect.poll(() => inquiry.getAttribute("data-state"), { timeout: 20_000 }).toBe("present");
    await inquiry.getByRole("button").click();
    await desk.page.locator('[data-test="dossier-viewer"][data-page="1"]').waitFor();
    await desk.at("place-section").waitFor();
    await desk.page.screenshot({ path: join(pictures, "desk-whole.png"), fullPage: true });
    await desk.click("dossier-add-inner");
    await desk.at("dossier-add-text").fill("合议庭评议：拟支持原告的诉讼请求。");
    await desk.picture("inner");
    await desk.page.getByRole("button", { name: "保存" }).click();
    await desk.page.locator('[data-test="dossier-inner"] button').first().waitFor();
    await desk.picture("inner-added");

    await phone.go(`/#/pages/dossier/index?caseId=${caseId}`);
    await phone.at("dossier-number").waitFor();
    expect(await phone.page.content()).not.toContain("合议");
  });
});
