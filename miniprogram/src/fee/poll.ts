const STEPS_S = [2, 3, 5, 8, 13, 21, 34];
const LONGEST_S = 60;

/** How long to wait before asking for the n-th time (from 0): quickly at first, as most answers come within seconds. */
export function pollDelayMs(asked: number): number {
  return (STEPS_S[asked] ?? LONGEST_S) * 1000;
}

export interface PollMeans {
  /** Asks once. True when there is nothing more to learn. Must not throw. */
  ask(): Promise<boolean>;
  after(ms: number, run: () => void): () => void;
}

/** Asks again and again, ever more rarely, as long as somebody looks. Starting anew begins quickly again. */
export class Poll {
  private readonly means: PollMeans;
  private asked = 0;
  private round = 0;
  private cancel: (() => void) | null = null;

  constructor(means: PollMeans) {
    this.means = means;
  }

  start(): void {
    this.stop();
    this.asked = 0;
    this.wait(this.round);
  }

  stop(): void {
    this.round++;
    this.cancel?.();
    this.cancel = null;
  }

  private wait(round: number): void {
    this.cancel = this.means.after(pollDelayMs(this.asked++), () => void this.ask(round));
  }

  private async ask(round: number): Promise<void> {
    const done = await this.means.ask();
    // Whoever stopped or started anew while the answer was on its way has the say.
    if (!done && round === this.round) this.wait(round);
  }
}
