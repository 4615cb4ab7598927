/** What the launcher prints: one short line a step, Chinese first, with how long it took. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Something went wrong that the person at the keyboard can put right; printed as it stands, without a stack. */
export class Stop extends Error {}

/** Runs one step and prints its line when it is done; `done` may add what was found. */
export async function step<T>(label: string, run: () => Promise<T>, done?: (value: T) => string): Promise<T> {
  const start = performance.now();
  try {
    const value = await run();
    const more = done?.(value) ?? "";
    say(`  ✓ ${label}${more === "" ? "" : ` — ${more}`}  (${seconds(start)})`);
    return value;
  } catch (error) {
    say(`  ✗ ${label}  (${seconds(start)})`);
    throw error;
  }
}

export function seconds(start: number): string {
  const passed = performance.now() - start;
  return passed < 995 ? `${Math.max(0.01, passed / 1000).toFixed(2)} s` : `${(passed / 1000).toFixed(1)} s`;
}
