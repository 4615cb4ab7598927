import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { addDays, courtDayOf } from "../server/src/core/period.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller, until } from "./filed.ts";
import { benchOf } from "./hearings.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "hearing");
const [PLAINTIFF, DEFENDANT] = ["祁远航", "蒲淑敏"];

describe("a hearing, from the dates offered to the one put off", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  let keeper: StaffCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    clerk = await staffCaller(base, "clerk2", credentials);
    keeper = await staffCaller(base, "courtclerk1", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("is booked by what the parties leave standing, held in part online, announced and put off", {
    timeout: 420_000,
  }, async () => {
    const { caseId } = await acceptedCase(base, clerk, PLAINTIFF, DEFENDANT);
    const { number } = await clerk("GET", `/cases/${caseId}`);
    await benchOf(keeper, caseId);
    await joins(caseId, number);

    // Three dates on which everybody can come, offered at the desk.
    const desk = await Desk.signIn(browser, base, pictures, "courtclerk1", credentials);
    onTestFailed(() => desk.picture("failed-desk"));
    await desk.go(`/cases/${caseId}?tab=hearings`);
    await desk.click("hearing-new");
    await desk.click("mode-online");
    // Dates are looked for anew: who is to answer needs some days for it.
    const anew = desk.page.waitForResponse((answer) => answer.url().includes("/hearings/slots") && answer.ok());
    await desk.click("how-offer");
    await anew;
    for (const n of [0, 3, 6]) await desk.click(`slot-${n}`);
    await desk.picture("offer");
    await desk.click("dialog-send");
    await desk.at("hearing-row").waitFor();
    const { items } = await keeper("GET", `/hearings?caseId=${caseId}`);
    const { id } = items[0];
    expect(items[0].state.code).toBe("proposed");
    const { options } = await keeper("GET", `/hearings/${id}`);
    expect(options).toHaveLength(3);

    // Each strikes one date: one tap on the date, one on the button.
    const phones: Phone[] = [];
    for (const [person, ordinal] of [
      [PLAINTIFF, 1],
      [DEFENDANT, 2],
    ] as const) {
      const phone = await Phone.open(browser, base, pictures);
      onTestFailed(() => phone.picture(`failed-${ordinal}`));
      await phone.signIn(person);
      await phone.go(`/#/pages/hearing/detail?id=${id}`);
      await phone.at("dates").waitFor();
      await phone.picture(`dates-${ordinal}`);
      await phone.tap(`strike-${ordinal}`);
      await phone.tap("dates-send");
      if (ordinal === 1) await phone.at("dates-change").waitFor();
      phones.push(phone);
    }
    const phone = phones[1] as Phone;
    await expect
      .poll(() => phone.at("hearing").getAttribute("data-state"), { timeout: 30_000 })
      .toMatch(/fixed|notified/);
    await phone.picture("fixed");
    const fixed = await keeper("GET", `/hearings/${id}`);
    expect(fixed.startsAt).toBe(options[2].startsAt);

    // The defendant would rather come in person; the plaintiff stays at the screen.
    await phone.tap("hearing-consent");
    await phone.tap("field-consent-1");
    await phone.picture("consent");
    await phone.tap("consent-send");
    await expect.poll(() => phone.at("consent-now").getAttribute("data-answer"), { timeout: 20_000 }).toBe("no");
    await desk.go(`/hearings/${id}`);
    await desk.at("hearing-state").waitFor();
    await expect.poll(() => desk.at("hearing-state").getAttribute("data-mode"), { timeout: 20_000 }).toBe("mixed");
    await desk.picture("mixed");

    // 传票: sent from the desk, seen on the phone.
    await desk.click("hearing-notify");
    await desk.click("dialog-send");
    await expect.poll(() => desk.at("hearing-state").getAttribute("data-state"), { timeout: 30_000 }).toBe("notified");
    // By the phone to whoever has agreed to electronic service: here the plaintiff.
    const reader = phones[0] as Phone;
    // Served by whoever hears of the notice, a moment later: the page is opened anew until it is there.
    const isServed = async () => {
      await reader.page.reload();
      await reader.at("hearing-when").waitFor();
      await reader.page.waitForTimeout(500);
      return reader.sees("hearing-summons");
    };
    await expect.poll(isServed, { timeout: 60_000 }).toBe(true);
    await reader.picture("notified");
    await reader.tap("hearing-summons");
    await reader.at("service").waitFor();
    await reader.picture("summons");

    // 开庭公告, for whoever is not signed in.
    const day = courtDayOf(new Date(fixed.startsAt));
    const passer = await Phone.open(browser, base, pictures);
    onTestFailed(() => passer.picture("failed-public"));
    await passer.go(`/#/pages/hearing/announcements?court=${encodeURIComponent("鲁0102")}&date=${day}`);
    const row = passer.page.locator(`[data-test="announced-row"][data-id="${id}"]`);
    await row.waitFor();
    await passer.picture("announced");
    expect(await row.innerText()).toContain(DEFENDANT);

    // 延期开庭: with a reason, and the next date fixed at once.
    const judge = await Desk.signIn(browser, base, pictures, "judge1", credentials);
    onTestFailed(() => judge.picture("failed-judge"));
    await judge.go(`/hearings/${id}`);
    await judge.click("hearing-adjourn");
    await judge.pick("adjourn-reason", "需要通知新的证人到庭");
    await judge.at("move-reason").fill("等待银行提供流水原件");
    await judge.click("slot-0");
    await judge.picture("adjourn");
    await judge.click("dialog-send");
    await expect
      .poll(() => judge.at("hearing-state").getAttribute("data-state"), { timeout: 30_000 })
      .toMatch(/adjourned|fixed/);
    const next = await until(async () =>
      (await keeper("GET", `/hearings?caseId=${caseId}`)).items.find(
        (each: { previousId: string | null }) => each.previousId === id,
      ),
    );
    expect(next.startsAt).not.toBe(fixed.startsAt);
    await phone.go("/#/pages/hearing/list");
    await phone.page.reload();
    await phone.page.locator(`[data-test="hearing-row"][data-id="${next.id}"]:visible`).click();
    await phone.at("hearing-when").waitFor();
    expect(await phone.at("hearing-when").innerText()).toContain(dayOf(next.startsAt));
    await phone.picture("next");

    // What the judge's other calendar keeps is avoided from now on, and drawn.
    const away = addDays(courtDayOf(new Date(next.startsAt)), 1).replaceAll("-", "");
    const ics = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//other//ZH", "BEGIN:VEVENT", "UID:1@other"];
    ics.push(
      "DTSTAMP:20260101T000000Z",
      `DTSTART;VALUE=DATE:${away}`,
      "SUMMARY:培训",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    );
    await judge.go(`/hearings?who=mine&day=${courtDayOf(new Date(next.startsAt))}`);
    await judge.at("calendar-import").waitFor();
    const calendar = { name: "other.ics", mimeType: "text/calendar", buffer: Buffer.from(ics.join("\r\n")) };
    await judge.page.locator('[data-test="calendar-file"]').setInputFiles(calendar);
    await judge.page.getByText("已导入：今后一年内有 1 段时间不再安排开庭").waitFor();
    await judge.picture("imported");
  });

  async function joins(caseId: string, number: string): Promise<void> {
    const { code } = await clerk("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" });
    const person = await personCaller(base, DEFENDANT);
    const identity = { name: DEFENDANT, idType: "resident_id", idNumber: idNumberOf(DEFENDANT), phone: "13800138003" };
    await person("PUT", "/me/identity", identity);
    await person("POST", "/cases/join", { number, accessCode: code }, { "idempotency-key": randomUUID() });
  }
});

/** `12月3日`, as the court counts days. */
function dayOf(startsAt: string): string {
  const at = new Date(Date.parse(startsAt) + 8 * 3_600_000);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
}
