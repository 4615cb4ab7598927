import type { BrowserContext, Route } from "playwright-core";
import { expect } from "vitest";
import { Relay } from "../server/test/relay.ts";
import type { Phone } from "./phone.ts";

/** What the save state may say, and what must be true while it does. */
const WORDS: Record<string, RegExp> = {
  saved: /^已保存到手机$/,
  sending: /^已保存到手机，正在同步$/,
  synced: /^已同步到法院草稿箱$/,
  offline: /^已保存到手机，等待网络/,
};

/** The line between a phone and the court. What the browser alone is told to refuse, it lets through for a moment when a page opens anew. */
export class Network {
  isCut = false;
  readonly base: string;
  readonly #relay: Relay;
  #context: BrowserContext | null = null;

  private constructor(court: string, relay: Relay) {
    this.#relay = relay;
    this.base = new URL(relay.instead(court)).origin;
  }
  static async to(court: string): Promise<Network> {
    return new Network(court, await Relay.to(court));
  }
  of(context: BrowserContext): void {
    this.#context = context;
  }
  async cut(): Promise<void> {
    this.isCut = true;
    this.#relay.cut();
    await this.#context?.setOffline(true);
  }
  async mend(): Promise<void> {
    this.isCut = false;
    this.#relay.mend();
    await this.#context?.setOffline(false);
  }
  close(): void {
    this.#relay.close();
  }
}

/** Whoever watches the save state all the time: what it said is written down, and judged in the end. */
export async function watchSaveState(phone: Phone): Promise<{ check(): void }> {
  const told: { sync: string; text: string; unsent: boolean }[] = [];
  await phone.page.exposeFunction("tellSaveState", (sync: string, text: string, unsent: boolean) => {
    told.push({ sync, text, unsent });
  });
  const watch = () => {
    const look = () => {
      const shown = [...document.querySelectorAll<HTMLElement>('[data-test="save-state"]')].find(
        (each) => each.getClientRects().length > 0,
      );
      const key = Object.keys(localStorage).find((each) => each.startsWith("draft:"));
      if (!shown || !key) return;
      const stored = JSON.parse(localStorage.getItem(key) ?? "{}");
      const { pending, inflight } = stored.data ?? stored;
      const { tellSaveState } = window as unknown as {
        tellSaveState(sync: string, text: string, unsent: boolean): void;
      };
      tellSaveState(
        shown.dataset["sync"] ?? "",
        shown.innerText.replace(/\s+/g, ""),
        pending.length > 0 || inflight !== null,
      );
    };
    const start = () =>
      new MutationObserver(() => setTimeout(look, 0)).observe(document.documentElement, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
    if (document.documentElement) start();
    else addEventListener("DOMContentLoaded", start);
  };
  await phone.page.addInitScript(watch);
  await phone.page.evaluate(watch);
  return {
    check() {
      const states = new Set(told.map(({ sync }) => sync));
      for (const state of ["saved", "sending", "synced", "offline"]) expect(states).toContain(state);
      for (const { sync, text, unsent } of told) {
        expect(text).toMatch(WORDS[sync] ?? /never/);
        // The one lie that would cost somebody something.
        if (sync === "synced") expect(unsent).toBe(false);
      }
    },
  };
}

/** The court does what it is asked, and its answer never arrives: for the first so many requests to that address. */
export async function loseAnswers(phone: Phone, address: RegExp, times: number): Promise<{ count: number }> {
  const lost = { count: 0 };
  await phone.page.context().route(address, async (route: Route) => {
    if (route.request().method() !== "POST" || lost.count >= times)
      return void (await route.fallback().catch(() => {}));
    const answer = await route.fetch().catch(() => null);
    if (answer?.ok()) lost.count += 1;
    await route.abort("connectionreset").catch(() => {});
  });
  return lost;
}

/** The browser has put aside what the page is made of. */
export async function shellIsKept(phone: Phone): Promise<void> {
  const kept = () =>
    phone.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.active?.state === "activated" && navigator.serviceWorker.controller !== null;
    });
  await expect.poll(kept, { timeout: 60_000 }).toBe(true);
}

export const noNetworkIsSaid = (phone: Phone) =>
  phone.page.getByText("现在没有网络").locator("visible=true").first().waitFor();

export const saveState = (phone: Phone) => phone.at("save-state").getAttribute("data-sync");
