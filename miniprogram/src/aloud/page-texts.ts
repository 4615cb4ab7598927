/** One thing to be said, and what on the screen says it. */
export interface Saying {
  readonly element: HTMLElement;
  readonly text: string;
}

const INLINE = new Set(["SPAN", "UNI-TEXT", "B", "EM", "I", "BR", "A"]);

/** What stands on the page in front, in the order it stands there; of a sheet that lies over the page, the sheet. */
export function sayingsOnScreen(): Saying[] {
  const page = [...document.querySelectorAll<HTMLElement>(".page")].filter(isDrawn).pop();
  if (!page) return [];
  const sheet = [...page.querySelectorAll<HTMLElement>('[role="dialog"]')].filter(isDrawn).pop();
  return sayingsIn(sheet ?? page);
}

export function sayingsIn(element: HTMLElement): Saying[] {
  if (!isDrawn(element) || element.getAttribute("aria-hidden") === "true" || element.dataset.aloud === "no") return [];
  const control = controlWords(element);
  if (control !== null) return control === "" ? [] : [{ element, text: control }];
  if (isOneSaying(element)) {
    const text = wordsOf(element);
    return text === "" ? [] : [{ element, text }];
  }
  return [...element.children].flatMap((child) => (child instanceof HTMLElement ? sayingsIn(child) : []));
}

/** What is filled in or chosen, for the things a person answers with; null for everything else. */
function controlWords(element: HTMLElement): string | null {
  const field = element.matches("uni-input, uni-textarea")
    ? element.querySelector<HTMLInputElement>("input, textarea")
    : null;
  if (field) return field.value.trim() === "" ? "还没有填。" : `填的是：${field.value.trim()}。`;
  const role = element.getAttribute("role");
  if (role === "radio" || role === "checkbox") {
    const words = wordsOf(element) || (element.getAttribute("aria-label") ?? "");
    return `${words}，${element.getAttribute("aria-checked") === "true" ? "已经选了" : "没有选"}。`;
  }
  return element.matches("uni-button, button") ? `按钮：${wordsOf(element)}。` : null;
}

/** A line or paragraph: it has words of its own, or only such parts as stand within a line. */
function isOneSaying(element: HTMLElement): boolean {
  const parts = [...element.childNodes];
  return (
    parts.some((part) => part.nodeType === Node.TEXT_NODE && (part.textContent ?? "").trim() !== "") ||
    (parts.length > 0 && [...element.children].every((child) => INLINE.has(child.tagName)))
  );
}

const wordsOf = (element: HTMLElement) => element.innerText.replace(/\s+/g, " ").trim();
const isDrawn = (element: HTMLElement) => element.getClientRects().length > 0;
