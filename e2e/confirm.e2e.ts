import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { courtDayOf } from "../server/src/core/period.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { personCaller, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "confirm");
const LAWYER = "陆鸣川";
const CLIENT = "方晴雨";
const address = "山东省济南市历下区和平路1号";

describe("the client confirms on their own phone", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("who acts for them, power by power; then the lawyer hands in", { timeout: 300_000 }, async () => {
    const { filingId, lawyer } = await lawyersDraft();
    const lawyersPhone = await Phone.open(browser, base, pictures);
    const clientsPhone = await Phone.open(browser, base, pictures);
    onTestFailed(async () => {
      await lawyersPhone.picture("lawyer-failed");
      await clientsPhone.picture("client-failed");
    });

    // The lawyer offers.
    await lawyersPhone.signIn(LAWYER);
    await lawyersPhone.go("/#/pages/filings/index");
    await lawyersPhone.page.locator(`[data-test="filing-card"][data-id="${filingId}"]`).click();
    await lawyersPhone.at("precheck-run").waitFor();
    await lawyersPhone.page.locator('[data-test="finding"], [data-test="finding-fix"]').first().waitFor();
    expect(await lawyersPhone.page.getByText(`缺少代理人“${LAWYER}”的授权委托书`).count()).toBeGreaterThan(0);
    await lawyersPhone.picture("lawyer-finding");
    const draftId = new URL(lawyersPhone.page.url().replace("#/", "")).searchParams.get("id");
    await lawyersPhone.go(`/#/pages/wizard/agents?id=${draftId}&party=p1`);
    await lawyersPhone.at("agent-papers").waitFor();
    await lawyersPhone.at("confirmation-offer").scrollIntoViewIfNeeded();
    await lawyersPhone.picture("lawyer-agents");
    await lawyersPhone.tap("confirmation-offer");
    const url = (await lawyersPhone.at("confirmation-url").innerText()).trim();
    await lawyersPhone.at("confirmation-link").scrollIntoViewIfNeeded();
    await lawyersPhone.picture("lawyer-link");
    const path = url.slice(url.indexOf("/#/"));
    expect(path).toMatch(/^\/#\/pages\/confirm\/index\?token=[A-Za-z0-9_-]{43}$/);

    // The client's phone: signing in and the check of the identity come first, and lead back.
    await clientsPhone.go(path);
    await clientsPhone.at("confirm-signin").waitFor();
    await clientsPhone.picture("client-link");
    await clientsPhone.tap("confirm-signin");
    await clientsPhone.fill("signin-name", CLIENT);
    await clientsPhone.tap("signin-submit");
    await clientsPhone.tap("confirm-identify");
    await clientsPhone.fill("field-name", CLIENT);
    await clientsPhone.fill("field-idNumber", idNumberOf(CLIENT));
    await clientsPhone.fill("field-phone", "13800138000");
    await clientsPhone.tap("identity-submit");
    await clientsPhone.tap("identity-done");
    await clientsPhone.at("confirm-powers").waitFor();
    await clientsPhone.page.waitForTimeout(400);
    await clientsPhone.picture("client-asked");
    const given = clientsPhone.page.locator('[data-test="power-given"]');
    expect(await given.evaluateAll((cards) => cards.map((card) => card.getAttribute("data-code")))).toEqual([
      "admit",
      "settle",
    ]);
    await clientsPhone.at("confirm-powers").scrollIntoViewIfNeeded();
    await clientsPhone.picture("client-powers");
    await clientsPhone.tap("confirm-submit");
    expect(await clientsPhone.at("confirm-problem").innerText()).toContain("请先在方框里签名");
    await clientsPhone.at("confirm-submit").scrollIntoViewIfNeeded();
    await clientsPhone.sign("signature-canvas");
    await clientsPhone.picture("client-signed");
    await clientsPhone.tap("confirm-submit");
    await clientsPhone.at("confirm-done").waitFor();
    await clientsPhone.page.waitForTimeout(300);
    await clientsPhone.picture("client-done");
    await clientsPhone.tap("confirm-look");
    await clientsPhone.page.getByText("民间借贷纠纷").first().waitFor();
    await clientsPhone.picture("client-reads");

    // Somebody else holds the same link.
    const strangersPhone = await Phone.open(browser, base, pictures);
    const stranger = await personCaller(base, "路过人");
    await stranger("PUT", "/me/identity", {
      name: "路过人",
      idType: "resident_id",
      idNumber: idNumberOf("路过人"),
      phone: "13800138001",
    });
    await strangersPhone.signIn("路过人");
    await strangersPhone.go(path);
    await strangersPhone.at("confirm-refused").waitFor();
    expect(await strangersPhone.page.locator("body").innerText()).not.toMatch(new RegExp(`${CLIENT}|${LAWYER}`));
    await strangersPhone.picture("strangers");

    // The lawyer sees it, and hands in.
    await lawyersPhone.page.reload();
    await expect
      .poll(() => lawyersPhone.page.locator('[data-test="confirmation"]').getAttribute("data-current"), {
        timeout: 20_000,
      })
      .toBe("true");
    await lawyersPhone.at("confirmation").scrollIntoViewIfNeeded();
    await lawyersPhone.picture("lawyer-confirmed");
    await lawyersPhone.go(`/#/pages/wizard/sign?id=${draftId}`);
    await lawyersPhone.at("submit").waitFor();
    await lawyersPhone.picture("lawyer-sign");
    await lawyersPhone.tap("submit");
    await lawyersPhone.at("receipt-number").waitFor();
    await lawyersPhone.picture("lawyer-receipt");
    expect((await lawyer("GET", `/filings/${filingId}`)).state.code).toBe("submitted");
  });
});

