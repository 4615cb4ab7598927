import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { addDays, courtDayOf } from "../server/src/core/period.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { graveIssues } from "./axe.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, itemOf, personCaller, resubmittedFiling, submittedFiling, until } from "./filed.ts";
import { type Facts, type Over, ROLES, type Role, VISITS, type Visit } from "./visits.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "axe-workbench");
/** These only lead elsewhere. */
const NO_PAGES = ["/"];

describe("the workbench for everybody: no serious or critical issue", () => {
  let browser: Browser;
  let facts: Facts;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch(inject("chromium"));
    facts = await prepare();
  }, 240_000);
  afterAll(() => browser.close());

  it("the door, with its second step and a refusal", async () => {
    const page = await newPage(browser);
    await page.goto(`${base}/workbench/sign-in`);
    await page.locator('[data-test="signin-submit"]').waitFor();
    const issues = await graveIssues(page);
    await page.locator('input[data-test="signin-username"]').fill("nobody");
    await page.locator('input[data-test="signin-password"]').fill("Wrong-pass-word-1");
    await page.locator('[data-test="signin-submit"]').click();
    await page.locator('[data-test="signin-totp"], [data-test="signin-problem"]').first().waitFor();
    expect([...issues, ...(await graveIssues(page))]).toEqual([]);
    // The list of visits is held to the router of the product itself: a new page has to be visited.
    const routes = new Set((await routesOf(page)).filter((path) => !NO_PAGES.includes(path)));
    expect([...routes].sort()).toEqual([...new Set(["/sign-in", ...VISITS.map(({ route }) => route)])].sort());
    await page.context().close();
  });

  // They look and change nothing, each in a browser of its own.
  it.concurrent.for(Object.entries(ROLES) as [Role, string][])(
    "%s",
    { timeout: 300_000 },
    async ([role, username], { expect, onTestFailed }) => {
      const desk = await Desk.signIn(browser, base, pictures, username, credentials);
      onTestFailed(() => desk.picture("failed"));
      const found: Record<string, string[]> = {};
      const look = async (what: string) => {
        const issues = await graveIssues(desk.page);
        if (issues.length > 0) {
          found[what] = issues;
          await desk.picture(what.replaceAll(/\W+/g, "-"));
        }
      };
      const menu = await desk.page
        .locator('nav[aria-label="主菜单"] a')
        .evaluateAll((links) =>
          links.map((link) => new URL((link as HTMLAnchorElement).href).pathname.replace("/workbench", "")),
        );
      // Whatever the menu of this role opens is visited by it.
      expect(VISITS.filter(({ as }) => as.includes(role)).map(({ route }) => route)).toEqual(
        expect.arrayContaining(menu),
      );
      let looked = 0;
      for (const visit of VISITS.filter(({ as }) => as.includes(role))) {
        await open(desk, visit);
        await look(visit.route);
        looked += 1;
        for (const over of (visit.over ?? []).filter(({ as }) => as?.includes(role) ?? true)) {
          await lookOver(desk, over);
          await look(`${visit.route} ${over.name}`);
          looked += 1;
          await shut(desk.page);
        }
      }
      console.log(`${role}: looked at ${looked} pages and dialogs`);
      expect(found).toEqual({});
      await desk.page.context().close();
    },
  );

  async function open(desk: Desk, visit: Visit): Promise<void> {
    await desk.go(visit.path?.(facts) ?? visit.route);
    await visit.first?.(desk);
    await desk.page.locator(visit.ready).locator("visible=true").first().waitFor();
  }
});

async function lookOver({ page }: Desk, { open, shows }: Over): Promise<void> {
  for (const step of open) {
    const dialog = page.locator(".el-dialog:visible").last();
    const within = step.startsWith("[role") && (await dialog.count()) > 0 ? dialog : page;
    await within.locator(step).locator("visible=true").first().click();
  }
  await page.locator(shows).locator("visible=true").first().waitFor();
}

/** Away with whatever lies over the page, as the Esc key does it. */
async function shut(page: Page): Promise<void> {
  const over = page.locator(".el-overlay:visible");
  for (let tries = 0; tries < 3 && (await over.count()) > 0; tries += 1) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(400);
  }
  expect(await over.count(), "Esc shuts what is open").toBe(0);
}

const newPage = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" })).newPage();

/** The paths the workbench's own router knows. */
async function routesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Mounted {
      __vue_app__: { config: { globalProperties: { $router: { getRoutes: () => { path: string }[] } } } };
    }
    const { __vue_app__ } = document.querySelector("#app") as unknown as Mounted;
    const paths = __vue_app__.config.globalProperties.$router.getRoutes().map(({ path }) => path);
    return [...new Set(paths.map((path) => path.replace(/(?<=.)\/$/, "")))];
  });
}

