import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed, onTestFinished } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { box, mp4, noise } from "../server/test/material-files.ts";
import { loseAnswers, Network, noNetworkIsSaid, saveState, shellIsKept, watchSaveState } from "./bad-network.ts";
import { type PersonCaller, personCaller, provenAs, unsignedDraft, until } from "./filed.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "offline");
/** `E2E_LARGE_MB=200` sends a file of the greatest size there is; a smaller one goes the same way. */
const LARGE_MB = Number(process.env["E2E_LARGE_MB"] ?? 12);

/** People nobody met before, also where the product went on running since the last time. */
const round = [...String(Date.now()).slice(-7, -3)].map((digit) => "零一二三四五六七八九"[Number(digit)]).join("");

const [rain, mountain, river] = [`安小雨${round}`, `安大山${round}`, `安长河${round}`];

describe("a phone on a bad network", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("keeps what is typed through a dead network, a closed page and lost answers, and has all of it at the court once", {
    timeout: 240_000,
  }, async () => {
    const { phone, context, network, person } = await begin(rain);
    // The cause and the court need the court's lists; from here on the network comes and goes.
    await chooseCauseAndCourt(phone);
    await filingOf(person);
    await shellIsKept(phone);
    const truth = await watchSaveState(phone);

    await network.cut();
    // The bar that says so pushes the page down; a finger waits for that, a program would press beside the button.
    await noNetworkIsSaid(phone);
    await phone.tap("add-plaintiff-natural");
    await phone.fill("field-plaintiff.name", rain);
    await phone.fill("field-plaintiff.idNumber", idNumberOf(rain));
    await phone.fill("field-plaintiff.phone", "13800138000");
    await phone.fill("field-plaintiff.address", "山东省济南市历下区和平路1号");
    await expect.poll(() => saveState(phone), { timeout: 20_000 }).toBe("offline");
    await phone.at("save-state").getByText("等待网络").waitFor();
    await noNetworkIsSaid(phone);
    await phone.picture("typed-offline");
    await phone.tap("wizard-next");

    // The page is closed and opened again, without network: what was typed is there, and the next steps open too.
    const address = phone.page.url();
    await phone.page.reload();
    expect(phone.page.url()).toBe(address);
    await phone.at("add-defendant-natural").waitFor();
    await phone.page.getByText(rain).locator("visible=true").first().waitFor();
    expect(await saveState(phone)).not.toBe("synced");
    await phone.tap("add-defendant-natural");
    await phone.fill("field-defendant.name", "李强");
    await phone.fill("field-defendant.address", "山东省济南市历下区解放路9号");
    await phone.tap("wizard-next");
    await phone.at("add-defendant-natural").waitFor();
    await phone.tap("wizard-next");
    await phone.fill("field-claims.0.text", "判令被告归还借款本金5万元");
    await phone.fill("field-claims.0.amount", "50000");
    await phone.tap("use-sum");
    expect(await contentOf(person)).toMatchObject({ parties: [], claims: [] });

    // Back: but for a while every answer is lost after the court has done what was asked.
    const lost = await loseAnswers(phone, /\/api\/v1\/filings\/\d+\/edits$/, 2);
    await network.mend();
    await expect.poll(() => lost.count, { timeout: 60_000 }).toBe(2);
    await expect.poll(() => saveState(phone), { timeout: 60_000 }).toBe("synced");
    await phone.picture("synced-again");
    truth.check();

    const content = await contentOf(person);
    expect(content.parties).toHaveLength(2);
    expect(content.claims).toHaveLength(1);
    expect(content).toMatchObject({
      causeCode: "CIV2025:108(3)",
      amountFen: 5_000_000,
      parties: [
        {
          side: "plaintiff",
          name: rain,
          idNumber: idNumberOf(rain),
          phone: "13800138000",
          address: "山东省济南市历下区和平路1号",
        },
        { side: "defendant", name: "李强", address: "山东省济南市历下区解放路9号" },
      ],
      claims: [{ text: "判令被告归还借款本金5万元", amountFen: 5_000_000 }],
    });
    expect((await person("GET", "/filings")).items).toHaveLength(1);
    await context.close();
  });

  it("goes on with a large file from the part it was cut in, and with a photograph, by itself", {
    timeout: 600_000,
  }, async () => {
    const { phone, context, network, person } = await begin(mountain);
    await chooseCauseAndCourt(phone);
    const filing = await filingOf(person);
    await toEvidence(phone);
    const sent: { bytes: number; number: string; ok: boolean }[] = [];
    const large = Buffer.concat([mp4(), box("free", noise(LARGE_MB * 1024 ** 2 - mp4().length - 8))]);
    const parts = Math.ceil(large.length / (2 * 1024 ** 2));
    const path = join(pictures, "录像.mp4");
    writeFileSync(path, large);
    // Parts are cut in the middle, answers of parts that arrived are lost, and then there is no network at all.
    let seen = 0;
    await phone.page.route(/\/store\/.*part=/, async (route) => {
      seen += 1;
      const number = new URL(route.request().url()).searchParams.get("part") ?? "";
      const bytes = route.request().postDataBuffer()?.length ?? 0;
      if (network.isCut || seen === 3) return void (await route.abort("connectionreset"));
      const answer = await route.fetch().catch(() => null);
      sent.push({ bytes, number, ok: answer?.ok() ?? false });
      if (!answer || seen === 4) return void (await route.abort("connectionreset"));
      if (seen === 5) await network.cut();
      await route.fulfill({ response: answer }).catch(() => {});
    });
    const chooser = phone.page.waitForEvent("filechooser");
    await phone.tap("upload-evidence-file");
    await (await chooser).setFiles(path);
    await expect.poll(() => seen, { timeout: 300_000 }).toBeGreaterThanOrEqual(5);
    await phone
      .at("upload")
      .getByText(/网络中断|连上后自动继续|等待网络/)
      .waitFor({ timeout: 60_000 });
    await phone.picture("upload-waits");
    await network.mend();
    await ready(person, filing, 1, 420_000);
    await phone.page.unroute(/\/store\/.*part=/);
    // Every part once; only what was under way when it was cut went again.
    const arrived = sent.filter(({ ok }) => ok).map(({ number }) => Number(number));
    expect(new Set(arrived).size).toBe(parts);
    expect(arrived.length - parts).toBeLessThanOrEqual(1);
    await expect
      .poll(() => phone.page.locator('[data-test="material"][data-state="ready"]').count(), { timeout: 30_000 })
      .toBe(1);

    rmSync(path);

    // A photograph, larger than a part: the page is closed in the middle of it, the answer to the last word is lost.
    const lost = await loseAnswers(phone, /\/api\/v1\/materials\/\d+\/complete$/, 1);
    let cut = false;
    await phone.page.route(/\/store\//, async (route) => {
      if (!cut) {
        cut = true;
        await network.cut();
        return void (await route.abort("connectionreset"));
      }
      await route.fallback();
    });
    await phone.choose("upload-evidence-album", [
      { name: "借条.jpg", mimeType: "image/jpeg", buffer: await largePhoto() },
    ]);
    await expect.poll(() => cut, { timeout: 60_000 }).toBe(true);
    await phone.page.close();
    await network.mend();
    const again = await phone.reopen();
    await again.go("/");
    await ready(person, filing, 2, 120_000);
    expect(lost.count).toBeLessThanOrEqual(1);
    await context.close();
  });

  it("says what happens when it is handed in without network, and a lost answer gives the same receipt", {
    timeout: 240_000,
  }, async () => {
    const { phone, context, network, person } = await begin(river);
    const filing = await unsignedDraft(base, person, river, "李强");
    await phone.go("/#/pages/filings/index");
    await phone.tap("filing-card");
    await phone.at("precheck-run").waitFor();
    await phone.tap("wizard-next");
    await phone.sign("signature-canvas");

    await network.cut();
    await noNetworkIsSaid(phone);
    await phone.tap("submit");
    await phone.at("wizard-blocked").waitFor();
    expect(await phone.at("wizard-blocked").innerText()).toMatch(/网络/);
    await phone.picture("submit-offline");
    expect((await person("GET", `/filings/${filing}`)).state.code).toBe("draft");
    expect(await phone.sees("receipt-number")).toBe(false);

    await network.mend();
    const lost = await loseAnswers(phone, /\/api\/v1\/filings\/\d+\/moves$/, 1);
    await expect
      .poll(
        async () => {
          if (!(await phone.sees("receipt-number")) && lost.count === 0) await phone.tap("submit").catch(() => {});
          return lost.count;
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe(1);
    // Committed at the court, unheard on the phone: which must not say that it failed for good, nor that it is done.
    const { receiptNumber } = await person("GET", `/filings/${filing}`);
    expect(receiptNumber).toMatch(/^收/);
    await phone.at("wizard-blocked").waitFor();
    expect(await phone.at("wizard-blocked").innerText()).toMatch(/网络/);
    expect(await phone.sees("receipt-number")).toBe(false);
    await phone.picture("answer-lost");
    await phone.tap("submit");
    await phone.at("receipt-number").waitFor();
    expect((await phone.at("receipt-number").innerText()).trim()).toBe(receiptNumber);
    const after = await person("GET", `/filings/${filing}`);
    expect(after.receiptNumber).toBe(receiptNumber);
    expect((await person("GET", "/filings")).items).toHaveLength(1);
    await phone.picture("same-receipt");
    await context.close();
  });

  async function begin(
    name: string,
  ): Promise<{ phone: Phone; context: BrowserContext; network: Network; person: PersonCaller }> {
    const person = await personCaller(base, name);
    await person("PUT", "/me/identity", provenAs(name));
    const network = await Network.to(base);
    onTestFinished(() => network.close());
    const phone = await Phone.open(browser, network.base, pictures);
    onTestFailed(() => phone.picture("failed").catch(() => {}));
    await phone.signIn(name);
    const context = phone.page.context();
    network.of(context);
    return { phone, context, network, person };
  }

  async function chooseCauseAndCourt(phone: Phone): Promise<void> {
    await phone.go("/");
    await phone.tap("home-start");
    await phone.fill("cause-search", "借钱不还");
    await phone.tapCode("cause-item", "CIV2025:108(3)");
    await phone.at("cause-chosen").waitFor();
    await phone.tap("wizard-next");
    await phone.fill("court-search", "历下");
    await phone.tapCode("court-item", "鲁0102");
    await phone.at("court-chosen").waitFor();
    await phone.tap("wizard-next");
    await phone.at("add-plaintiff-natural").waitFor();
    await expect.poll(() => saveState(phone), { timeout: 20_000 }).toBe("synced");
  }

  /** Straight to the page of the evidence, by the draft's own name. */
  async function toEvidence(phone: Phone): Promise<void> {
    await phone.go(`/${new URL(phone.page.url()).hash.replace("wizard/parties", "wizard/evidence")}`);
    await phone.at("upload-evidence-file").waitFor();
  }
});

async function filingOf(person: PersonCaller): Promise<string> {
  return (await until(async () => (await person("GET", "/filings")).items[0])).id;
}
async function contentOf(person: PersonCaller) {
  return (await person("GET", `/filings/${await filingOf(person)}`)).content;
}

/** So many materials, each one `ready` and no other. */
async function ready(person: PersonCaller, filing: string, count: number, patienceMs: number): Promise<void> {
  await until(async () => {
    const { materials } = await person("GET", `/filings/${filing}`);
    return (
      materials.length === count && materials.every((each: { state: { code: string } }) => each.state.code === "ready")
    );
  }, patienceMs);
}

async function largePhoto(): Promise<Buffer> {
  const [width, height] = [2400, 3200];
  const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g fill="#223">${Array.from({ length: 30 }, (_, row) => `<rect x="240" y="${300 + row * 85}" width="${1800 - (row % 4) * 260}" height="30"/>`).join("")}</g></svg>`;
  return sharp({
    create: { width, height, channels: 3, background: "#eeeae0", noise: { type: "gaussian", mean: 225, sigma: 14 } },
  })
    .composite([{ input: Buffer.from(paper) }])
    .jpeg({ quality: 96 })
    .toBuffer();
}
