import type { Page } from "playwright-core";

/**
 * What a person with old eyes or thick fingers would trip over on the page in front, each in a line: words cut off by
 * their box or the edge of the screen, words over words, words under a bar that stays, and places to press too small for
 * a finger. An empty list is a page that passes.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  const top = await page.evaluate(lookAround, false);
  // What the court answers late (a fee that is reckoned) makes a page longer: a fault at its end is one that stays.
  let bottom: string[] = [];
  for (let tries = 0; tries < 20; tries += 1) {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForTimeout(100);
    bottom = await page.evaluate(lookAround, true);
    if (bottom.length === 0) break;
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  return [...new Set([...top, ...bottom])];
}

/** Runs in the page. */
function lookAround(isAtEnd: boolean): string[] {
  const FINGER = 44;
  const SLACK = 2;
  const PRESSED =
    "[role=button],[role=radio],[role=checkbox],[role=link],[role=tab],uni-button,uni-input,uni-textarea,uni-switch,uni-picker";
  const faults: string[] = [];
  const say = (what: string, text: string, element: Element) =>
    faults.push(`${what}: “${text.trim().slice(0, 30)}” in ${nameOf(element)}`);
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()}${[...element.classList].map((each) => `.${each}`).join("")}${element.closest("[data-test]") ? ` (${element.closest("[data-test]")?.getAttribute("data-test")})` : ""}`;
  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element) => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  const above = (element: Element): Element[] =>
    element.parentElement ? [element, ...above(element.parentElement)] : [];
  const layerOf = (element: Element) => above(element).find((each) => styleOf(each).position === "fixed") ?? null;
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

  const words: { rect: DOMRect; element: Element; text: string; layer: Element | null }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent ?? "";
    if (!element || text.trim() === "" || /SCRIPT|STYLE|TITLE|TEXTAREA/.test(element.tagName) || !isShown(element))
      continue;
    if (element.closest("[class*=textarea-compute],[class*=textarea-line]")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const layer = layerOf(element);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      words.push({ rect, element, text, layer });
      const line = above(element);
      const scrolls = line.some(
        (each) => /auto|scroll/.test(styleOf(each).overflowX) && each.scrollWidth > each.clientWidth + 1,
      );
      if (!scrolls && (rect.left < -SLACK || rect.right > innerWidth + SLACK)) say("off the screen", text, element);
      for (const box of line) {
        if (box === document.body || box === document.documentElement) break;
        const style = styleOf(box);
        const edge = box.getBoundingClientRect();
        const isClipping = (value: string) => value === "hidden" || value === "clip";
        if (isClipping(style.overflowX) && (rect.left < edge.left - SLACK || rect.right > edge.right + SLACK)) {
          say("cut off at the side", text, element);
          break;
        }
        // A line box is taller than its letters: a sixth of it may be out.
        const tolerance = SLACK + rect.height / 6;
        if (isClipping(style.overflowY) && (rect.top < edge.top - tolerance || rect.bottom > edge.bottom + tolerance)) {
          say("cut off above or below", text, element);
          break;
        }
        if (/auto|scroll/.test(style.overflowX) || /auto|scroll/.test(style.overflowY)) break;
      }
      const frame = element.closest(`${PRESSED},.tag,.note,.card,.uni-tabbar__item`);
      const edge = frame?.getBoundingClientRect();
      if (
        edge &&
        !scrolls &&
        (rect.left < edge.left - SLACK ||
          rect.right > edge.right + SLACK ||
          rect.top < edge.top - 4 ||
          rect.bottom > edge.bottom + 4)
      ) {
        if (frame && styleOf(frame).position !== "fixed") say("out of its box", text, element);
      }
    }
  }
  const over = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 3;
  words.forEach((one, at) => {
    for (const other of words.slice(at + 1)) {
      if (one.element === other.element || one.layer !== other.layer) continue;
      if (over(one.rect, other.rect)) say(`over “${other.text.trim().slice(0, 20)}”`, one.text, one.element);
    }
  });
  if (isAtEnd) {
    const bars = [...new Set(words.map(({ layer }) => layer))].filter(
      (layer) =>
        layer !== null &&
        layer.getBoundingClientRect().bottom > innerHeight - 4 &&
        layer.getBoundingClientRect().top > innerHeight / 3,
    ) as Element[];
    for (const bar of bars) {
      const edge = bar.getBoundingClientRect();
      for (const { rect, text, element, layer } of words)
        if (layer === null && rect.bottom > edge.top + SLACK)
          say("under the bar, also at the page's end", text, element);
    }
  }
  for (const element of document.querySelectorAll(PRESSED)) {
    if (!isShown(element)) continue;
    const { width, height } = element.getBoundingClientRect();
    if (width < FINGER - 0.6 || height < FINGER - 0.6)
      say(
        `${Math.round(width)}×${Math.round(height)} is small for a finger`,
        (element as HTMLElement).innerText ?? "",
        element,
      );
  }
  return faults;
}
