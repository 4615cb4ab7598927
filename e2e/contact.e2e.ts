import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "contact");

describe("a question to the judge, with a photograph and a voice note", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const options = inject("chromium");
    // A microphone that beeps, lent without a question.
    const microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
    browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...microphone] });
    clerk = await staffCaller(base, "clerk3", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("is asked on the phone, answered at the desk the same day, read and rated", { timeout: 300_000 }, async () => {
    const { caseId } = await acceptedCase(base, clerk, "邬春燕", "阮志远");
    const colleagues = (await clerk("GET", "/contact-duty")).items as { id: string; roleLabel: string }[];
    const judgeId = colleagues.find(({ roleLabel }) => roleLabel === "法官")?.id;
    const assigned = { action: "assign", judgeId };
    await clerk("POST", `/cases/${caseId}/moves`, assigned, { "idempotency-key": randomUUID() });

    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    await phone.signIn("邬春燕");
    await phone.go(`/#/pages/case/detail?id=${caseId}`);
    await phone.tap("case-contact");
    await phone.tap("contact-new");
    await phone.fill("field-contact-subject", "能否延期举证");
    await phone.fill("field-contact-body", "银行流水要下周才能打印，能否延期到下周五提交？");
    const photo = await sharp({ create: { width: 900, height: 1200, channels: 3, background: "#e8e2d0" } })
      .jpeg()
      .toBuffer();
    await phone.choose("contact-add-album", [{ name: "银行回执.jpg", mimeType: "image/jpeg", buffer: photo }]);
    await phone.tap("voice-start");
    await phone.at("voice-going").waitFor();
    await phone.page.waitForTimeout(2_500);
    await phone.picture("recording");
    await phone.tap("voice-stop");
    await phone.page
      .getByText(/语音留言 \d+ 秒/)
      .first()
      .waitFor();
    await phone.picture("asking");
    await pictureHuge(phone, "asking");
    await phone.tap("contact-send");
    await phone.at("thread-awaited").waitFor({ timeout: 60_000 });
    await expect.poll(() => phone.at("thread-awaited").getAttribute("data-awaiting")).toBe("court");
    await phone.picture("asked");

    const desk = await Desk.signIn(browser, base, pictures, "judge1", credentials);
    onTestFailed(() => desk.picture("failed-desk"));
    await desk.go("/tasks");
    const task = desk.page.locator("[data-test=task-row]", { hasText: "能否延期举证" }).first();
    await task.waitFor();
    await desk.picture("tasks");
    await task.locator("[data-test=task-open]").click();
    await desk.click("thread-hear");
    const sound = desk.at("thread-sound");
    await sound.waitFor();
    await expect
      .poll(() => sound.evaluate((audio) => (audio as HTMLAudioElement).readyState), { timeout: 15_000 })
      .toBeGreaterThanOrEqual(2);
    await desk.at("thread-answer").fill("可以。请在下周五前提交，逾期提交的请说明理由。");
    await desk.picture("answering");
    await desk.click("thread-send");
    await expect.poll(() => desk.page.locator("[data-test=thread-message]").count(), { timeout: 20_000 }).toBe(3);

    await phone.go(`/#/pages/case/detail?id=${caseId}`);
    await phone.page.reload();
    await phone.at("case-answers").scrollIntoViewIfNeeded();
    await phone.picture("new-answer");
    await phone.tap("case-contact");
    await phone.at("contact-unread").waitFor();
    await phone.picture("list");
    await phone.tap("contact-row");
    await expect
      .poll(() => phone.at("thread-awaited").getAttribute("data-awaiting"), { timeout: 20_000 })
      .toBe("party");
    await phone.picture("answered");
    await pictureHuge(phone, "answered");
    await phone.tap("thread-close");
    await phone.page.locator(".uni-modal__btn_primary").click();
    await phone.tap("rate-5");
    await phone.page.locator('[data-test="rate-words"] textarea:visible').first().fill("答复很快，谢谢");
    await phone.picture("rating");
    await phone.tap("rate-send");
    await phone.page.getByText("您的评价").waitFor();
    await phone.picture("rated");
    await phone.go(`/#/pages/contact/list?caseId=${caseId}`);
    await phone.at("contact-row").waitFor();
    await expect.poll(() => phone.sees("contact-unread"), { timeout: 20_000 }).toBe(false);

    await desk.go(`/cases/${caseId}?tab=notices`);
    await desk.page.locator("[data-test=notice-row]", { hasText: "法院已答复您的留言" }).first().waitFor();
    await desk.picture("notices");
    await desk.go("/contact/duty");
    await desk.at("duty-away").waitFor();
    await desk.picture("duty");
    const head = await Desk.signIn(browser, base, pictures, "supervisor1", credentials);
    await head.go("/contact/duty");
    await head.at("duty-on").click();
    await head.at("duty-row").waitFor();
    await head.picture("duty");
    await head.go("/contact/templates");
    await head.click("answer-add");
    await head.at("answer-title").fill("申请延期举证");
    await head.at("answer-body").fill("可以延期，请在法院确定的日期前提交，逾期提交的请说明理由。");
    await head.page.locator('[data-test="fee-dialog"] .el-button--primary').click();
    await head.at("answer-row").waitFor();
    await head.picture("templates");
  });
});

/** The same page as somebody sees it who has chosen the largest type. */
async function pictureHuge(phone: Phone, name: string): Promise<void> {
  const draw = (size: string) =>
    phone.page.evaluate((chosen) => {
      document.documentElement.dataset["type"] = chosen;
      for (const page of document.querySelectorAll(".page")) {
        page.classList.remove("standard", "large", "huge");
        page.classList.add(chosen);
      }
    }, size);
  await draw("huge");
  await phone.page.waitForTimeout(150);
  await phone.picture(`${name}-huge`);
  await draw("standard");
}
