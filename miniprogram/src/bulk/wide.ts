/**
 * The width of a page is measured by the framework before its own width is known: a browser is asked to measure once
 * more, when a wide page comes and when it goes.
 */
export function widen(): void {
  if (process.env.UNI_PLATFORM === "h5") setTimeout(() => window.dispatchEvent(new Event("resize")), 0);
}
