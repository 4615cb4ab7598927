import { destination, type Logger, pino } from "pino";

const BUFFER_BYTES = 8_192;
const FLUSH_MS = 500;

/**
 * The log of a process that serves: lines go to standard output in lots, at the latest after half a second, since a call to
 * the system for each line is a twentieth of what a request costs. What is fatal, and what is said at the end, goes at once.
 */
export function openLog(level: string, process: string): Logger {
  const log = pino({ level, base: { process } }, destination({ sync: false, minLength: BUFFER_BYTES }));
  setInterval(() => log.flush(), FLUSH_MS).unref();
  return log;
}
