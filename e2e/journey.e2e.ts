import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { Desk, staffCaller } from "./desk.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "journey");

/** The number that GB 11643 itself prints as an example; the sandbox's register knows everybody. */
const ID_NUMBER = "11010519491231002X";

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
const blurred = async (picture: Awaited<ReturnType<typeof photo>>) => ({
  ...picture,
  buffer: await sharp(picture.buffer).blur(7).jpeg().toBuffer(),
});
async function paper(name: string) {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Courier);
  for (const page of [1, 2])
    document
      .addPage([595, 842])
      .drawText(`TRANSFER RECORD ${page}/2   50,000.00 CNY`, { x: 60, y: 760, size: 16, font });
  return { name, mimeType: "application/pdf", buffer: Buffer.from(await document.save()) };
}

describe("one filing, the whole road", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("leads from a phone through a correction and two clerks to a case number on the phone", {
    timeout: 300_000,
  }, async () => {
    const phone = await Phone.open(browser, base, pictures);
    onTestFailed(() => phone.picture("failed"));
    const receipt = await file(phone);
    expect(receipt).toMatch(/^收鲁0102-\d{8}-\d{5}$/);

    const supervisor = await staffCaller(base, "supervisor1", credentials);
    const { items } = await supervisor("GET", "/filings?limit=100");
    const { id: filingId } = items.find(({ receiptNumber }: { receiptNumber: string }) => receiptNumber === receipt);
    const itemId = await poll(async () => (await allItems(supervisor)).find((item) => item.filingId === filingId)?.id);

    // The first clerk asks for a correction.
    const zhao = await Desk.signIn(browser, base, pictures, "clerk1", credentials);
    await zhao.picture("queue");
    await zhao.go(`/intake/items/${itemId}`);
    await zhao.click("act-claim");
    await zhao.at("act-return").waitFor();
    await zhao.picture("review");
    await zhao.click("act-return");
    await zhao.click("defect-add");
    await zhao.pick("defect-code-0", "诉讼请求不具体");
    await zhao.pick("defect-pointer-0", "请求");
    await zhao.at("defect-note-0").fill("请写明利息从哪一天起、按什么标准计算。");
    await zhao.picture("return");
    await zhao.click("decision-send");
    await zhao.at("decision-dialog").waitFor({ state: "hidden" });

    // The litigant mends it in place.
    await phone.go(`/#/pages/filing/detail?id=${filingId}`);
    await phone.at("open-correction").waitFor();
    await phone.picture("correction-told");
    await phone.tap("open-correction");
    await phone.picture("defects");
    await phone.tap("defect-fix");
    await phone.fill(
      "field-claims.0.text",
      "判令被告归还借款本金5万元，并自起诉之日起按一年期贷款市场报价利率支付利息至还清之日",
    );
    await phone.picture("mended");
    await phone.tap("wizard-next");
    await phone.at("defect-fix").waitFor();
    await phone.tap("wizard-next");
    await phone.at("precheck-run").waitFor();
    await phone.tap("wizard-next");
    await phone.tap("submit");
    await phone.at("receipt-number").waitFor();
    await phone.picture("handed-in-again");

    // Another clerk holds it, with the decision open; the supervisor gives it to the first, who decides.
    const qian = await Desk.signIn(browser, base, pictures, "clerk2", credentials);
    await poll(async () => (await supervisor("GET", `/intake/items/${itemId}`)).state.code === "waiting");
    await qian.go(`/intake/items/${itemId}`);
    await qian.click("act-claim");
    await qian.click("act-accept");
    await qian.at("decision-send").waitFor();
    await supervisor("POST", `/intake/items/${itemId}/moves`, {
      action: "assign",
      assigneeId: await accountOf(supervisor, "赵敏"),
    });
    await zhao.go(`/intake/items/${itemId}`);
    await zhao.click("act-claim");
    await zhao.at("act-accept").waitFor();
    await zhao.picture("after-correction");
    await zhao.click("act-accept");
    await zhao.picture("accept");
    await Promise.all([zhao.click("decision-send"), zhao.at("decision-dialog").waitFor({ state: "hidden" })]);

    await qian.click("decision-send");
    await expect.poll(() => qian.at("decision-decided").innerText(), { timeout: 20_000 }).toMatch(/赵敏.*立案/s);
    await qian.picture("told-who-decided");

    // The number is on the phone.
    await phone.go(`/#/pages/filing/detail?id=${filingId}`);
    await phone.page.reload();
    await expect
      .poll(() => phone.at("case-number").innerText(), { timeout: 20_000 })
      .toMatch(/^（\d{4}）鲁0102民初\d+号$/);
    await phone.picture("case-number");
    await phone.go("/#/pages/messages/index");
    await phone.at("message").waitFor();
    await phone.picture("messages");
  });
});

