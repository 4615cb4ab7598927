import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller, provenAs, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "defendant");
const PLAINTIFF = "程晓燕";
const DEFENDANT = "罗建国";

describe("a defendant, from the notice to the judge's desk", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  let phone: Phone;
  let caseId = "";
  let number = "";
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk3", credentials);
    ({ caseId } = await acceptedCase(base, clerk, PLAINTIFF, DEFENDANT));
    ({ number } = await clerk("GET", `/cases/${caseId}`));
    await (await personCaller(base, DEFENDANT))("PUT", "/me/identity", provenAs(DEFENDANT));
    phone = await Phone.open(browser, base, pictures);
    await phone.signIn(DEFENDANT);
  }, 240_000);
  afterAll(() => browser.close());

  it("joins by the code on the notice, and finds the case by its number written anyhow", {
    timeout: 120_000,
  }, async () => {
    onTestFailed(() => phone.picture("failed"));
    const { code } = await clerk("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" });
    await phone.go("/#/pages/case/join");
    await phone.fill("join-number", number.replace("（", "(").replace("）", ")"));
    await phone.fill("join-code", "AAAA-AAAA");
    await phone.tap("join-submit");
    await phone.at("join-problem").waitFor();
    await phone.picture("wrong-code");
    await phone.fill("join-code", code.toLowerCase());
    await phone.tap("join-submit");
    await expect.poll(() => phone.at("case-headline").innerText(), { timeout: 20_000 }).toContain("审理期限到");
    await phone.picture("case");
    await phone.go("/#/pages/case/list");
    await phone.fill("cases-search", number.replace("（", "[").replace("）", "]"));
    await phone.tap("cases-find");
    await phone.at("case-card").waitFor();
    await phone.picture("found");
    await phone.tap("case-card");
    await phone.at("case-number").waitFor();
  });

  it("is served, contests the day, and is served anew", { timeout: 180_000 }, async () => {
    const proposed = await until(async () => (await clerk("GET", `/services?caseId=${caseId}`)).items[0]);
    const desk = await Desk.signIn(browser, base, pictures, "courtclerk1", credentials);
    onTestFailed(() => Promise.all([desk.picture("failed"), phone.picture("failed")]).then(() => undefined));
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
      { action: "record", channel: "direct", facts: { signedOn: today, signedBy: DEFENDANT } },
    ])
      await clerk("POST", `/services/${proposed.id}/moves`, body, { "idempotency-key": randomUUID() });
    await phone.go(`/#/pages/service/address?caseId=${caseId}`);
    await phone.at("address-send").waitFor();
    await phone.picture("phone-address");
    await phone.go(`/#/pages/service/detail?id=${proposed.id}`);
    await expect.poll(() => phone.at("service").getAttribute("data-state"), { timeout: 20_000 }).toBe("effective");
    await phone.picture("phone-effective");
  });

  it("answers item by item, and is read by plaintiff and judge", { timeout: 300_000 }, async () => {
    onTestFailed(() => phone.picture("failed"));
    const bench = (await clerk("GET", "/case-staff")).items as { name: string; role: { code: string } }[];
    const judgeName = bench.find(({ role }) => role.code === "judge")?.name ?? "";
    await phone.go(`/#/pages/case/detail?id=${caseId}`);
    await phone.tap("case-answer");
    await phone.at("answer-item").waitFor();
    await phone.tap("answer-yes");
    await phone.page
      .locator('[data-test="field-answer.reason"] textarea:visible')
      .first()
      .fill("已经归还三万元，有转账记录。");
    await phone.picture("first-item");
    await phone.tap("answer-next");
    await phone.tap("answer-no");
    while (await phone.sees("answer-item")) await phone.tap("answer-next");
    await phone.page
      .locator('[data-test="field-answer.statement"] textarea:visible')
      .first()
      .fill("请求驳回超出部分的诉讼请求。");
    await expect.poll(() => phone.at("save-state").getAttribute("data-sync"), { timeout: 30_000 }).toBe("synced");
    // Closed and opened again: nothing is lost.
    await phone.page.reload();
    await phone.at("answer-item").waitFor();
    expect(await phone.page.locator('[data-test="field-answer.reason"] textarea:visible').first().inputValue()).toBe(
      "已经归还三万元，有转账记录。",
    );
    while (await phone.sees("answer-item")) await phone.tap("answer-next");
    await phone.sign("signature-canvas");
    await phone.picture("signed");
    await phone.tap("answer-submit");
    await expect.poll(() => phone.at("submission").getAttribute("data-state"), { timeout: 60_000 }).toBe("submitted");
    await phone.picture("handed-in");

    const plaintiff = await Phone.open(browser, base, pictures);
    onTestFailed(() => plaintiff.picture("plaintiff-failed"));
    await plaintiff.signIn(PLAINTIFF);
    await plaintiff.go(`/#/pages/case/detail?id=${caseId}`);
    await plaintiff.tap("submission-row");
    await expect.poll(() => plaintiff.at("answered").innerText(), { timeout: 20_000 }).toContain("已经归还三万元");
    await plaintiff.picture("plaintiff-reads");
    await plaintiff.go(`/#/pages/case/submit?kind=application&caseId=${caseId}`);
    await plaintiff.at("submit-choice").waitFor();
    await plaintiff.picture("applications");

    const desk = await Desk.signIn(browser, base, pictures, "judge1", credentials);
    onTestFailed(() => desk.picture("failed"));
    await desk.go("/submissions");
    await desk.click("submissions-all");
    await desk.at("desk-submission").waitFor();
    await desk.picture("desk-list");
    await desk.go(`/cases/${caseId}`);
    await desk.at("limit-step").waitFor();
    await desk.click("case-assign");
    await desk.pick("assign-judge", judgeName);
    await desk.click("assign-ordinary");
    await desk.picture("assign");
    await desk.click("dialog-send");
    await expect.poll(() => desk.at("case-head").innerText(), { timeout: 20_000 }).toContain("普通程序");
    await desk.click("limit-deduct");
    await desk.pick("limit-kind", "鉴定期间");
    await desk.picture("deduct");
    await desk.click("dialog-send");
    await expect.poll(() => desk.at("case-limit").getAttribute("data-state"), { timeout: 20_000 }).toBe("stopped");
    await phone.go(`/#/pages/case/detail?id=${caseId}`);
    await expect.poll(() => phone.at("case-headline").innerText(), { timeout: 20_000 }).toContain("暂停计算");
    await phone.tap("limit-how");
    await phone.at("limit-step").scrollIntoViewIfNeeded();
    await phone.picture("limit-stopped");
    await desk.click("limit-resume");
    await desk.click("dialog-send");
    // The day itself is still not counted; the deduction has its end, and another may be recorded.
    await desk.at("limit-deduct").waitFor();
    await desk.click("submission-open");
    await expect.poll(() => desk.at("submission-detail").innerText(), { timeout: 20_000 }).toContain("已经归还三万元");
    await desk.at("submission-detail").scrollIntoViewIfNeeded();
    await desk.picture("judge-reads");
    await desk.click("submission-receive");
    await desk.click("dialog-send");
    await expect.poll(() => desk.at("submission-row").getAttribute("data-state"), { timeout: 20_000 }).toBe("received");
    await desk.picture("received");
    for (const tab of ["participants", "fees"]) {
      await desk.click(`tab-${tab}`);
      await desk.at(`case-${tab}`).waitFor();
      await desk.page.waitForTimeout(500);
      await desk.picture(tab);
    }
  });
});
