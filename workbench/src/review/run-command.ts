import { isDecision } from "./draft.ts";
import type { Command } from "./keys.ts";

export interface Viewer {
  step: (by: number) => void;
  zoom: (by: number) => void;
  rotate: () => void;
}
/** What the desk can do for a key. */
export interface Hands {
  may: (action: string) => boolean;
  act: (action: string) => void;
  next: () => void;
  walk: (by: number) => void;
  mark: () => void;
  reveal: () => void;
  help: () => void;
  panel: (name: string) => void;
  viewer: Viewer;
}

/** Whether a key would do something now: what decides or claims needs the server's offer, reading needs nobody's. */
export function isOffered(command: Command, may: (action: string) => boolean): boolean {
  if (command === "mark") return may("return");
  return isDecision(command) || ["claim", "skip", "extend", "release"].includes(command) ? may(command) : true;
}

/** Does what a key asks for; false when the server offers no such move now, and then nothing happens. */
export function runCommand(command: Command, hands: Hands): boolean {
  if (!isOffered(command, hands.may)) return false;
  if (isDecision(command) || ["claim", "skip", "extend", "release"].includes(command)) {
    hands.act(command);
    return true;
  }
  const does: Partial<Record<Command, () => void>> = {
    next: hands.next,
    "field-down": () => hands.walk(1),
    "field-up": () => hands.walk(-1),
    "page-forward": () => hands.viewer.step(1),
    "page-back": () => hands.viewer.step(-1),
    "zoom-in": () => hands.viewer.zoom(0.2),
    "zoom-out": () => hands.viewer.zoom(-0.2),
    rotate: hands.viewer.rotate,
    mark: hands.mark,
    reveal: hands.reveal,
    help: hands.help,
  };
  const work = does[command] ?? (() => hands.panel(command.slice("panel-".length)));
  work();
  return true;
}
