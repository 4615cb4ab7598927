/**
 * The time of day comes from the database, so that all nodes agree; `shiftMs` is zero except in tests and
 * rehearsals, where it moves the whole application forward.
 */
export class Clock {
  shiftMs = 0;

  /** This node's idea of now, for what needs no agreement (logs, tokens, cache ages). */
  now(): Date {
    return new Date(Date.now() + this.shiftMs);
  }

  /** The agreed moment for a database time that was just read. */
  shifted(databaseTime: Date): Date {
    return new Date(databaseTime.getTime() + this.shiftMs);
  }
}
