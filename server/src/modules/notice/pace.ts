/** How long things take on a ladder. */
const SECOND_MS = 1000;

/** Whoever claims rows has so long to begin with each; then they come back. */
export const CLAIM_MS = 30 * SECOND_MS;
/** From the beginning of an attempt until somebody else may ask what became of it: longer than any call takes. */
export const ATTEMPT_MS = 15 * SECOND_MS;
/** An attempt that was written down and not made by then is not made: somebody may soon ask about it. */
export const BEGIN_MS = 3 * SECOND_MS;
/** A channel that cannot be used for so long leaves the message to the next one. */
export const PATIENCE_MS = 30 * SECOND_MS;
/** Where there is no next one, it is tried for so long. */
export const LAST_PATIENCE_MS = 24 * 3600 * SECOND_MS;

const LONGEST_MS = 5 * 60 * SECOND_MS;

/** 1 s, 2 s, 4 s … 5 minutes, each between half and one and a half of it, so that not all come back at once. */
export const backoff = (attempt: number, random: number = Math.random()): number =>
  Math.round(Math.min(SECOND_MS * 2 ** Math.min(attempt - 1, 12), LONGEST_MS) * (0.5 + random));
