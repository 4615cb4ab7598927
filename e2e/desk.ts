import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSync } from "otplib";
import type { Browser, Locator, Page } from "playwright-core";
import { inject } from "vitest";

const PATIENCE_MS = 30_000;
const STEP_SECONDS = 30;

export interface Credentials {
  readonly password: string;
  readonly totpSecret: string;
}

/** Until an authenticator shows another code. */
const nextCode = () => {
  const stepMs = STEP_SECONDS * 1000;
  return new Promise((resolve) => setTimeout(resolve, stepMs - (Date.now() % stepMs) + 100));
};

/** A clerk's desk: the workbench at 1440×900. */
export class Desk {
  readonly page: Page;
  readonly #base: string;
  readonly #pictures: string;
  readonly #name: string;
  #count = 0;

  private constructor(page: Page, base: string, pictures: string, name: string) {
    this.page = page;
    this.#base = base;
    this.#pictures = pictures;
    this.#name = name;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  static async signIn(
    browser: Browser,
    base: string,
    pictures: string,
    username: string,
    { password, totpSecret }: Credentials,
  ): Promise<Desk> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
    const desk = new Desk(await context.newPage(), base, pictures, username);
    await desk.page.goto(`${base}/workbench/sign-in`);
    await desk.at("signin-username").fill(username);
    await desk.at("signin-password").fill(password);
    await desk.click("signin-submit");
    await desk.at("signin-totp").waitFor();
    // A code is good once for each person: where another test has used this one, the next comes within half a minute.
    for (let tries = 0; tries < 4; tries += 1) {
      await desk.at("signin-totp").fill(generateSync({ secret: totpSecret }));
      await desk.click("signin-submit");
      const isIn = await desk.page
        .waitForURL((url) => !url.pathname.endsWith("/sign-in"), { timeout: 6_000 })
        .then(
          () => true,
          () => false,
        );
      if (isIn) return desk;
      await nextCode();
    }
    throw new Error(`${username} cannot sign in`);
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.#base}/workbench${path}`);
  }

  /** The field itself where the name stands on its frame. */
  at(name: string): Locator {
    return this.page
      .locator(
        `input[data-test="${name}"], textarea[data-test="${name}"], [data-test="${name}"]:not(input):not(textarea)`,
      )
      .locator("visible=true")
      .first();
  }

  async click(name: string): Promise<void> {
    await this.at(name).click();
  }

  /** Picks from a list that opens, by what it says. */
  async pick(name: string, label: string): Promise<void> {
    await this.click(name);
    await this.page
      // The list picked from before may still be fading away.
      .locator('.el-popper[aria-hidden="false"]:not([class*="leave"]) .el-select-dropdown__item', { hasText: label })
      .locator("visible=true")
      .first()
      .click();
  }

  async picture(name: string): Promise<void> {
    this.#count += 1;
    await this.page.screenshot({
      path: join(this.#pictures, `${this.#name}-${String(this.#count).padStart(2, "0")}-${name}.png`),
    });
  }
}

export type StaffCaller = Awaited<ReturnType<typeof staffCaller>>;

/**
 * Speaks to the API as a member of staff, for what happens away from the desks. All files share one session for each
 * person: a code is good once, and five refused ones in a row would lock the account.
 */
export async function staffCaller(base: string, username: string, { password, totpSecret }: Credentials) {
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${base}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  const kept = join(inject("scratch"), `session-${username}`);
  const held = async () => {
    const token = existsSync(kept) ? readFileSync(kept, "utf8") : "";
    return (await send("GET", "/me", undefined, { authorization: `Bearer ${token}` })).ok ? token : null;
  };

  const signIn = async () => {
    for (let tries = 0; tries < 4; tries += 1) {
      const totp = generateSync({ secret: totpSecret });
      const response = await send("POST", "/sessions/staff", { username, password, totp });
      if (response.ok) {
        const { accessToken } = (await response.json()) as { accessToken: string };
        writeFileSync(kept, accessToken);
        return accessToken;
      }
      await nextCode();
    }
    throw new Error(`${username} cannot sign in`);
  };

  let token = (await held()) ?? (await signIn());
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const ask = () => send(method, path, body, { authorization: `Bearer ${token}`, ...headers });
    let answer = await ask();
    if (answer.status === 401) {
      token = await signIn();
      answer = await ask();
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return (await answer.json()) as any;
  };
}
