import type { HearingMode } from "./workflow.ts";

/** Where a sitting is attended from: a division of the country, or a screen. */
export interface Place {
  readonly courtCode: string;
  /** Six digits; null where the court has none. */
  readonly division: string | null;
  readonly online: boolean;
}

const SAME_CITY_MINUTES = 60;
const FAR_MINUTES = 240;
/** To leave one screen and be ready before another. */
const ONLINE_MINUTES = 15;

/** How long it takes at least from one sitting to the next; nothing within one courthouse. */
export function travelMinutes(from: Place, to: Place): number {
  if (from.online || to.online) return ONLINE_MINUTES;
  if (from.courtCode === to.courtCode && from.division === to.division) return 0;
  const [here, there] = [from.division?.slice(0, 4), to.division?.slice(0, 4)];
  return here !== undefined && here === there ? SAME_CITY_MINUTES : FAR_MINUTES;
}

/** A sitting attended in part online is online for those whose seat says so. */
export const isOnline = (mode: HearingMode, seatMode: string | null): boolean =>
  mode === "online" || (mode === "mixed" && seatMode === "online");
