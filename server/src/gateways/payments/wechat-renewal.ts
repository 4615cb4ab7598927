const REFRESH_MS = 6 * 3_600_000;
const RETRY_MS = 60_000;

/** Looks for new certificates every six hours, after a failure each minute. Keeps no process awake; gives what ends it. */
export function renew(refresh: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (ms: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      refresh().then(
        () => again(REFRESH_MS),
        () => again(RETRY_MS),
      );
    }, ms).unref();
  };
  again(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
