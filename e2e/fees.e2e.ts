import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "fees");

describe("fees, from the notice to the last fen", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk3", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("is paid on the phone, seen at the desk, and given back by two persons", { timeout: 300_000 }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "何满仓", "钱小豪");
    const noticeId = await noticeOf("何满仓", caseId);
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    await phone.signIn("何满仓");
    await phone.go(`/#/pages/fee/notice?id=${noticeId}`);
    // 50,000 yuan: 50 + 40,000 × 2.5 %.
    await expect.poll(() => phone.at("fee-amount").innerText(), { timeout: 30_000 }).toMatch(/1,?050/);
    await phone.picture("notice");
    await payWithWechat(phone);
    await expect.poll(() => phone.at("fee-notice").getAttribute("data-state"), { timeout: 60_000 }).toBe("paid");
    await expect.poll(() => phone.at("receipt-number").innerText(), { timeout: 20_000 }).toMatch(/\S/);
    await phone.picture("paid");

    const desk = await Desk.signIn(browser, base, pictures, "courtclerk1", credentials);
    onTestFailed(() => desk.picture("failed"));
    await desk.go(`/fees/notices/${noticeId}`);
    await expect.poll(() => desk.at("notice-state").innerText(), { timeout: 20_000 }).toBe("已交清");
    await desk.picture("notice-paid");

    await desk.click("payment-refund");
    await desk.at("refund-amount").locator("input").or(desk.at("refund-amount")).first().fill("525");
    await desk.at("refund-reason").fill("原告撤诉，减半收取");
    await desk.picture("refund-asked");
    await desk.click("dialog-send");
    await desk.at("refund-line").waitFor();
    const { items } = await clerk("GET", "/refunds?limit=100");
    const refund = items.find((one: { noticeId: string }) => one.noticeId === noticeId);
    await desk.go(`/fees/refunds?id=${refund.id}`);
    await desk.at("refund-panel").waitFor();
    // Who asked cannot approve: the button is not there, and the page says who can.
    await expect.poll(() => desk.at("refund-standing").innerText(), { timeout: 20_000 }).toMatch(/另一人/);
    expect(await desk.page.locator('[data-test="refund-approve"]').count()).toBe(0);
    await desk.picture("not-the-asker");

    const supervisor = await Desk.signIn(browser, base, pictures, "supervisor1", credentials);
    onTestFailed(() => supervisor.picture("failed"));
    await supervisor.go(`/fees/refunds?id=${refund.id}`);
    await supervisor.click("refund-approve");
    await expect
      .poll(async () => (await clerk("GET", `/refunds/${refund.id}`)).state.code, { timeout: 90_000 })
      .toBe("succeeded");
    await supervisor.go(`/fees/refunds?id=${refund.id}`);
    await supervisor.at("refund-state").waitFor();
    await supervisor.picture("refunded");
    await phone.go(`/#/pages/fee/notice?id=${noticeId}`);
    await phone.page.reload();
    await phone.at("refund").waitFor();
    await phone.picture("refund-followed");
  });

  it("is reduced on request, and the rest is paid", { timeout: 300_000 }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "苗秀英", "孙大壮");
    const noticeId = await noticeOf("苗秀英", caseId);
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    await phone.signIn("苗秀英");
    await phone.go(`/#/pages/fee/notice?id=${noticeId}`);
    await phone.tap("ask-relief");
    await phone.page
      .locator('[data-test="field-relief.kind"]:visible, [data-test^="choice-relief.kind"]:visible')
      .first()
      .waitFor();
    await phone.page.getByText("免交", { exact: false }).locator("visible=true").first().click();
    await phone.at("relief-ground").first().click();
    await phone.fill("field-relief.statement", "我靠低保生活，每月八百元，要供孙女上学，一次拿不出这笔钱。");
    await phone.picture("relief-form");
    await phone.tap("relief-submit");
    await phone.page.getByText("仍然提交").locator("visible=true").first().click();
    await expect
      .poll(() => phone.at("fee-notice").getAttribute("data-state"), { timeout: 30_000 })
      .toBe("relief_pending");
    await phone.picture("relief-pending");

    const desk = await Desk.signIn(browser, base, pictures, "supervisor1", credentials);
    onTestFailed(() => desk.picture("failed"));
    const { items } = await until(async () => {
      const found = await clerk("GET", "/fee-reliefs?state=requested&limit=100");
      return found.items.some((one: { noticeId: string }) => one.noticeId === noticeId) ? found : null;
    });
    const relief = items.find((one: { noticeId: string }) => one.noticeId === noticeId);
    await desk.go(`/fees/reliefs/${relief.id}`);
    await desk.click("decide-part");
    await desk.at("relief-percent").fill("50");
    await desk.at("relief-sum").waitFor();
    await desk.at("relief-reason").fill("申请人领取最低生活保障金，确有困难，但有部分收入，准予减交百分之五十。");
    await desk.picture("relief-decision");
    await desk.click("relief-send");
    await expect
      .poll(async () => (await clerk("GET", `/fee-reliefs/${relief.id}`)).state.code, { timeout: 30_000 })
      .toBe("granted_in_part");

    await phone.page.reload();
    await expect.poll(() => phone.at("fee-amount").innerText(), { timeout: 30_000 }).toMatch(/525/);
    await phone.picture("relief-granted");
    await payWithWechat(phone);
    await expect.poll(() => phone.at("fee-notice").getAttribute("data-state"), { timeout: 60_000 }).toBe("paid");
    await phone.picture("rest-paid");
    const row = await clerk("GET", `/fee-notices/${noticeId}`);
    expect([row.assessedFen, row.reliefFen, row.paidFen, row.outstandingFen]).toEqual([105_000, 52_500, 52_500, 0]);
  });

  async function noticeOf(name: string, caseId: string): Promise<string> {
    const person = await personCaller(base, name);
    return until(async () => (await person("GET", `/fee-notices?caseId=${caseId}`)).items[0]?.id);
  }

  /** WeChat's own page comes up, the person confirms there, and comes back. */
  async function payWithWechat(phone: Phone): Promise<void> {
    await phone.tap("pay");
    const confirm = phone.page.getByRole("button", { name: "确认支付" });
    await confirm.waitFor();
    await phone.picture("cashier");
    await confirm.click();
    await phone.page.getByRole("link", { name: "返回商家" }).click();
    await phone.at("fee-notice").waitFor();
  }
});
