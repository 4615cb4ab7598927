/** Lets so many through at a time; the rest wait in the order they came. */
export interface Gate {
  /** Runs the task when its turn has come; throws what `late` gives when that takes longer than the gate's patience. */
  pass<T>(task: () => Promise<T>): Promise<T>;
}

export function gate(width: number, patienceMs: number, late: () => Error): Gate {
  let inside = 0;
  const waiting = new Set<() => void>();
  const enter = (): Promise<void> => {
    if (inside < width) {
      inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(turn);
        reject(late());
      }, patienceMs);
      const turn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      waiting.add(turn);
    });
  };
  const leave = (): void => {
    const [next] = waiting;
    if (!next) {
      inside -= 1;
      return;
    }
    // The place is handed on, so nobody who came later slips in.
    waiting.delete(next);
    next();
  };
  return {
    async pass(task) {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
