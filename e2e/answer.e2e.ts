import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "answer");

describe("an answer, from the notice to the judge's desk", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk3", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("is written item by item by the defendant who joined by code, and read by plaintiff and judge", {
    timeout: 300_000,
  }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "程晓燕", "罗建国");
    const { number } = await clerk("GET", `/cases/${caseId}`);
    const bench = (await clerk("GET", "/case-staff")).items as { name: string; role: { code: string } }[];
    const judgeName = bench.find(({ role }) => role.code === "judge")?.name ?? "";
    const { code } = await clerk("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" });
    const luo = await personCaller(base, "罗建国");
    const identity = { name: "罗建国", idType: "resident_id", idNumber: idNumberOf("罗建国"), phone: "13800138001" };
    await luo("PUT", "/me/identity", identity);

    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    await phone.signIn("罗建国");
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
    await plaintiff.signIn("程晓燕");
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
