import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { Desk, staffCaller } from "./desk.ts";
import { resubmittedFiling, until } from "./filed.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "rounds");
const REASON = "新写明的利息与事实中的借款日期对不上，须一并核对";
const key = () => ({ "idempotency-key": randomUUID() });

describe("what could have been told in the first round", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it("is not asked for in the second without a supervisor's word, which everybody can read", {
    timeout: 300_000,
  }, async () => {
    const clerk = await staffCaller(base, "clerk3", credentials);
    const { person, filingId, itemId: id } = await resubmittedFiling(base, clerk, "纪晓山", "和大人");
    const move = (body: object) => clerk("POST", `/intake/items/${id}/moves`, body, key());

    // The facts are as they were: what is wrong with them could have been told. A clerk is refused, reason or not.
    const late = { code: "facts_unclear", pointer: "/facts", note: "请写明借款交付的方式" };
    const { fence } = (await move({ action: "claim" })).lease;
    const refused = await move({ action: "return", fence, defects: [late], overrideReason: REASON }).catch(String);
    expect(refused).toMatch(/intake\.second_return/);
    expect(refused).toMatch(/上一轮即可发现/);
    await move({ action: "release", fence });

    const zhao = await Desk.signIn(browser, base, pictures, "clerk1", credentials);
    onTestFailed(() => zhao.picture("failed"));
    await zhao.go(`/intake/items/${id}`);
    await zhao.click("act-claim");
    // At the clerk's desk the move is not there, by mouse or by key, and whose it is stands in its place.
    await zhao.at("act-accept").waitFor();
    expect(await zhao.at("decisions-note").innerText()).toMatch(/再次补正由立案庭负责人决定/);
    await zhao.page.keyboard.press("r");
    expect(await zhao.page.locator('[data-test="act-return"]').count()).toBe(0);
    await zhao.picture("clerk-second-round");
    expect(await zhao.page.locator('[data-test="decision-dialog"]:visible').count()).toBe(0);
    await zhao.page.keyboard.press("l");
    await until(async () => (await clerk("GET", `/intake/items/${id}`)).lease === null);

    const chief = await Desk.signIn(browser, base, pictures, "supervisor1", credentials);
    onTestFailed(() => chief.picture("failed"));
    await chief.go(`/intake/items/${id}`);
    await chief.click("act-claim");
    await chief.at("act-return").waitFor();
    await chief.page.keyboard.press("2");
    await chief.picture("difference");
    await chief.page.keyboard.press("r");
    await chief.click("defect-add");
    await chief.pick("defect-code-0", "事实");
    await chief.pick("defect-pointer-0", "事实与理由");
    await chief.at("defect-note-0").fill(late.note);
    await chief.at("visible-before").waitFor();
    expect(await chief.at("visible-before").innerText()).toMatch(/下列 1 项上一轮即可发现/);
    expect(await chief.at("decision-send").isDisabled()).toBe(true);
    await chief.picture("reason-wanted");
    await chief.at("return-override").fill(REASON);
    await expect.poll(() => chief.at("decision-preview").innerText(), { timeout: 20_000 }).toContain(REASON);
    await chief.picture("reason-given");
    await chief.page.keyboard.press("Control+Enter");
    await chief.at("decision-dialog").waitFor({ state: "hidden" });

    // The litigant reads why, and the trail has it.
    const filing = await until(async () => {
      const seen = await person("GET", `/filings/${filingId}`);
      return seen.corrections.length === 2 ? seen : null;
    });
    expect(filing.corrections[1]).toMatchObject({
      round: 2,
      overrideReason: REASON,
      defects: [{ code: "facts_unclear", visibleBefore: true }],
    });
    expect(filing.documents.at(-1).text).toContain(REASON);
    const auditor = await staffCaller(base, "auditor1", credentials);
    const trail = await until(async () => {
      const { items } = await auditor("GET", `/audit?object=filing:${filingId}&limit=100`);
      return items.find(({ name }: { name: string }) => name === "intake.overridden");
    });
    expect(trail).toBeTruthy();
  });
});
