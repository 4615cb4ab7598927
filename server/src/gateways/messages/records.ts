/** What a provider answered is believed field by field. */
export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const listOfRecords = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(asRecord) : [];

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** `YYYY-MM-DD` in Shanghai. */
export const courtDayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
