import { enableAutoUnmount, flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Mediation } from "@/api/contract.ts";
import { ProblemError } from "@/api/problem.ts";
import { isDeskFull } from "@/queue/desk-full.ts";
import MediationsPage from "./MediationsPage.vue";

const get = vi.hoisted(() => vi.fn());
const post = vi.hoisted(() => vi.fn());
vi.mock("@/api/index.ts", () => ({ api: { get, post }, newKey: () => "k" }));
const shown = (name: string) => document.querySelector<HTMLElement>(`[data-test=${name}]`);
const press = async (name: string) => {
  const found = shown(name);
  (found?.querySelector<HTMLElement>("input") ?? found)?.click();
  await flushPromises();
};
beforeEach(() => {
  get.mockReset();
  post.mockReset();
});
afterEach(() => {
  document.body.innerHTML = "";
});
// Hooks run last first: this one before the page is emptied.
enableAutoUnmount(afterEach);

const mediation = (actions: string[]): Mediation => ({
  id: "3",
  filingId: "9",
  title: "王芳 诉 李强 民间借贷纠纷",
  state: { code: "running", label: "调解中" },
  startedOn: "2026-10-26",
  dueOn: "2026-11-25",
  extended: false,
  daysLeft: 3,
  confirmation: false,
  endedOn: null,
  moves: actions.map((action) => ({ action, label: action })),
});

test("a mediation is extended only with both sides' consent on record, and only where the server offers it", async () => {
  get.mockResolvedValue({ items: [mediation(["extend"])], nextCursor: null });
  mount(MediationsPage, { attachTo: document.body });
  await flushPromises();
  expect(shown("mediation-settle")).toBeNull();
  await press("mediation-extend");
  const day = document.querySelector<HTMLInputElement>("input[type=date]");
  day!.value = "2026-12-05";
  day!.dispatchEvent(new Event("input"));
  await press("consent-plaintiff");
  expect(shown("dialog-send")).toHaveProperty("disabled", true);
  expect(shown("dialog-missing")?.textContent).toContain("双方都同意");
  await press("consent-defendant");
  post.mockResolvedValue(mediation([]));
  await press("dialog-send");
  expect(post).toHaveBeenCalledWith(
    "/intake/mediations/3/moves",
    { action: "extend", until: "2026-12-05", consents: { plaintiff: true, defendant: true }, note: "" },
    "k",
  );
});

test("a full desk is told apart from other refusals", () => {
  const problem = (code: string) => new ProblemError(409, { code, title: "x" }, null);
  expect(isDeskFull(problem("intake.wip_full"))).toBe(true);
  expect(isDeskFull(problem("intake.leased"))).toBe(false);
});