/** One of each thing that pages show, made over the API or taken from the demonstration data. */
async function prepare(): Promise<Facts> {
  const clerk = await staffCaller(base, "clerk3", credentials);
  const supervisor = await staffCaller(base, "supervisor6", credentials);
  const key = () => ({ "idempotency-key": randomUUID() });
  const { caseId } = await acceptedCase(base, clerk, "童安", "袁大山");
  const plaintiff = await personCaller(base, "童安");
  const question = { subject: "开庭时间", body: "请问大约什么时候开庭？" };
  const thread = await plaintiff("POST", `/cases/${caseId}/threads`, question, key());
  const notice = {
    documentKind: "notice",
    title: "通知书",
    text: "请按时参加诉讼。",
    recipients: ["p1"],
    channel: "inapp",
  };
  const service = (await clerk("POST", `/cases/${caseId}/services`, notice, key())).items[0];
  // One creditor with two debtors is a series.
  const creditor = `万${randomHan()}${randomHan()}`;
  for (const debtor of ["阎小山", "闫大海"]) {
    const { filingId } = await submittedFiling(base, creditor, debtor);
    await itemOf(clerk, filingId);
  }
  const { items } = await clerk("GET", "/intake/items?state=waiting&limit=100");
  const waiting = items as { id: string; round: number; lease: unknown; duplicates: number; seriesId: string | null }[];
  const series = await until(async () =>
    (await clerk("GET", "/intake/series?state=open&limit=100")).items.find(
      ({ name }: { name: string }) => name === creditor,
    ),
  );
  const [relief] = (await clerk("GET", "/fee-reliefs?limit=20")).items;
  await supervisor("POST", "/intake/templates", {
    kind: "note",
    code: "",
    title: `被告住所地在外 ${randomUUID().slice(0, 4)}`,
    body: "被告住所地不在本院辖区，{原告}与被告没有约定管辖。",
  });
  const away = addDays(courtDayOf(new Date()), 20);
  // Whoever looks a second time has it there already.
  await supervisor("POST", "/court-staff/absences", { from: away, until: away, kind: "training" }, key()).catch(
    () => undefined,
  );
  await askForReview();
  return {
    itemId: (waiting.find(({ round, lease, seriesId }) => round === 1 && !lease && !seriesId) as { id: string }).id,
    returnedItemId: (await resubmittedFiling(base, clerk, `邢${randomHan()}${randomHan()}`, "邢小娥")).itemId,
    seriesId: series.id,
    caseId,
    serviceId: service.id,
    threadId: thread.id,
    noticeId: (await until(async () => (await clerk("GET", `/fee-notices?caseId=${caseId}`)).items[0])).id,
    reliefId: relief.id,
    refundId: await refundAsked(clerk, key),
    // Of the demonstration: dates that nobody has answered yet.
    hearingId: (await supervisor("GET", "/hearings?state=proposed")).items[0].id,
    receptionId: await receptionAsked(),
    questioningId: (await supervisor("GET", "/questionings")).items[0].id,
  };
}

/** Somebody asks to be heard; whoever asked before is found. */
async function receptionAsked(): Promise<string> {
  const person = await personCaller(base, "许琳");
  const wish = { courtCode: "鲁0102", topic: "filing", matter: "想了解立案后什么时候能够开庭审理。" };
  await person("POST", "/receptions", wish, { "idempotency-key": randomUUID() }).catch(() => undefined);
  return (await person("GET", "/receptions")).items[0].id;
}

/** A character for the name of somebody new. */
const randomHan = (): string => String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 3000));

/** Somebody whom the register does not know by that name asks the court to look. */
async function askForReview(): Promise<void> {
  const name = "名号不符";
  const person = await personCaller(base, name);
  const claim = { name, idType: "resident_id", idNumber: idNumberOf(name), phone: "13800138000" };
  await person("PUT", "/me/identity", claim).catch(() => undefined);
  await person("POST", "/me/identity/review", { courtCode: "鲁0102", note: "更换了微信号，请核验" }).catch(
    () => undefined,
  );
}

/** A clerk asks that a part of what was paid in the demonstration be given back. */
async function refundAsked(clerk: StaffCaller, key: () => Record<string, string>): Promise<string> {
  const there = (await clerk("GET", "/refunds?limit=20")).items[0];
  if (there) return there.id;
  const { items } = await clerk("GET", "/fee-notices?state=paid&limit=20");
  const { items: payments } = await clerk("GET", `/fee-notices/${items[0].id}/payments`);
  const asked = await clerk(
    "POST",
    `/payments/${payments[0].id}/refunds`,
    { amountFen: 100, reason: "多交的费用退还当事人" },
    key(),
  );
  return asked.id;
}
