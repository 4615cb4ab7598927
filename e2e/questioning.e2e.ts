import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { addDays } from "../server/src/core/period.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase } from "./filed.ts";
import { benchOf } from "./hearings.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "questioning");
const HELD = "淳于远山";
const OFFICER = "闾丘卫民";
const BADGE = "370188";
const PLACE = "历城区看守所";
const devices = { camera: true, microphone: true, speaker: true, rttMs: 20 };
const key = () => ({ "idempotency-key": randomUUID() });

describe("somebody in custody", () => {
  let browser: Browser;
  let keeper: StaffCaller;
  let desk: Desk;
  let caseId: string;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const chosen = inject("chromium");
    const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
    browser = await chromium.launch({ ...chosen, args: [...chosen.args, ...fake] });
    keeper = await staffCaller(base, "courtclerk1", credentials);
    const supervisor = await staffCaller(base, "supervisor6", credentials);
    const clerk = await staffCaller(base, "clerk3", credentials);
    desk = await Desk.signIn(browser, base, pictures, "judge1", credentials);
    ({ caseId } = await acceptedCase(base, clerk, HELD, "濮阳对面"));
    await benchOf(supervisor, caseId);
    const place = {
      kind: "detention",
      name: PLACE,
      phone: "0531-88110110",
      hours: "00:00-23:45",
      rooms: ["一号提讯室"],
    };
    await supervisor("POST", "/custody-places", place, key());
  }, 120_000);
  afterAll(() => browser.close());

  it("is questioned on the screen: asked for, brought, told their rights, and signs on the officer's device", async () => {
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(async () => {
      await phone.picture("failed");
      await desk.picture("failed");
    });
    await asked();
    await phone.go(await linked());
    await phone.fill("questioning-badge", BADGE);
    await phone.tap("questioning-open");
    await phone.tap("questioning-confirm");
    await phone.fill("questioning-id", idNumberOf(HELD));
    await phone.tap("questioning-identify");
    await phone.tap("questioning-rights");
    await phone.at("questioning-enter").scrollIntoViewIfNeeded();
    await phone.picture("told");
    await phone.tap("questioning-enter");
    await phone.tap("room-agree");
    await phone.tap("device-check");
    await phone.at("device-found").waitFor();
    await phone.tap("room-check-in");
    await phone.page.locator('[data-test="room-next"][data-code="waiting"]').waitFor();

    await desk.page.locator('[data-test="questioning-requirement"][data-code="rights"][data-met="true"]').waitFor();
    expect(await requirementsLeft()).toEqual(["two_of_court"]);
    await desk.picture("almost-ready");
    const path = new URL(desk.page.url()).pathname.replace("/workbench", "");
    await desk.click("questioning-enter");
    await desk.click("room-check-in");
    await desk.click("room-open");
    await desk.at("room-problem").getByText("不少于二人").waitFor();
    const { hearingId } = await keeper("GET", path);
    await keeper("POST", `/hearings/${hearingId}/room/moves`, { action: "check_in", devices }, key());
    await desk.click("room-open");
    await desk.page.locator('[data-test="room-state"][data-code="open"]').waitFor();
    await desk.page.locator(`[data-test="room-person"][data-name="${OFFICER}"] [data-test="person-admit"]`).click();
    await desk.page.locator(`[data-test="room-person"][data-name="${HELD}"][data-state="in"]`).waitFor();
    await desk.at("record-text").fill("审判员：请说明借款经过。\n被提讯人：现金交付五万元。");
    await desk.page.locator('[data-test="record-saved"][data-saved="true"]').waitFor();
    await desk.click("record-offer");
    await desk.picture("in-the-room");

    await phone.tap("tab-record");
    for (const name of [HELD, OFFICER]) {
      await phone.at("record-signer").getByText(name).waitFor();
      await phone.at("record-sign").scrollIntoViewIfNeeded();
      await phone.sign("signature-canvas");
      if (name === HELD) await phone.picture("signing");
      await phone.tap("record-sign");
      await phone.page.locator('[data-test="record-signature"]', { hasText: name }).waitFor();
    }
    await phone.picture("signed");
    await desk.click("record-sign");
    const [{ sha256 }] = (await keeper("GET", `/hearings/${hearingId}/transcript`)).pages;
    await keeper("POST", `/hearings/${hearingId}/transcript/moves`, { action: "sign", page: 1, sha256 }, key());
    await desk.click("room-end");
    await desk.click("room-confirm");
    await desk.page.locator('[data-test="room-state"][data-code="ended"]').waitFor();
    await expect.poll(async () => (await keeper("GET", path)).state.code).toBe("held");

    await desk.go(path);
    await desk.click("questioning-keep");
    await desk.click("kept-inner");
    await desk.picture("kept");
    await desk.click("dialog-send");
    await expect.poll(async () => (await keeper("GET", path)).keptIn.code).toBe("inner");
    await keeper("POST", `/hearings/${hearingId}/transcript/moves`, { action: "close" }, key());
    await expect.poll(async () => (await keeper("GET", path)).state.code).toBe("filed");
    await desk.go(path);
    await desk.page.locator('[data-test="questioning-state"][data-code="filed"]').waitFor();
    await desk.picture("filed");
    const { items } = await keeper("GET", `/cases/${caseId}/inner-dossier`);
    expect(items).toMatchObject([{ section: { code: "questioning" } }]);
  });

  async function asked(): Promise<void> {
    await desk.go(`/cases/${caseId}?tab=hearings`);
    await desk.click("questioning-new");
    await desk.pick("questioning-party", HELD);
    await desk.pick("questioning-nature", "民事");
    await desk.at("questioning-matter").fill("核对借款经过");
    await desk.pick("questioning-place", PLACE);
    const { day, time } = soon();
    await desk.at("questioning-day-field").fill(day);
    await desk.at("questioning-minutes").locator("input").fill("15");
    await desk.pick("questioning-time", time);
    await desk.picture("asking");
    await desk.click("dialog-send");
    await desk.page.locator('[data-test="questioning-state"][data-code="asked"]').waitFor();
  }

  async function linked(): Promise<string> {
    await desk.click("questioning-link-open");
    // Where the dialog puts the cursor, once it stands.
    await desk.page.locator('[data-test="link-name"]:focus').waitFor();
    await desk.at("link-name").fill(OFFICER);
    await desk.at("link-badge").fill(BADGE);
    await desk.click("dialog-send");
    const link = (await desk.at("questioning-link").innerText()).trim();
    await desk.at("link-close").click({ trial: true });
    await desk.picture("link");
    await desk.click("link-close");
    return link.slice(link.indexOf("/#/"));
  }

  const requirementsLeft = () =>
    desk.page
      .locator('[data-test="questioning-requirement"][data-met="false"]')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset["code"]));
});

/** Three quarters of an hour from now, Shanghai time; not over midnight, when the place is shut. */
function soon(): { day: string; time: string } {
  const at = new Date((Math.floor(Date.now() / 900_000) + 3) * 900_000 + 8 * 3_600_000).toISOString();
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  return time >= "23:30" ? { day: addDays(day, 1), time: "00:00" } : { day, time };
}
