import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "./peer.ts";

/** How a peer is to misbehave. `times` bounds it (1 by default); several kinds may be on at once. */
export interface Fault {
  /** Wait before anything is done. */
  readonly delayMs?: number;
  /** Answer this instead of doing anything. */
  readonly status?: number;
  /** `before`: hang up without doing anything. `after`: do it all, and lose the answer. */
  readonly lose?: "before" | "after";
  /** WeChat only: answer "system busy" (errcode -1). */
  readonly busy?: boolean;
  readonly times?: number;
  /** Of so many calls (0 to 1); all of them otherwise. */
  readonly rate?: number;
  /** One of these, by chance, instead of what stands beside it. */
  readonly mix?: readonly Fault[];
}

/** The faults that are set, by peer. A peer that can be told to fail is how we know what we do when it does. */
export function faults(random: () => number = Math.random) {
  const set = new Map<string, { fault: Fault; left: number }>();
  /** The fault that is to be played now, if any. */
  const next = (peer: string): Fault | null => {
    const held = set.get(peer);
    if (!held || random() >= (held.fault.rate ?? 1)) return null;
    if (--held.left <= 0) set.delete(peer);
    const { mix } = held.fault;
    return mix?.[Math.floor(random() * mix.length)] ?? held.fault;
  };
  return {
    due: next,
    set(peer: string, fault: Fault): void {
      set.set(peer, { fault, left: fault.times ?? 1 });
    },
    clear(peer?: string): void {
      if (peer) set.delete(peer);
      else set.clear();
    },
    /** Plays the fault that is due; `true` where the call is finished with. */
    async play(peer: string, { request, response }: Call): Promise<boolean> {
      const due = next(peer);
      if (!due) return false;
      const { delayMs, status, lose, busy } = due;
      if (delayMs) await sleep(delayMs);
      if (lose === "before") {
        request.destroy();
        return true;
      }
      if (status) {
        request.resume();
        response.writeHead(status, { "content-type": "text/plain", "content-length": 0 }).end();
        return true;
      }
      if (busy) {
        const text = JSON.stringify({ errcode: -1, errmsg: "system error" });
        response.writeHead(200, { "content-length": Buffer.byteLength(text) }).end(text);
        return true;
      }
      // The peer does its work and believes it has answered; nothing leaves this side.
      if (lose === "after") {
        const socket = request.socket;
        response.writeHead = (() => response) as typeof response.writeHead;
        response.end = (() => {
          socket.destroy();
          return response;
        }) as typeof response.end;
      }
      return false;
    },
  };
}

export type Faults = ReturnType<typeof faults>;
