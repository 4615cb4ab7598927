import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

const PATIENCE_MS = 30_000;

/** A litigant's phone: 390×844, with what a person does on it. */
export class Phone {
  readonly page: Page;
  readonly #base: string;
  readonly #pictures: string;
  #count = 0;

  private constructor(page: Page, base: string, pictures: string) {
    this.page = page;
    this.#base = base;
    this.#pictures = pictures;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Another size is a computer's: what a lawyer files by the dozen is filed at a desk. */
  static async open(
    browser: Browser,
    base: string,
    pictures: string,
    viewport = { width: 390, height: 844 },
  ): Promise<Phone> {
    const isMobile = viewport.width < 800;
    const context: BrowserContext = await browser.newContext({
      viewport,
      hasTouch: isMobile,
      isMobile,
      locale: "zh-CN",
      userAgent:
        "Mozilla/5.0 (Linux; Android 13; M2101K7AG) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    });
    return new Phone(await context.newPage(), base, pictures);
  }

  /** The page was closed; the person opens another on the same phone, which knows what it knew. */
  async reopen(): Promise<Phone> {
    const context = this.page.context();
    await this.page.close();
    return new Phone(await context.newPage(), this.#base, this.#pictures);
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.#base + path);
  }

  /** What stands on the screen under a test name. */
  at(name: string): Locator {
    return this.page.locator(`[data-test="${name}"]:visible`).first();
  }

  async tap(name: string): Promise<void> {
    await this.at(name).click();
  }

  /** Taps the one of several that stands for a code, once it is there. */
  async tapCode(name: string, code: string): Promise<void> {
    await this.page.locator(`[data-test="${name}"][data-code="${code}"]:visible`).first().click();
  }

  async fill(name: string, value: string): Promise<void> {
    await this.at(name).locator("input,textarea").first().fill(value);
  }

  async sees(name: string): Promise<boolean> {
    return (await this.page.locator(`[data-test="${name}"]:visible`).count()) > 0;
  }

  /** Chooses files where the page asks for them. */
  async choose(name: string, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.tap(name);
    await (await chooser).setFiles(files);
  }

  /** Signs with a finger. */
  async sign(name: string): Promise<void> {
    // The page slides in: only what stands still can be signed.
    await this.at(name).click({ trial: true });
    await this.page.waitForTimeout(400);
    const box = await this.at(name).boundingBox();
    if (!box) throw new Error(`${name} is not drawn`);
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + 40, y);
    await this.page.mouse.down();
    for (let step = 1; step <= 30; step += 1)
      await this.page.mouse.move(box.x + 40 + step * 7, y + Math.sin(step / 2) * 35);
    await this.page.mouse.up();
  }

  /** Signs in as the person of that name, from the page that asks for it. */
  async signIn(name: string): Promise<void> {
    await this.go("/#/pages/signin/index");
    await this.fill("signin-name", name);
    await this.tap("signin-submit");
    await this.page.waitForFunction(() => !window.location.hash.includes("signin"));
  }

  async picture(name: string): Promise<void> {
    this.#count += 1;
    await this.page.screenshot({
      path: join(this.#pictures, `phone-${String(this.#count).padStart(2, "0")}-${name}.png`),
    });
  }
}
