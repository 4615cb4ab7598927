import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { personCaller } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "reception");
const PETITIONER = "戚远帆";
const devices = { camera: true, microphone: true, speaker: true, rttMs: 20 };
const key = () => ({ "idempotency-key": randomUUID() });

describe("somebody who wants to be heard", () => {
  let browser: Browser;
  let keeper: StaffCaller;
  let judge: StaffCaller;
  let desk: Desk;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const chosen = inject("chromium");
    const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
    browser = await chromium.launch({ ...chosen, args: [...chosen.args, ...fake] });
    keeper = await staffCaller(base, "courtclerk1", credentials);
    judge = await staffCaller(base, "judge1", credentials);
    desk = await Desk.signIn(browser, base, pictures, "clerk1", credentials);
    const person = await personCaller(base, PETITIONER);
    const identity = {
      name: PETITIONER,
      idType: "resident_id",
      idNumber: idNumberOf(PETITIONER),
      phone: "13800138021",
    };
    await person("PUT", "/me/identity", identity);
  }, 120_000);
  afterAll(() => browser.close());

  it("asks on the phone, is given a time, checks in, signs the record and reads the answer", async () => {
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(async () => {
      await phone.picture("failed");
      await desk.picture("failed");
    });
    await phone.signIn(PETITIONER);
    await phone.go("/#/pages/reception/list");
    await phone.tap("reception-new");
    await phone.at("topic-enforcement").waitFor();
    await phone.page.locator('[data-test="reception-court-search"] input').fill("历下");
    await phone.page.locator('[data-test="reception-court-item"]').first().click();
    await phone.tap("topic-enforcement");
    await phone.fill("field-reception-matter", "判决生效已经一年，对方没有履行，请问执行进行到哪一步了？");
    await phone.tap("reception-upper");
    await phone.tap("reception-soon");
    await phone.picture("asking");
    await phone.tap("reception-send");
    await phone.page.locator('[data-test="reception-state"][data-code="asked"]').waitFor();
    await phone.picture("asked");
    const id = new URL(phone.page.url().replace("#", "")).searchParams.get("id") ?? "";

    await desk.go("/receptions");
    await desk.page.locator(`[data-test="reception-row"][data-id="${id}"]`).waitFor();
    await desk.picture("queue");
    await desk.page.locator(`[data-test="reception-row"][data-id="${id}"]`).click();
    await desk.click("reception-book");
    await desk.pick("book-receiver", "吴清");
    await desk.pick("book-clerk", "郑重");
    const { day, time } = soon();
    await desk.at("book-day").fill(day);
    await desk.at("book-time").fill(time);
    await desk.picture("booking");
    await desk.click("dialog-send");
    await desk.page.locator('[data-test="reception-state"][data-code="booked"]').waitFor();
    await desk.picture("booked");

    await phone.page.reload();
    await phone.at("reception-queue").waitFor();
    await phone.picture("queue");
    await phone.tap("reception-enter");
    await phone.tap("room-agree");
    await phone.tap("device-check");
    await phone.at("device-found").waitFor();
    await phone.page.locator('[data-test="room-tail"] input').fill(idNumberOf(PETITIONER).slice(-6));
    await phone.picture("lobby");
    await phone.tap("room-check-in");
    await phone.page.locator('[data-test="room-next"][data-code="waiting"]').waitFor();
    await desk.go(`/receptions/day?date=${day}`);
    await desk.page.locator(`[data-test="turn"][data-id="${id}"][data-stand="waiting"]`).waitFor();
    await desk.picture("day");

    const hearingId = await heard(id);
    await phone.tap("tab-record");
    await phone.at("record-sign").waitFor();
    await phone.at("record-sign").scrollIntoViewIfNeeded();
    await phone.sign("signature-canvas");
    await phone.tap("record-sign");
    await phone.at("record-signature").waitFor();
    await phone.picture("signed");
    await closed(hearingId);

    await expect.poll(async () => (await judge("GET", `/receptions/${id}`)).state.code).toBe("received");
    await desk.go(`/receptions/${id}`);
    await desk.click("reception-answer");
    await desk.pick("answer-outcome", "本院继续办理");
    await desk.at("answer-text").fill("本院已冻结被执行人账户，将在十五日内告知您查控结果。");
    await desk.picture("answering");
    await desk.click("dialog-send");
    await desk.page.locator('[data-test="reception-state"][data-code="answered"]').waitFor();
    await desk.picture("answered");

    await phone.go(`/#/pages/reception/detail?id=${id}`);
    await phone.at("reception-answer").waitFor();
    await phone.picture("answer");
    await phone.tap("rate-5");
    await phone.tap("rate-send");
    await phone.page.getByText("您的评价").waitFor();
    await phone.picture("rated");
  });

  /** The session itself, away from the screens: opened, the petitioner let in, the record typed and offered. */
  async function heard(id: string): Promise<string> {
    const { hearingId } = await judge("GET", `/receptions/${id}`);
    const room = (who: StaffCaller, body: object) => who("POST", `/hearings/${hearingId}/room/moves`, body, key());
    await room(judge, { action: "check_in", devices });
    await room(keeper, { action: "check_in", devices });
    const { people } = await room(judge, { action: "open" });
    const { id: personId } = people.find(({ name }: { name: string }) => name === PETITIONER);
    await room(judge, { action: "admit", personId });
    const text = "接访人：请说明来意。\n来访人：请求尽快执行。";
    await keeper("PUT", `/hearings/${hearingId}/transcript`, { page: 1, text, version: 0 });
    await keeper("POST", `/hearings/${hearingId}/transcript/moves`, { action: "offer" }, key());
    return hearingId;
  }

  async function closed(hearingId: string): Promise<void> {
    const paper = `/hearings/${hearingId}/transcript/moves`;
    const [{ sha256 }] = (await keeper("GET", `/hearings/${hearingId}/transcript`)).pages;
    for (const who of [judge, keeper]) await who("POST", paper, { action: "sign", page: 1, sha256 }, key());
    await keeper("POST", paper, { action: "close" }, key());
    await judge("POST", `/hearings/${hearingId}/room/moves`, { action: "end" }, key());
  }
});

/** An hour and a half from now, Shanghai time, as the form has it: nobody else here sits then, and the room may be entered. */
function soon(): { day: string; time: string } {
  const at = new Date((Math.floor(Date.now() / 900_000) + 6) * 900_000 + 8 * 3_600_000).toISOString();
  return { day: at.slice(0, 10), time: at.slice(11, 16) };
}
