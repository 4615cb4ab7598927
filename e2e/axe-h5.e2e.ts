import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { graveIssues } from "./axe.ts";
import { findIds, openDraft, PEOPLE, pagesOfApp, settled, VISITS, type Who, type World } from "./h5-pages.ts";
import { layoutFaults } from "./layout.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const pictures = join(inject("artifacts"), "axe-h5");
/** Phones: a usual one, and the smallest that is still about. */
const USUAL = { width: 390, height: 844 };
const SMALL = { width: 320, height: 568 };

const EVERYTHING = "has no grave issue, no clipped word and no place too small to press";

describe("every page of the web page, for everybody's eyes and hands", () => {
  let browser: Browser;
  let ids: Record<string, string>;
  const world: { writer?: World } = {};
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    ids = await findIds(base);
  }, 120_000);
  afterAll(() => browser.close());

  it("is visited", () => {
    expect(pagesOfApp().filter((path) => !VISITS[path])).toEqual([]);
    expect(pagesOfApp().length).toBeGreaterThan(30);
  });

  // What is written here is looked at by the others, too.
  it(EVERYTHING, { timeout: 400_000 }, () => lookAt("writer"));

  it.concurrent.for((Object.keys(PEOPLE) as Who[]).filter((who) => who !== "writer"))(
    `${EVERYTHING}, as %s sees it`,
    { timeout: 400_000 },
    (who) => lookAt(who),
  );

  it.concurrent.for(["lawyer", "nobody"] as const)(
    "has no grave issue where %s comes by",
    { timeout: 400_000 },
    async (who) => {
      const phone = await Phone.open(browser, base, pictures, USUAL);
      if (who === "lawyer") await phone.signIn(PEOPLE.lawyer);
      const here: World = { draft: "d0", party: "p0", ids, ...world.writer };
      const faults: string[] = [];
      for (const path of pagesOfApp()) {
        await phone.go(`/#/${path}${VISITS[path]?.query?.(here) ?? ""}`);
        await settled(phone);
        faults.push(...(await graveIssues(phone.page)).map((each) => `${path}: ${each}`));
      }
      await phone.page.context().close();
      expect(faults).toEqual([]);
    },
  );

  async function lookAt(who: Who): Promise<void> {
    const phone = await Phone.open(browser, base, pictures, USUAL);
    await phone.signIn(PEOPLE[who]);
    const here = await worldOf(phone, who);
    const faults: string[] = [];
    for (const path of pagesOfApp().filter((each) => VISITS[each]?.as === who)) {
      await phone.go(`/#/${path}${VISITS[path]?.query?.(here) ?? ""}`);
      await settled(phone);
      // What is looked at is the page that was asked for, not where it sent us.
      expect(new URL(phone.page.url()).hash).toContain(path);
      faults.push(...(await graveIssues(phone.page)).map((each) => `${path}: ${each}`));
      for (const [size, viewport] of [
        ["standard", USUAL],
        ["huge", USUAL],
        ["huge", SMALL],
      ] as const) {
        await drawnIn(phone, size, viewport);
        const found = await layoutFaults(phone.page);
        faults.push(...found.map((each) => `${path}, ${size} at ${viewport.width}: ${each}`));
        if (found.length > 0) await phone.picture(`${path.replaceAll("/", "-")}-${size}-${viewport.width}`);
      }
      if (size(faults) > 0) await phone.picture(path.replaceAll("/", "-"));
      await drawnIn(phone, "standard", USUAL);
    }
    await phone.page.context().close();
    expect(faults).toEqual([]);
  }

  async function worldOf(phone: Phone, who: Who): Promise<World> {
    if (who === "writer") world.writer = { ids, ...(await openDraft(phone, null)) };
    if (who === "mending") {
      const { draft, party } = await openDraft(phone, ids["returned"] ?? "");
      return { ids: { ...ids, returnedDraft: draft }, draft, party };
    }
    return world.writer && who === "writer" ? world.writer : { ids, draft: "", party: "" };
  }

  /** As the person would have chosen it, without leaving the page. */
  async function drawnIn(phone: Phone, size: string, viewport: { width: number; height: number }): Promise<void> {
    await phone.page.setViewportSize(viewport);
    await phone.page.evaluate((chosen) => {
      document.documentElement.dataset.type = chosen;
      for (const page of document.querySelectorAll(".page")) {
        page.classList.remove("standard", "large", "huge");
        page.classList.add(chosen);
      }
    }, size);
    await phone.page.waitForTimeout(120);
  }
  const size = (list: readonly string[]) => list.length;
});
