import { mkdirSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { zip } from "../server/test/zip.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "bulk");
const LAWYER = "郑大为";
const FIRST_ROW = 6;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A resident number that is well formed and belongs to nobody (370199 is no district). */
function idNumber(serial: number): string {
  const seventeen = `37019919800101${String(serial).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(seventeen[at]), 0);
  return seventeen + "10X98765432"[sum % 11];
}

const paper = (text: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><rect width="600" height="800" fill="#fbfaf5"/><text x="60" y="120" font-size="40">${text}</text></svg>`,
    ),
  )
    .jpeg()
    .toBuffer();

describe("bulk filing at a desk", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("files twenty rows, of which three are bad, and names the cells to mend", { timeout: 300_000 }, async () => {
    const desk = await Phone.open(browser, base, pictures, { width: 1440, height: 900 });
    onTestFailed(() => desk.picture("failed"));
    const errors: string[] = [];
    desk.page.on("pageerror", (error) => errors.push(error.message));
    await becomeLawyer(desk);

    await desk.go("/#/pages/me/index");
    await desk.tap("me-bulk");
    await desk.tapCode("bulk-form", "09");
    const [saved] = await Promise.all([desk.page.waitForEvent("download"), desk.tap("bulk-template")]);
    expect(saved.suggestedFilename()).toMatch(/批量立案模板.*民间借贷纠纷\.xlsx/);
    const sheet = await filledIn(await saved.path());
    await desk.fill("court-search", "历下");
    await desk.tapCode("court-item", "鲁0102");
    await desk.at("bulk-court-chosen").waitFor();
    await desk.choose("bulk-sheet", [{ name: "二十件.xlsx", mimeType: XLSX, buffer: sheet }]);
    await desk.choose("bulk-archive", [{ name: "证据.zip", mimeType: "application/zip", buffer: await archive() }]);
    await desk.picture("ready-to-upload");
    await desk.tap("bulk-start");

    const reaches = (state: string) =>
      expect
        .poll(() => desk.at("bulk-state").getAttribute("data-code"), { timeout: 120_000, interval: 500 })
        .toBe(state);
    await reaches("validated");
    const wrong = desk.page.locator('[data-test="bulk-row"][data-state="errors"]:visible');
    await expect.poll(() => wrong.count(), { timeout: 20_000 }).toBe(3);
    expect(await wrong.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-code")))).toEqual([
      "9",
      "14",
      "21",
    ]);
    await desk.tapCode("bulk-filter", "errors");
    await expect.poll(() => desk.page.locator('[data-test="bulk-row"]:visible').count()).toBe(3);
    const told = await wrong.allInnerTexts();
    expect(told[0]).toMatch(/须改正[\s\S]*[A-Z]+9[\s\S]*标的总额（元）[\s\S]*万/);
    expect(told[1]).toMatch(/[A-Z]+14[\s\S]*原告1 证件号码/);
    expect(told[2]).toMatch(/[A-Z]+21[\s\S]*压缩包里没有/);
    await desk.picture("three-bad-rows");
    await onAPhone(desk, "three-bad-rows-on-a-phone");

    await desk.tap("bulk-create");
    await reaches("created");
    await desk.tapCode("bulk-filter", "created");
    await expect.poll(() => desk.page.locator('[data-test="bulk-row"][data-state="created"]:visible').count()).toBe(17);
    await desk.at("signature-canvas").scrollIntoViewIfNeeded();
    await desk.sign("signature-canvas");
    await desk.picture("signed-once");
    await onAPhone(desk, "created-on-a-phone");
    if (await desk.sees("signature-canvas")) await desk.sign("signature-canvas");
    await desk.tap("bulk-submit");
    await reaches("submitted");
    await desk.tapCode("bulk-filter", "submitted");
    await expect
      .poll(() => desk.page.locator('[data-test="bulk-row"][data-state="submitted"]:visible').count())
      .toBe(17);
    expect(await desk.page.locator('[data-test="bulk-row"]:visible').first().innerText()).toMatch(
      /收鲁0102-\d{8}-\d{5}/,
    );
    await desk.picture("submitted");

    const [mending] = await Promise.all([desk.page.waitForEvent("download"), desk.tap("bulk-bad")]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await mending.path());
    const page = book.getWorksheet("填写") as ExcelJS.Worksheet;
    expect([5, 6, 7].map((row) => page.getCell(row, 3).value)).toEqual(["需要改正", "需要改正", "需要改正"]);
    await desk.go("/#/pages/bulk/index");
    await desk.at("bulk-job").waitFor();
    await desk.picture("list");
    await onAPhone(desk, "list-on-a-phone");
    expect(errors).toEqual([]);
  });
});

