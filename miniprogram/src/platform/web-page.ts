/** What a browser needs beyond what uni draws: the page kept for times without network, and names and keys for whoever does not see or tap. */
export function careForWebPage(): void {
  if (import.meta.env.PROD) void navigator.serviceWorker?.register("./sw.js").catch(() => {});
  dress(document.body);
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes) {
      if (type === "attributes") dress(target as Element, true);
      for (const node of addedNodes) if (node instanceof Element) dress(node);
    }
  }).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-label", "disabled", "class", "role"],
  });
  document.addEventListener("keydown", pressByKey);
}

/** uni draws everything as elements a browser knows nothing of; here each says what it is. */
const DRESSES: Record<string, (element: Element) => void> = {
  "[role=button],[role=radio],[role=checkbox],[role=tab]": (element) => reachable(element),
  "uni-button": (element) => {
    put(element, "role", "button");
    put(element, "aria-disabled", String(element.hasAttribute("disabled")));
    reachable(element);
  },
  "uni-input,uni-textarea": (element) => {
    const field = element.querySelector("input,textarea");
    const name = element.getAttribute("aria-label") ?? element.querySelector("[class*=placeholder]")?.textContent ?? "";
    if (field && name) put(field, "aria-label", name);
  },
  "uni-switch": (element) => {
    put(element, "role", "switch");
    put(element, "aria-checked", String(element.querySelector(".uni-switch-input-checked") !== null));
    reachable(element);
  },
  img: (element) => {
    const frame = element.closest("uni-image");
    if (!element.hasAttribute("alt"))
      put(element, "alt", frame?.getAttribute("alt") ?? frame?.getAttribute("aria-label") ?? "");
  },
  "uni-page-body": (element) => put(element, "role", "main"),
  "uni-page-head": (element) => put(element, "role", "banner"),
  ".page .title": (element) => heading(element, 1),
  ".page .heading": (element) => heading(element, 2),
  ".uni-page-head-btn": (element) => {
    put(element, "role", "button");
    put(element, "aria-label", "返回");
    reachable(element);
  },
  "uni-tabbar .uni-tabbar": (element) => put(element, "role", "navigation"),
  ".uni-tabbar__item": (element) => {
    put(element, "role", "link");
    reachable(element);
  },
  ".uni-modal": (element) => {
    put(element, "role", "dialog");
    put(element, "aria-modal", "true");
    put(element, "aria-label", element.querySelector(".uni-modal__title")?.textContent || "请确认");
  },
  ".uni-modal__btn": (element) => {
    put(element, "role", "button");
    reachable(element);
  },
};
const ANY = Object.keys(DRESSES).join(",");

function dress(root: Element, alone = false): void {
  const elements = alone ? [root] : [root, ...root.querySelectorAll(ANY)];
  for (const element of elements) {
    for (const [selector, put] of Object.entries(DRESSES)) if (element.matches(selector)) put(element);
  }
}

function put(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
const reachable = (element: Element) => put(element, "tabindex", "0");
function heading(element: Element, level: number): void {
  if (element.closest("[role=button],[role=radio],[role=checkbox]")) return;
  put(element, "role", "heading");
  put(element, "aria-level", String(level));
}

/** Enter and the space bar press what has the focus, as they do on a button of the browser's own. */
function pressByKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.key !== "Enter" && event.key !== " ") return;
  if (!target.matches("[role=button],[role=radio],[role=checkbox],[role=link],[role=switch],[role=tab]")) return;
  event.preventDefault();
  target.click();
}
