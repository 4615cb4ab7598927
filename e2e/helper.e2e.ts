import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { personCaller } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "helper");
const LITIGANT = "李桂英";
const HELPER = "周晓明";
const FACTS =
  "2025年3月5日，被告因资金周转向我借款5万元，我当天通过银行转账给他，约定年底归还。到期后我多次催要，他一直没有还。";

const photo = async (name: string, hue: number) => ({
  name,
  mimeType: "image/jpeg",
  buffer: await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="900" height="1200" fill="hsl(${hue} 25% 92%)"/><g fill="hsl(${hue} 20% 40%)">${Array.from({ length: 14 }, (_, row) => `<rect x="90" y="${120 + row * 70}" width="${700 - (row % 4) * 110}" height="16" rx="8"/>`).join("")}</g></svg>`,
    ),
  )
    .jpeg()
    .toBuffer(),
});
const verify = async (name: string) => {
  const person = await personCaller(base, name);
  await person("PUT", "/me/identity", {
    name,
    idType: "resident_id",
    idNumber: idNumberOf(name),
    phone: "13800138000",
  });
  return person;
};

describe("help with filling in, on two phones", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("two fill in one draft at once; what the helper wrote is looked at, then handed in by the one who files", {
    timeout: 300_000,
  }, async () => {
    const [old, young] = [
      await Phone.open(browser, base, join(pictures)),
      await Phone.open(browser, base, join(pictures)),
    ];
    onTestFailed(async () => {
      await old.picture("failed-litigant");
      await young.picture("failed-helper");
    });
    const litigant = await verify(LITIGANT);

    // The litigant begins, and asks for help.
    await old.signIn(LITIGANT);
    await old.go("/#/pages/wizard/cause");
    await old.fill("cause-search", "借钱不还");
    await old.tapCode("cause-item", "CIV2025:108(3)");
    await old.at("cause-chosen").waitFor();
    await old.tap("help-ask");
    await old.at("help-too-early").waitFor();
    await old.page.goBack();
    await old.tap("wizard-next");
    await old.fill("court-search", "历下");
    await old.tapCode("court-item", "鲁0102");
    await old.at("court-chosen").waitFor();
    await old.tap("wizard-next");
    await old.at("add-plaintiff-natural").waitFor();
    await old.picture("litigant-asks-here");
    await old.tap("help-ask");
    await old.tap("help-time-30");
    await old.picture("litigant-chooses-time");
    await old.tap("help-offer-make");
    const code = (await old.at("help-code").innerText()).replace(/\D/g, "");
    expect(code).toMatch(/^\d{8}$/);
    await old.picture("litigant-shows-code");

    // The helper scans: the address in the QR code opens the page with the code in it. Signing in and a real name come first.
    await young.go(`/#/pages/helper/join?code=${code}`);
    await young.tap("help-join");
    await young.fill("signin-name", HELPER);
    await young.tap("signin-submit");
    await young.tap("help-join");
    await young.at("help-verify").waitFor();
    await young.picture("helper-needs-a-name");
    await verify(HELPER);
    await young.tap("help-join");
    await young.at("help-banner").waitFor();
    expect(await young.at("help-left").innerText()).toMatch(/还剩 (29|30) 分钟/);
    await old.at("help-active").waitFor();
    await old.picture("litigant-sees-helper");
    await old.tap("help-back");
    await old.at("help-banner").waitFor();

    // Both write at once: the helper the people, the litigant the claims.
    const people = async () => {
      await young.tap("add-plaintiff-natural");
      await young.fill("field-plaintiff.name", LITIGANT);
      await young.fill("field-plaintiff.idNumber", idNumberOf(LITIGANT));
      await young.fill("field-plaintiff.phone", "13800138000");
      await young.fill("field-plaintiff.address", "山东省济南市历下区和平路1号");
      await young.picture("helper-fills");
      await young.tap("wizard-next");
      await young.tap("add-defendant-natural");
      await young.fill("field-defendant.name", "李强");
      await young.fill("field-defendant.phone", "13900139000");
      await young.fill("field-defendant.address", "山东省济南市历下区解放路9号");
      await young.tap("wizard-next");
      await young.at("party-defendant").waitFor();
    };
    const claims = async () => {
      const id = new URL(old.page.url().replace("/#/", "/")).searchParams.get("id");
      await old.go(`/#/pages/wizard/claims?id=${id}`);
      await old.fill("field-claims.0.text", "判令被告归还借款本金5万元及利息");
      await old.fill("field-claims.0.amount", "5万");
      await old.tap("use-sum");
    };
    await Promise.all([people(), claims()]);
    await young.tap("wizard-next");
    await expect
      .poll(() => young.at("field-claims.0.text").locator("textarea").first().inputValue(), { timeout: 20_000 })
      .toBe("判令被告归还借款本金5万元及利息");
    await old.tap("wizard-back");
    await expect.poll(() => old.at("party-defendant").innerText(), { timeout: 20_000 }).toContain("李强");
    await old.picture("litigant-sees-what-came");

    // Both change the same place: whoever comes second is asked.
    await old.tap("party-defendant");
    await old.at("field-defendant.name").waitFor();
    await young.tap("wizard-back");
    await young.tap("party-defendant");
    await young.at("field-defendant.name").waitFor();
    await Promise.all([young.fill("field-defendant.name", "李强强"), old.fill("field-defendant.name", "李壮")]);
    const asked = await Promise.race(
      [old, young].map(async (phone) => {
        await phone.at("conflict-mine").waitFor();
        return phone;
      }),
    );
    await asked.picture("same-place-twice");
    await asked.tap(asked === old ? "conflict-mine" : "conflict-theirs");
    for (const phone of [old, young]) {
      await phone.tap("wizard-next");
      await expect.poll(() => phone.at("party-defendant").innerText(), { timeout: 20_000 }).toContain("李壮");
    }

    // What is not the helper's is not there, with the reason.
    await young.tap("wizard-next");
    await young.tap("wizard-next");
    for (let question = 0; question < 60 && !(await young.sees("field-facts")); question += 1) {
      await young.tap("wizard-next");
      await young.page.waitForTimeout(120);
    }
    await young.fill("field-facts", FACTS);
    await young.tap("wizard-next");
    await young.choose("upload-identity-album", [await photo("身份证正面.jpg", 210)]);
    await young.choose("upload-evidence-album", [await photo("借条.jpg", 40)]);
    await expect
      .poll(() => young.page.locator('[data-test="material"][data-state="ready"]').count(), { timeout: 40_000 })
      .toBe(2);
    await young.tap("wizard-next");
    await young.fill("field-service.recipient", LITIGANT);
    await young.fill("field-service.phone", "13800138000");
    await young.fill("field-service.address", "山东省济南市历下区和平路1号");
    await young.at("owners-turn").waitFor();
    expect(await young.sees("field-service.confirmed-0")).toBe(false);
    expect(await young.sees("field-service.electronic-0")).toBe(false);
    await young.picture("helper-leaves-confirming");
    await young.tap("wizard-next");
    await young.at("owners-turn").waitFor();
    expect(await young.sees("consent-filing-agree")).toBe(false);
    await young.picture("helper-leaves-consents");
    await young.tap("wizard-next");
    await young.at("precheck-run").waitFor();
    expect(await young.sees("wizard-next")).toBe(false);
    await young.picture("helper-check");

    // The litigant decides, looks through what the helper wrote, and confirms it.
    await old.page.waitForTimeout(300);
    const id = new URL(old.page.url().replace("/#/", "/")).searchParams.get("id");
    await old.go(`/#/pages/wizard/service?id=${id}`);
    await old.tap("field-service.electronic-0");
    await old.tap("field-service.judgments-0");
    await old.tap("field-service.confirmed-0");
    await old.tap("wizard-next");
    for (const stage of ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"])
      await old.tap(`consent-${stage}-agree`);
    await old.tap("field-mediation.understood-0");
    await old.tap("field-mediation.wish-2");
    await old.tap("wizard-next");
    const finding = old.page.locator('[data-test="finding"][data-code="helper.unconfirmed"]');
    await finding.waitFor();
    await old.picture("litigant-must-look");
    await finding.locator('[data-test="finding-fix"]').click();
    await old.at("help-confirm").waitFor();
    await old.page.waitForTimeout(400);
    await old.picture("litigant-looks");
    const seen = await old.page
      .locator('[data-test="helper-edit"]')
      .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset["path"]));
    expect(seen).toContain("/facts");
    expect(seen.filter((path) => path?.startsWith("/materials/"))).toHaveLength(2);
    await old.tap("help-confirm");
    await old.at("help-all-seen").waitFor();

    // Something more from the helper, and the litigant is asked again.
    await young.tap("wizard-back");
    await young.tap("wizard-back");
    await young.fill("field-service.postalCode", "250014");
    await young.tap("wizard-next");
    await young.at("owners-turn").waitFor();
    await old.tap("help-review-back");
    await old.tap("precheck-run");
    await finding.waitFor();
    await finding.locator('[data-test="finding-fix"]').click();
    await old.at("help-confirm").waitFor();
    expect(await old.at("helper-edit-after").innerText()).toBe("250014");
    await old.tap("help-confirm");
    await old.at("help-all-seen").waitFor();
    await old.tap("help-review-back");
    // The address was touched by another hand: it is confirmed anew.
    const again = old.page.locator('[data-test="finding"][data-code="service.unconfirmed"]');
    await again.locator('[data-test="finding-fix"]').click();
    await old.tap("field-service.confirmed-0");
    await old.tap("wizard-next");
    await old.at("precheck-run").waitFor();
    await expect
      .poll(() => old.page.locator('[data-test="precheck-block"]:visible').count(), { timeout: 20_000 })
      .toBe(0);
    await old.tap("wizard-next");
    await old.sign("signature-canvas");
    await old.tap("submit");
    await old.at("receipt-number").waitFor();
    await old.picture("handed-in");

    // With that, help is over, and nothing of it is left on the helper's phone.
    await young.at("help-is-over").waitFor();
    await young.picture("help-is-over");
    const left = await young.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(left).not.toContain(FACTS.slice(0, 20));
    expect(left).not.toContain(idNumberOf(LITIGANT));

    const { items } = await litigant("GET", "/filings");
    const filing = await litigant("GET", `/filings/${items[0].id}`);
    expect([filing.content.parties[1].name, filing.content.facts]).toEqual(["李壮", FACTS]);
    const [helper] = (await litigant("GET", `/filings/${filing.id}/helpers`)).items;
    expect([helper.state.code, helper.helper.name, helper.unconfirmed]).toEqual(["ended", "周**", 0]);
  });
});
