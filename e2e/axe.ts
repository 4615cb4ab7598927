import axe from "axe-core";
import type { Page } from "playwright-core";

/** What the standards of the web ask of everybody: WCAG 2.0 to 2.2, A and AA, and what axe calls best practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const GRAVE = ["serious", "critical"];
const SETTLED_MS = 5_000;

export interface AxeOptions {
  /** Looks only inside of this. */
  readonly within?: string;
  /** Leaves out what is not ours: each a selector. */
  readonly without?: readonly string[];
}

/**
 * Looks at a page, as it is now, with axe-core. Gives a line for each serious or critical issue, with the elements to
 * blame; an empty list is a page that passes. What moves is waited for: half-faded colours are nobody's fault.
 */
export async function graveIssues(page: Page, { within, without = [] }: AxeOptions = {}): Promise<string[]> {
  await page.evaluate(async (patience) => {
    const moving = () =>
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    const end = Date.now() + patience;
    while (moving().length > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  }, SETTLED_MS);
  // By the debugger's door: a page's own content security policy does not keep it out.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ tags, grave, include, exclude }) => {
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      const context = { ...(include === null ? {} : { include: [include] }), exclude: exclude.map((each) => [each]) };
      const found = await axe.run(include === null && exclude.length === 0 ? document : context, {
        runOnly: { type: "tag", values: tags },
        resultTypes: ["violations"],
      });
      return found.violations
        .filter(({ impact }) => grave.includes(impact ?? ""))
        .flatMap(({ id, impact, help, nodes }) =>
          nodes.map(
            ({ target, failureSummary, html }) =>
              `${impact} ${id} (${help}): ${target.join(" ")}\n    ${html.slice(0, 200)}\n    ${(failureSummary ?? "").replace(/\s*\n\s*/g, " · ")}`,
          ),
        );
    },
    { tags: TAGS, grave: GRAVE, include: within ?? null, exclude: [...without] },
  );
}