/** A lawyer's draft for a client, with nothing missing but the client's word. */
async function lawyersDraft() {
  const lawyer = await personCaller(base, LAWYER);
  await lawyer("PUT", "/me/identity", {
    name: LAWYER,
    idType: "resident_id",
    idNumber: idNumberOf(LAWYER),
    phone: "13800138002",
  });
  const { id, version } = await lawyer("POST", "/filings", { courtCode: "鲁0102", causeCode: "CIV2025:108(3)" });
  const upload = async (kind: string, hue: number) => {
    const bytes = await sharp({
      create: { width: 640, height: 480, channels: 3, background: { r: hue, g: 180, b: 160 } },
    })
      .jpeg()
      .toBuffer();
    const { material, upload: plan } = await lawyer("POST", `/filings/${id}/materials`, {
      name: `${kind}.jpg`,
      kind,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      contentType: "image/jpeg",
    });
    await fetch(new URL(plan.url, base), { method: "PUT", headers: plan.headers, body: new Uint8Array(bytes) });
    await lawyer("POST", `/materials/${material.id}/complete`, {});
    await until(async () => (await lawyer("GET", `/materials/${material.id}`)).state.code === "ready");
    return material.id as string;
  };
  for (const [at, kind] of ["identity", "evidence", "license", "firm_letter"].entries()) await upload(kind, 40 * at);
  const signature = await upload("signature", 220);
  const agent = {
    key: "a1",
    kind: "lawyer",
    name: LAWYER,
    phone: "13700137000",
    firm: "山东明德律师事务所",
    licenseNumber: "13701201010123456",
    powers: "special",
    specialPowers: ["admit", "settle"],
  };
  const plaintiff = {
    key: "p1",
    side: "plaintiff",
    kind: "natural",
    name: CLIENT,
    idType: "resident_id",
    idNumber: idNumberOf(CLIENT),
    phone: "13800138000",
    address,
    agents: [agent],
  };
  const defendant = {
    key: "d1",
    side: "defendant",
    kind: "natural",
    name: "李强",
    phone: "13900139000",
    address: "山东省济南市历下区解放路9号",
  };
  const stages = ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"];
  const content = {
    causeCode: "CIV2025:108(3)",
    formId: "09",
    parties: [plaintiff, defendant],
    claims: [{ key: "c1", text: "判令被告归还借款本金5万元及利息", amountFen: 5_000_000 }],
    amountFen: 5_000_000,
    facts:
      "2025年3月5日，被告因资金周转向原告借款5万元，原告当日转账交付，约定年底归还。到期后多次催要，被告至今未还。",
    service: {
      recipient: LAWYER,
      phone: "13700137000",
      address,
      electronic: true,
      channels: ["platform"],
      judgments: true,
      stages: ["first"],
      confirmed: true,
    },
    consents: Object.fromEntries(stages.map((stage) => [stage, "agree"])),
    mediation: { understood: true, wish: "no" },
    signature: { materialId: signature, signedOn: courtDayOf(new Date()) },
  };
  await lawyer("PUT", `/filings/${id}`, { content }, { "if-match": `"${version}"` });
  return { filingId: id as string, lawyer };
}
