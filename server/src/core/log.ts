import { destination, type Logger, pino } from "pino";

const BUFFER_BYTES = 8_192;
const FLUSH_MS = 500;

/**
 * The log of a process that serves: lines go to standard output in lots, at the latest after half a second, since a call to
 * the system for each line is a twentieth of what a request costs. What is fatal, and what is said at the end, goes at once.
 */
export function openLog(level: string, process: string): Logger {
  const options = { level, base: { process }, serializers: { err: describeError } };
  const log = pino(options, destination({ sync: false, minLength: BUFFER_BYTES }));
  setInterval(() => log.flush(), FLUSH_MS).unref();
  return log;
}

const TELLING = ["type", "message", "stack", "code", "errno", "sqlState", "statement", "syscall", "status"] as const;

/**
 * An error as it is logged. The drivers hang the statement with all its values on what they throw, and the database repeats
 * the value that it minds: whose they are does not belong into a log.
 */
export function describeError(error: Error): Record<string, unknown> {
  const told = pino.stdSerializers.err(error) as Record<string, unknown>;
  const kept = TELLING.flatMap((key) => {
    const value = told[key];
    if (value === undefined) return [];
    return [[key, typeof value === "string" ? value.replace(REPEATED, "$1'…'") : value] as const];
  });
  return Object.fromEntries(kept);
}
const REPEATED = /((?:entry|value:?) )'.*?'(?= for )/gs;
