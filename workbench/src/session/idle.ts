/** Staff sessions end after 30 minutes without a hand on the keyboard or mouse, in all tabs together. */
export const idleLimitMs = 30 * 60_000;
const stampName = "sutong.workbench.active";
const events = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

export function lastActive(storage: Storage = localStorage): number {
  return Number(storage.getItem(stampName)) || 0;
}

export function clearActivity(storage: Storage = localStorage): void {
  storage.removeItem(stampName);
}

export function isIdle(now: number, last: number): boolean {
  return last > 0 && now - last >= idleLimitMs;
}

/** Calls `leave` once nobody has touched any tab for the limit. Returns what stops the watch. */
export function watchIdle(leave: () => void, storage: Storage = localStorage): () => void {
  let written = 0;
  const touch = () => {
    const now = Date.now();
    if (now - written < 5_000) return;
    written = now;
    storage.setItem(stampName, String(now));
  };
  touch();
  const timer = setInterval(() => {
    if (isIdle(Date.now(), lastActive(storage))) leave();
  }, 15_000);
  for (const name of events) window.addEventListener(name, touch, { passive: true, capture: true });
  return () => {
    clearInterval(timer);
    for (const name of events) window.removeEventListener(name, touch, { capture: true });
  };
}
