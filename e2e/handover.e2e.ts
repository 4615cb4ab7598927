import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { staffCaller } from "./desk.ts";
import { acceptedCase, type PersonCaller, personCaller, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "handover");
const CLIENT = "靳托付";
const AWAY = "阮外派";
const STAYS = "祁代办";
const WIDE = { width: 1440, height: 900 };
const key = () => ({ "idempotency-key": randomUUID() });

async function lawyer(name: string, serial: string) {
  const one = await personCaller(base, name);
  await one("PUT", "/me/identity", { name, idType: "resident_id", idNumber: idNumberOf(name), phone: "13800138000" });
  const { role } = await one("PUT", "/me/practice", {
    licenseNumber: `137012020101${serial}`,
    firm: "山东正行律师事务所",
  });
  expect(role).toBe("lawyer");
  return one;
}

describe("a lawyer who is away", () => {
  let browser: Browser;
  let caseId: string;
  let away: PersonCaller;
  let stays: PersonCaller;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
    const clerk = await staffCaller(base, "clerk3", credentials);
    ({ caseId } = await acceptedCase(base, clerk, CLIENT, "戚对方"));
    [away, stays] = [await lawyer(AWAY, "71352"), await lawyer(STAYS, "71353")];
    const client = await personCaller(base, CLIENT);
    const { number } = await client("GET", `/cases/${caseId}`);
    const agent = { kind: "lawyer", powers: "special", specialPowers: ["settle"] };
    const { id } = await away("POST", "/cases/agents", { number, partyName: CLIENT, agent });
    await client("POST", `/cases/${caseId}/participants/${id}/moves`, { action: "confirm" }, key());
  });
  afterAll(() => browser.close());

  it("hands a case over and takes it back; then hands all over, and it comes back by itself", {
    timeout: 300_000,
  }, async () => {
    const [phone, desk] = [await Phone.open(browser, base, pictures), await Phone.open(browser, base, pictures, WIDE)];
    onTestFailed(async () => {
      await phone.picture("failed-away");
      await desk.picture("failed-stays");
    });
    await phone.signIn(AWAY);
    await desk.signIn(STAYS);

    // Chosen on the phone, given by a code.
    await phone.go("/#/pages/desk/people");
    await phone.tap("people-stand-in");
    await phone.tap("give-some");
    await phone.at("give-case").waitFor();
    await phone.tap("give-case");
    await phone.picture("what-is-handed-over");
    await phone.tap("give-make");
    const code = (await phone.at("give-code").innerText()).replace(/\D/g, "");
    expect(code).toMatch(/^\d{10}$/);
    await phone.picture("the-code");
    expect(await seen(desk)).toBe(0);

    // Looked at first, then taken.
    await desk.go(`/#/pages/desk/accept?code=${code}`);
    await desk.tap("accept-look");
    await desk.at("accept-offer").waitFor();
    expect(await desk.at("accept-offer").innerText()).toContain(AWAY);
    await desk.picture("what-is-offered");
    await desk.tap("accept-yes");
    await desk.at("accept-done").waitFor();
    await desk.tap("accept-cases");
    await desk.at("case-through").waitFor();
    expect(await desk.at("case-through").innerText()).toBe(`代管：${AWAY}`);
    await desk.picture("marked-in-the-list");
    await desk.tap("case-card");
    await desk.at("case-number").waitFor();
    expect(await desk.at("case-through").innerText()).toContain(`您在为${AWAY}律师代管本案`);
    await desk.picture("marked-in-the-case");
    // The client has read of it.
    const client = await personCaller(base, CLIENT);
    await until(async () => {
      const { items } = await client("GET", "/messages");
      return items.some(({ title }: { title: string }) => title === "您的案件由另一位律师代管");
    });

    // Taken back early: at once, whatever the other one has open.
    await phone.tap("give-done");
    await phone.at("people-one").waitFor();
    await phone.picture("who-has-it");
    await phone.tap("people-end");
    await phone.page.locator(".uni-modal__btn_primary").click();
    await phone.page.locator('[data-test="people-end"]').waitFor({ state: "detached" });
    expect(await seen(desk)).toBe(0);
    await desk.go(`/#/pages/case/detail?id=${caseId}`);
    await desk.page.getByText("未找到您要的内容").first().waitFor();
    await desk.picture("closed-again");
    expect((await away("GET", `/cases/${caseId}`)).through).toBeNull();

    // For a short time, and nobody ends it.
    const until_ = new Date(Date.now() + 45_000).toISOString();
    const offer = await away("POST", "/delegations", { kind: "stand_in", caseIds: null, until: until_ });
    await stays("POST", "/delegations/decide", { code: offer.code, decision: "accept" }, key());
    expect(await seen(desk)).toBe(1);
    await desk.go("/#/pages/desk/people");
    await desk.at("people-one").waitFor();
    await desk.picture("what-was-left-to-me");
    await until(async () => ((await seen(desk)) === 0 ? "gone" : null), 120_000);
    const ended = await until(async () => {
      const { items } = await stays("GET", "/delegations");
      return items.find(
        (one: { id: string; state: { code: string } }) => one.id === offer.id && one.state.code === "ended",
      );
    });
    expect(Date.parse(ended.endedAt)).toBeGreaterThanOrEqual(Date.parse(until_));
    expect((await away("GET", `/cases/${caseId}`)).id).toBe(caseId);
  });

  /** Opens the list of cases anew, and counts those in it that are handled for somebody else, once the court has answered. */
  async function seen(who: Phone): Promise<number> {
    await who.go("/#/pages/home/index");
    const answered = who.page.waitForResponse((response) => /\/api\/v1\/cases\?.*limit=20/.test(response.url()));
    await who.go("/#/pages/case/list");
    const { items } = (await (await answered).json()) as { items: { through: unknown }[] };
    const marked = items.filter(({ through }) => through !== null).length;
    // What stands on the screen becomes what was answered.
    const cards = who.page.locator('[data-test="case-card"]:visible');
    const marks = who.page.locator('[data-test="case-through"]:visible');
    await until(async () => (await cards.count()) === items.length && (await marks.count()) === marked);
    return marked;
  }
});
