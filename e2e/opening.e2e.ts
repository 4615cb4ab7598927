import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { Desk } from "./desk.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "opening");
const PROGRAM = /\/assets\/.*\.js$/;
const PAGES = [
  { name: "phone", path: "/", viewport: { width: 390, height: 844 } },
  { name: "desk", path: "/workbench/", viewport: { width: 1440, height: 900 } },
];

describe("a page whose program does not come", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it.each(PAGES)(
    "$path says so, tries again by itself, then leaves it to the person, and opens in the end",
    {
      timeout: 90_000,
    },
    async ({ name, path, viewport }) => {
      const context = await browser.newContext({ viewport });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      let asked = 0;
      await context.route(PROGRAM, (route) => {
        asked += 1;
        return route.abort("internetdisconnected");
      });
      await page.goto(base + path, { waitUntil: "load" });
      const opening = page.locator("#opening");
      await opening.getByText("没有打开：网络中断或者不稳").waitFor({ timeout: 30_000 });
      // Once, and twice again by itself.
      expect(asked).toBeGreaterThanOrEqual(3);
      const button = opening.getByRole("button", { name: "重新打开" });
      // On the screen, not below it.
      expect(((await button.boundingBox())?.y ?? viewport.height) + 40).toBeLessThan(viewport.height);
      await page.screenshot({ path: join(pictures, `${name}.png`) });
      await context.unroute(PROGRAM);
      await button.click();
      await expect.poll(() => shown(page), { timeout: 30_000 }).toBe(true);
      expect(await opening.isVisible()).toBe(false);
    },
  );

  it("/workbench/ stays where it is without a network, and opens the newer program once there is one", {
    timeout: 90_000,
  }, async () => {
    const desk = await Desk.signIn(browser, base, pictures, "clerk1", {
      password: inject("demoPassword"),
      totpSecret: inject("demoTotpSecret"),
    });
    const { page } = desk;
    onTestFinished(() => page.context().close());
    await page.getByRole("link", { name: "案件" }).first().waitFor();
    const context = page.context();
    await context.setOffline(true);
    await page.getByRole("link", { name: "案件" }).first().click();
    await page.getByText("网络连不上，这一页没有打开").waitFor();
    expect(page.url()).toMatch(/\/intake/);
    await context.setOffline(false);
    // A newer program was put in place: the parts of the old one are gone.
    await stale(context, page);
  });
});

const shown = (page: Page): Promise<boolean> =>
  page.evaluate(() => (document.querySelector("#app")?.childElementCount ?? 0) > 0);

async function stale(context: BrowserContext, page: Page): Promise<void> {
  let opened = 0;
  page.on("framenavigated", () => {
    opened += 1;
  });
  let gone = true;
  await context.route(PROGRAM, (route) => (gone ? route.fulfill({ status: 404, body: "" }) : route.continue()));
  // The document asked for anew brings the new parts with it.
  await context.route(/\/workbench\/cases$/, (route) => {
    if (route.request().resourceType() === "document") gone = false;
    return route.continue();
  });
  await page.getByRole("link", { name: "案件" }).first().click();
  await page.getByPlaceholder(/案号/).first().waitFor();
  expect(opened).toBeGreaterThanOrEqual(1);
}
