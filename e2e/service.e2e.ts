import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "service");

describe("service, from the proposal at the desk to the decided contest", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk3", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("is read and contested by the defendant on the phone, and decided at the desk", { timeout: 300_000 }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "贺晓琳", "汤建军");
    const { number } = await clerk("GET", `/cases/${caseId}`);
    const proposed = await until(async () => (await clerk("GET", `/services?caseId=${caseId}`)).items[0]);
    const { code } = await clerk("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" });
    const tang = await personCaller(base, "汤建军");
    const identity = { name: "汤建军", idType: "resident_id", idNumber: idNumberOf("汤建军"), phone: "13800138002" };
    await tang("PUT", "/me/identity", identity);
    await tang("POST", "/cases/join", { number, accessCode: code });

    const desk = await Desk.signIn(browser, base, pictures, "courtclerk1", credentials);
    onTestFailed(() => desk.picture("failed-desk"));
    await desk.go("/services");
    await desk.page.locator(`[data-test=service-row][data-id="${proposed.id}"]`).waitFor();
    await desk.picture("list");
    await desk.go(`/services/${proposed.id}`);
    await desk.click("service-send");
    await desk.at("channel-post").click();
    await desk.picture("send");
    await desk.page.locator('[data-test="fee-dialog"] .el-button--primary').click();
    await expect.poll(() => desk.at("service-state").getAttribute("data-state"), { timeout: 30_000 }).toBe("sent");
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const record = {
      action: "record",
      channel: "post",
      facts: { trackingNumber: "EMS1234567890CN", tracking: "delivered", signedOn: today, signedBy: "门卫" },
    };
    await clerk("POST", `/services/${proposed.id}/moves`, record, { "idempotency-key": randomUUID() });

    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed-phone"));
    await phone.signIn("汤建军");
    await phone.go(`/#/pages/case/detail?id=${caseId}`);
    await phone.tap("case-services");
    await phone.at("service-row").waitFor();
    await phone.picture("phone-list");
    await phone.tap("service-row");
    await phone.at("service-day").waitFor();
    await phone.picture("phone-detail");
    await phone.tap("service-contest");
    await phone.tap("field-contest.received-1");
    await phone.page
      .locator('[data-test="field-contest.note"] textarea:visible')
      .first()
      .fill("门卫签收，没有转交给我");
    await phone.picture("phone-contest");
    await phone.tap("contest-send");
    await expect.poll(() => phone.at("service").getAttribute("data-state"), { timeout: 20_000 }).toBe("contested");

    await desk.go("/services");
    await expect
      .poll(() => desk.page.locator("[data-test=service-row]").first().getAttribute("data-state"), { timeout: 20_000 })
      .toBe("contested");
    await desk.go(`/services/${proposed.id}`);
    await desk.click("service-decide_contest");
    await desk.at("contest-yes").click();
    await desk.at("move-reason").fill("签收人与受送达人无关，没有转交");
    await desk.picture("decide");
    await desk.page.locator('[data-test="fee-dialog"] .el-button--primary').click();
    await expect.poll(() => desk.at("service-state").getAttribute("data-state"), { timeout: 20_000 }).toBe("failed");
    await desk.picture("decided");

    // The next way is the counter: signed for there, and both sides know the day.
    for (const body of [
      { action: "next_channel", channel: "direct" },
      { action: "record", channel: "direct", facts: { signedOn: today, signedBy: "汤建军" } },
    ])
      await clerk("POST", `/services/${proposed.id}/moves`, body, { "idempotency-key": randomUUID() });
    await phone.go(`/#/pages/service/address?caseId=${caseId}`);
    await phone.at("address-send").waitFor();
    await phone.picture("phone-address");
    await phone.go(`/#/pages/service/detail?id=${proposed.id}`);
    await expect.poll(() => phone.at("service").getAttribute("data-state"), { timeout: 20_000 }).toBe("effective");
    await phone.picture("phone-effective");
  });
});