async function onAPhone(desk: Phone, name: string): Promise<void> {
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await desk.page.waitForTimeout(400);
  await desk.picture(name);
  await desk.page.setViewportSize({ width: 1440, height: 900 });
  await desk.page.waitForTimeout(400);
}

async function becomeLawyer(desk: Phone): Promise<void> {
  await desk.go("/");
  await desk.tap("home-start");
  await desk.fill("signin-name", LAWYER);
  await desk.tap("signin-submit");
  await desk.at("home-start").waitFor();
  await desk.go("/#/pages/account/identity");
  await desk.fill("field-name", LAWYER);
  await desk.fill("field-idNumber", idNumber(7));
  await desk.fill("field-phone", "13800138000");
  await desk.tap("identity-submit");
  await desk.at("identity-done").waitFor();
  await desk.go("/#/pages/account/practice");
  await desk.fill("field-licenseNumber", "13701202010112345");
  await desk.fill("field-firm", "山东明德律师事务所");
  await desk.tap("practice-submit");
  await expect.poll(() => desk.page.innerText("body"), { timeout: 20_000 }).toContain("执业证 137");
}

async function filledIn(template: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(template);
  const page = book.getWorksheet("填写") as ExcelJS.Worksheet;
  const keys = page.getRow(1).values as unknown[];
  for (let number = 0; number < 20; number += 1) {
    const cells: Record<string, string> = {
      reference: `HT-2025-${number}`,
      "p1.kind": "个人",
      "p1.name": `原告${"甲乙丙丁戊己庚辛壬癸"[number % 10]}${"一二"[Math.floor(number / 10)]}`,
      "p1.idNumber": number === 8 ? "370199198001010000" : idNumber(100 + number),
      "p1.phone": "13800138000",
      "p1.address": "山东省济南市历下区经十路1号",
      "d1.kind": "个人",
      "d1.name": "李强",
      "d1.phone": "13900139000",
      "d1.address": "山东省济南市历下区解放路2号",
      "a1.kind": "律师",
      "a1.name": LAWYER,
      "a1.phone": "13600136000",
      "a1.firm": "山东明德律师事务所",
      "a1.licenseNumber": "13701202010112345",
      "a1.powers": "特别授权",
      "a1.specialPowers": "承认诉讼请求；和解",
      claims: "请求判令被告归还借款本金50000元｜50000.00",
      amount: number === 3 ? "5万" : "50000.00",
      facts:
        "2025年3月5日，被告因资金周转向原告借款，原告当日转账交付，约定2025年12月31日前归还。到期后多次催要，被告至今未还。",
      "answers.claims.1.2": "50000",
      "service.recipient": LAWYER,
      "service.phone": "13600136000",
      "service.address": "山东省济南市历下区泉城路4号",
      "service.electronic": "是",
      "service.channels": "平台；短信",
      "service.judgments": "是",
      "service.confirmed": "是",
      "mediation.understood": "是",
      "mediation.wish": "暂不确定",
      "files.identity": "身份证.jpg",
      "files.power_of_attorney": "授权委托书.jpg",
      "files.license": "律师证.jpg",
      "files.firm_letter": "所函.jpg",
      "files.evidence": number === 15 ? "证据/没有这个.jpg" : "证据/借条.jpg｜证明借款事实",
    };
    for (const stage of ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"])
      cells[`consents.${stage}`] = "同意";
    for (const [key, text] of Object.entries(cells)) page.getCell(FIRST_ROW + number, keys.indexOf(key)).value = text;
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function archive(): Promise<Buffer> {
  const names = ["身份证.jpg", "授权委托书.jpg", "律师证.jpg", "所函.jpg", "证据/借条.jpg"];
  return zip(await Promise.all(names.map(async (name) => ({ name, bytes: await paper(name) }))));
}
