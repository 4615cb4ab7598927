/**
 * Esc inside a dialog shuts the dialog, wherever the focus is. A select keeps Esc for itself even when its list is closed,
 * so this is listened to on the way down; an open list, and an input method at work, are shut first.
 */
export function onEscape(event: KeyboardEvent, close: () => void): void {
  if (event.isComposing || !(event.target instanceof HTMLElement)) return;
  if (event.target.getAttribute("aria-expanded") === "true") return;
  event.stopPropagation();
  close();
}