/** From the first page to the receipt; gives the receipt's number. */
async function file(phone: Phone): Promise<string> {
  await phone.go("/");
  await phone.picture("home");
  await phone.tap("home-start");
  await phone.fill("signin-name", "郑小满");
  await phone.picture("sign-in");
  await phone.tap("signin-submit");
  await phone.at("home-start").waitFor();
  await phone.tap("home-start");
  await phone.tap("verify-first");
  await phone.fill("field-name", "郑小满");
  await phone.fill("field-idNumber", ID_NUMBER);
  await phone.fill("field-phone", "13800138000");
  await phone.tap("identity-submit");
  await phone.tap("identity-done");

  await phone.fill("cause-search", "借钱不还");
  await phone.tapCode("cause-item", "CIV2025:108(3)");
  await phone.at("cause-chosen").waitFor();
  await phone.picture("cause");
  await phone.tap("wizard-next");
  await phone.fill("court-search", "历下");
  await phone.tapCode("court-item", "鲁0102");
  await phone.at("court-chosen").waitFor();
  await phone.picture("court");
  await phone.tap("wizard-next");
  await phone.tap("add-plaintiff-natural");
  await phone.fill("field-plaintiff.name", "郑小满");
  await phone.fill("field-plaintiff.idNumber", ID_NUMBER);
  await phone.fill("field-plaintiff.phone", "13800138000");
  await phone.fill("field-plaintiff.address", "山东省济南市历下区和平路1号");
  await phone.picture("plaintiff");
  await phone.tap("wizard-next");
  await phone.tap("add-defendant-natural");
  await phone.fill("field-defendant.name", "李强");
  await phone.fill("field-defendant.phone", "13900139000");
  await phone.fill("field-defendant.address", "山东省济南市历下区解放路9号");
  await phone.tap("wizard-next");
  await phone.at("add-defendant-natural").waitFor();
  await phone.tap("wizard-next");
  await phone.fill("field-claims.0.text", "判令被告归还借款本金5万元及利息");
  await phone.fill("field-claims.0.amount", "5万");
  await phone.tap("use-sum");
  await phone.picture("claims");
  await phone.tap("wizard-next");
  await phone.picture("facts");
  for (let question = 0; question < 60 && !(await phone.sees("field-facts")); question += 1) {
    await phone.tap("wizard-next");
    await phone.page.waitForTimeout(120);
  }
  await phone.fill(
    "field-facts",
    "2025年3月5日，被告因资金周转向我借款5万元，我当天通过银行转账给他，约定年底归还。到期后我多次催要，他一直没有还。",
  );
  await phone.tap("wizard-next");

  // A blurred one is told at once, and taken again.
  await phone.choose("upload-identity-album", [await blurred(await photo("身份证正面.jpg", 210))]);
  await phone.at("doubt-blur").waitFor();
  await phone.picture("blurred");
  await phone.choose("photo-retake", [await photo("身份证正面.jpg", 210)]);
  await phone.choose("upload-evidence-album", [await photo("借条.jpg", 40), await photo("聊天记录.jpg", 130)]);
  await phone.choose("upload-evidence-file", [await paper("转账记录.pdf")]);
  await expect
    .poll(() => phone.page.locator('[data-test="material"][data-state="ready"]').count(), { timeout: 40_000 })
    .toBe(4);
  await phone.picture("evidence");
  await phone.tap("wizard-next");

  await phone.tap("field-service.electronic-0");
  await phone.tap("field-service.judgments-0");
  await phone.tap("field-service.confirmed-0");
  await phone.picture("service");
  await phone.tap("wizard-next");
  for (const stage of ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"])
    await phone.tap(`consent-${stage}-agree`);
  await phone.tap("field-mediation.understood-0");
  await phone.tap("field-mediation.wish-2");
  await phone.picture("consents");
  await phone.tap("wizard-next");
  await phone.at("precheck-run").waitFor();
  await phone.picture("precheck");
  await phone.tap("wizard-next");
  await phone.sign("signature-canvas");
  await phone.picture("signature");
  await phone.tap("submit");
  await phone.at("receipt-number").waitFor();
  await phone.picture("receipt");
  return (await phone.at("receipt-number").innerText()).trim();
}

type Caller = Awaited<ReturnType<typeof staffCaller>>;

async function allItems(supervisor: Caller): Promise<{ id: string; filingId: string }[]> {
  return (await supervisor("GET", "/intake/items?limit=100")).items;
}

async function accountOf(supervisor: Caller, name: string): Promise<string> {
  const { items } = await supervisor("GET", "/intake/staff");
  return items.find((member: { name: string }) => member.name === name).id;
}

/** Waits for something that comes by itself a moment later. */
async function poll<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("it did not come");
}
