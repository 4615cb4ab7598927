import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { Room } from "./room-store.ts";
import type { HearingKind, SessionKind } from "./workflow.ts";

/** What a room of sessions, downhill of this one, has to say about its own. */
export interface SessionRules {
  /** Throws why the room may not be opened yet. */
  mayOpen(work: Work, room: Room): Promise<void>;
  /** What its record says ahead of the first page. */
  notes(means: Means, hearingId: string): Promise<readonly string[]>;
}

const known = new Map<HearingKind, SessionRules>();
export const ruleSessionsBy = (kind: SessionKind, rules: SessionRules): void => {
  known.set(kind, rules);
};
export const sessionRules = (kind: HearingKind): SessionRules | undefined => known.get(kind);
