import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";

const baseUrl = inject("baseUrl");
const pages = [
  { name: "litigants", path: "/" },
  { name: "workbench", path: "/workbench/" },
  { name: "api-docs", path: "/docs" },
];

describe("what npm start gives", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(inject("chromium"));
  });
  afterAll(() => browser.close());

  it.each(pages)("$path draws in a browser without an error", async ({ name, path }) => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const answer = await page.goto(`${baseUrl}${path}`, { waitUntil: "networkidle" });
    expect(answer?.status()).toBe(200);
    // The page of the API draws inside a shadow root.
    const text = () =>
      page.evaluate(
        () =>
          (document.querySelector<HTMLElement>("#app") ?? document.body).innerText +
          (document.querySelector("rapi-doc")?.shadowRoot?.textContent ?? ""),
      );
    await expect.poll(async () => (await text()).trim().length, { timeout: 30_000 }).toBeGreaterThan(10);
    await page.screenshot({ path: join(inject("artifacts"), `start-${name}.png`) });
    expect(errors).toEqual([]);
    await page.close();
  });

  it("lets demonstration staff in with the printed password and code", async () => {
    const { generate } = await import("otplib");
    const totp = await generate({ secret: inject("demoTotpSecret") });
    const answer = await fetch(`${baseUrl}/api/v1/sessions/staff`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      // Whose code nobody else uses: one serves once, and files follow each other within its half minute.
      body: JSON.stringify({ username: "clerk4", password: inject("demoPassword"), totp }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ accessToken: expect.any(String) });
  });

  it("says that it is alive and ready, and prints its contract", async () => {
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(baseUrl + path)).status).toBe(200);
    const contract = (await (await fetch(`${baseUrl}/openapi.json`)).json()) as { openapi: string; paths: object };
    expect(contract.openapi).toMatch(/^3\.1/);
    expect(Object.keys(contract.paths).length).toBeGreaterThan(20);
  });
});
