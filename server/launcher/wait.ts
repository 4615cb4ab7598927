import { connect } from "node:net";
import { pause } from "./processes.ts";

/** Waits until `url` answers 2xx; false when it has not by then or `alive` says that it never will. */
export async function untilAnswers(url: string, waitMs: number, alive: () => boolean): Promise<boolean> {
  const until = performance.now() + waitMs;
  while (performance.now() < until && alive()) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await pause(50);
  }
  return false;
}

/** Waits until somebody listens on the port. */
export async function untilListens(port: number, waitMs: number, alive: () => boolean): Promise<boolean> {
  const until = performance.now() + waitMs;
  while (performance.now() < until && alive()) {
    if (await accepts(port)) return true;
    await pause(50);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
  });
}
