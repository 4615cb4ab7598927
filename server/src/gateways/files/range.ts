/**
 * The one range a `Range` header asks for (RFC 9110 §14). `null`: none, unreadable or several, and the whole file is
 * served. `unsatisfiable`: past the end.
 */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { start: number; end: number } | null | "unsatisfiable" {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  if (match[1] === "") {
    const last = Number(match[2]);
    return last === 0 || bytes === 0 ? "unsatisfiable" : { start: Math.max(0, bytes - last), end: bytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === "" ? bytes - 1 : Math.min(Number(match[2]), bytes - 1);
  if (match[2] !== "" && Number(match[2]) < start) return null;
  return start >= bytes ? "unsatisfiable" : { start, end };
}
